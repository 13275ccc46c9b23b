import { type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

export const salesforceLimits: Limits = {
  figures: { ...MOVES, ...NEVER_ON_HOLD },
  signals: {
    ...NO_MAIL_OF_RULES,
    'D7-objectives-met': 'Due times of kept promises are shown, so that those due after the end are left out.',
  },
  stage:
    'Fields for codes are not there and targets of entitlements are not shown, and what speaks against stage 2 at Zendesk is found in them; the reading by records alone is not lifted by it.',
};
