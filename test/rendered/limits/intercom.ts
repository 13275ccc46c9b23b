import type { Life } from '../life.ts';
import { forAll, type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES, ofHours, oneEnd } from './limits.ts';

/** Of a closed conversation every outcome is known, of an open one a miss after which somebody answered. */
function metShare(id: string, life: Life): number | null {
  const metrics = ['first_reply', 'resolution'].filter((metric) => !/_share_/.test(id) || id.endsWith(metric));
  const decided = life.tickets.flatMap(({ is, clocks }) => {
    const closed = is.status === 'solved' || is.status === 'closed';
    return clocks.filter(
      (clock) => metrics.includes(clock.metric) && (closed || (clock.missed && clock.fulfilledAt !== null)),
    );
  });
  return decided.length === 0 ? null : decided.filter(({ missed }) => !missed).length / decided.length;
}

const OUTCOMES = 'A kept promise is told when the conversation is closed, a missed one when somebody answers next.';
const NO_HOURS = 'Office hours are not shown.';
const ONE_END = 'Closed is the only end: a solved conversation is closed at once.';
const FORMS = 'What comes from a web site comes by the Messenger, which is a chat.';
const NONE = 'It is shown, and this desk has none.';

export const intercomLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    ...ofHours(NO_HOURS),
    ...oneEnd(ONE_END),
    'channel_share of web': { why: FORMS },
    'channel_share of chat': {
      why: FORMS,
      shows: (_, __, life) => life.tickets.filter(({ channel }) => channel !== 'email').length / life.tickets.length,
    },
    'sla_met_share*': { why: OUTCOMES, shows: (id, _, life) => metShare(id, life) },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    ...forAll(['D3-first-reply-target-met', 'D7-objectives-met'], OUTCOMES),
    ...forAll(
      ['A4-workflow-followed', 'I1-demand-hours-staffed'],
      `${NO_HOURS} Business time is wall-clock time, and hours are those of UTC.`,
    ),
    'C3-priority-changes-the-wait': `${NO_HOURS} ${FORMS} So other cases are compared with each other.`,
    ...forAll(
      [
        'J1-help-centre-live',
        'J2-knowledge-fresh',
        'J4-agents-contribute',
        'J5-known-over-new',
        'J7-bot-sessions-contained',
        'L1-contract-fields-filled',
      ],
      NONE,
    ),
  },
  stage: null,
};
