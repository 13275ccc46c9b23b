import { startDemoServer } from '../../src/demo/index.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { readStaged } from '../../src/domain/staged-reading.ts';
import { computeMetrics } from '../../src/pipeline/metrics.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import type { Store } from '../../src/store/ports.ts';
import { runVendor } from '../conformance/vendor-run.ts';
import { syncAccount } from '../harness/demo-store.ts';
import { SIX_STAGE } from '../harness/scored-points.ts';
import { trustShipped } from '../harness/shipped-packs.ts';
import { SHIPPED_SIGNALS } from '../harness/staged-subjects.ts';
import type { Life } from './life.ts';
import type { Rendering } from './rendering.ts';

export interface Figure {
  readonly value: number | null;
  readonly n: number;
  readonly excluded: Readonly<Record<string, number>>;
}

/** What Plumbline says of a desk. */
export interface Reading {
  /** By id; those of a breakdown by `id of value`. */
  readonly figures: ReadonlyMap<string, Figure>;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly stage: number | null;
  /** Stage that the records alone support. */
  readonly seen: number | null;
}

const pseudonymise = (kind: string, value: string): string => `${kind}:${value}`;

/** The life as the simulation's own account, over HTTP. */
export async function readZendesk(life: Life): Promise<Reading> {
  const store = await openMemoryStore({ trusts: trustShipped() });
  const server = await startDemoServer({ desk: life.world });
  try {
    await syncAccount('desk', { settings: server.settings, telemetry: store.telemetry, pseudonymise });
    return await judge(store);
  } finally {
    await server.close();
    await store.close();
  }
}

/** The life as one vendor's account. Errors: that with which the sync ended; what could not be read of any record. */
export async function readRendering(life: Life, { connector, settings, secret, routes }: Rendering): Promise<Reading> {
  const store = await openMemoryStore({ trusts: trustShipped() });
  try {
    const account = { connector, settings, secret, routes: () => routes(life), now: new Date(life.now * 1000) };
    const run = await runVendor(account, { store, batchRows: 20_000, pseudonymise });
    if (run.error !== null) throw run.error;
    if (run.result?.error) throw run.result.error;
    const aside = await store.telemetry.setAside('desk');
    if (aside.length > 0) throw new Error(`set aside: ${JSON.stringify(aside.slice(0, 5))}`);
    return await judge(store);
  } finally {
    await store.close();
  }
}

async function judge(store: Store): Promise<Reading> {
  const { metrics, breakdowns } = await computeMetrics(store.telemetry, { from: null, to: null, by: [] });
  const taken = await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'desk' },
    {
      store,
      signals: SHIPPED_SIGNALS,
      rulesHash: 'r',
      models: [{ model: SIX_STAGE, hash: 'm' }],
      version: '0.0.0',
      signalTimeoutMs: 120_000,
      now: new Date(),
      keep: false,
    },
  );
  const reading = readStaged(taken, SIX_STAGE.id);
  return {
    figures: new Map([
      ...metrics.map((one) => [one.id, one] as const),
      ...breakdowns.flatMap(({ value, metrics: all }) => all.map((one) => [`${one.id} of ${value}`, one] as const)),
    ]),
    findings: new Map(taken.findings.map((finding) => [finding.signal, finding])),
    stage: reading?.placement.stage ?? null,
    seen: reading?.readings.seen.stage ?? null,
  };
}
