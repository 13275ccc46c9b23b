import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAIRS } from '../../tools/discriminate/pairs.ts';
import { readOptions } from '../../tools/discriminate/read-options.ts';
import { broken, judgeAll, type Played } from '../../tools/discriminate/report.ts';
import type { Told } from '../../tools/discriminate/verdict.ts';
import { loadJudge } from '../../tools/study/play-desk.ts';

const { signals } = loadJudge(resolve(import.meta.dirname, '../..'));
const renewals = signals.filter(({ id }) => id === 'L1-contract-fields-filled');
const [L1] = renewals;
if (L1 === undefined) throw new Error('L1 is one of the signals');

const told = (gate: number): Told => ({
  version: 1,
  status: 'measured',
  reason: null,
  estimate: null,
  n: 0,
  points: { 'S3.5': [gate, 0] },
});
const silent: Told = { ...told(0), status: 'not_observable', reason: 'stream', points: {} };

/** Verdicts in both vocabularies of a signal of which this was told: practising and looking so. */
function verdicts(english: readonly [Told, Told], opaque: readonly [Told, Told]): string[] {
  const of = (words: string): readonly [Told, Told] => (words === 'english' ? english : opaque);
  const played = (pair: string, words: string): Played => ({ [L1?.id ?? '']: of(words)[pair === '' ? 0 : 1] });
  return judgeAll(renewals, ['english', 'opaque'], played).map(({ verdict }) => verdict);
}

describe('judgeAll', () => {
  it('lets a practice be unknown where every word is invented and it is told apart in words that people speak', () => {
    expect(verdicts([told(4), told(0)], [silent, silent])).toEqual(['discriminates', 'unread']);
  });

  it('does not where it is told apart nowhere', () => {
    expect(verdicts([told(4), told(4)], [silent, silent])).toEqual(['same points', 'not measured']);
  });

  it('does not where the look gets points', () => {
    expect(verdicts([told(4), told(0)], [silent, told(4)])).toEqual(['discriminates', 'not measured']);
  });

  it('does not where the practice was looked for and not found', () => {
    expect(verdicts([told(4), told(0)], [told(0), silent])).toEqual(['discriminates', 'practice not seen']);
  });

  it('lets nothing be unknown in words that people speak', () => {
    expect(verdicts([silent, silent], [told(4), told(0)])).toEqual(['not measured', 'discriminates']);
  });
});

describe('broken', () => {
  it('has what contradicts the rule, and not what is unread', () => {
    const played = (pair: string, words: string): Played => ({
      [L1.id]: words === 'opaque' ? silent : told(pair === '' ? 4 : 0),
    });
    expect(broken(judgeAll(renewals, ['english', 'opaque'], played))).toEqual([]);
    expect(broken(judgeAll(renewals, ['opaque'], played)).map(({ verdict }) => verdict)).toEqual(['not measured']);
  });
});

describe('readOptions', () => {
  it('takes a sample evenly from the pairs that share the desk that practises', () => {
    const { pairs, words, some } = readOptions(['--sample', '3']);
    const places = pairs.map((pair) => PAIRS.indexOf(pair));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(3);
    expect(pairs.every(({ alike }) => alike === undefined)).toBe(true);
    expect([words, some]).toEqual([['english', 'opaque'], true]);
  });

  it('plays all pairs when nothing is said', () => {
    expect(readOptions([])).toMatchObject({ pairs: PAIRS, some: false, again: false, keep: false });
  });

  it.each(['0', '2.5', 'all', '1000'])('refuses a sample of %s', (sample) => {
    expect(() => readOptions(['--sample', sample])).toThrow('--sample takes a whole number');
  });

  it('refuses a pair that nobody knows', () => {
    expect(() => readOptions(['--only', 'two-hats,three-hats'])).toThrow('No pair is called three-hats');
  });
});
