import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { type Cost, median } from './measure.ts';

/**
 * All benchmarks in one run, as ratios of the product to its floor (README.md). Every measurement is a process of its own, so that each
 * has its own peak of memory and starts cold, and product and floor take turns, so that a busy machine slows both.
 * Usage: `npm run bench [-- --quick]`.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean' } } });
const quick = values.quick === true;
/** A second snapshot of an unchanged store over the first, at most. */
const AGAIN = 0.25;
const SIZES = quick
  ? { sync: [2_000, 20_000], snapshot: [2_000, 100_000], runs: 1 }
  : { sync: [10_000, 100_000], snapshot: [2_000, 100_000, 1_000_000], runs: 3 };
const TARGET = { sync: { 20000: 2.5, 100000: 2.5 }, snapshot: { 2000: 5, 100000: 3, 1000000: 2.2 } };
/** Commands over bare node, at most. */
const START = { '--help': 2, explain: 6, metrics: 6, doctor: 6 };
const STARTS = 5;
const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
const running = new Set<ChildProcess>();

interface Part extends Cost {
  readonly rows: number;
  /** A second snapshot of the same store, where it was asked for. */
  readonly again?: Cost | null;
}

function script(name: string): string[] {
  return ['--import', 'tsx', join(import.meta.dirname, `${name}.ts`)];
}

