import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { composeApp } from '../../src/compose.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

/** Clears the screen, turns the direction, begins a control sequence in one byte. The workbench refuses output that holds any of it. */
const EVIL = '\u001b[2J\u202e\u009b1mCANARY';
const SHOWN = 'CANARY';

/** Calls that are refused without repeating what was typed. */
const SILENT = new Set([
  `connect zendesk --url ${EVIL} --user a --token-file token`,
  `explain ${EVIL}`,
  `token add ${EVIL} --role viewer`,
  `place ${EVIL}`,
  `--workspace ${EVIL} doctor`,
]);

let bench: Workbench;
let vendor: Server;
let vendorUrl = '';

async function storeOldAnswers(): Promise<void> {
  const flags = { json: false, quiet: true, verbose: false };
  const variables = { ...process.env, DATABASE_URL: undefined, REDIS_URL: undefined, QUEUE: undefined };
  const app = composeApp(flags, bench.dir, new AbortController().signal, variables);
  try {
    const { ledger } = await app.store();
    const at = app.clock.now();
    const answered_at = new Date(at.getTime() - 1_000);
    const expires_at = new Date(at.getTime() + 86_400_000);
    // As a version kept them that did not look.
    await ledger.addAnswers(
      (['S1.1', 'S1.2', 'S2.1'] as const).map((criterion) => ({
        model: 'six-stage',
        criterion,
        respondent: `old@example.org ${EVIL}`,
        role: `lead ${EVIL}`,
        value: 3,
        comment: EVIL,
        proof: null,
        proof_checked_by: EVIL,
        answered_at,
        expires_at,
      })),
    );
    await ledger.addNotApplicable([{ model: 'six-stage', criterion: 'S3.2', reason: EVIL, by: EVIL, at }]);
  } finally {
    await app.close();
  }
}

beforeAll(async () => {
  bench = openWorkbench();
  vendor = createServer((_, reply) => {
    reply.writeHead(422, { 'content-type': 'application/json' });
    reply.end(JSON.stringify({ error: EVIL, description: EVIL }));
  });
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  vendorUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i},2026-01-0${(i % 9) + 1}T10:00:00Z,2026-01-1${i % 9}T10:00:00Z,solved,${EVIL}`,
  );
  writeFileSync(join(bench.dir, `t${EVIL}.csv`), `id,created_at,solved_at,status,team${EVIL}\n${rows.join('\n')}\n`);
  writeFileSync(join(bench.dir, 'token'), 'x');
  mkdirSync(join(bench.dir, 'models'));
  const model = readFileSync('rules/models/six-stage.yaml', 'utf8');
  const hostile = model
    .replace(/^id: .*$/m, 'id: hostile')
    .replace(/^title: .*$/m, `title: "${'\\e[2J\\u202e\\x9b1mCANARY'}"`);
  writeFileSync(join(bench.dir, 'models', 'hostile.yaml'), hostile);
  mkdirSync(join(bench.dir, 'pack'));
  writeFileSync(join(bench.dir, 'pack', 'X1.yaml'), `id: X1\n"${'\\e[2J\\u202e\\x9b1mCANARY'}": 1\n`);
  writeFileSync(join(bench.dir, 'plumbline.yaml'), 'models: [models]\n');
  await storeOldAnswers();
});
afterAll(async () => {
  bench.remove();
  await new Promise((resolve) => vendor.close(resolve));
});

describe('no control or bidirectional character reaches a terminal', () => {
  it.each([
    [['connect', EVIL]],
    [['connect', 'zendesk', '--name', EVIL, '--url', 'https://a.example', '--user', 'a', '--token-file', 'token']],
    [['connect', 'zendesk', '--url', EVIL, '--user', 'a', '--token-file', 'token']],
    [[EVIL]],
    [['snapshot', `--${EVIL}`]],
    [['sync', EVIL]],
    [['explain', EVIL]],
    [['snapshot', '--as-of', EVIL]],
    [['snapshot', '--model', EVIL]],
    [['export', EVIL]],
    [['assess', '--answers', EVIL]],
    [['models', 'show', EVIL]],
    [['import', `t${EVIL}.csv`]],
    [['import', `no${EVIL}.csv`]],
    [['token', 'add', EVIL, '--role', 'viewer']],
    [['token', 'revoke', EVIL]],
    [['notify', 'add', EVIL, '--channel', 'webhook']],
    [['schedule', 'add', EVIL, '--every', '1d']],
    [['restore', EVIL]],
    [['place', EVIL]],
    [['disconnect', EVIL]],
    [['models', 'list']],
    [['models', 'show', 'hostile']],
    [['rules', 'lint', 'pack']],
    [['--config', EVIL, 'doctor']],
    [['--workspace', EVIL, 'doctor']],
    [['assess']],
    [['compare']],
  ])('of what is typed or stored: %j', async (argv) => {
    const { code, out, err } = await bench.run(...argv);
    const plain = await bench.run(...argv, '--json');
    expect([code === 70, plain.code === 70]).toEqual([false, false]);
    if (argv.some((word) => word.includes(SHOWN)) && !SILENT.has(argv.join(' '))) expect(out + err).toContain(SHOWN);
  });

  it('of what old versions kept is lost, only shown', async () => {
    const { out } = await bench.run('assess', '--json');
    const { respondents } = JSON.parse(out) as { respondents: { id: string; role: string }[] };
    expect(respondents[0]).toMatchObject({ id: `old@example.org ${EVIL}`, role: `lead ${EVIL}` });
  });

  it('of what a helpdesk answers', async () => {
    const argv = ['connect', 'zendesk', '--url', vendorUrl, '--user', 'a', '--token-file', 'token', '--allow-private'];
    expect((await bench.run(...argv)).code).not.toBe(0);
    expect((await bench.run(...argv, '--verbose')).code).not.toBe(0);
  });

  it('is taken in from the command line', async () => {
    const set = [
      'connect',
      'zendesk',
      '--url',
      vendorUrl,
      '--user',
      `a${EVIL}`,
      '--token-file',
      'token',
      '--allow-private',
    ];
    expect((await bench.run(...set)).err).toContain('The setting user holds a control or bidirectional character.');
    const named = await bench.run('token', 'add', `ci${EVIL}`, '--role', 'viewer');
    expect([named.code, named.err]).toEqual([2, expect.stringContaining('control or bidirectional character')]);
    const typed = await bench.runAnswering([], 'assess', '--respondent', `a${EVIL}`, '--role', 'lead');
    expect([typed.code, typed.err]).toEqual([2, expect.stringContaining('The respondent holds a control')]);
  });

  it('of any command that is there, given nothing but it', async () => {
    expect(COMMANDS.length).toBeGreaterThan(20);
    const { out } = await bench.run('--help');
    const names = [...out.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');
    for (const name of names.filter((each) => !['demo', 'serve', 'work', 'init'].includes(each)))
      expect([name, (await bench.run(name, EVIL)).code === 70]).toEqual([name, false]);
  });
});

describe('respondents on the command line', () => {
  it('are no addresses', async () => {
    const { code, err } = await bench.runAnswering([], 'assess', '--respondent', 'ana@example.org', '--role', 'lead');
    expect([code, err]).toEqual([2, expect.stringContaining('is an e-mail address; use initials')]);
    writeFileSync(join(bench.dir, 'a.yaml'), 'respondent: ana@example.org\nrole: lead\nanswers: {}\n');
    const file = await bench.run('assess', '--answers', 'a.yaml');
    expect([file.code, file.err]).toEqual([2, expect.stringContaining('a.yaml:1: respondent: is an e-mail address')]);
  });
});
