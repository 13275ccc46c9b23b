import { canonicalJson } from '../domain/canonical-json.ts';
import type { Measurement } from '../domain/measurement.ts';
import { type KeptVerdict, Snapshot } from '../domain/snapshot.ts';
import { PlumblineError } from '../errors/index.ts';
import { methodOf } from '../scoring/index.ts';
import type { Store } from '../store/ports.ts';
import { digestOf } from './digest-of.ts';
import { type JudgeAllInput, type JudgingModel, judgeAll } from './judge-all.ts';
import type { MeasureDeps } from './measure.ts';
import { endContradicted } from './resolve.ts';

export interface SnapshotDeps extends Omit<MeasureDeps, 'store'> {
  readonly store: Store;
  /** At least one; the one that is shown unless another is asked for comes first. */
  readonly models: readonly JudgingModel[];
  readonly now: Date;
  /** False = judge only, for what-ifs. */
  readonly keep: boolean;
}

export { endOfData } from './end-of-data.ts';

/**
 * Measures at one instant, has every model judge the same measurement, and keeps the result once it is seen to fit its own schema.
 * The same store, rules, models and answers give the same bytes; nothing of the local clock is inside, and no verdict hangs on what other
 * models there are. Errors: NO_DATA when there is neither telemetry nor an answer, BUG when an expected signal did not report or the result
 * fits no schema; then nothing is kept.
 */
export async function takeSnapshot(input: JudgeAllInput, deps: SnapshotDeps): Promise<Snapshot> {
  const { ledger } = deps.store;
  const { measurement, verdicts } = await judgeAll(input, deps);
  const snapshot = assertSnapshot(assemble(measurement, verdicts), deps.models);
  if (!deps.keep) return snapshot;
  await keepModels(ledger, deps.models);
  await ledger.saveSnapshot(snapshot, deps.now);
  await endContradicted(ledger, snapshot, deps.models, deps.now);
  return snapshot;
}

/** Keeps what the models say as they are today, so that a snapshot can be drawn with the words it was made with. */
export async function keepModels(ledger: Store['ledger'], models: readonly JudgingModel[]): Promise<void> {
  await ledger.saveModels(models.map(({ model, hash }) => ({ hash, text: canonicalJson(model) })));
}

/** A snapshot that fits its own schema: what the schema does not know is a fault of ours, not a surprise for the reader. Errors: BUG. */
function assertSnapshot(taken: Snapshot, models: readonly JudgingModel[]): Snapshot {
  const wrong = (where: string, what: string) =>
    new PlumblineError('BUG', `The snapshot does not fit its own schema: ${where} ${what}.`, 'Report this.');
  const issue = Snapshot.safeParse(taken).error?.issues[0];
  if (issue !== undefined) throw wrong(issue.path.join('.'), issue.message);
  for (const [index, { model }] of models.entries()) {
    const issueOfBody = methodOf(model).body.safeParse(taken.verdicts[index]?.body).error?.issues[0];
    if (issueOfBody !== undefined) throw wrong(`${model.id} ${issueOfBody.path.join('.')}`, issueOfBody.message);
  }
  return taken;
}

function assemble(measurement: Measurement, verdicts: readonly KeptVerdict[]): Snapshot {
  const { workspace, as_of, window, findings, provenance, digest } = measurement;
  const rest: Omit<Snapshot, 'digest'> = {
    schema: 'plumbline.snapshot/2',
    workspace,
    as_of,
    window,
    findings,
    provenance,
    measurement: digest,
    verdicts: [...verdicts],
  };
  return { ...rest, digest: digestOf(rest) };
}
