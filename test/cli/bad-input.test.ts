import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildDesk, DEMO_USER, type DemoServer, startDemoServer } from '../../src/demo/index.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
let helpdesk: DemoServer;
let website: Server;
let websiteUrl = '';

beforeAll(async () => {
  helpdesk = await startDemoServer({ desk: buildDesk('monitored-mailbox') });
  website = createServer((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' });
    reply.end('<!doctype html><title>Welcome</title>');
  });
  await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
  websiteUrl = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await helpdesk.close();
  await new Promise((resolve) => website.close(resolve));
});
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => {
  bench.remove();
});

const write = (name: string, text: string | Buffer): void => writeFileSync(join(bench.dir, name), text);

describe('bad input on the command line', () => {
  it('names wrong credentials and the way out, exit 3', async () => {
    write('token', 'not-the-token');
    const { code, err } = await bench.run(
      'connect',
      'zendesk',
      '--url',
      helpdesk.url,
      '--user',
      DEMO_USER,
      '--token-file',
      'token',
      '--allow-private',
    );
    expect(code).toBe(3);
    expect(err).toMatch(/PERMISSION_DENIED/);
    expect(err).not.toContain('not-the-token');
    expect(err).toMatch(/→ .*token/i);
  });

  it('names an address that is a web site and no helpdesk, exit 2', async () => {
    write('token', 'x');
    const { code, err } = await bench.run(
      'connect',
      'zendesk',
      '--url',
      websiteUrl,
      '--user',
      'a@b.example',
      '--token-file',
      'token',
      '--allow-private',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/NOT_A_HELPDESK/);
  });

  it('refuses a loopback address unless it is allowed, exit 2', async () => {
    write('token', 'x');
    const { code, err } = await bench.run(
      'connect',
      'zendesk',
      '--url',
      websiteUrl,
      '--user',
      'a@b.example',
      '--token-file',
      'token',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/BAD_URL/);
    expect(err).toMatch(/--allow-private/);
  });

  it.each([
    [['connect', 'zendesc', '--url', 'acme'], 'Did you mean zendesk?'],
    [['connect', 'zendesk'], '--user you@acme.com --token-file FILE'],
    [
      ['connect', 'freshdesk', '--url', 'acme', '--user', 'a@b.example', '--token-env', 'HOME'],
      'there is no setting "user"',
    ],
    [['connect', 'freshdesk', '--url', 'acme', '--token-env', 'HOME', '--set', 'sinze=1'], 'did you mean "since"'],
    [['connect', 'freshdesk', '--url', 'acme', '--token-env', 'HOME', '--set', 'x_y=1'], 'It takes --url; --set with'],
    // One address for all accounts: the token is the first thing that is asked for.
    [['connect', 'hubspot'], '--token-env'],
    [
      [
        'connect',
        'zendesk',
        '--url',
        'acme',
        '--token-env',
        'PLUMBLINE_TEST_NO_SUCH_VARIABLE',
        '--user',
        'a@b.example',
      ],
      'PLUMBLINE_TEST_NO_SUCH_VARIABLE',
    ],
    [['sync', 'nowhere'], 'no connection named "nowhere"'],
    [['sync'], 'Connect a helpdesk first'],
    [['snapshot', '--as-of', '31.12.2026'], 'not a date'],
    [['snapshot', '--window', '3 months'], '--window'],
    [['snapshot', '--model', 'six-stages'], 'Did you mean six-stage?'],
    [['explain', 'S1.4'], 'No snapshot was taken yet'],
    [['metrics', '--by', 'chanel'], 'Did you mean channel?'],
    [['place', '--points', 'none.json'], 'cannot be read'],
    [['import', 'none.csv', '--map', 'none.yaml'], 'mapping file none.yaml cannot be read'],
    [['export', 'tickets'], 'Did you mean ticket?'],
    [['demo', '--desk', 'harbour'], 'Did you mean harbor?'],
    [['frobnicate'], "Unknown command 'frobnicate'."],
    [['snapshot', '--asof', '2026-01-01'], 'Did you mean --as-of?'],
  ])('%j says what is wrong, exit 2 or 3', async (argv, text) => {
    const { code, err } = await bench.run(...(argv as string[]));
    expect(err).toContain(text as string);
    expect([2, 3]).toContain(code);
    expect(err).not.toMatch(/ {4}at /);
  });

  it('names an unknown key of plumbline.yaml with its line and the nearest known one', async () => {
    write('plumbline.yaml', 'workspace: main\nwindwo: 90d\n');
    const { code, err } = await bench.run('metrics');
    expect(code).toBe(2);
    expect(err).toContain('plumbline.yaml:2: unknown key "windwo"; did you mean "window"?');
  });

  it('lists every problem of an answers file at once', async () => {
    write('answers.yaml', 'respondent: a\nrole: lead\nanswers:\n  S1.1: 4\n  S9.1: 3\n  S1.2: yes\n');
    const { code, err } = await bench.run('assess', '--answers', 'answers.yaml');
    expect(code).toBe(2);
    for (const line of ['answers.yaml:4', 'answers.yaml:5', 'answers.yaml:6']) expect(err).toContain(line);
  });

  it.each([
    ['not json', 'not JSON'],
    ['{"criteria":{"S1.9":[1,1]}}', 'not a statement'],
    ['{"criteria":{"S1.1":[1]}}', 'criteria.S1.1'],
    ['{"answers":{"S1.1":5}}', 'answers.S1.1'],
    ['{"points":{}}', 'points'],
  ])('refuses the points %s', async (text, message) => {
    write('p.json', text);
    const { code, err } = await bench.run('place', '--points', 'p.json');
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it.each([
    ['broken.csv', 'id,created\n"1,2026-01-01\n', 'id: {}\n'],
    ['broken.parquet', 'PAR1 but not really', 'mode: tickets\n'],
    ['empty.csv', '', 'mode: tickets\n'],
  ])('refuses %s with a clear error', async (name, content, mapping) => {
    write(name, content);
    write('m.yaml', mapping);
    const { code, err } = await bench.run('import', name, '--map', 'm.yaml');
    expect(code).toBe(2);
    expect(err).toMatch(/BAD_(MAPPING|INPUT_FILE)/);
    expect(err).toMatch(/→/);
  });

  it('says who holds the data folder', async () => {
    write('p.json', '{}');
    await bench.run('metrics');
    const { openDuckdbStore } = await import('../../src/store/duckdb/open.ts');
    const holder = await openDuckdbStore({
      dataDir: join(bench.dir, '.plumbline', 'default'),
      workspace: 'default',
      clock: () => new Date(),
    }).catch((error: unknown) => error);
    try {
      const { spawnSync } = await import('node:child_process');
      const child = spawnSync(
        process.execPath,
        [
          '--import',
          'tsx',
          join(import.meta.dirname, '../../src/cli/main.ts'),
          'metrics',
          '--data',
          join(bench.dir, '.plumbline'),
        ],
        { encoding: 'utf8' },
      );
      expect(child.status).toBe(2);
      expect(child.stderr).toContain('STORE_LOCKED');
      expect(child.stderr).toContain(String(process.pid));
    } finally {
      if (holder !== null && typeof holder === 'object' && 'close' in holder)
        await (holder as { close(): Promise<void> }).close();
    }
  });
});
