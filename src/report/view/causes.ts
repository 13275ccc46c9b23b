import { z } from 'zod';
import type { SnapshotChange } from '../../domain/snapshot-change.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { headed, type Step } from './step.ts';

/**
 * Why a verdict changed. `behaviour` = what the desk does; `configuration` = what is set up; `coverage` = what can be seen; `rules` = how it
 * is judged; `answers` = what people said about statements; `people` = what they said things are (plumbline.yaml); `age` = evidence grew old.
 */
export const CAUSES = ['behaviour', 'configuration', 'coverage', 'rules', 'answers', 'people', 'age'] as const;
export const ChangeCause = z.strictObject({
  cause: z.enum(CAUSES),
  /** Change of the sum of points over all statements, decibans. */
  change: z.number(),
  /** The same, every line counted by its size whichever way it points: what a cause moved in all. */
  moved: z.number(),
  /** Half a sentence: `configuration became visible`. */
  words: z.string(),
  sentence: z.string(),
});
export type ChangeCause = z.infer<typeof ChangeCause>;
type Cause = (typeof CAUSES)[number];

/** What a cause is called in half a sentence. */
export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  behaviour: 'the desk works differently',
  configuration: 'what is set up changed',
  coverage: 'what can be seen changed',
  rules: 'the rules changed',
  answers: 'people answered differently',
  people: 'people said anew what things are',
  age: 'evidence grew older',
};

/** What the desk itself does; the rest is how it is seen, judged or spoken of. */
const OWN: ReadonlySet<Cause> = new Set(['behaviour', 'configuration']);
/** Below it, in decibans, a change is no news. */
const NOTICEABLE = 1;

export function causeOf(cause: keyof SnapshotChange['by_cause']): Cause {
  return cause === 'statements' ? 'people' : cause;
}

interface Pair {
  readonly change: SnapshotChange;
  readonly before: Pick<StagedReading, 'findings' | 'answers_used'>;
  readonly after: Pick<StagedReading, 'findings' | 'ledger'>;
}

/** Whether what can be seen grew or shrank, and whether it is configuration: in half a sentence. */
function sayCoverage({ change, before, after }: Pair): string {
  const measured = (side: Pick<StagedReading, 'findings'>, ref: string): boolean =>
    side.findings.some(({ signal, status }) => signal === ref && status === 'measured');
  const lines = change.criteria.flatMap(({ lines }) => lines.filter(({ cause }) => cause === 'coverage'));
  const refs = [...new Set(lines.map(({ ref }) => ref))];
  const came = refs.filter((ref) => measured(after, ref) && !measured(before, ref));
  const grew = came.length * 2 >= refs.length;
  const facts = after.ledger.filter(({ ref }) => came.includes(ref));
  const what = grew && facts.length > 0 && facts.every((line) => line.class === 'D') ? 'configuration' : 'more';
  if (grew) return what === 'configuration' ? 'configuration became visible' : 'more can be seen now';
  return 'less can be seen now';
}

function wordsOf(cause: Cause, pair: Pair): string {
  if (cause === 'coverage') return sayCoverage(pair);
  return cause === 'answers' && pair.before.answers_used.length === 0 ? 'people answered' : CAUSE_WORDS[cause];
}

/** Causes of a change, the one that moved most first; those that moved less than a deciban in all are left out. */
export function tellCauses(pair: Pair): ChangeCause[] {
  const sums = new Map<Cause, { change: number; moved: number }>();
  for (const line of pair.change.criteria.flatMap(({ lines }) => lines)) {
    const cause = causeOf(line.cause);
    const sum = sums.get(cause) ?? { change: 0, moved: 0 };
    sums.set(cause, { change: sum.change + line.change, moved: sum.moved + Math.abs(line.change) });
  }
  return CAUSES.flatMap((cause) => {
    const sum = sums.get(cause);
    if (sum === undefined || sum.moved < NOTICEABLE) return [];
    const words = wordsOf(cause, pair);
    const effect =
      Math.abs(sum.change) < NOTICEABLE
        ? 'which speaks both ways'
        : `which speaks ${sum.change > 0 ? 'for' : 'against'} maturity`;
    return [{ cause, ...sum, words, sentence: `${headed(words)}, ${effect}.` }];
  }).sort((a, b) => b.moved - a.moved);
}

/** Whether what moved is, for the greater part, what the desk does: only then may a line be drawn from one value to the next. */
export function isOwn(causes: readonly ChangeCause[]): boolean {
  const sum = (own: boolean): number =>
    causes.filter(({ cause }) => cause !== 'age' && OWN.has(cause) === own).reduce((all, { moved }) => all + moved, 0);
  return sum(true) >= sum(false);
}

/** The turn of a verdict in one sentence. Steps are null where it was withheld. */
export function sayTurn(before: Step | null, after: Step | null, causes: readonly ChangeCause[]): string {
  const why = causes[0]?.words ?? null;
  if (before === null && after === null)
    return why === null ? 'Still not placed; nothing noticeable changed.' : `Still not placed; ${why}.`;
  if (before === null) return `Now placed at ${after?.text}${why === null ? '' : `: ${why}`}.`;
  if (after === null) return `No longer placed${why === null ? '' : `: ${why}`}.`;
  if (before.stage === after.stage)
    return why === null
      ? `Still ${after.text}; nothing noticeable changed.`
      : `Still ${after.text}. What moved most: ${why}.`;
  const down = after.stage < before.stage;
  const turn = `${down ? 'Down' : 'Up'} from ${before.text} to ${after.text}`;
  if (why === null) return `${turn}, by small changes together.`;
  if (isOwn(causes)) return `${turn}, mostly because ${why}.`;
  return `${turn}. ${down ? 'You did not get worse' : 'That is not because you got better'}; ${why}.`;
}
