import type { LedgerLine, Level, Placement, Points } from '../../src/domain/placement.ts';
import type { StagedModel } from '../../src/domain/staged-model.ts';
import { answerPoints } from '../../src/scoring/answer-table.ts';
import { evidenceOf, massOf, UNSEEN } from '../../src/scoring/evidence.ts';
import { place } from '../../src/scoring/staged/place.ts';

/** What is needed to judge a snapshot again: the model, the lines that its verdict was added up from, and what does not apply. */
export interface JudgeInputs {
  readonly model: StagedModel;
  readonly ledger: readonly LedgerLine[];
  readonly notApplicable: readonly string[];
}

/** What is switched. Absent = as it is. */
export interface Switches {
  /** Statements taken to be at this level whatever speaks for them: a move that is made is level 3. */
  readonly levels: Readonly<Record<string, Level>>;
  /** Answers that are given instead of those that were; `none` = as if nobody had answered. */
  readonly answers: Readonly<Record<string, Level | 'none'>>;
  /** Statements without records are all taken to be missing, or in place. */
  readonly unseen: 'as_is' | 'missing' | 'in_place';
}

export const NOTHING_SWITCHED: Switches = { levels: {}, answers: {}, unseen: 'as_is' };

/** Odds of 10^60: as good as known, and far inside what the core adds up without loss. Decibans. */
const CERTAIN = 600;
const CERTAIN_POINTS: Readonly<Record<Level, Points>> = {
  1: [-CERTAIN, -CERTAIN],
  2: [CERTAIN, -CERTAIN],
  3: [CERTAIN, CERTAIN],
};

function lineOf(criterion: string, source: 'signal' | 'answer', points: Points): LedgerLine {
  return {
    criterion,
    source,
    ref: 'what-if',
    family: source === 'answer' ? 'answers' : 'what-if',
    class: null,
    alpha: 1,
    age_days: 0,
    decay: 1,
    q2: null,
    q3: null,
    points,
    n: null,
    n_effective: null,
    interval: null,
    line: null,
  };
}

function answeredLines(lines: readonly LedgerLine[], id: string, model: StagedModel, given: Level | 'none' | undefined) {
  if (given === undefined) return lines;
  const records = lines.filter((line) => line.source === 'signal');
  return given === 'none' ? records : [...records, lineOf(id, 'answer', answerPoints(model.self)[given])];
}

/** Lines of one statement after the switches. */
function linesOf(own: readonly LedgerLine[], id: string, model: StagedModel, switches: Switches): readonly LedgerLine[] {
  const level = switches.levels[id];
  if (level !== undefined) return [lineOf(id, 'signal', CERTAIN_POINTS[level])];
  const seen = massOf(evidenceOf(own).get(id) ?? UNSEEN) > 0;
  if (!seen && switches.unseen !== 'as_is')
    return [lineOf(id, 'signal', CERTAIN_POINTS[switches.unseen === 'missing' ? 1 : 3])];
  return answeredLines(own, id, model, switches.answers[id]);
}

/**
 * The verdict as it would be with these switches, by the scoring core that made the kept one. With nothing switched it is the kept placement.
 * A statement at a given level counts as seen there. Pure.
 */
export function judgeAgain({ model, ledger, notApplicable }: JudgeInputs, switches: Switches): Placement {
  const own = Map.groupBy(ledger, (line) => line.criterion);
  const lines = model.criteria.flatMap(({ id }) => linesOf(own.get(id) ?? [], id, model, switches));
  return place({ model, evidence: evidenceOf(lines), notApplicable: new Set(notApplicable) }).placement;
}
