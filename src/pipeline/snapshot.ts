import type { Measurement } from '../domain/measurement.ts';
import { Snapshot } from '../domain/snapshot.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { isStagedBody } from '../domain/staged-verdict.ts';
import type { Verdict } from '../domain/verdict.ts';
import { PlumblineError } from '../errors/index.ts';
import { answersInForce } from '../scoring/index.ts';
import type { Store } from '../store/ports.ts';
import { digestOf } from './digest-of.ts';
import { findInstant, givenTo } from './given-to.ts';
import { judge } from './judge.ts';
import { type MeasureDeps, measure } from './measure.ts';

export interface SnapshotInput {
  /** Exclusive upper bound; null = the end of the data, and answers given since then count as given at it. */
  readonly asOf: Date | null;
  readonly windowDays: number;
  readonly workspace: string;
}

export interface SnapshotDeps extends Omit<MeasureDeps, 'store'> {
  readonly store: Store;
  readonly model: StagedModel;
  readonly modelHash: string;
  readonly now: Date;
  /** False = judge only, for what-ifs. */
  readonly keep: boolean;
}

export { endOfData } from './end-of-data.ts';

/**
 * Measures at one instant, has the model judge it, and keeps the result once it is seen to fit its own schema.
 * The same store, rules, model and answers give the same bytes; nothing of the local clock is inside. Errors: NO_DATA when there is neither
 * telemetry nor an answer, BUG when an expected signal did not report or the result fits no schema; then nothing is kept.
 */
export async function takeSnapshot(input: SnapshotInput, deps: SnapshotDeps): Promise<Snapshot> {
  const { store, model, modelHash } = deps;
  const asOf = await findInstant(store, [model.id], input.asOf);
  const { measurement, signals } = await measure({ ...input, asOf }, deps);
  const given = await givenTo(store.ledger, model.id, asOf, input.asOf === null);
  const verdict = judge({ model, hash: modelHash }, measurement, { signals, ...given });
  const snapshot = assertSnapshot(assemble(measurement, verdict, answersInForce(model, given.answers, asOf)));
  if (deps.keep) await store.ledger.saveSnapshot(snapshot, deps.now);
  return snapshot;
}

/** A snapshot that fits its own schema: what the schema does not know is a fault of ours, not a surprise for the reader. Errors: BUG. */
function assertSnapshot(taken: Snapshot): Snapshot {
  const issue = Snapshot.safeParse(taken).error?.issues[0];
  if (issue === undefined) return taken;
  throw new PlumblineError(
    'BUG',
    `The snapshot does not fit its own schema: ${issue.path.join('.')} ${issue.message}.`,
    'Report this.',
  );
}

function assemble(measurement: Measurement, verdict: Verdict, inForce: ReturnType<typeof answersInForce>): Snapshot {
  const { id, version, title, source, hash } = verdict.model;
  const { body } = verdict;
  if (!isStagedBody(body))
    throw new PlumblineError('BUG', `The verdict of ${id} is not that of a staged model.`, 'Report this.');
  const { comparison, path, ...result } = body;
  const { plumbline, ...marks } = measurement.provenance;
  const rest: Omit<Snapshot, 'digest'> = {
    schema: 'plumbline.snapshot/1',
    workspace: measurement.workspace,
    as_of: measurement.as_of,
    window: measurement.window,
    model: { id, version, title, source },
    ...result,
    findings: measurement.findings,
    ledger: verdict.ledger,
    answers_used: inForce.map((a) => ({
      criterion: a.criterion,
      respondent: a.respondent,
      role: a.role,
      value: a.value,
      answered_at: a.answered_at.toISOString(),
    })),
    comparison,
    path,
    provenance: { plumbline, model_hash: hash, ...marks },
  };
  return { ...rest, digest: digestOf(rest) };
}
