import { forAll, type Limits, NEVER_ON_HOLD, NO_MAIL_OF_RULES } from './limits.ts';

const MOVES = {
  why: 'An incident counts its moves between groups; moves between people are not in that count.',
};

export const serviceNowLimits: Limits = {
  figures: {
    ...NEVER_ON_HOLD,
    reassigned_share: { ...MOVES, shows: (_, desk) => desk.figures.get('handed_to_other_team_share')?.value ?? null },
    reassignments_per_ticket_mean: {
      ...MOVES,
      shows: (_, desk) => desk.figures.get('handoffs_by_team_per_ticket_mean')?.value ?? null,
    },
  },
  signals: {
    ...NO_MAIL_OF_RULES,
    ...forAll(
      ['C4-targets-differ-by-priority', 'D1-first-reply-policy'],
      'A definition has one target, so that there is one for each promise and priority.',
    ),
    'D7-objectives-met': 'Due times of kept promises are shown, so that those due after the end are left out.',
    'N16-root-cause-recorded': 'Every solved incident has a close code, which stands for the cause.',
  },
  stage: null,
};
