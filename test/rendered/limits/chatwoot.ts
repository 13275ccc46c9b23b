import type { Life } from '../life.ts';
import { forAll, type Limits, NO_MAIL_OF_RULES, OF_HISTORY } from './limits.ts';

/** A kept promise is told with the end of the conversation, a missed one at once. */
function metShare(id: string, life: Life): number | null {
  const metrics = ['first_reply', 'resolution'].filter((metric) => !/_share_/.test(id) || id.endsWith(metric));
  const decided = life.tickets.flatMap(({ is, clocks }) =>
    clocks.filter(
      (clock) => metrics.includes(clock.metric) && (clock.missed || is.status === 'solved' || is.status === 'closed'),
    ),
  );
  return decided.length === 0 ? null : decided.filter(({ missed }) => !missed).length / decided.length;
}

const OUTCOMES = 'A kept promise is told with the end of the conversation, a missed one at once.';
const NO_CLOSED = 'Resolving is the only end, and none is ever closed for good.';
const FORMS = 'A form of a web site comes in by the interface.';

export const chatwootLimits: Limits = {
  figures: {
    ...forAll(
      OF_HISTORY.filter((id) => id !== 'reopen_share'),
      { why: 'Changes of owner and team are sentences in the language of the account, and snoozing is not measured.' },
    ),
    backlog_unclosed_at_end: { why: NO_CLOSED, shows: (_, desk) => desk.figures.get('tickets_created')?.value ?? null },
    'close_time_*': { why: NO_CLOSED },
    'channel_share of web': { why: FORMS },
    'channel_share of api': { why: FORMS, shows: (_, desk) => desk.figures.get('channel_share of web')?.value ?? null },
    'sla_met_share*': { why: OUTCOMES, shows: (id, _, life) => metShare(id, life) },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    ...forAll(
      ['C4-targets-differ-by-priority', 'D1-first-reply-policy'],
      'A policy promises the same for all, so that there is one for each priority, and no condition says which.',
    ),
    'D3-first-reply-target-met': OUTCOMES,
    'C3-priority-changes-the-wait': 'Without a history of priorities the last one stands for that of the first reply.',
    'E6-no-ping-back': 'Snoozing is not measured, so that it is not seen when a case came back.',
    'I1-demand-hours-staffed': 'Hours belong to inboxes, none of which is the desk: they are those of UTC.',
    ...forAll(
      ['I2-clock-staffed', 'K5-aged-work-touched'],
      'Who ends, opens or moves a conversation is not told: only who writes is seen at work.',
    ),
    'J7-bot-sessions-contained': 'Sessions of bots are shown, and this desk has none.',
    'M3-partner-flow':
      'Companies are not kept, so that partners are told by teams alone; finding none counts for nothing.',
  },
  stage: null,
};
