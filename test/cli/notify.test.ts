import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openReceiver } from '../harness/http-receiver.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

const KEY = Buffer.alloc(32, 5);
const SECRET = `whsec_${KEY.toString('base64')}`;

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function workbench(): Workbench {
  const bench = openWorkbench();
  closers.push(() => bench.remove());
  return bench;
}

async function receiver(...answer: Parameters<typeof openReceiver>) {
  const opened = await openReceiver(...answer);
  closers.push(() => opened.close());
  return opened;
}

describe('plumbline notify', () => {
  it('adds a webhook, tries it out, lists and removes it', async () => {
    const bench = workbench();
    const hook = await receiver((response) => response.end('thanks'));
    const file = join(bench.dir, 'secret');
    writeFileSync(file, `${SECRET}\n`);
    const add = [
      'notify',
      'add',
      'ops',
      '--channel',
      'webhook',
      '--set',
      `url=${hook.url}/in`,
      '--token-file',
      'secret',
    ];
    const refused = await bench.run(...add);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('--allow-private');
    const added = await bench.run(...add, '--allow-private', '--only', 'stage_changed,sync_broken');
    expect([added.code, added.err]).toEqual([0, '']);

    const tested = await bench.run('notify', 'test', 'ops');
    expect(tested).toEqual({ code: 0, out: 'ops said: 200 thanks\nDelivered.\n', err: '' });
    const [got] = hook.received;
    const body = JSON.parse(got?.body ?? '{}') as Record<string, unknown>;
    expect(body).toMatchObject({ kind: 'test', workspace: 'default', subject: null });
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = got?.headers ?? {};
    expect(id).toBe(body.id);
    expect(signature).toBe(`v1,${createHmac('sha256', KEY).update(`${id}.${at}.${got?.body}`).digest('base64')}`);

    const listed = await bench.run('notify', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject({
      targets: [{ name: 'ops', channel: 'webhook', secret: 'file:secret', kinds: ['stage_changed', 'sync_broken'] }],
    });
    expect(listed.out).not.toContain(KEY.toString('base64'));
    expect((await bench.run('notify', 'remove', 'opps')).err).toContain('Did you mean ops?');
    expect((await bench.run('notify', 'remove', 'ops')).code).toBe(0);
    expect(JSON.parse((await bench.run('notify', 'list', '--json')).out)).toEqual({ targets: [] });
  });

  it('seals a secret that is typed in, apart from the token of a connection of the same name', async () => {
    const bench = workbench();
    const hook = await receiver();
    const added = await bench.runAnswering(
      [`${hook.url}/services/hidden`],
      ...['notify', 'add', 'zendesk', '--channel', 'slack', '--allow-private', '--json'],
    );
    expect(added.code).toBe(0);
    expect(JSON.parse(added.out)).toMatchObject({ secret: 'sealed:notice.zendesk', settings: { timeout_s: 15 } });
    const sealed = join(bench.dir, '.plumbline', 'secrets', 'default', 'notice.zendesk.json');
    expect(readFileSync(sealed, 'utf8')).not.toContain('hidden');
    expect((await bench.run('notify', 'test', 'zendesk')).out).toContain('Delivered.');
    expect(hook.received[0]?.path).toBe('/services/hidden');
    const shown = (await bench.run('notify', 'list')).out;
    expect(shown).toContain('address is the secret');
    expect(shown).not.toContain('hidden');
    await bench.run('notify', 'remove', 'zendesk');
    expect(() => readFileSync(sealed)).toThrow(/ENOENT/);
  });

  it('says what a receiver that refuses said, and ends as temporary', async () => {
    const bench = workbench();
    const hook = await receiver((response) => response.writeHead(503).end('closed for lunch'));
    await bench.runAnswering(
      [SECRET],
      ...['notify', 'add', 'ops', '--channel', 'webhook', '--set', `url=${hook.url}`, '--allow-private'],
    );
    const tested = await bench.run('notify', 'test', 'ops');
    expect(tested.code).toBe(75);
    expect(tested.out).toBe('ops said: 503 closed for lunch\n');
    expect(tested.err).toContain('answered 503');
    // A test is a test: it is no notice of the journal and nobody tries it again.
    expect((await bench.run('notify', 'log')).out).toBe('Nothing was worth telling yet.\n');
    expect(hook.received).toHaveLength(1);
  });

  it.each([
    [['--channel', 'pager'], /no channel "pager"/],
    [
      ['--channel', 'webhook', '--set', 'url=https://a.example/x', '--only', 'stage_chnged'],
      /Did you mean stage_changed/,
    ],
    [['--channel', 'webhook', '--set', 'url=https://a.example/x'], /--token-env/],
    [['--channel', 'webhook', '--set', 'uri=https://a.example/x'], /url/],
    [
      ['--channel', 'webhook', '--set', 'url=https://a.example/x', '--token-env', 'PLUMBLINE_NOT_SET'],
      /PLUMBLINE_NOT_SET/,
    ],
    [['--channel', 'email', '--set', 'host=mail.example', '--set', 'from=a@b.example', '--set', 'to=nobody'], /to/],
  ])('refuses %j', async (flags, message) => {
    const result = await workbench().run('notify', 'add', 'ops', ...flags);
    expect([2, 3]).toContain(result.code);
    expect(result.err).toMatch(message);
  });

  it('adds a mail target without a password where the server asks for none', async () => {
    const bench = workbench();
    const settings = ['host=mail.example', 'from=a@b.example', 'to=["c@d.example","e@f.example"]'];
    const added = await bench.run(
      ...['notify', 'add', 'mail', '--channel', 'email', '--json'],
      ...settings.flatMap((each) => ['--set', each]),
    );
    expect(JSON.parse(added.out)).toMatchObject({ secret: 'none', settings: { port: 587, security: 'starttls' } });
    expect((await bench.run('notify', 'list')).out).toContain('mail.example (2 recipients)');
  });
});
