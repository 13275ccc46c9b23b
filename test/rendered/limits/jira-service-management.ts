import { forAll, type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

const NO_HOURS = { why: 'No call has the calendars of a site.' };

export const jiraLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    ...forAll(['first_reply_time_p50_business_h', 'first_reply_time_p90_business_h', 'offhours_reply_share'], NO_HOURS),
    ...forAll(
      ['first_resolution', 'full_resolution'].flatMap((name) =>
        ['p50', 'p90', 'mean'].map((what) => `${name}_time_${what}_business_h`),
      ),
      NO_HOURS,
    ),
    csat_response_share: { why: 'Only answers are shown, not when a survey was offered.' },
    'channel_share of chat': { why: 'The chat of a portal is a messaging channel.' },
    'channel_share of messaging': {
      why: 'The chat of a portal is a messaging channel.',
      shows: (_, desk) => desk.figures.get('channel_share of chat')?.value ?? null,
    },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    ...forAll(
      ['A4-workflow-followed', 'C3-priority-changes-the-wait', 'I1-demand-hours-staffed'],
      'No call has the calendars of a site: business time is wall-clock time, and hours are those of UTC.',
    ),
    'E3-category-and-product-set': 'No field of this site holds a category or product.',
    'N16-root-cause-recorded': 'Every request has a resolution, which stands for the cause where no field holds it.',
    'D7-objectives-met': 'Due times of kept promises are shown, so that those due after the end are left out.',
    'L5-survey-offered':
      'Only answers are shown: the share of asked customers is a lower bound and never counts against.',
  },
  stage: null,
};
