import { DAY_S, formatInstant } from './calendar.ts';
import { TEAM_PROMISE_MINUTES } from './clocks.ts';
import { STATUS_IDS } from './export-tickets.ts';
import { PRIORITIES, type Priority } from './practices.ts';
import { type SimRule, SLA_TARGETS, type World } from './world.ts';

type Row = Record<string, unknown>;
const CATEGORY_ID = '10026';

function stamps(at: number): { created_at: string; updated_at: string } {
  return { created_at: formatInstant(at), updated_at: formatInstant(at) };
}

export function listRules(world: World, kind: SimRule['kind'], url: string): Row[] {
  return world.rules
    .filter((rule) => rule.kind === kind)
    .map((rule, position) => ({
      url: `${url}/api/v2/${kind}s/${rule.id}.json`,
      id: rule.id,
      title: rule.title,
      raw_title: rule.title,
      active: rule.active,
      default: ['acknowledge', 'notify-team', 'close'].includes(rule.key),
      position,
      description: null,
      conditions: rule.conditions,
      actions: rule.actions,
      ...(kind === 'trigger' ? { category_id: CATEGORY_ID } : {}),
      ...stamps(rule.createdAt),
      usage_1h: 0,
      usage_24h: Math.round(rule.uses / world.practices.historyDays),
      usage_7d: Math.round((rule.uses / world.practices.historyDays) * 7),
      usage_30d: Math.round((rule.uses / world.practices.historyDays) * 30),
    }));
}

export function listCategories(world: World): Row[] {
  return [{ id: CATEGORY_ID, name: 'Initial category', position: 0, ...stamps(world.start - 380 * DAY_S) }];
}

export function listMacros(world: World, url: string): Row[] {
  return world.macros.map((macro, position) => ({
    url: `${url}/api/v2/macros/${macro.id}.json`,
    id: macro.id,
    title: macro.title,
    raw_title: macro.title,
    active: true,
    default: false,
    position,
    description: null,
    actions: [{ field: 'comment_value', value: 'Hello {{ticket.requester.first_name}}, thank you for writing.' }],
    restriction: null,
    ...stamps(macro.createdAt),
    usage_7d: Math.round((macro.uses / world.practices.historyDays) * 7),
    usage_30d: Math.round((macro.uses / world.practices.historyDays) * 30),
  }));
}

export function listViews(world: World, url: string): Row[] {
  const view = (position: number, title: string, all: Row[], sort: string, group: string | null): Row => ({
    url: `${url}/api/v2/views/${360_002_000_100 + position}.json`,
    id: 360_002_000_100 + position,
    title,
    active: true,
    default: position < 2,
    position,
    description: '',
    conditions: { all, any: [] },
    execution: {
      columns: [{ id: 'subject', title: 'Subject' }],
      sort: { id: sort, order: 'asc', title: sort },
      sort_by: sort,
      sort_order: 'asc',
      group: group === null ? null : { id: group, order: 'asc', title: group },
      group_by: group,
    },
    restriction: null,
    ...stamps(world.start - 300 * DAY_S),
  });
  const unsolved = { field: 'status', operator: 'less_than', value: 'solved' };
  const views = [
    view(
      0,
      'Your unsolved tickets',
      [unsolved, { field: 'assignee_id', operator: 'is', value: 'current_user' }],
      'created',
      null,
    ),
    view(1, 'Unassigned tickets', [unsolved, { field: 'assignee_id', operator: 'is', value: '' }], 'created', null),
  ];
  if (world.practices.queue === 'promise' || world.practices.queue === 'value')
    for (const group of world.groups)
      views.push(
        view(
          views.length,
          `${group.name}: by next promise`,
          [unsolved, { field: 'group_id', operator: 'is', value: String(group.id) }],
          'breached_at',
          'priority',
        ),
        view(
          views.length + 1,
          `${group.name}: older than a week`,
          [
            unsolved,
            { field: 'group_id', operator: 'is', value: String(group.id) },
            { field: 'NEW', operator: 'greater_than', value: '168' },
          ],
          'created',
          'organization',
        ),
      );
  return views;
}

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
        ...(policy.tier === null ? [] : [{ field: 'current_tags', operator: 'includes', value: policy.tier }]),
      ],
      any: [],
    },
    policy_metrics: SLA_TARGETS.flatMap((metric) =>
      PRIORITIES.flatMap((priority: Priority) => {
        const target = policy.targets[metric][priority];
        return target === undefined
          ? []
          : [{ priority, metric, target, target_in_seconds: target * 60, business_hours: policy.businessHours }];
      }),
    ),
    created_at: formatInstant(Math.min(policy.updatedAt, world.start - 370 * DAY_S)),
    updated_at: formatInstant(policy.updatedAt),
  }));
}

