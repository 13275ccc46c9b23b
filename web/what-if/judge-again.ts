import type { Answer } from '../../src/domain/assessment.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { LedgerLine, Level, Placement, Points } from '../../src/domain/placement.ts';
import type { SignalDefinition } from '../../src/domain/signal.ts';
import type { StagedModel } from '../../src/domain/staged-model.ts';
import { evidenceOf, massOf, UNSEEN } from '../../src/scoring/evidence.ts';
import { buildLedger } from '../../src/scoring/ledger.ts';
import { place } from '../../src/scoring/staged/place.ts';

/** What judging a kept snapshot again needs (`GET .../what-if`). */
export interface JudgeInputs {
  readonly model: StagedModel;
  readonly signals: readonly SignalDefinition[];
  readonly findings: readonly Finding[];
  readonly answers: readonly Answer[];
  /** Item id -> reason. */
  readonly notApplicable: Readonly<Record<string, string>>;
  readonly asOf: Date;
}

/** What is switched. Absent = as it is. */
export interface Switches {
  /** Statements taken to be at this level whatever speaks for them: a move that is made is level 3. */
  readonly levels: Readonly<Record<string, Level>>;
  /** What all who answered a statement say instead, or one respondent where nobody did; `none` = as if nobody had answered. */
  readonly answers: Readonly<Record<string, Level | 'none'>>;
  /** Statements of which no record speaks are all taken to be missing, or in place. */
  readonly unseen: 'as_is' | 'missing' | 'in_place';
}

export const NOTHING_SWITCHED: Switches = { levels: {}, answers: {}, unseen: 'as_is' };

const RESPONDENT = 'what-if';
/** Odds of 10^60: as good as known, and far inside what the core adds up without loss. Decibans. */
const CERTAIN = 600;
const CERTAIN_POINTS: Readonly<Record<Level, Points>> = {
  1: [-CERTAIN, -CERTAIN],
  2: [CERTAIN, -CERTAIN],
  3: [CERTAIN, CERTAIN],
};

function knownAt(criterion: string, level: Level): LedgerLine {
  return {
    criterion,
    source: 'signal',
    ref: RESPONDENT,
    family: RESPONDENT,
    class: null,
    alpha: 1,
    age_days: 0,
    decay: 1,
    q2: null,
    q3: null,
    points: CERTAIN_POINTS[level],
    n: null,
    n_effective: null,
    interval: null,
    line: null,
  };
}

function newAnswer(criterion: string, value: Level, { model, asOf }: JudgeInputs): Answer {
  return {
    model: model.id,
    criterion,
    respondent: RESPONDENT,
    role: RESPONDENT,
    value,
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: asOf,
    expires_at: new Date(asOf.getTime() + 1),
  };
}

/** The answers of a sitting in which the switched statements were answered otherwise. */
export function switchedAnswers(inputs: JudgeInputs, { answers }: Switches): Answer[] {
  const kept = inputs.answers.flatMap((answer): Answer[] => {
    const value = answers[answer.criterion];
    return value === undefined ? [answer] : value === 'none' ? [] : [{ ...answer, value }];
  });
  const answered = new Set(kept.map(({ criterion }) => criterion));
  const added = Object.entries(answers).flatMap(([id, value]) =>
    value === 'none' || answered.has(id) ? [] : [newAnswer(id, value, inputs)],
  );
  return [...kept, ...added];
}

/** Lines of one statement after the switches of its level and of what is not seen. */
function linesOf(own: readonly LedgerLine[], id: string, { levels, unseen }: Switches): readonly LedgerLine[] {
  const level = levels[id];
  if (level !== undefined) return [knownAt(id, level)];
  if (unseen === 'as_is' || massOf(evidenceOf(own).get(id) ?? UNSEEN) > 0) return own;
  return [knownAt(id, unseen === 'missing' ? 1 : 3)];
}

/**
 * The verdict as it would be with these switches, by the scoring core that made the kept one; with nothing switched it is the kept placement.
 * A statement that is taken to be at a level counts as seen there. Pure: no clock, no I/O.
 */
export function judgeAgain(inputs: JudgeInputs, switches: Switches): Placement {
  const { model } = inputs;
  const { lines } = buildLedger({ ...inputs, answers: switchedAnswers(inputs, switches) });
  const own = new Map<string, LedgerLine[]>();
  for (const line of lines) own.set(line.criterion, [...(own.get(line.criterion) ?? []), line]);
  const switched = model.criteria.flatMap(({ id }) => linesOf(own.get(id) ?? [], id, switches));
  const notApplicable = new Set(Object.keys(inputs.notApplicable));
  return place({ model, evidence: evidenceOf(switched), notApplicable }).placement;
}
