import { forAll, type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

const NO_HOURS = 'The interface does not give office hours.';
const ONE_END = 'Closed is the only end: a solved conversation is closed at once.';
const NO_LISTS = 'No list of this account holds a category, product or cause.';

export const helpScoutLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    ...forAll(['first_reply_time_p50_business_h', 'first_reply_time_p90_business_h', 'offhours_reply_share'], {
      why: NO_HOURS,
    }),
    ...forAll(
      ['first_resolution', 'full_resolution'].flatMap((name) =>
        ['p50', 'p90', 'mean'].map((what) => `${name}_time_${what}_business_h`),
      ),
      { why: NO_HOURS },
    ),
    'close_time_*': {
      why: ONE_END,
      shows: (id, desk) => desk.figures.get(id.replace('close_time', 'full_resolution_time'))?.value ?? null,
    },
    backlog_unclosed_at_end: {
      why: ONE_END,
      shows: (_, desk) => desk.figures.get('backlog_open_at_end')?.value ?? null,
    },
    csat_response_share: { why: 'Only answers are shown, not when a survey was offered.' },
    'sla_met_share_*': { why: 'There is no call for service levels, and no conversation keeps an outcome.' },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    ...forAll(
      ['A4-workflow-followed', 'I1-demand-hours-staffed'],
      `${NO_HOURS} Business time is wall-clock time, and hours are those of UTC.`,
    ),
    ...forAll(['E3-category-and-product-set', 'E4-cause-code-set'], NO_LISTS),
    'L5-survey-offered':
      'Only answers are shown: the share of asked customers is a lower bound and never counts against.',
    'N14-owner-kept-in-swarm': 'There are no priorities, so that fewer cases are known as hard ones.',
  },
  stage: null,
};
