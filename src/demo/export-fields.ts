import { DAY_S, stampBoth } from './calendar.ts';
import { listCustomFields } from './custom-fields.ts';
import { ESCALATED_IDS, hasEscalatedStatus, STATUS_IDS } from './statuses.ts';
import type { World } from './world.ts';

type Row = Record<string, unknown>;

const SYSTEM: readonly string[] = ['subject', 'description', 'status', 'tickettype', 'priority', 'group', 'assignee'];

/** The vendor itself marks these as required; no desk has asked for it. */
const REQUIRED_BY_VENDOR: ReadonlySet<string> = new Set(['subject', 'description', 'status', 'group', 'assignee']);

export function listStatuses(world: World, url: string): Row[] {
  const labels = world.words.statuses;
  const status = (id: number, category: string, label: string, builtIn: boolean): Row => ({
    url: `${url}/api/v2/custom_statuses/${id}.json`,
    id,
    status_category: category,
    agent_label: label,
    raw_agent_label: label,
    end_user_label: label,
    raw_end_user_label: label,
    description: label,
    raw_description: label,
    end_user_description: label,
    raw_end_user_description: label,
    active: true,
    default: builtIn,
    ...stampBoth(world.start - 400 * DAY_S),
  });
  const categories = Object.keys(STATUS_IDS) as (keyof typeof STATUS_IDS)[];
  return [
    ...categories.map((category) => status(STATUS_IDS[category], category, labels[category], true)),
    ...(hasEscalatedStatus(world)
      ? Object.entries(ESCALATED_IDS).map(([category, id]) =>
          status(id, category, nameEscalated(world, category as keyof typeof ESCALATED_IDS), false),
        )
      : []),
  ];
}

function nameEscalated(world: World, category: keyof typeof ESCALATED_IDS): string {
  const { escalation, statuses } = world.words;
  return category === 'open' ? escalation.word : `${escalation.word}: ${statuses[category]}`;
}

export function listFields(world: World, url: string): Row[] {
  const requiredByVendor = world.practices.closing.required !== undefined;
  let position = 0;
  const field = (
    id: number,
    type: string,
    title: string,
    options: readonly string[] = [],
    required = false,
    asked = required,
  ): Row => ({
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
    required_in_portal: asked,
    tag: null,
    ...stampBoth(world.start - 390 * DAY_S),
    removable: !SYSTEM.includes(type),
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
  const system = SYSTEM.map((type, index) =>
    field(360_600_000_001 + index, type, type, [], requiredByVendor && REQUIRED_BY_VENDOR.has(type)),
  );
  return [
    ...system,
    ...listCustomFields(world).map(({ id, type, title, options, required, asked }) =>
      field(id, type, title, options, required, asked),
    ),
  ];
}

export function listForms(world: World, url: string): Row[] {
  const { intake, closing, topics } = world.practices;
  if (!intake.form) return [];
  const fields = listFields(world, url);
  const causeAsked = closing.required === undefined ? closing.causeFilled > 0.9 : closing.required.includes('cause');
  const form = (id: number, name: string, position: number, fieldIds: readonly unknown[], conditions: Row[]): Row => ({
    url: `${url}/api/v2/ticket_forms/${id}.json`,
    id,
    name,
    raw_name: name,
    display_name: name,
    raw_display_name: name,
    end_user_visible: true,
    position,
    active: true,
    default: position === 1,
    in_all_brands: true,
    restricted_brand_ids: [],
    ticket_field_ids: fieldIds,
    agent_conditions: conditions,
    end_user_conditions: [],
    ...stampBoth(world.start - 390 * DAY_S),
  });
  const condition = {
    parent_field_id: world.fields.product,
    value: topics[0]?.product,
    child_fields: [
      {
        id: world.fields.cause,
        is_required: true,
        required_on_statuses: { type: 'SOME_STATUSES', statuses: ['solved'] },
      },
    ],
  };
  const ids = fields.map((field) => field.id);
  const plain = fields.filter((field) => field.removable !== true).map((field) => field.id);
  return [
    form(world.formId, world.words.forms[0], 1, ids, causeAsked ? [condition] : []),
    ...(intake.secondForm === true ? [form(world.formId + 1, world.words.forms[1], 2, plain, [])] : []),
  ];
}
