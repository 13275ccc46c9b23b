import type { Life, Ticket } from '../life.ts';
import type { Clock } from '../life-clocks.ts';
import { type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

/** Outcomes as the vendor keeps them: of promises that have ended, in whole minutes, the solution by its first end. */
function metShare(id: string, life: Life): number | null {
  const metrics = (['first_reply', 'resolution'] as const).filter(
    (metric) => !/_share_/.test(id) || id.endsWith(metric),
  );
  const met = life.tickets.flatMap((ticket) =>
    ticket.clocks
      .filter(({ metric }) => metrics.includes(metric))
      .flatMap((clock) => {
        const end = endOf(ticket, clock);
        const minutes = end === null ? null : Math.floor(life.world.calendar.openBetween(ticket.createdAt, end) / 60);
        return minutes === null ? [] : [minutes <= clock.targetS / 60];
      }),
  );
  return met.length === 0 ? null : met.filter(Boolean).length / met.length;
}

function endOf(ticket: Ticket, clock: Clock): number | null {
  return clock.metric === 'first_reply' ? ticket.repliedAt : (clock.runs[0]?.to ?? null);
}

export const zammadLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    'csat_*': { why: 'Zammad has no surveys.' },
    'sla_met_share*': {
      why: 'Outcomes are told in whole minutes, of promises that have ended; a solution that did not hold is the end of its promise.',
      shows: (id, _, life) => metShare(id, life),
    },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    'C4-targets-differ-by-priority': 'A policy promises the same for all, so that there is one for each priority.',
    'D1-first-reply-policy': 'A policy promises the same for all, so that there is one for each priority.',
    'D7-objectives-met':
      'A solution that did not hold ends its promise, and an open promise is undecided until it ends.',
  },
  stage: null,
};
