import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NOTICE_KINDS, Notice } from '../domain/operations.ts';
import { testNotice } from '../pipeline/notices/index.ts';
import { webhookBody } from './webhook.ts';

const DOC = readFileSync(resolve(import.meta.dirname, '../../docs/notifications.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...DOC.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((match) => match[1] ?? '');

/** The example that the project of Standard Webhooks publishes with its JavaScript library. */
const PUBLISHED = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  now: 1614265330,
  body: '{"test": 2432232314}',
  headers: {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
};
const SIGNATURE = PUBLISHED.headers['webhook-signature'];
const CASES: readonly (readonly [string, object, string, number, boolean])[] = [
  ['genuine', {}, PUBLISHED.body, PUBLISHED.now, true],
  ['one of several', { 'webhook-signature': `v1,AAAA v1a,BBBB ${SIGNATURE}` }, PUBLISHED.body, PUBLISHED.now, true],
  ['another version', { 'webhook-signature': SIGNATURE.replace('v1', 'v2') }, PUBLISHED.body, PUBLISHED.now, false],
  ['another body', {}, `${PUBLISHED.body} `, PUBLISHED.now, false],
  ['another id', { 'webhook-id': 'msg_x' }, PUBLISHED.body, PUBLISHED.now, false],
  ['too old', {}, PUBLISHED.body, PUBLISHED.now + 301, false],
];

describe('docs/notifications.md', () => {
  it('shows every kind, in the form in which it is sent', () => {
    const examples = blocks('json').map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(examples.map((example) => example.kind)).toEqual([...NOTICE_KINDS, 'test']);
    const Sent = z.strictObject({
      ...Notice.omit({ run: true }).shape,
      kind: z.enum([...NOTICE_KINDS, 'test']),
      at: z.iso.datetime(),
    });
    const at = new Date('2026-03-01T12:00:00Z');
    const sent = JSON.parse(webhookBody(testNotice({ workspace: 'acme', target: 'ops', at, nonce: '1' }))) as object;
    for (const example of examples) {
      expect(Object.keys(example)).toEqual(Object.keys(sent));
      expect(Sent.safeParse(example).success).toBe(true);
    }
  });

  it('verifies in Node as published', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'plumbline-verify-'));
    try {
      const file = join(dir, 'verify.mjs');
      writeFileSync(file, blocks('js')[0] ?? '');
      const { verify } = (await import(file)) as { verify: (...input: unknown[]) => boolean };
      for (const [what, headers, body, now, expected] of CASES)
        expect([what, verify({ ...PUBLISHED.headers, ...headers }, body, PUBLISHED.secret, now)]).toEqual([
          what,
          expected,
        ]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
