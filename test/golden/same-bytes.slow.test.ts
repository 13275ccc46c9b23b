import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endOfData } from '../../src/pipeline/end-of-data.ts';
import { measure } from '../../src/pipeline/measure.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import type { Store } from '../../src/store/ports.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';
import { trustShipped } from '../harness/shipped-packs.ts';

const signals = loadSignals(join(import.meta.dirname, '..', '..', 'rules', 'signals')).signals.map((s) => s.definition);

/** The same records in a store of its own, written and read by so many threads. */
async function storeWith(threads: number, { store, batches }: DemoStore): Promise<Store> {
  const other = await openMemoryStore({ threads, trusts: trustShipped() });
  for (const batch of batches) await other.telemetry.commit(batch);
  await other.telemetry.recordObservability(await store.telemetry.observability());
  return other;
}

async function digestOf(store: Store): Promise<string> {
  const asOf = endOfData(await store.telemetry.observability());
  if (asOf === null) throw new Error('The demo desk is empty.');
  const { measurement } = await measure(
    { workspace: 'test', asOf, windowDays: 90 },
    { store, signals, rulesHash: 'rules', version: 'test', signalTimeoutMs: 600_000 },
  );
  expect(measurement.findings.filter((finding) => finding.status === 'measured').length).toBeGreaterThan(40);
  expect(measurement.findings.filter((finding) => finding.status === 'failed')).toEqual([]);
  return measurement.digest;
}

// The long form, a hundred runs of each under load, is bench/same-bytes.ts.
it('gives the same bytes from the same records, however many threads the engine has', async () => {
  const demo = await syncDemoDesk('harbor');
  const digests: string[] = [];
  for (const threads of [1, 2, 4]) {
    const store = await storeWith(threads, demo);
    digests.push(await digestOf(store), await digestOf(store));
    await store.close();
  }
  await demo.store.close();
  expect(new Set(digests).size).toBe(1);
});
