import type { Life } from '../life.ts';
import { forAll, type Limits, NEVER_ON_HOLD, ofHours } from './limits.ts';

/** People who answered, or changed what an issue has; notes and teams it does not have. */
function activePeople({ staff, tickets }: Life): number {
  const ids = new Set(staff.map(({ id }) => id));
  const seen = tickets
    .flatMap(({ steps }) => steps)
    .filter(({ said, changes }) => said?.public === true || changes.some(({ field }) => field !== 'group'))
    .flatMap(({ by }) => (by !== null && ids.has(by) ? [by] : []));
  return new Set(seen).size;
}

const NO_TEAMS = 'An issue belongs to people; no team is responsible for one.';
const NO_HOURS = 'There are no working hours of a desk.';
const ONE_END = 'Closing is the only end, and completed is solved: none is ever closed for good.';

export const githubLimits: Limits = {
  figures: {
    ...NEVER_ON_HOLD,
    ...forAll(
      [
        'handed_to_other_team_share',
        'handoffs_by_team_per_ticket_mean',
        'ping_pong_team_share',
        'left_first_line_share',
        'teams_active',
      ],
      { why: NO_TEAMS },
    ),
    reassigned_share: {
      why: `${NO_TEAMS} Moves between people are counted.`,
      shows: (_, desk) => desk.figures.get('handed_to_other_person_share')?.value ?? null,
    },
    reassignments_per_ticket_mean: {
      why: `${NO_TEAMS} Moves between people are counted.`,
      shows: (_, desk) => desk.figures.get('handoffs_by_person_per_ticket_mean')?.value ?? null,
    },
    agents_active: {
      why: 'There are no internal notes: who wrote nothing else is not seen.',
      shows: (_, __, life) => activePeople(life),
    },
    backlog_unclosed_at_end: { why: ONE_END, shows: (_, desk) => desk.figures.get('tickets_created')?.value ?? null },
    'close_time_*': { why: ONE_END },
    'channel_share*': { why: 'An issue does not say by which way it came.' },
    'csat_*': { why: 'There are no surveys.' },
    ...ofHours(NO_HOURS),
    'sla_met_share_*': { why: 'There are no service levels.' },
  },
  signals: {
    'I1-demand-hours-staffed': `${NO_HOURS} Hours are those of UTC.`,
    'M3-partner-flow':
      'Companies are not kept, so that partners are told by teams alone; finding none counts for nothing.',
    'N11-round-robin': `${NO_TEAMS} So turns are those of everybody together.`,
  },
  stage: null,
};
