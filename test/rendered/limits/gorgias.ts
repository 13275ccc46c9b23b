import { type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

export const gorgiasLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    backlog_unclosed_at_end: {
      why: 'Closing is the only end, and an answer opens a ticket again: a closed ticket counts as solved, and none is ever closed for good.',
      shows: (_, desk) => desk.figures.get('tickets_created')?.value ?? null,
    },
    'close_time_*': { why: 'Closing is the only end: a closed ticket counts as solved.' },
    'sla_met_share_*': { why: 'Promises are counted in total only, not by ticket.' },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    'C3-priority-changes-the-wait': 'Without a history of priorities the last one stands for that of the first reply.',
    'J7-bot-sessions-contained': 'Sessions of bots are shown, and this desk has none.',
    'M3-partner-flow':
      'Companies are not kept, so that partners are told by teams alone; finding none counts for nothing.',
  },
  stage: null,
};
