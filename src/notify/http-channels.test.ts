import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openReceiver, type Received } from '../../test/harness/http-receiver.ts';
import type { Notice, NoticeTarget } from '../domain/operations.ts';
import type { ChannelDeps } from './channel.ts';
import { createNoticeSender } from './sender.ts';

const NOW = new Date('2026-03-01T12:00:00.900Z');
const KEY = Buffer.alloc(32, 7);
const SECRET = `whsec_${KEY.toString('base64')}`;

const NOTICE: Notice = {
  id: 'ntc_0123456789abcdef0123456789abcdef',
  workspace: 'acme',
  kind: 'stage_changed',
  subject: null,
  at: new Date('2026-03-01T11:59:00Z'),
  run: 'run-1',
  digest: 'd1',
  text: 'acme: Stage rose from 2 to 3 (R&D <six> stages).',
  data: { from: 2, to: 3, cause: null },
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function receiver(answer?: (response: ServerResponse, turn: number, request: Received) => void) {
  const opened = await openReceiver(answer);
  closers.push(() => opened.close());
  return opened;
}

function target(more: Partial<NoticeTarget>): NoticeTarget {
  return {
    workspace: 'acme',
    name: 'hook',
    channel: 'webhook',
    settings: {},
    secret: 'env:X',
    allow_private: true,
    kinds: null,
    created_at: NOW,
    ...more,
  };
}

const sender = (more: Partial<ChannelDeps> = {}) =>
  createNoticeSender({ clock: { now: () => NOW }, userAgent: 'plumbline/test', ...more });
const { signal } = new AbortController();

function post(url: string, more: Partial<NoticeTarget> = {}) {
  return sender().send(NOTICE, target({ settings: { url }, ...more }), SECRET, signal);
}

describe('webhook', () => {
  it('posts the notice as JSON, signed over id, time and the very bytes of the body', async () => {
    const hook = await receiver();
    expect(await post(`${hook.url}/hooks/7?team=a`)).toEqual({ kind: 'delivered', said: '200 ok' });
    const [got] = hook.received;
    expect([got?.method, got?.path]).toEqual(['POST', '/hooks/7?team=a']);
    expect(got?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(got?.body ?? '')).toEqual({
      id: NOTICE.id,
      kind: 'stage_changed',
      workspace: 'acme',
      subject: null,
      at: '2026-03-01T11:59:00.000Z',
      text: NOTICE.text,
      data: { from: 2, to: 3, cause: null },
      digest: 'd1',
    });
    // Computed here from the specification alone: HMAC-SHA256 of `id.timestamp.body`, base64. 2026-03-01T12:00:00Z = 1772366400.
    expect(got?.headers['webhook-id']).toBe(NOTICE.id);
    expect(got?.headers['webhook-timestamp']).toBe('1772366400');
    const expected = createHmac('sha256', KEY).update(`${NOTICE.id}.1772366400.${got?.body}`).digest('base64');
    expect(got?.headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it.each([200, 201, 204, 299])('takes %i as delivered', async (status) => {
    const hook = await receiver((response) => response.writeHead(status).end());
    expect((await post(hook.url)).kind).toBe('delivered');
  });

  it.each([400, 401, 404, 409, 429, 500, 502, 503])('may try again after %i', async (status) => {
    const hook = await receiver((response) => response.writeHead(status).end('no'));
    const outcome = await post(hook.url);
    expect(outcome).toMatchObject({ kind: 'failed', retryAfterMs: null, error: { code: 'NOTICE_FAILED' } });
    expect(outcome.said).toBe(`${status} no`);
  });

  it.each([
    ['seconds', '120', 120_000],
    ['a date', 'Sun, 01 Mar 2026 12:02:00 GMT', 120_000],
  ])('hears Retry-After as %s', async (_form, value, expected) => {
    const date = 'Sun, 01 Mar 2026 12:00:00 GMT';
    const hook = await receiver((response) => response.writeHead(429, { 'retry-after': value, date }).end());
    expect(await post(hook.url)).toMatchObject({ kind: 'failed', retryAfterMs: expected });
  });

  it('gives up at once on 410', async () => {
    const hook = await receiver((response) => response.writeHead(410).end());
    expect(await post(hook.url)).toMatchObject({ kind: 'refused', error: { code: 'NOTICE_FAILED' } });
  });

  it.each([301, 302, 307, 308])('does not follow a redirect (%i), not even on the same host', async (status) => {
    const hook = await receiver((response) => response.writeHead(status, { location: '/elsewhere' }).end());
    expect((await post(hook.url)).kind).toBe('refused');
    expect(hook.received).toHaveLength(1);
  });

  it('lets a receiver that hangs go after its time', async () => {
    const hook = await receiver(() => undefined);
    const outcome = await post(hook.url, { settings: { url: hook.url, timeout_s: 1 } });
    expect(outcome).toMatchObject({ kind: 'failed', said: 'no full answer within 1000 ms' });
  });

  it('lets a receiver that drips its answer for ever go after its time', async () => {
    let drip: NodeJS.Timeout | undefined;
    const hook = await receiver((response) => {
      response.writeHead(200);
      drip = setInterval(() => response.write('.'), 50);
    });
    const outcome = await post(hook.url, { settings: { url: hook.url, timeout_s: 1 } });
    clearInterval(drip);
    expect(outcome.kind).toBe('failed');
  });

  it('may try again where nobody listens', async () => {
    const hook = await receiver();
    await hook.close();
    closers.length = 0;
    expect(await post(hook.url)).toMatchObject({ kind: 'failed', said: 'ECONNREFUSED' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const hook = await receiver(() => stop.abort(new Error('drained')));
    const sent = sender().send(NOTICE, target({ settings: { url: hook.url } }), SECRET, stop.signal);
    await expect(sent).rejects.toThrow('drained');
  });

  it.each([
    ['loopback', 'https://127.0.0.1/x', false],
    ['a private network', 'https://10.1.2.3/x', false],
    ['cloud metadata, even when private is allowed', 'http://169.254.169.254/latest', true],
    ['no encryption', 'http://hooks.example.com/x', false],
    ['another scheme', 'ftp://hooks.example.com/x', true],
    ['credentials in the address', 'https://user:word@hooks.example.com/x', true],
  ])('refuses %s', async (_what, url, allow_private) => {
    const outcome = await post(url, { allow_private });
    expect(outcome.kind).toBe('refused');
    if (outcome.kind === 'refused') expect(outcome.error.message).not.toContain('word@');
  });

  it('refuses a public name that resolves to a private address', async () => {
    const rebind = sender({
      lookup: ((_host: string, _options: unknown, done: (e: null, a: { address: string; family: number }[]) => void) =>
        done(null, [{ address: '10.0.0.1', family: 4 }])) as unknown as NonNullable<ChannelDeps['lookup']>,
    });
    const settings = { url: 'https://hooks.example.com/x' };
    const outcome = await rebind.send(NOTICE, target({ settings, allow_private: false }), SECRET, signal);
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'BAD_URL' } });
  });

  it('shows no terminal escapes and no endless text of a receiver', async () => {
    const hook = await receiver((response) => response.writeHead(500).end(`\u001b[31mred\r\n${'x'.repeat(5_000)}`));
    const { said } = await post(hook.url);
    expect(said).toMatch(/^500\s+\[31mred x+\.\.\.$/);
    expect(said.length).toBe(303);
  });

  it('checks settings and secret before they are kept', () => {
    expect(sender().checkSettings('webhook', { url: 'https://a.example.com/x' })).toEqual({
      url: 'https://a.example.com/x',
      timeout_s: 15,
    });
    expect(() => sender().checkSettings('webhook', { url: 'https://a.example.com', color: 1 })).toThrow(/color/);
    const own = target({ settings: { url: 'https://a.example.com/x' }, allow_private: false });
    expect(() => sender().checkSecret(own, 'short')).toThrow(/24 to 64 bytes/);
    expect(() => sender().checkSecret(own, SECRET)).not.toThrow();
  });
});

describe('slack', () => {
  it('posts text and blocks with the three characters escaped; the address is the secret', async () => {
    const hook = await receiver();
    const own = target({ channel: 'slack', settings: {} });
    const outcome = await sender().send(NOTICE, own, `${hook.url}/services/T0/B0/xyz`, signal);
    expect(outcome).toEqual({ kind: 'delivered', said: '200 ok' });
    const [got] = hook.received;
    expect(got?.path).toBe('/services/T0/B0/xyz');
    const body = JSON.parse(got?.body ?? '') as { text: string; blocks: { type: string; text?: { text: string } }[] };
    // Slack, "Formatting text for app surfaces": & < > become &amp; &lt; &gt;, nothing else.
    const escaped = 'acme: Stage rose from 2 to 3 (R&amp;D &lt;six&gt; stages).';
    expect(body.text).toBe(escaped);
    expect(body.blocks.map((block) => block.type)).toEqual(['section', 'context']);
    expect(body.blocks[0]?.text?.text).toBe(escaped);
  });

  it('keeps the address out of its messages', async () => {
    const hook = await receiver((response) => response.writeHead(404).end('no_team'));
    const own = target({ channel: 'slack', settings: {} });
    const outcome = await sender().send(NOTICE, own, `${hook.url}/services/T0/B0/xyz`, signal);
    expect(outcome).toMatchObject({ kind: 'failed', said: '404 no_team' });
    expect(JSON.stringify(outcome)).not.toContain('xyz');
    const bad = await sender().send(NOTICE, own, 'xyz', signal);
    expect(bad).toMatchObject({ kind: 'refused', error: { code: 'BAD_USAGE' } });
    if (bad.kind === 'refused') expect(bad.error.message).not.toContain('xyz');
    const secretly = target({ channel: 'slack', settings: { url: 'https://hooks.slack.com/services/x' } });
    expect((await sender().send(NOTICE, secretly, 'https://hooks.slack.com/x', signal)).kind).toBe('refused');
  });
});
