import type { Comparison } from '../../domain/assessment.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { short, counted as withWord } from '../numbers.ts';

/** Closer than this to a whole level, a counted answer is called by that level. */
const NEAR = 0.05;

/** `between 2 and 3`, or `as 3` where it hardly differs. */
function countedAs(level: number): string {
  const near = Math.round(level);
  return Math.abs(level - near) < NEAR ? `as ${near}` : `between ${Math.floor(level)} and ${Math.ceil(level)}`;
}

/**
 * What people said of one statement and what that counts for. `values` are levels 1 to 3 as given, `counted` is the expected level (1..3) that
 * all these answers together amount to by themselves; null when nobody gave a level.
 */
export function sayAnswers(values: readonly number[], counted: number | null): string | null {
  const [first] = values;
  if (first === undefined || counted === null) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const alike = values.every((value) => value === first);
  const who = values.length === 1 ? 'One person' : withWord(values.length, 'person');
  const said = alike ? `said ${first}` : `said ${[...values].sort().join(', ')} (mean ${short(mean, 1)})`;
  if (Math.abs(counted - mean) < NEAR) return `${who} ${said}.`;
  const why =
    counted < mean
      ? 'self-ratings run high'
      : values.length === 1
        ? 'one opinion proves little'
        : 'opinions prove little';
  return `${who} ${said}, counted ${countedAs(counted)} because ${why}.`;
}

/** Fewer low answers than this pull no stage down that a reader would wonder about. */
const SOME = 3;

/**
 * Why a desk stands lower with its answers than by its data alone: low answers about later stages speak, through the pattern of all statements,
 * for the lower ones too. Null where the answers pull nothing down, or only answers to statements at hand do.
 */
export function sayPulledDown(
  { stages, drivers }: Pick<Comparison, 'stages' | 'drivers'>,
  { criteria }: Pick<StagedModel, 'criteria'>,
): string | null {
  const { seen, merged } = stages;
  if (seen === null || merged === null || merged >= seen) return null;
  const later = new Set(criteria.filter(({ set }) => set > merged + 1).map(({ id }) => id));
  const pulling = drivers.filter(({ criterion, change }) => change > 0 && later.has(criterion));
  if (pulling.length < SOME) return null;
  return (
    `Low answers to ${withWord(pulling.length, 'statement')} of later stages pull the stage down too: what is far ahead of a desk says ` +
    'something about where it stands. That is meant so; where nobody knows, "don\'t know" says nothing.'
  );
}
