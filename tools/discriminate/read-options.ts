import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PAIRS, type Pair } from './pairs.ts';

interface Options {
  /** Vocabularies in which each pair is played. */
  readonly words: readonly string[];
  readonly pairs: readonly Pair[];
  /** Not all pairs are played. */
  readonly some: boolean;
  /** Pairs are played again although they stand in the file. */
  readonly again: boolean;
  readonly out: string;
  readonly keep: boolean;
  readonly report: string | undefined;
}

/** What is to be played. Errors: a pair or an option that nobody knows, a sample that is no number of pairs. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      words: { type: 'string', default: 'english,opaque' },
      only: { type: 'string' },
      sample: { type: 'string' },
      report: { type: 'string' },
      out: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const { only, sample, keep, report } = values;
  return {
    words: values.words.split(','),
    pairs: only !== undefined ? named(only.split(',')) : sample !== undefined ? spread(sample) : PAIRS,
    some: only !== undefined || sample !== undefined,
    again: only !== undefined,
    out: resolve(
      values.out ?? (sample === undefined ? '.study/discriminate.jsonl' : '.study/discriminate-sample.jsonl'),
    ),
    keep,
    report,
  };
}

function named(names: readonly string[]): Pair[] {
  const unknown = names.find((name) => PAIRS.every((pair) => pair.name !== name));
  if (unknown !== undefined)
    throw new Error(`No pair is called ${unknown}; known: ${PAIRS.map(({ name }) => name).join(', ')}`);
  return PAIRS.filter(({ name }) => names.includes(name));
}

/** So many pairs, evenly from the list, of those that share the desk that practises. */
function spread(sample: string): Pair[] {
  const pairs = PAIRS.filter(({ alike }) => alike === undefined);
  const count = Number(sample);
  if (!Number.isInteger(count) || count < 1 || count > pairs.length)
    throw new Error(`--sample takes a whole number from 1 to ${pairs.length}, not ${sample}.`);
  return Array.from({ length: count }, (_, index) => pairs[Math.floor(((index + 0.5) * pairs.length) / count)]).filter(
    (pair) => pair !== undefined,
  );
}
