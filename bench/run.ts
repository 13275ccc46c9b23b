import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, LIMITS, MEMORY_LIMITS, sayFigure, sayTotal } from './limits.ts';
import { type Cost, median } from './measure.ts';
import { commandOf, costOfCommand, type Part, part, prepare, serve } from './processes.ts';

/**
 * Benchmarks as ratios of the product to its floor (README.md). Every measurement is a process of its own, so that each has its own peak of memory
 * and starts cold, and product and floor take turns, so that a busy machine slows both. One that breaks or hangs is said and the others go on.
 * Usage: `npm run bench [-- <name>...] [--quick] [--older <folder of an earlier build>]`; without names all.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, older: { type: 'string' } },
});
const runs = values.quick === true ? 1 : 3;
const STARTS = 5;
const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));

/** Medians of the ratios of pairs, not ratios of medians: the two of a pair met the same machine. */
async function compare(
  name: string,
  times: number,
  product: () => Promise<Part>,
  floor: () => Promise<Part>,
): Promise<Figure[]> {
  const pairs: { readonly product: Part; readonly floor: Part }[] = [];
  for (let run = 0; run < times; run++) {
    const below = await floor();
    pairs.push({ floor: below, product: await product() });
  }
  const middle = (of: (pair: { readonly product: Part; readonly floor: Part }) => number): number =>
    median(pairs.map(of));
  const seconds = (of: 'product' | 'floor', what: keyof Cost): string =>
    `${(middle((pair) => pair[of][what]) / 1000).toFixed(2)} s`;
  const peak = Math.max(...pairs.map((pair) => pair.product.peakMb));
  return [
    {
      name,
      value: middle((pair) => pair.product.cpuMs / pair.floor.cpuMs),
      limit: LIMITS[name] ?? null,
      unit: 'x',
      note: `${seconds('product', 'cpuMs')} / ${seconds('floor', 'cpuMs')} of processor time, wall ${seconds('product', 'wallMs')} / ${seconds('floor', 'wallMs')}, peak ${peak.toFixed(0)} MB`,
    },
    { name: `${name} memory`, value: peak, limit: MEMORY_LIMITS[name] ?? null, unit: 'MB', note: '' },
  ];
}

/** Conversations of Freshdesk come ticket by ticket: floor and product ask as often. */
async function syncFreshdesk(tickets: number): Promise<Figure[]> {
  const server = await serve('page-server', folder, String(tickets), 'freshdesk');
  const [address = ''] = server.line.split(' ');
  const database = join(folder, 'freshdesk.duckdb');
  try {
    return await compare(
      'sync-freshdesk',
      runs,
      () => part('sync', address, 'freshdesk'),
      () => {
        for (const end of ['', '.wal']) rmSync(`${database}${end}`, { force: true });
        return part('sync-freshdesk-floor', address, database);
      },
    );
  } finally {
    server.stop();
  }
}

async function sync(tickets: number): Promise<Figure[]> {
  const pages = mkdtempSync(join(folder, 'pages-'));
  const server = await serve('page-server', pages, String(tickets));
  const [address = '', ...counts] = server.line.split(' ');
  const database = join(folder, 'floor.duckdb');
  try {
    return await compare(
      `sync-${tickets}`,
      runs,
      () => part('sync', address),
      () => {
        for (const end of ['', '.wal']) rmSync(`${database}${end}`, { force: true });
        return part('sync-floor', pages, ...counts, database);
      },
    );
  } finally {
    server.stop();
    rmSync(pages, { recursive: true, force: true });
  }
}

/** Runs `work` over a store of its own with so many tickets. */
async function withStore<T>(tickets: number, work: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(folder, 'store-'));
  try {
    await prepare('fill-store', dataDir, String(tickets));
    return await work(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const snapshot = (tickets: number): Promise<Figure[]> =>
  withStore(tickets, (dataDir) =>
    compare(
      `snapshot-${tickets}`,
      tickets >= 1_000_000 ? 1 : runs,
      () => part('snapshot', dataDir),
      () => part('snapshot-floor', dataDir),
    ),
  );

const again = (): Promise<Figure[]> =>
  withStore(2_000, async (dataDir) => {
    const { cpuMs, again: second } = await part('snapshot', dataDir, '--again');
    if (second === null || second === undefined) throw new Error('No second snapshot was taken.');
    return [ratio('again', second.cpuMs / cpuMs, 'second snapshot of an unchanged store / the first')];
  });

const START = { help: '--help', metrics: 'metrics', explain: 'explain', doctor: 'doctor' };

async function start(name: keyof typeof START): Promise<Figure[]> {
  const command = [...commandOf(ROOT), '--data', join(folder, 'start'), START[name]];
  const ratios: number[] = [];
  for (let run = 0; run < STARTS; run++) {
    const bare = await costOfCommand(['-e', '0']);
    ratios.push((await costOfCommand(command)) / bare);
  }
  return [ratio(name, median(ratios), 'on an empty store / bare node')];
}

async function demo(): Promise<Figure[]> {
  const { older } = values;
  if (older === undefined) return [ratio('demo', null, 'needs --older <folder of an earlier build>')];
  const at = (of: string): Promise<number> =>
    costOfCommand([...commandOf(of), '--data', mkdtempSync(join(folder, 'demo-')), 'demo']);
  const ratios: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = await at(older);
    ratios.push((await at(ROOT)) / before);
  }
  return [ratio('demo', median(ratios), 'the whole demo / that of the earlier build')];
}

function ratio(name: string, value: number | null, note: string): Figure {
  return { name, value, limit: LIMITS[name] ?? null, unit: 'x', note };
}

const SYNCS = values.quick === true ? [2_000, 20_000] : [10_000, 100_000];
const SNAPSHOTS = values.quick === true ? [2_000, 100_000] : [2_000, 100_000, 1_000_000];
const BENCHES = new Map<string, () => Promise<Figure[]>>([
  ...(Object.keys(START) as (keyof typeof START)[]).map((name) => [name, () => start(name)] as const),
  ['again', again] as const,
  ['demo', demo] as const,
  ...SNAPSHOTS.map((tickets) => [`snapshot-${tickets}`, () => snapshot(tickets)] as const),
  ...SYNCS.map((tickets) => [`sync-${tickets}`, () => sync(tickets)] as const),
  ['sync-freshdesk', () => syncFreshdesk(values.quick === true ? 2_000 : 20_000)] as const,
]);

process.once('SIGINT', () => process.exit(130));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const unknown = positionals.filter((name) => !BENCHES.has(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${[...BENCHES.keys()].join(', ')}.`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const [name, run] of BENCHES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const found = await run().catch((error: unknown): Figure[] => {
    process.exitCode = 1;
    return [ratio(name, null, `broke: ${String(error).split('\n')[0]}`)];
  });
  for (const figure of found) console.log(sayFigure(figure));
  figures.push(...found);
}
console.log(sayTotal(figures));
