import { forAll, type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

const ONE_END = 'Archiving is the only end, and mail brings a conversation back: none is ever closed for good.';
const FORMS = 'A form of a web site sends a mail.';

export const frontLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    backlog_unclosed_at_end: { why: ONE_END, shows: (_, desk) => desk.figures.get('tickets_created')?.value ?? null },
    'close_time_*': { why: ONE_END },
    'channel_share of web': { why: FORMS },
    'channel_share of email': {
      why: FORMS,
      shows: (_, __, life) => life.tickets.filter(({ channel }) => channel !== 'chat').length / life.tickets.length,
    },
    csat_response_share: { why: 'Only answers are shown, not when a survey was offered.' },
    'sla_met_share_*': { why: 'No conversation shows a promise or its outcome.' },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    'B2-intake-form-configured': `${FORMS} So nearly all come by one channel.`,
    'C3-priority-changes-the-wait': `${FORMS} So other cases are compared with each other, and by the priority of now.`,
    ...forAll(
      ['J1-help-centre-live', 'J2-knowledge-fresh', 'J5-known-over-new'],
      'It is shown, and this desk has none.',
    ),
    'K5-aged-work-touched':
      'Any word of a customer brings a conversation back to the inbox, also where he only asks again.',
    'L5-survey-offered':
      'Only answers are shown: the share of asked customers is a lower bound and never counts against.',
  },
  stage: null,
};
