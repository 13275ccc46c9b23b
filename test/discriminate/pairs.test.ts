import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAIRS } from '../../tools/discriminate/pairs.ts';
import { loadJudge } from '../../tools/study/play-desk.ts';

const { model, signals } = loadJudge(resolve(import.meta.dirname, '../..'));
const paired = PAIRS.flatMap((pair) => pair.signals);
const short = (id: string): string => id.slice(0, id.indexOf('-'));

describe('pairs of desks', () => {
  it('play every scored signal once, and no diagnostic', () => {
    const scored = signals.filter(({ diagnostic }) => !diagnostic).map(({ id }) => short(id));
    expect(paired.toSorted()).toEqual(scored.toSorted());
  });

  it('are not needed by a diagnostic, which says why it is not scored', () => {
    const silent = signals.filter((signal) => signal.diagnostic && signal.not_scored === undefined);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('cover what the model scores, and nothing that is scored stays outside of it', () => {
    const used = new Set(
      [...model.criteria, ...model.cells].flatMap(({ families }) =>
        families.flatMap((one) => one.signals.map(({ id }) => short(id))),
      ),
    );
    expect([...used].toSorted()).toEqual(paired.toSorted());
  });

  it('differ from the desk that practises', () => {
    for (const { name, unlike, dress } of PAIRS)
      expect(Object.keys(unlike).length > 0 || dress !== undefined, name).toBe(true);
  });
});
