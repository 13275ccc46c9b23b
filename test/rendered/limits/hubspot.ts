import { forAll, type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES, ofHours } from './limits.ts';

const NO_HOURS = 'Working hours are not shown.';
const OWN_TIMES = `${NO_HOURS} What the account works out in them itself counts only where no record tells of the instant.`;

export const hubspotLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    ...ofHours(OWN_TIMES),
    csat_response_share: { why: 'Only answers are shown, not when a survey was offered.' },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    ...forAll(
      ['A4-workflow-followed', 'C3-priority-changes-the-wait', 'I1-demand-hours-staffed'],
      `${NO_HOURS} Business time is wall-clock time, and hours are those of UTC.`,
    ),
    'D7-objectives-met': 'Due times of kept promises are shown, so that those due after the end are left out.',
    'L5-survey-offered':
      'Only answers are shown: the share of asked customers is a lower bound and never counts against.',
  },
  stage: null,
};