async function part(name: string, ...args: string[]): Promise<Part> {
  const { stdout } = await execute(process.execPath, [...script(name), ...args], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Part;
}

interface Compared {
  readonly size: number;
  readonly rows: number;
  readonly product: Cost;
  readonly floor: Cost;
  /** Medians of the ratios of pairs, not ratios of medians: the two of a pair met the same machine. */
  readonly ratio: { readonly cpu: number; readonly wall: number };
}

function middle(parts: readonly Cost[]): Cost {
  return {
    wallMs: median(parts.map((p) => p.wallMs)),
    cpuMs: median(parts.map((p) => p.cpuMs)),
    peakMb: Math.max(...parts.map((p) => p.peakMb)),
  };
}

async function compare(
  size: number,
  runs: number,
  product: () => Promise<Part>,
  floor: () => Promise<Part>,
): Promise<Compared> {
  const pairs: { product: Part; floor: Part }[] = [];
  for (let run = 0; run < runs; run++) {
    const below = await floor();
    pairs.push({ floor: below, product: await product() });
  }
  const products = pairs.map((pair) => pair.product);
  return {
    size,
    rows: products[0]?.rows ?? 0,
    product: middle(products),
    floor: middle(pairs.map((pair) => pair.floor)),
    ratio: {
      cpu: median(pairs.map((pair) => pair.product.cpuMs / pair.floor.cpuMs)),
      wall: median(pairs.map((pair) => pair.product.wallMs / pair.floor.wallMs)),
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The page server has no output.');
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('The page server ended before it was ready.');
}

async function sync(tickets: number, runs: number): Promise<Compared> {
  const pages = mkdtempSync(join(folder, 'pages-'));
  const server = spawn(process.execPath, [...script('page-server'), pages, String(tickets)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(server);
  const [address = '', count = '0'] = (await firstLine(server)).split(' ');
  const database = join(folder, 'floor.duckdb');
  const result = await compare(
    tickets,
    runs,
    () => part('sync', address),
    () => {
      for (const end of ['', '.wal']) rmSync(`${database}${end}`, { force: true });
      return part('sync-floor', pages, count, database);
    },
  );
  server.kill();
  running.delete(server);
  rmSync(pages, { recursive: true, force: true });
  return result;
}

async function snapshot(tickets: number, runs: number): Promise<Compared> {
  const dataDir = join(folder, `store-${tickets}`);
  await part('fill-store', dataDir, String(tickets));
  const result = await compare(
    tickets,
    runs,
    () => part('snapshot', dataDir),
    () => part('snapshot-floor', dataDir),
  );
  const { cpuMs, again } = await part('snapshot', dataDir, '--again');
  const ratio = (again?.cpuMs ?? Number.NaN) / cpuMs;
  console.log(
    `\nSecond snapshot of an unchanged store of ${tickets.toLocaleString('en')} tickets / the first: ${ratio.toFixed(2)} x (at most ${AGAIN} x; ${ratio <= AGAIN ? 'met' : 'missed'})`,
  );
  rmSync(dataDir, { recursive: true, force: true });
  return result;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const HEAD = [
  'tickets',
  'floor cpu',
  'product cpu',
  'ratio cpu',
  'floor wall',
  'product wall',
  'ratio wall',
  'peak memory',
];

function row(c: Compared): string[] {
  return [
    c.size.toLocaleString('en'),
    seconds(c.floor.cpuMs),
    seconds(c.product.cpuMs),
    `${c.ratio.cpu.toFixed(2)} x`,
    seconds(c.floor.wallMs),
    seconds(c.product.wallMs),
    `${c.ratio.wall.toFixed(2)} x`,
    `${c.product.peakMb.toFixed(0)} MB (floor ${c.floor.peakMb.toFixed(0)})`,
  ];
}

function print(title: string, results: readonly Compared[], targets: Readonly<Record<number, number>>): void {
  const rows = [HEAD, ...results.map(row)];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const cells of rows) console.log(`  ${cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ')}`);
  const [small, large] = [results[0], results.at(-1)];
  if (small === undefined || large === undefined) return;
  const grown = (of: (cost: Cost) => number): string =>
    `${(of(large.product) / of(small.product)).toFixed(1)}x (floor ${(of(large.floor) / of(small.floor)).toFixed(1)}x)`;
  const data = large.size / small.size;
  console.log(
    `  ${data}x the data: processor time ${grown((c) => c.cpuMs)}, wall ${grown((c) => c.wallMs)}, memory ${grown((c) => c.peakMb)}`,
  );
  for (const { size, ratio } of results) {
    const target = targets[size];
    if (target === undefined) continue;
    console.log(
      `  target at ${size.toLocaleString('en')} tickets: at most ${target} x; ${ratio.cpu <= target ? 'met' : 'missed, see bench/README.md'}`,
    );
  }
}

process.once('SIGINT', () => process.exit(130));
process.once('exit', () => {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a process say at its end how many microseconds of processor time it took. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String(user + system)); });",
)}`;

/** Processor milliseconds of a whole process, from its first instruction to its exit. */
async function startOf(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', TELL, ...args], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, 'close');
  return Number(said) / 1000;
}

async function starts(): Promise<void> {
  const main = join(import.meta.dirname, '..', 'dist', 'src', 'cli', 'main.js');
  const data = ['--data', join(folder, 'start')];
  console.log('\nStart: a command on an empty store / bare node');
  for (const [command, target] of Object.entries(START)) {
    const ratios: number[] = [];
    for (let run = 0; run < STARTS; run++) {
      const bare = await startOf('-e', '0');
      ratios.push((await startOf(main, ...data, command)) / bare);
    }
    const ratio = median(ratios);
    console.log(
      `  ${command.padEnd(8)} ${ratio.toFixed(1).padStart(5)} x  (at most ${target} x; ${ratio <= target ? 'met' : 'missed'})`,
    );
  }
}

await starts();
const synced: Compared[] = [];
for (const size of SIZES.sync) synced.push(await sync(size, SIZES.runs));
const large = synced.at(-1);
print(
  `Sync: HTTP, checks, mapping, store / JSON.parse + append of the same rows (${large?.rows.toLocaleString('en')} rows)`,
  synced,
  TARGET.sync,
);
if (large !== undefined) {
  const perSecond = large.size / (large.product.wallMs / 1000);
  console.log(
    `  ${perSecond.toFixed(0)} tickets/s, ${(perSecond / 500).toFixed(1)} pages/s (1,000 tickets or their updates a page)`,
  );
}
const taken: Compared[] = [];
for (const size of SIZES.snapshot) taken.push(await snapshot(size, size >= 1_000_000 ? 1 : SIZES.runs));
print(
  `Snapshot: ${taken[0]?.rows} signals measured, scored / the same kinds of figures written by hand`,
  taken,
  TARGET.snapshot,
);
