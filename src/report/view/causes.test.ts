import { describe, expect, it } from 'vitest';
import { measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import type { SnapshotChange } from '../../domain/snapshot-change.ts';
import { isOwn, tellCauses } from './causes.ts';
import { changeView } from './change.ts';
import { trendView } from './trend.ts';

type Line = SnapshotChange['criteria'][number]['lines'][number];

function changed(...lines: Line[]): SnapshotChange {
  const side = { digest: 'd', as_of: '2026-01-10T00:00:00.000Z', stage: 3, assured: 2 };
  const criteria = [{ criterion: 'S1.1', name: 'A', level_before: null, level_after: null, change: 0, lines }];
  return { before: side, after: side, by_cause: {} as SnapshotChange['by_cause'], criteria };
}

const line = (cause: Line['cause'], change: number, ref = 'D3-first-reply-target-met'): Line => ({
  ref,
  cause,
  change,
  text: `answer of ${ref}`,
});

const SETUP = 'D1-first-reply-policy';
const ledgerLine = {
  criterion: 'S1.1',
  source: 'signal' as const,
  ref: SETUP,
  family: 'f',
  class: 'D' as const,
  alpha: 1,
  age_days: 0,
  decay: 1,
  q2: 0,
  q3: null,
  points: [-15, 0] as [number, number],
  n: null,
  n_effective: null,
  interval: null,
  line: null,
};
const before = {
  ...placedReading({ stage: 3, day: 10 }),
  findings: [unmeasured(SETUP, 'not_observable', 'permission')],
};
const after = { ...placedReading({ stage: 2, day: 20 }), findings: [measured(SETUP, 0, 0)], ledger: [ledgerLine] };
const CONTEXT = { model: SIX_STAGE, signals: new Map() };

describe('a turn for the worse that is only visibility', () => {
  const change = changed(line('coverage', -15, SETUP));
  const view = changeView({ change, before, after }, CONTEXT, null);

  it('is told as such, a sentence first', () => {
    expect(view.sentence).toBe(
      'Down from stage 3 Managed to stage 2 Formal. You did not get worse; configuration became visible.',
    );
    expect(view.causes).toMatchObject([{ cause: 'coverage', change: -15, moved: 15 }]);
    expect(view.statements[0]).toMatchObject({
      turn: 'not known still',
      sentence: expect.stringContaining('stays not known'),
    });
    expect(view.statements[0]?.lines[0]?.sentence).toBe(`${SETUP}: not observable before, 0 % now.`);
  });

  it('breaks the line of a trend', () => {
    const point = (reading: typeof before | typeof after) => ({
      digest: reading.digest,
      as_of: new Date(reading.as_of),
      version: 1,
      headline: reading.verdicts[0]?.headline ?? expect.fail('a placed reading has a verdict'),
      reading,
    });
    const trend = trendView([point(before), point(after)], [change], SIX_STAGE);
    expect(trend.steps).toMatchObject([{ joined: false, sentence: view.sentence }]);
    expect(trend.sentence).toContain('One change in between is of what is seen, said or asked');
    expect(trend.sentence).toMatch(/ in 2 snapshots\./);
    // A course that reaches back over some of them only does not pass for all.
    const newest = trendView([point(before), point(after)], [change], SIX_STAGE, 118);
    expect(newest.sentence).toBe(trend.sentence.replace('in 2 snapshots', 'in the newest 2 of 120 snapshots'));
    expect(trendView([point(before)], [], SIX_STAGE).sentence).toMatch(/^There is one snapshot so far/);
    expect(trendView([], [], SIX_STAGE)).toEqual({ points: [], steps: [], sentence: 'No snapshot was taken yet.' });
  });
});

describe('tellCauses', () => {
  const told = (...lines: Line[]) => tellCauses({ change: changed(...lines), before, after });

  it('names the cause that moved most first, also where what it moved cancels out', () => {
    const causes = told(line('behaviour', 8), line('behaviour', -8), line('answers', 3));
    expect(causes.map(({ cause, change, moved }) => [cause, change, moved])).toEqual([
      ['behaviour', 0, 16],
      ['answers', 3, 3],
    ]);
    expect(causes[0]?.sentence).toBe('The desk works differently, which speaks both ways.');
  });

  it('leaves out what moved less than a deciban', () => {
    expect(told(line('age', 0.5), line('age', -0.4))).toEqual([]);
  });

  it('tells first answers from other ones', () => {
    const change = changed(line('answers', 4));
    const used = { criterion: 'S1.1', respondent: 'r1', role: 'agent', value: 3 as const, answered_at: before.as_of };
    const answered = { ...before, answers_used: [used] };
    const words = [before, answered].map((earlier) => tellCauses({ change, before: earlier, after })[0]?.words);
    expect(words).toEqual(['people answered', 'people answered differently']);
  });

  it('calls what people said things are by that', () => {
    expect(told(line('statements', -4))[0]).toMatchObject({ cause: 'people', change: -4 });
  });

  it('joins a trend where most is what the desk does, and age breaks no line', () => {
    expect(isOwn(told(line('behaviour', 5), line('answers', 4)))).toBe(true);
    expect(isOwn(told(line('configuration', 5), line('rules', -6)))).toBe(false);
    expect(isOwn(told(line('age', -9)))).toBe(true);
    expect(isOwn([])).toBe(true);
  });
});
