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
