import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../../src/demo/index.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

const CANARY = 'canary-7f3a91c2-token';
const FORMS = [CANARY, Buffer.from(CANARY).toString('base64'), encodeURIComponent(CANARY)];
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

let bench: Workbench;
let server: DemoServer;
/** Everything that a person, a log or another process could have seen. */
const seen = new Map<string, string>();

/** The command in a process of its own, with its log at its most talkative; its arguments are read while it runs. */
async function runProcess(...argv: string[]): Promise<number | null> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, ...argv, '--verbose'], {
    cwd: bench.dir,
    env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', QUEUE: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      try {
        text += readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
      } catch {
        // Not every system shows it, and the process may be gone.
      }
    });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  seen.set(`process ${argv.join(' ')} gives ${code}`, text);
  return code;
}

async function runHere(...argv: string[]): Promise<number> {
  const { code, out, err } = await bench.run(...argv);
  seen.set(`output ${argv.join(' ')}`, out + err);
  return code;
}

function keepFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      seen.set(
        `file ${join(entry.parentPath, entry.name)}`,
        readFileSync(join(entry.parentPath, entry.name), 'latin1'),
      );
}

describe('a token that was typed in', () => {
  beforeAll(async () => {
    bench = openWorkbench();
    server = await startDemoServer({ desk: 'monitored-mailbox', token: CANARY });
    const { url, user } = server.settings;
    const at = ['--url', url, '--user', user, '--allow-private'] as const;
    const connected = await bench.runAnswering([CANARY], 'connect', 'zendesk', ...at);
    expect(connected.code).toBe(0);
    seen.set('output connect', connected.out + connected.err);
    expect(await runProcess('sync')).toBe(0);
    expect(await runProcess('doctor')).toBe(0);
    expect(await runHere('export', '--format', 'jsonl', '--out', 'out')).toBe(0);
    expect(await runHere('snapshot', '--json')).toBe(0);
    expect(await runHere('backup', 'backup')).toBe(0);
    expect(await runHere('secrets', 'list')).toBe(0);
    expect(await runHere('secrets', 'rotate', '--json')).toBe(0);
    // Errors speak too: of a helpdesk that refuses, of one that is gone, of a key that does not open.
    const { port } = new URL(url);
    await server.close();
    server = await startDemoServer({ desk: 'monitored-mailbox', token: 'another', port: Number(port) });
    expect(await runProcess('sync', '--json')).toBe(3);
    await server.close();
    expect(await runProcess('sync')).not.toBe(0);
    writeFileSync(join(bench.dir, '.plumbline/keys/seal.key'), 'ab'.repeat(32));
    expect(await runProcess('sync')).toBe(3);
    keepFiles(bench.dir);
  });
  afterAll(async () => {
    await server.close().catch(() => undefined);
    bench.remove();
  });

  it('is nowhere: not in output, logs, arguments, run rows, exports, errors, backups or any file of the folder', () => {
    const places = [...seen].filter(([, text]) => FORMS.some((form) => text.includes(form))).map(([place]) => place);
    expect(places).toEqual([]);
  });

  it('was looked for where it could be', () => {
    const all = [...seen.keys()].join('\n');
    expect(seen.get('process sync gives 0')).toContain('vendor request');
    expect(seen.get('process sync --json gives 3')).toContain('PERMISSION_DENIED');
    for (const place of [
      'plumbline.duckdb',
      'journal.duckdb',
      'out/ticket.jsonl',
      'backup/secrets.jsonl',
      'secrets/default/zendesk.json',
    ])
      expect(all).toContain(place);
    expect(seen.get('output backup backup')).toContain('Telemetry digest');
  });
});
