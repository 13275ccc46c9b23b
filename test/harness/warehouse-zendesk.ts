import { type Cells, type MadeTables, stampedBy } from './warehouse.ts';
import { deskRows, NOW } from './zendesk.ts';

/** As far as an interface is read that lags a minute behind. */
export const WRITTEN = new Date(NOW.getTime() - 60_000);
/** Rows that were there by then. */
const wasThere = (row: Cells): boolean => Date.parse(String(row.created_at)) <= WRITTEN.getTime();
type Row = Cells & { readonly child_events?: Cells[] };

/** The made-up account as Airbyte writes it: a table a stream, the vendor's records with nested parts as JSON. */
export function airbyteZendeskTables(): MadeTables {
  const stamped = stampedBy('_airbyte_extracted_at', WRITTEN, { _airbyte_meta: { changes: [] } });
  const table = (name: string) => stamped(deskRows(name));
  const audits = (deskRows('updates') as Row[]).map(({ id, ticket_id, created_at, updater_id, via, child_events }) => ({
    id,
    ticket_id,
    created_at,
    author_id: updater_id,
    via: typeof via === 'string' ? { channel: via } : via,
    events: child_events,
  }));
  const [first, ...others] = deskRows('ticket_fields');
  return {
    tickets: table('tickets'),
    ticket_metrics: table('metric_sets'),
    ticket_audits: stamped(audits),
    users: stamped([...deskRows('users'), ...deskRows('requesters').map((one) => ({ ...one, role: 'end-user' }))]),
    groups: table('groups'),
    group_memberships: table('group_memberships'),
    custom_roles: table('custom_roles'),
    ticket_fields: stamped([{ ...first, custom_statuses: deskRows('custom_statuses') }, ...others]),
    ticket_forms: table('ticket_forms'),
    organizations: table('organizations'),
    organization_fields: stamped(deskRows('organization_fields').map((one, i) => ({ id: i + 1, ...one }))),
    triggers: table('triggers'),
    automations: table('automations'),
    macros: table('macros'),
    sla_policies: table('sla_policies'),
    schedules: table('schedules'),
    satisfaction_ratings: table('satisfaction_ratings'),
    articles: table('articles'),
  };
}

/** Fields of a change as the vendor's log writes them, whichever way it was written. */
function changesIn(child: Cells): [string, unknown, unknown][] {
  const named = child.field_name;
  if (typeof named === 'string') return [[named.replace('custom_fields_', ''), child.value, child.previous_value]];
  const own = child.custom_ticket_fields;
  if (typeof own === 'object' && own !== null)
    return Object.entries(own).map(([id, value]) => [id, value, child.previous_value]);
  const field = ['status', 'priority', 'group_id', 'assignee_id'].find((key) => key in child);
  return field === undefined ? [] : [[field, child[field], child.previous_value]];
}

/** The field-by-field history, which begins with the values at creation. */
function fieldHistory(): Cells[] {
  const created = new Map(deskRows('tickets').map((one) => [String(one.id), one.created_at]));
  const rows: Cells[] = [];
  for (const { ticket_id, created_at, updater_id, child_events = [] } of deskRows('updates') as Row[])
    for (const [field_name, value, before] of child_events.flatMap(changesIn)) {
      if (typeof value === 'object') continue;
      const known = rows.some((row) => row.ticket_id === ticket_id && row.field_name === field_name);
      const opening = created.get(String(ticket_id));
      if (!known && before !== null && before !== undefined && opening !== created_at)
        rows.push({ ticket_id, field_name, updated: opening, user_id: null, value: before });
      rows.push({ ticket_id, field_name, updated: created_at, user_id: updater_id, value });
    }
  return rows;
}

function comments(): Cells[] {
  return (deskRows('updates') as Row[]).flatMap(({ ticket_id, created_at, updater_id, child_events = [] }) =>
    child_events
      .filter(({ type }) => type === 'Comment')
      .map((child) => ({
        id: child.id,
        ticket_id,
        created: created_at,
        user_id: child.author_id ?? updater_id,
        public: child.public,
        voice_comment: false,
        body: child.body,
      })),
  );
}

/** The made-up account as Fivetran writes it: flat tables, the history field by field, `_fivetran_deleted` for what is gone. */
export function fivetranZendeskTables(): MadeTables {
  const stamped = stampedBy('_fivetran_synced', WRITTEN, { _fivetran_deleted: false });
  const tickets = deskRows('tickets')
    .filter(wasThere)
    .map(({ via, tags, custom_fields, generated_timestamp, ...ticket }) => {
      const way = via as { channel: string; source?: { rel?: string | null; from?: Cells } };
      return {
        ...ticket,
        via_channel: way.channel,
        via_source_rel: way.source?.rel ?? null,
        via_followup_source_id: way.source?.from?.ticket_id ?? null,
      };
    });
  const [policy] = deskRows('sla_policies');
  return {
    ticket: stamped(tickets).map((one) =>
      (one as Cells).status === 'deleted' ? { ...one, status: 'open', _fivetran_deleted: true } : one,
    ),
    ticket_tag: stamped(
      deskRows('tickets').flatMap(({ id, tags }) => (tags as string[]).map((tag) => ({ ticket_id: id, tag }))),
    ),
    ticket_field_history: stamped(fieldHistory()),
    ticket_comment: stamped(comments()),
    ticket_custom_field: stamped(
      deskRows('ticket_fields').map(({ id, title, type, active }) => ({ id, title, type, active })),
    ),
    user: stamped([...deskRows('users'), ...deskRows('requesters').map((one) => ({ ...one, role: 'end-user' }))]),
    group: stamped(deskRows('groups').map(({ id, name }) => ({ id, name }))),
    group_member: stamped(deskRows('group_memberships')),
    organization: stamped(
      deskRows('organizations').map(({ id, external_id, created_at, updated_at }) => ({
        id,
        external_id,
        created_at,
        updated_at,
      })),
    ),
    organization_tag: stamped(
      deskRows('organizations').flatMap(({ id, tags }) =>
        (tags as string[]).map((tag) => ({ organization_id: id, tag })),
      ),
    ),
    domain_name: stamped(
      deskRows('organizations').flatMap(({ id, domain_names }) =>
        (domain_names as string[]).map((domain_name, index) => ({ organization_id: id, index, domain_name })),
      ),
    ),
    satisfaction_rating: stamped(deskRows('satisfaction_ratings').map(({ reason_code, ...rating }) => rating)),
    schedule: stamped(
      deskRows('schedules').flatMap(({ id, time_zone, intervals }) =>
        (intervals as Cells[]).map((interval) => ({ id, time_zone, created_at: '2025-01-01 00:00:00', ...interval })),
      ),
    ),
    schedule_holiday: stamped(deskRows('holidays').map((day) => ({ ...day, schedule_id: 9100 }))),
    sla_policy_history: stamped([
      { id: policy?.id, title: policy?.title, created_at: policy?.created_at, updated_at: policy?.updated_at },
    ]),
    sla_policy_metric_history: stamped(
      ((policy?.policy_metrics ?? []) as Cells[]).map((metric, index) => ({
        sla_policy_id: policy?.id,
        sla_policy_updated_at: policy?.updated_at,
        index,
        ...metric,
      })),
    ),
  };
}
