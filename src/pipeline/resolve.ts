import { contradictedBy, currentAnswers, favouredLevel, standingAt } from '../assessment/index.ts';
import type { Level, Points } from '../domain/placement.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { isStaged, type StagedModel } from '../domain/staged-model.ts';
import { readStaged } from '../domain/staged-reading.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Ledger } from '../store/ports.ts';
import { type AssessDeps, assertDeclarable } from './assess.ts';
import { readLatest } from './find-snapshot.ts';
import type { JudgingModel } from './judge-all.ts';

const DAY_MS = 86_400_000;

export interface WantedResolution {
  readonly criterion: string;
  readonly kind: Resolution['kind'];
  readonly reason: string;
  readonly by: string;
  readonly proof: string | null;
  /** Null = it stands until something ends it. */
  readonly days: number | null;
}

interface ResolveDeps extends AssessDeps {
  readonly model: StagedModel;
  readonly randomId: () => string;
}

function refuse(message: string, remedy: string): PlumblineError {
  return new PlumblineError('WRONG_STATE', message, remedy);
}

/** The highest level that somebody other than the one who settles it claims now. Errors: WRONG_STATE when nobody does. */
async function claimOf({ criterion, by }: WantedResolution, { ledger, model, now }: ResolveDeps): Promise<Level> {
  const { current } = currentAnswers(await ledger.answers(model.id), now);
  const levels = current
    .filter((answer) => answer.criterion === criterion && answer.respondent !== by)
    .map(({ value }) => value);
  const claimed = ([3, 2, 1] as const).find((level) => levels.includes(level));
  if (claimed !== undefined) return claimed;
  throw refuse(
    `Nobody but ${by} claims anything of ${criterion} now.`,
    'A claim is kept by somebody else who looked at its proof; have it answered first.',
  );
}

async function levelOf(wanted: WantedResolution, telemetry: Points, deps: ResolveDeps): Promise<Level> {
  if (wanted.kind === 'keep_claim') return claimOf(wanted, deps);
  if (wanted.kind === 'not_applicable') {
    await assertDeclarable([wanted], deps);
    return 1;
  }
  if (telemetry[0] === 0 && telemetry[1] === 0)
    throw refuse(`Records show nothing of ${wanted.criterion}.`, 'Keep the claim, or say why it does not apply.');
  return favouredLevel(telemetry);
}

/**
 * Settles that records and answers disagree about a statement: keeps what people claim, takes what records show, or takes the statement out.
 * Takes the place of an earlier one. Errors: UNKNOWN_NAME (no such statement), NO_DATA (no snapshot), WRONG_STATE (nobody claims anything, records
 * show nothing), BAD_ANSWERS (a second statement of a set would not apply).
 */
export async function resolveStatement(wanted: WantedResolution, deps: ResolveDeps): Promise<Resolution> {
  const { ledger, model, now } = deps;
  if (!model.criteria.some(({ id }) => id === wanted.criterion))
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `There is no statement "${wanted.criterion}" in ${model.id}.`,
      `GET /v1/models/${model.id} shows them.`,
    );
  const latest = await readLatest(ledger, model.id, now);
  const shown = latest?.criteria.find(({ id }) => id === wanted.criterion);
  if (shown === undefined)
    throw new PlumblineError('NO_DATA', `No snapshot judged ${wanted.criterion} yet.`, 'Take a snapshot first.');
  const { days, ...rest } = wanted;
  const resolution: Resolution = {
    ...rest,
    id: deps.randomId(),
    model: model.id,
    level: await levelOf(wanted, shown.telemetry, deps),
    basis: shown.telemetry,
    at: now,
    expires_at: days === null ? null : new Date(now.getTime() + days * DAY_MS),
    ended_at: null,
    ended: null,
  };
  await endStanding(wanted.criterion, 'replaced', deps);
  await ledger.addResolutions([resolution]);
  return resolution;
}

/** Ends what stands of a statement; the ended one, or null when nothing does. */
export async function endStanding(
  criterion: string,
  why: NonNullable<Resolution['ended']>,
  { ledger, model, now }: Pick<ResolveDeps, 'ledger' | 'model' | 'now'>,
): Promise<Resolution | null> {
  const standing = standingAt(await ledger.resolutions(model.id), now, true);
  const found = standing.find((one) => one.criterion === criterion);
  if (found === undefined) return null;
  await ledger.endResolution(found.id, now, why);
  return { ...found, ended_at: now, ended: why };
}

/**
 * Ends for good what a kept snapshot has found records to speak against; the snapshot itself was judged without it. A snapshot of the past ends
 * nothing: later ones know more. Gives those that ended.
 */
export async function endContradicted(
  ledger: Ledger,
  snapshot: Snapshot,
  models: readonly JudgingModel[],
  now: Date,
): Promise<readonly Resolution[]> {
  const asOf = new Date(snapshot.as_of);
  const ended: Resolution[] = [];
  for (const { model } of models) {
    const standing = isStaged(model) ? standingAt(await ledger.resolutions(model.id), asOf, true) : [];
    if (!isStaged(model) || standing.length === 0) continue;
    if ((await ledger.snapshots(model.id)).some(({ as_of }) => as_of > asOf)) continue;
    const found = contradictedBy(standing, readStaged(snapshot, model.id)?.criteria ?? [], model);
    for (const { id } of found) await ledger.endResolution(id, now, 'evidence');
    ended.push(...found);
  }
  return ended;
}
