import type { Life } from '../life.ts';
import { forAll, type Limits, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

/** A solution is held against its due time when it is there. */
function metShare(life: Life): number | null {
  const decided = life.tickets.flatMap(({ is, clocks }) =>
    clocks.filter(({ metric }) => metric === 'resolution' && (is.status === 'solved' || is.status === 'closed')),
  );
  return decided.length === 0 ? null : decided.filter(({ missed }) => !missed).length / decided.length;
}

const MOVES = 'A ticket counts its moves itself: here those between people, as it is not described what else counts.';
const OUTCOMES = 'A solution is held against its due time when it is there; of replies only late ones could be told.';
const NONE = 'It is shown, and this desk has none.';

export const zohoDeskLimits: Limits = {
  figures: {
    ...NEVER_ON_HOLD,
    csat_response_share: { why: 'Only answers are shown, not when a survey was offered.' },
    reassigned_share: {
      why: MOVES,
      shows: (_, __, life) => movedShare(life, (moves) => Math.min(moves, 1)),
    },
    reassignments_per_ticket_mean: { why: MOVES, shows: (_, __, life) => movedShare(life, (moves) => moves) },
    sla_met_share: { why: OUTCOMES, shows: (_, __, life) => metShare(life) },
    sla_met_share_first_reply: { why: OUTCOMES },
    sla_met_share_resolution: { why: OUTCOMES, shows: (_, __, life) => metShare(life) },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    'D3-first-reply-target-met': OUTCOMES,
    'D7-objectives-met': 'Due times of kept promises are shown, so that those due after the end are left out.',
    ...forAll(
      ['I1-demand-hours-staffed', 'I2-clock-staffed'],
      'Hours belong to policies, none of which is the desk: they are those of UTC.',
    ),
    ...forAll(
      [
        'J1-help-centre-live',
        'J2-knowledge-fresh',
        'J4-agents-contribute',
        'J5-known-over-new',
        'J10-readers-find-help',
        'L1-contract-fields-filled',
      ],
      NONE,
    ),
    'L5-survey-offered':
      'Only answers are shown: the share of asked customers is a lower bound and never counts against.',
  },
  stage: null,
};

/** Moves straight from one person to another. */
function movedShare(life: Life, count: (moves: number) => number): number {
  const moves = life.tickets.map(
    ({ steps }) =>
      steps
        .flatMap(({ changes }) => changes)
        .filter(({ field, from, to }) => field === 'assignee' && from !== null && to !== null).length,
  );
  return moves.reduce((sum, one) => sum + count(one), 0) / moves.length;
}