export function listTeamPolicies(world: World, url: string): Row[] {
  if (!world.practices.teamPromises) return [];
  return [
    {
      url: `${url}/api/v2/group_slas/policies/01H078CBDY28BZG7P6BONY09DN.json`,
      id: '01H078CBDY28BZG7P6BONY09DN',
      title: 'Between teams',
      description: 'A group passes on or solves within its time.',
      position: 1,
      filter: { all: [{ field: 'group_id', operator: 'includes', value: world.groups.map((group) => group.id) }] },
      policy_metrics: PRIORITIES.map((priority) => ({
        priority,
        metric: 'group_ownership_time',
        target: TEAM_PROMISE_MINUTES,
        target_in_seconds: TEAM_PROMISE_MINUTES * 60,
        business_hours: false,
      })),
      ...stamps(world.start - 60 * DAY_S),
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
      name: 'Business hours',
      time_zone: world.practices.vendorZone,
      ...stamps(world.start - 390 * DAY_S),
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

export function listStatuses(world: World, url: string): Row[] {
  const labels = { new: 'New', open: 'Open', pending: 'Pending', hold: 'On-hold', solved: 'Solved' } as const;
  return (Object.keys(STATUS_IDS) as (keyof typeof STATUS_IDS)[]).map((category) => ({
    url: `${url}/api/v2/custom_statuses/${STATUS_IDS[category]}.json`,
    id: STATUS_IDS[category],
    status_category: category,
    agent_label: labels[category],
    raw_agent_label: labels[category],
    end_user_label: labels[category],
    raw_end_user_label: labels[category],
    description: labels[category],
    raw_description: labels[category],
    end_user_description: labels[category],
    raw_end_user_description: labels[category],
    active: true,
    default: true,
    ...stamps(world.start - 400 * DAY_S),
  }));
}

export function listFields(world: World, url: string): Row[] {
  const { topics, intake } = world.practices;
  let position = 0;
  const field = (id: number, type: string, title: string, options: readonly string[] = [], required = false): Row => ({
    url: `${url}/api/v2/ticket_fields/${id}.json`,
    id,
    type,
    title,
    raw_title: title,
    description: '',
    raw_description: '',
    position: position++,
    active: true,
    required,
    collapsed_for_agents: false,
    regexp_for_validation: null,
    title_in_portal: title,
    raw_title_in_portal: title,
    visible_in_portal: true,
    editable_in_portal: true,
    required_in_portal: required,
    tag: null,
    ...stamps(world.start - 390 * DAY_S),
    removable: options.length > 0,
    agent_description: null,
    ...(options.length > 0
      ? {
          custom_field_options: options.map((value, index) => ({
            id: id * 10 + index,
            name: value,
            raw_name: value,
            value,
          })),
        }
      : {}),
  });
  const system = ['subject', 'description', 'status', 'tickettype', 'priority', 'group', 'assignee'].map(
    (type, index) => field(360_600_000_001 + index, type, type),
  );
  if (!intake.form) return system;
  return [
    ...system,
    field(world.fields.product, 'tagger', 'Product', [...new Set(topics.map((topic) => topic.product))], true),
    field(
      world.fields.topic,
      'tagger',
      'Topic',
      topics.map((topic) => topic.key),
      true,
    ),
    ...(world.practices.priorities.setBy === 'severity'
      ? [
          field(
            world.fields.severity,
            'tagger',
            'Severity',
            PRIORITIES.map((priority) => `severity_${priority}`),
            true,
          ),
        ]
      : []),
    field(world.fields.cause, 'tagger', 'Root cause', [
      'cause_usage',
      'cause_setting',
      'cause_defect',
      'cause_request',
    ]),
  ];
}

export function listForms(world: World, url: string): Row[] {
  if (!world.practices.intake.form) return [];
  return [
    {
      url: `${url}/api/v2/ticket_forms/${world.formId}.json`,
      id: world.formId,
      name: 'Support request',
      raw_name: 'Support request',
      display_name: 'Support request',
      raw_display_name: 'Support request',
      end_user_visible: true,
      position: 1,
      active: true,
      default: true,
      in_all_brands: true,
      restricted_brand_ids: [],
      ticket_field_ids: listFields(world, url).map((field) => field.id),
      agent_conditions:
        world.practices.closing.causeFilled > 0.9
          ? [
              {
                parent_field_id: world.fields.product,
                value: world.practices.topics[0]?.product,
                child_fields: [
                  {
                    id: world.fields.cause,
                    is_required: true,
                    required_on_statuses: { type: 'SOME_STATUSES', statuses: ['solved'] },
                  },
                ],
              },
            ]
          : [],
      end_user_conditions: [],
      ...stamps(world.start - 390 * DAY_S),
    },
  ];
}

export function listQueues(world: World, url: string): Row[] {
  if (world.practices.assignment !== 'skill') return [];
  return world.groups
    .filter((group) => group.role === 'front' || group.role === 'premium')
    .map((group, index) => ({
      url: `${url}/api/v2/queues/01HG80ATNNZK1N7XRFVKX48XD${index}.json`,
      id: `01HG80ATNNZK1N7XRFVKX48XD${index}`,
      name: group.name,
      description: group.description,
      definition: { all: [{ field: 'group_id', operator: 'is', value: String(group.id) }], any: [] },
      priority: index + 1,
      order: index + 1,
      primary_groups: { count: 1, groups: [{ id: group.id, name: group.name }] },
      secondary_groups: { count: 0, groups: [] },
      ...stamps(world.start - 40 * DAY_S),
    }));
}

export function listSkills(world: World, url: string): Row[] {
  if (world.practices.assignment !== 'skill') return [];
  return ['Product', 'Language'].map((name, index) => ({
    url: `${url}/api/v2/routing/attributes/b376b35a-e38b-11e8-a292-e3b6377c557${index}.json`,
    id: `b376b35a-e38b-11e8-a292-e3b6377c557${index}`,
    name,
    ...stamps(world.start - 40 * DAY_S),
  }));
}
