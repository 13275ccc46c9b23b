import { describe, expect, it } from 'vitest';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { shippedStaged } from '../../../test/harness/staged-subjects.ts';
import type { Move, Path } from '../../domain/assessment.ts';
import { movesView, pathView } from './moves.ts';

const CONTEXT = {
  model: SIX_STAGE,
  signals: new Map(),
  ticketUrl: (connection: string, id: string) => `https://${connection}.example/${id}`,
};

function move(criterion: string, gain: number): Move {
  return {
    criterion,
    name: `Statement ${criterion}`,
    from: 1,
    to: 3,
    title: `Do ${criterion}`,
    how: 'By hand.',
    effort: 'quarter',
    gain_alone: gain / 2,
    gain_in_order: gain,
    verified_by: ['D3-first-reply-target-met'],
    tickets: ['desk/7'],
  };
}

const PATH: Path = {
  target: 4,
  from: 3,
  probability_now: 0.2,
  probability_after: 0.6,
  smallest: [move('S3.2', 0.4)],
  cheapest: [move('S3.1', 0.1), move('S3.5', 0.2)],
};

describe('movesView', () => {
  it('tells the gain, the effort, where it will show, and the tickets behind it', () => {
    const [first] = movesView(PATH, PATH.smallest, CONTEXT).moves;
    expect(first).toMatchObject({
      effort_words: 'a quarter',
      gain_words: '+40 points',
      verified_by: [{ short: 'D3' }],
    });
    expect(first?.tickets[0]?.url).toBe('https://desk.example/7');
  });

  it('tells the chance after the moves that it shows: of the cheapest, .2 + .1 + .2', () => {
    const { smallest, cheapest, same } = pathView(PATH, CONTEXT);
    expect(same).toBe(false);
    expect(smallest?.sentence).toBe('To stage 4 Strategic: the chance is 20 % now and 60 % after this move.');
    expect(cheapest?.sentence).toBe('To stage 4 Strategic: the chance is 20 % now and 50 % after these 2 moves.');
  });

  it('says how many moves it does not show', () => {
    expect(movesView(PATH, PATH.cheapest, CONTEXT, 1)).toMatchObject({ more: 1, nothing_left: null });
  });

  it('says why there is none: all is in place, or people have to speak', () => {
    expect(movesView(PATH, [], CONTEXT)).toMatchObject({ people_decide: false, moves: [] });
    const capped = { ...CONTEXT, model: shippedStaged('cx-programme') };
    expect(movesView(PATH, [], capped)).toMatchObject({ people_decide: true });
    expect(pathView(null, CONTEXT).none).toBe('Nothing is placed yet, so there is no path.');
  });
});
