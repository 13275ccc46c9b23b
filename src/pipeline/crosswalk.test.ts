import { describe, expect, it } from 'vitest';
import { SHIPPED_SIGNALS, SHIPPED_STAGED, shippedStaged } from '../../test/harness/staged-subjects.ts';
import { crosswalk } from './crosswalk.ts';

describe('crosswalk', () => {
  const rows = crosswalk(SHIPPED_STAGED, SHIPPED_SIGNALS);
  const of = (signal: string) => rows.find((row) => row.signal === signal)?.uses;

  it('has a row for each signal that may be scored, and none for diagnostics', () => {
    expect(rows.map(({ signal }) => signal)).toEqual(SHIPPED_SIGNALS.filter((s) => !s.diagnostic).map((s) => s.id));
    expect(of('K2-escalation-rate')).toBeUndefined();
  });

  it('tells how one finding speaks in each model', () => {
    // by the model files: E1 for the upper level alone in S1.5, for existence alone in S2.1; class B = 7.5 decibans, alpha 1 in both
    expect(of('E1-resolution-recorded')?.filter(({ model }) => model === 'six-stage')).toEqual([
      expect.objectContaining({ item: 'S1.5', set: 1, levels: [3], one_sided: false, most: 7.5 }),
      expect.objectContaining({ item: 'S2.1', set: 2, levels: [2], one_sided: false, most: 7.5 }),
    ]);
    expect(of('E1-resolution-recorded')?.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['T1.5', 'P1.2', 'S1.5', 'S2.1']),
    );
    expect(of('L5-survey-offered')?.every(({ one_sided, levels }) => one_sided && levels.join() === '2')).toBe(true);
  });

  it('shows what only one model asks for', () => {
    const plans = new Set(of('H2-plan-changes-the-wait')?.map(({ model }) => model));
    expect([...plans].sort()).toEqual(['cx-programme', 'six-stage']);
  });

  it('follows a signal by its former name, and says nothing of models that are not given', () => {
    const signal = SHIPPED_SIGNALS.find(({ id }) => id === 'E1-resolution-recorded');
    if (signal === undefined) throw new Error('E1 is gone');
    const renamed = { ...signal, id: 'E1-answer-on-record', aliases: [signal.id] };
    expect(crosswalk([shippedStaged('six-stage')], [renamed])[0]?.uses.map(({ item }) => item)).toEqual([
      'S1.5',
      'S2.1',
    ]);
    expect(crosswalk([], [signal])).toEqual([{ signal: signal.id, title: signal.title, uses: [] }]);
  });
});
