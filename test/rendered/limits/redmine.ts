import { forAll, type Limits, MOVES, NEVER_ON_HOLD, ofHours } from './limits.ts';

const NO_HOURS = 'There are no working hours of a desk.';
const ONE_SLOT = 'An issue is given to a person or to a group, never to both: who takes it takes it out of the group.';

export const redmineLimits: Limits = {
  figures: {
    ...MOVES,
    ...NEVER_ON_HOLD,
    'channel_share*': { why: 'An issue does not say by which way it came.' },
    'csat_*': { why: 'There are no surveys.' },
    ...ofHours(NO_HOURS),
    'sla_met_share_*': { why: 'There are no service levels.' },
  },
  signals: {
    ...forAll(['A7-support-queues-carry-work', 'H3-hand-offs-follow-tiers', 'N14-owner-kept-in-swarm'], ONE_SLOT),
    'E4-cause-code-set': 'No list of this Redmine holds a cause.',
    'I1-demand-hours-staffed': `${NO_HOURS} Hours are those of UTC.`,
    ...forAll(
      ['J1-help-centre-live', 'J2-knowledge-fresh', 'J5-known-over-new'],
      'Pages of a wiki are shown, and this project has none.',
    ),
    'M3-partner-flow':
      'Companies are not kept, so that partners are told by teams alone; finding none counts for nothing.',
  },
  stage: null,
};
