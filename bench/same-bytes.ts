import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../src/domain/finding.ts';
import { built } from './measure.ts';

/**
 * The proof that the same store gives the same bytes: measures one store again and again with different numbers of engine threads, while
 * other threads keep the processors busy, and compares the digests. Prints one line for each number of threads, and what differed; exit 1 when
 * anything did.
 * Usage: `same-bytes.ts <data folder> [--runs 100] [--threads 1,2,4] [--busy 2]`.
 */
const { openDuckdbStore } = await built<typeof import('../src/store/duckdb/open.ts')>('src/store/duckdb/open');
const { openShippedRules } = await built<typeof import('../src/compose/shipped-rules.ts')>('src/compose/shipped-rules');
const { endOfData } = await built<typeof import('../src/pipeline/end-of-data.ts')>('src/pipeline/end-of-data');
const { measure } = await built<typeof import('../src/pipeline/measure.ts')>('src/pipeline/measure');

/** A proof takes long on a busy machine: whoever ends it early knows how far it came. */
const TELL_EVERY = 10;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '100' },
    threads: { type: 'string', default: '1,2,4' },
    busy: { type: 'string', default: '2' },
  },
});
const { pack: packOf, trusts } = openShippedRules(join(import.meta.dirname, '..', 'rules'));
const pack = await packOf();
const signals = pack.signals.map((signal) => signal.definition);

/** Digest and findings of one measurement. */
async function once(threads: number): Promise<{ digest: string; findings: readonly Finding[] }> {
  const store = await openDuckdbStore({
    dataDir: positionals[0] ?? '.',
    workspace: 'default',
    clock: () => new Date(0),
    readonly: true,
    threads,
    trusts,
  });
  try {
    const asOf = endOfData(await store.telemetry.observability());
    if (asOf === null) throw new Error('The store holds no telemetry.');
    const { measurement } = await measure(
      { workspace: 'bench', asOf, windowDays: 90 },
      { store, signals, rulesHash: pack.hash, version: 'bench', signalTimeoutMs: 600_000 },
    );
    return measurement;
  } finally {
    await store.close();
  }
}

const busy = Array.from(
  { length: Number(values.busy) },
  () => new Worker('for (;;) { let x = 0; for (let i = 0; i < 1e7; i++) x += Math.sqrt(i); }', { eval: true }),
);
const first = await once(1);
const failed = first.findings.filter((finding) => finding.status === 'failed').length;
console.log(
  `${first.digest.slice(0, 16)}: ${first.findings.filter((f) => f.status === 'measured').length} measured, ${failed} failed`,
);
let others = 0;
for (const threads of values.threads.split(',').map(Number)) {
  let same = 0;
  for (let run = 0; run < Number(values.runs); run++) {
    const again = await once(threads);
    if (again.digest === first.digest) {
      same += 1;
      if (same % TELL_EVERY === 0) console.error(`  ${threads}: ${same} of ${run + 1} so far`);
      continue;
    }
    others += 1;
    const apart = again.findings.filter((finding, i) => JSON.stringify(finding) !== JSON.stringify(first.findings[i]));
    for (const finding of apart) {
      const before = first.findings.find(({ signal }) => signal === finding.signal);
      console.log(
        `  ${finding.signal}: ${JSON.stringify(before).slice(0, 600)}\n    then ${JSON.stringify(finding).slice(0, 600)}`,
      );
    }
  }
  console.log(`${threads} thread${threads === 1 ? '' : 's'}: ${same} of ${values.runs} the same`);
}
for (const worker of busy) await worker.terminate();
process.exitCode = others === 0 ? 0 : 1;
