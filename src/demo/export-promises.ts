import { DAY_S, formatInstant, stampBoth } from './calendar.ts';
import { teamPromiseMinutes } from './clocks.ts';
import { PRIORITIES, type Priority } from './practices.ts';
import { countsOpenHours } from './promised.ts';
import { selectTier } from './tiers.ts';
import { type SimPolicy, SLA_TARGETS, type World } from './world.ts';

type Row = Record<string, unknown>;

export function listPolicies(world: World, url: string): Row[] {
  return world.policies.map((policy) => ({
    url: `${url}/api/v2/slas/policies/${policy.id}.json`,
    id: policy.id,
    title: policy.title,
    description: policy.description,
    position: policy.position,
    filter: {
      all: [
        { field: 'type', operator: 'is_not', value: 'problem' },
        ...(policy.tier === null ? [] : selectTier(world.practices, world.words, world.fields, policy.tier)),
        ...selectScope(world, policy),
      ],
      any: [],
    },
    policy_metrics: SLA_TARGETS.flatMap((metric) =>
      PRIORITIES.flatMap((priority: Priority) => {
        const target = policy.targets[metric][priority];
        return target === undefined
          ? []
          : [
              {
                priority,
                metric,
                target,
                target_in_seconds: target * 60,
                business_hours: countsOpenHours(policy, priority),
              },
            ];
      }),
    ),
    created_at: formatInstant(Math.min(policy.updatedAt, world.start - 370 * DAY_S)),
    updated_at: formatInstant(policy.updatedAt),
  }));
}

/** The conditions of a policy that does not hold everywhere, as the vendor writes them. */
function selectScope(world: World, { scope }: SimPolicy): Row[] {
  return [
    ...(scope.channels === undefined ? [] : [{ field: 'via_id', operator: 'includes', value: scope.channels }]),
    ...(scope.topics === undefined
      ? []
      : [{ field: `custom_fields_${world.fields.topic}`, operator: 'includes', value: scope.topics }]),
  ];
}

export function listTeamPolicies(world: World, url: string): Row[] {
  if (!world.practices.teamPromises) return [];
  return [
    {
      url: `${url}/api/v2/group_slas/policies/01H078CBDY28BZG7P6BONY09DN.json`,
      id: '01H078CBDY28BZG7P6BONY09DN',
      title: world.words.promises.teamTitle,
      description: world.words.promises.teamDescription,
      position: 1,
      filter: { all: [{ field: 'group_id', operator: 'includes', value: world.groups.map((group) => group.id) }] },
      policy_metrics: PRIORITIES.map((priority) => ({
        priority,
        metric: 'group_ownership_time',
        target: teamPromiseMinutes(world),
        target_in_seconds: teamPromiseMinutes(world) * 60,
        business_hours: false,
      })),
      ...stampBoth(world.start - 60 * DAY_S),
    },
  ];
}

export const SCHEDULE_ID = 4_567_312_249_615;

export function listSchedules(world: World): Row[] {
  const { hours } = world.practices;
  if (hours === null) return [];
  return [
    {
      id: SCHEDULE_ID,
      name: world.words.schedule,
      time_zone: world.practices.vendorZone,
      ...stampBoth(world.start - 390 * DAY_S),
      intervals: hours.weekly.map((interval) => ({ start_time: interval.start, end_time: interval.end })),
    },
  ];
}

export function listHolidays(world: World): Row[] {
  return (world.practices.hours?.holidays ?? []).map((holiday, index) => ({
    id: 4_567_400_000_001 + index,
    name: holiday.name,
    start_date: holiday.start,
    end_date: holiday.end,
  }));
}
