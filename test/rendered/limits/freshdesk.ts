import { forAll, type Limits, lastForFirst, OF_HISTORY } from './limits.ts';

export const freshdeskLimits: Limits = {
  figures: {
    ...forAll(OF_HISTORY, {
      why: 'No call has the history of status, owner, group and priority; the export of ticket activities has it.',
    }),
    'first_resolution_time_*': {
      why: 'A ticket carries the time of its last solution only; of one that was opened again it stands for the first.',
      shows: lastForFirst,
    },
    csat_response_share: { why: 'Only answers are shown, not when a survey was offered.' },
  },
  signals: {
    'B4-acknowledged-at-once': 'Mail of rules is no conversation, so that nothing is said either way.',
    'C3-priority-changes-the-wait': 'Without a history of priorities the last one stands for that of the first reply.',
    'D7-objectives-met': 'Due times of kept promises are shown, so that those due after the end are left out.',
    'L5-survey-offered':
      'Only answers are shown: the share of asked customers is a lower bound and never counts against.',
  },
  stage: null,
};
