import { forAll, type Limits, MOVES, NEVER_ON_HOLD, NO_MAIL_OF_RULES, ofHours, oneEnd } from './limits.ts';

const NO_HOURS = 'The interface does not give office hours.';
const ONE_END = 'Closed is the only end: a solved conversation is closed at once.';
const NO_LISTS = 'No list of this account holds a category, product or cause.';

export const helpScoutLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    ...ofHours(NO_HOURS),
    ...oneEnd(ONE_END),
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
