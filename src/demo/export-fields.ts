import { DAY_S, stampBoth } from './calendar.ts';
import { STATUS_IDS } from './export-tickets.ts';
import { PRIORITIES } from './practices.ts';
import type { World } from './world.ts';

type Row = Record<string, unknown>;

export function listStatuses(world: World, url: string): Row[] {
  const labels = world.words.statuses;
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
    ...stampBoth(world.start - 400 * DAY_S),
  }));
}

export function listFields(world: World, url: string): Row[] {
  const { topics, intake } = world.practices;
  const words = world.words.fields;
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
    ...stampBoth(world.start - 390 * DAY_S),
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
    field(world.fields.product, 'tagger', words.product, [...new Set(topics.map((topic) => topic.product))], true),
    field(
      world.fields.topic,
      'tagger',
      words.topic,
      topics.map((topic) => topic.key),
      true,
    ),
    ...(world.practices.priorities.setBy === 'severity'
      ? [
          field(
            world.fields.severity,
            'tagger',
            words.severity,
            PRIORITIES.map((priority) => words.severityOptions[priority]),
            true,
          ),
        ]
      : []),
    field(world.fields.cause, 'tagger', words.cause, words.causeOptions),
  ];
}

export function listForms(world: World, url: string): Row[] {
  if (!world.practices.intake.form) return [];
  return [
    {
      url: `${url}/api/v2/ticket_forms/${world.formId}.json`,
      id: world.formId,
      name: world.words.forms[0],
      raw_name: world.words.forms[0],
      display_name: world.words.forms[0],
      raw_display_name: world.words.forms[0],
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
      ...stampBoth(world.start - 390 * DAY_S),
    },
  ];
}
