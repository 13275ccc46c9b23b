import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { built, cost } from './measure.ts';

/**
 * A full snapshot of a store made by fill-store.ts: every signal measured, every model that ships judging.
 * Usage: `snapshot.ts <data folder> [--signals] [--again]`; with `--signals` it also prints what each signal took, with `--again` it takes a second
 * snapshot of the unchanged store and prints what that took as `again`.
 */
const { openDuckdbStore } = await built<typeof import('../src/store/duckdb/open.ts')>('src/store/duckdb/open');
const { openShippedRules } = await built<typeof import('../src/compose/shipped-rules.ts')>('src/compose/shipped-rules');
const { takeSnapshot } = await built<typeof import('../src/pipeline/snapshot.ts')>('src/pipeline/snapshot');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { signals: { type: 'boolean' }, again: { type: 'boolean' } },
});
const rules = openShippedRules(join(import.meta.dirname, '..', 'rules'));
const pack = await rules.pack();
const signals = pack.signals.map((signal) => signal.definition);
const read = await rules.models(signals);
const store = await openDuckdbStore({
  dataDir: positionals[0] ?? '.',
  workspace: 'default',
  clock: () => new Date(0),
  trusts: rules.trusts,
  // What commands give it (store.memory).
  memoryLimit: '700MB',
  // Without, nothing is kept for a second snapshot, and every run measures.
  ...(values.again === true ? { program: rules.program } : {}),
});

const statuses = new Map<string, number>();
const took: { signal: string; status: string; wallMs: number; cpuMs: number }[] = [];
let last = performance.now();
let lastCpu = process.cpuUsage();
const take = (): Promise<{ readonly digest: string }> =>
  takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'bench' },
    {
      store,
      signals,
      rulesHash: pack.hash,
      models: read,
      version: 'bench',
      now: new Date(0),
      signalTimeoutMs: 600_000,
      keep: false,
      onFinding: ({ signal, status }) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const cpu = process.cpuUsage(lastCpu);
        took.push({ signal, status, wallMs: performance.now() - last, cpuMs: (cpu.user + cpu.system) / 1000 });
        last = performance.now();
        lastCpu = process.cpuUsage();
      },
    },
  );
const digests: string[] = [];
const one = async (): Promise<void> => {
  digests.push((await take()).digest);
};
// Writing drops what an earlier run of this benchmark kept in the store.
if (values.again === true) await store.telemetry.recordObservability(await store.telemetry.observability());
const used = await cost(one);
const findings = Object.fromEntries(statuses);
const again = values.again === true ? await cost(one) : null;
if (new Set(digests).size > 1) throw new Error('The second snapshot differs from the first.');
await store.close();
if (values.signals === true)
  for (const one of took.toSorted((a, b) => b.cpuMs - a.cpuMs))
    console.error(
      `${one.cpuMs.toFixed(0).padStart(6)} ms  ${one.wallMs.toFixed(0).padStart(6)} ms wall  ${one.status.padEnd(14)} ${one.signal}`,
    );
console.log(JSON.stringify({ ...used, rows: signals.length, findings, digest: digests[0], again }));
