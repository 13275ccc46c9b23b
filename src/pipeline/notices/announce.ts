import { currentAnswers } from '../../assessment/index.ts';
import type { Answer } from '../../domain/assessment.ts';
import type { Notice, Run, RunFailure } from '../../domain/operations.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import type { Operations } from '../../store/operations-port.ts';
import type { Ledger, Publication, Store } from '../../store/ports.ts';
import { readKept } from '../find-snapshot.ts';
import { noticesOfAge } from './of-age.ts';
import { noticesOfRun } from './of-run.ts';
import { comparable, noticesOfSnapshot } from './of-snapshot.ts';
import { noticesOfSync } from './of-sync.ts';
import { noticesOfVerdicts } from './of-verdicts.ts';

export interface AnnounceDeps {
  readonly operations: Operations;
  readonly clock: { now(): Date };
}

/** Keeps notices with their deliveries; those that are known stay as they are. Gives how many are new. Empty input gives 0. */
export async function announce(deps: Pick<AnnounceDeps, 'operations'>, notices: readonly Notice[]): Promise<number> {
  return notices.length === 0 ? 0 : deps.operations.addNotices(notices);
}

/**
 * Says what a published snapshot changed, against what was published before it; call it after `saveSnapshot(..., run)`, as often as
 * the job is tried: it finds the same notices again. Gives how many are new. Errors: those of the store.
 */
export async function announceSnapshot(
  deps: AnnounceDeps & { readonly ledger: Ledger },
  input: { readonly workspace: string; readonly run: Pick<Run, 'id' | 'params'>; readonly snapshot: StagedReading },
): Promise<number> {
  const { workspace, run, snapshot: after } = input;
  const { before, placedBefore, all } = await publishedBefore(deps.ledger, run.id, after);
  const now = deps.clock.now();
  const found = noticesOfSnapshot({ workspace, run, before, placedBefore, after, at: now });
  const conflicts = found.filter((notice) => notice.kind === 'conflict_found');
  const told = new Map<string, Date>();
  for (const { subject } of conflicts) {
    const last = await deps.operations.lastNotice(workspace, ['conflict_found'], subject);
    if (last !== null && subject !== null) told.set(subject, last.at);
  }
  return announce(deps, [
    ...noticesOfSnapshot({ workspace, run, before, placedBefore, after, told, at: now }),
    ...noticesOfVerdicts({ workspace, run, before: all, after, shown: after.model.id, at: now }),
  ]);
}

interface Earlier {
  /** The one published before that may be held against the new one; null = there is none. */
  readonly before: StagedReading | null;
  /** The nearest of them whose stage is known. */
  readonly placedBefore: StagedReading | null;
  /** All that were looked at, nearest first. */
  readonly all: readonly StagedReading[];
}

/** Looking further back for a known stage than this would compare with another desk than today's. */
const MOST_SNAPSHOTS_BACK = 20;

/** Digests of what was published before a run at or before the instant, nearest first. */
export function earlierThan(
  publications: readonly Publication[],
  run: string,
  asOf: ReadonlyMap<string, number>,
  limit: number,
): readonly string[] {
  const published = publications.filter((p) => asOf.has(p.digest));
  const place = published.findIndex((p) => p.run === run);
  return [...new Set((place < 0 ? published : published.slice(0, place)).map((p) => p.digest).reverse())]
    .filter((digest) => (asOf.get(digest) ?? Number.POSITIVE_INFINITY) <= limit)
    .sort((a, b) => (asOf.get(b) ?? 0) - (asOf.get(a) ?? 0))
    .slice(0, MOST_SNAPSHOTS_BACK);
}

async function publishedBefore(ledger: Ledger, run: string, after: StagedReading): Promise<Earlier> {
  const asOf = new Map((await ledger.snapshots(after.model.id)).map((head) => [head.digest, head.as_of.getTime()]));
  const earlier = earlierThan(await ledger.publications(), run, asOf, Date.parse(after.as_of));
  const all: StagedReading[] = [];
  for (const digest of earlier) {
    const snapshot = await readKept(ledger, digest, after.model.id);
    if (snapshot === null) continue;
    // The very same snapshot was published before: nothing changed since.
    if (snapshot.digest === after.digest) return { before: snapshot, placedBefore: snapshot, all: [snapshot] };
    if (!comparable(snapshot, after)) continue;
    all.push(snapshot);
    if (snapshot.placement.stage !== null) break;
  }
  const before = all[0] ?? null;
  return { before, placedBefore: all.find(({ placement }) => placement.stage !== null) ?? before, all };
}

/**
 * Says that a connection cannot be read any more, or is read again. Call it with `failure: null` only when all streams of the
 * connection were read to their end. Gives how many notices are new.
 */
export async function announceSync(
  deps: AnnounceDeps,
  input: {
    readonly workspace: string;
    readonly connection: string;
    readonly run: string;
    readonly failure: RunFailure | null;
    readonly forGood: boolean;
    readonly failedBefore?: boolean;
  },
): Promise<number> {
  const kinds = ['sync_broken', 'sync_restored'];
  const last = await deps.operations.lastNotice(input.workspace, kinds, input.connection);
  return announce(deps, noticesOfSync({ failedBefore: false, ...input, last, at: deps.clock.now() }));
}

/** Says that a run failed, after `endRun`, unless it is one of a row. Gives how many notices are new. */
export async function announceRun(deps: AnnounceDeps, id: string): Promise<number> {
  const run = await deps.operations.run(id);
  if (run === null || run.status !== 'failed') return 0;
  const { workspace } = run;
  const ended = await deps.operations.runs({ workspace, status: ['done', 'failed'], limit: 200 });
  const endedBefore = ended
    .filter((r) => r.id !== run.id && r.kind === run.kind && r.schedule === run.schedule && r.slot <= run.slot)
    .sort((a, b) => b.slot.getTime() - a.slot.getTime());
  const said = await deps.operations.notices(workspace, 100);
  const saidBroken = said.some((notice) => notice.kind === 'sync_broken' && notice.run === run.id);
  return announce(deps, noticesOfRun({ run, before: endedBefore[0] ?? null, saidBroken, at: deps.clock.now() }));
}

/** Says which data are stale and which answers are about to expire; for `maintain`. Gives how many notices are new. */
export async function announceAge(
  deps: AnnounceDeps & { readonly store: Store },
  input: { readonly workspace: string; readonly models: readonly string[]; readonly staleAfterMs: number },
): Promise<number> {
  const { workspace } = input;
  const now = deps.clock.now();
  const rows = await deps.store.ledger.connections();
  const connections = rows.filter((c) => c.status === 'connected' && c.vendor !== 'file').map((c) => c.name);
  const lastStale = new Map<string, Notice>();
  for (const connection of connections) {
    const last = await deps.operations.lastNotice(workspace, ['data_stale'], connection);
    if (last !== null) lastStale.set(connection, last);
  }
  const given: Answer[] = [];
  for (const model of input.models) given.push(...(await deps.store.ledger.answers(model)));
  return announce(
    deps,
    noticesOfAge({
      workspace,
      at: now,
      connections,
      observability: await deps.store.telemetry.observability(),
      staleAfterMs: input.staleAfterMs,
      lastStale,
      answers: currentAnswers(given, now).current,
      lastExpiring: await deps.operations.lastNotice(workspace, ['answers_expiring'], null),
    }),
  );
}
