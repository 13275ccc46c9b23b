import type { TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { type Directory, isStaff } from './directory.ts';
import { fieldName, fieldValue, isDefault } from './field-names.ts';
import type { EarlyContext } from './pages.ts';
import type { MappedField } from './recognise.ts';
import type { ExportedTicket, MetricSet } from './schema-tickets.ts';
import { idAt, priorityRank, statusOf, typeOf, wayOf } from './words.ts';

/** Stands for a surviving ticket that the vendor does not name. */
const UNKNOWN_TICKET = 'unknown';

/** Canonical ticket of an exported one. Pure; null wherever the export does not say. */
export function toTicket(
  source: ExportedTicket,
  metrics: MetricSet | undefined,
  sources: ReadonlySet<string>,
  directory: Directory,
  context: EarlyContext,
): Ticket {
  const custom = customStatus(source, directory);
  const mapped = mappedValues(source, directory);
  const way = wayOf(source.via);
  const tags = source.tags ?? null;
  const origin = originOf(source, sources, directory, context);
  return {
    ...blank('ticket'),
    id: source.id,
    created_at: source.created_at,
    updated_at: source.updated_at,
    status: statusOf(source.status) ?? 'open',
    vendor_status: custom ?? source.status,
    priority_rank: priorityRank(source.priority),
    vendor_priority: source.priority,
    type: typeOf(source.type),
    channel: source.from_messaging_channel === true ? 'messaging' : way.channel,
    vendor_channel: way.word === '' ? null : way.word,
    form: source.ticket_form_id,
    group_id: source.group_id,
    assignee_id: source.assignee_id,
    requester_key: source.requester_id === null ? null : context.pseudonymise('requester', source.requester_id),
    requester_is_agent: isStaff(directory, context.settings.formerAgents, source.requester_id),
    organisation_id: source.organization_id,
    brand: source.brand_id,
    product: mapped.product ?? null,
    category: mapped.category ?? null,
    severity: mapped.severity ?? null,
    cause_code: mapped.cause_code ?? null,
    ...origin,
    calendar_id: source.brand_id === null ? null : (directory.brandSchedules.get(source.brand_id) ?? null),
    follow_up_of:
      source.via_followup_source_id ?? (source.via.rel === 'follow_up' ? idAt(source.via.from, 'ticket_id') : null),
    problem_id: source.problem_id,
    merged_into: mergedInto(source, tags ?? []),
    deleted: source.status?.toLowerCase() === 'deleted',
    spam: false,
    test: way.word === 'sample_ticket' || way.word === 'sample_interactive_ticket',
    tags: keptTags(context.pseudonymise, context.settings.clearTags, tags),
    filled_fields: filledFields(source, directory),
    billable_s: wholeSeconds(mapped.billable),
    ...reported(metrics),
  };
}

function customStatus(source: ExportedTicket, directory: Directory): string | null {
  if (source.custom_status_id === null) return null;
  return directory.statuses.get(source.custom_status_id)?.label ?? null;
}

function mappedValues(source: ExportedTicket, directory: Directory): Partial<Record<MappedField, string | null>> {
  const values: Partial<Record<MappedField, string | null>> = {};
  for (const { id, value } of source.custom_fields ?? []) {
    const mapped = directory.mapped.get(id);
    if (mapped !== undefined) values[mapped] = fieldValue(directory, id, value);
  }
  return values;
}

function filledFields(source: ExportedTicket, directory: Directory): string[] | null {
  if (source.custom_fields === null || source.custom_fields === undefined) return null;
  if (directory.refused.has('ticket_fields')) return null;
  const filled = source.custom_fields
    .filter(({ id, value }) => !isDefault(directory, id, fieldValue(directory, id, value)))
    .map(({ id }) => fieldName(directory, id));
  if (source.priority !== null) filled.push('priority');
  if (source.type !== null) filled.push('type');
  return [...new Set(filled)].sort();
}

function originOf(
  source: ExportedTicket,
  sources: ReadonlySet<string>,
  directory: Directory,
  context: EarlyContext,
): Pick<Ticket, 'created_by' | 'created_on_behalf'> {
  const machine = (id: string | null) => id !== null && (directory.machines.has(id) || sources.has(id));
  if (machine(source.submitter_id) || machine(source.requester_id) || wayOf(source.via).channel === 'monitoring')
    return { created_by: 'machine', created_on_behalf: false };
  const submitter = source.submitter_id ?? source.requester_id;
  if (submitter === null) return { created_by: null, created_on_behalf: null };
  const staff = isStaff(directory, context.settings.formerAgents, submitter);
  const onBehalf = source.requester_id !== null && submitter !== source.requester_id && staff !== false;
  if (staff === null) return { created_by: onBehalf ? 'agent' : null, created_on_behalf: onBehalf };
  return { created_by: staff ? 'agent' : 'customer', created_on_behalf: onBehalf };
}

function mergedInto(source: ExportedTicket, tags: readonly string[]): string | null {
  const merged = source.via.rel === 'merge' || tags.includes('closed_by_merge');
  return merged ? (idAt(source.via.to, 'ticket_id') ?? UNKNOWN_TICKET) : null;
}

function wholeSeconds(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^\d+(\.\d+)?$/.test(text)) return null;
  return Math.round(Number(text));
}

/** What the vendor counts and works out itself. */
function reported(metrics: MetricSet | undefined): Partial<Ticket> {
  const seconds = (minutes: number | null | undefined) =>
    minutes === null || minutes === undefined ? null : minutes * 60;
  return {
    reported_solved_at: metrics?.solved_at ?? null,
    reported_reopens: metrics?.reopens ?? null,
    reported_reassignments: reassignments(metrics),
    reported_replies: metrics?.replies ?? null,
    reported_first_reply_calendar_s: seconds(metrics?.reply_time_in_minutes.calendar),
    reported_first_reply_business_s: seconds(metrics?.reply_time_in_minutes.business),
    reported_first_resolution_calendar_s: seconds(metrics?.first_resolution_time_in_minutes.calendar),
    reported_first_resolution_business_s: seconds(metrics?.first_resolution_time_in_minutes.business),
    reported_full_resolution_calendar_s: seconds(metrics?.full_resolution_time_in_minutes.calendar),
    reported_full_resolution_business_s: seconds(metrics?.full_resolution_time_in_minutes.business),
    // The vendor's "agent wait" is the time in which agents wait, for the customer.
    reported_waiting_customer_s: seconds(metrics?.agent_wait_time_in_minutes.calendar),
    reported_waiting_other_s: seconds(metrics?.on_hold_time_in_minutes.calendar),
  };
}

/** Stations count owners and groups passed through; a change of both at once would count twice in their sum, so the greater is taken. */
function reassignments(metrics: MetricSet | undefined): number | null {
  if (metrics === undefined || (metrics.assignee_stations === null && metrics.group_stations === null)) return null;
  return Math.max(0, (metrics.assignee_stations ?? 1) - 1, (metrics.group_stations ?? 1) - 1);
}

/** Links that the ticket itself names: its problem, the ticket it follows up. */
export function ticketLinks(source: ExportedTicket): TelemetryRecord<'link'>[] {
  if (source.problem_id === null) return [];
  return [
    {
      id: `${source.id}:problem:${source.problem_id}`,
      ticket_id: source.id,
      kind: 'problem',
      system: null,
      target_key: source.problem_id,
      // The ticket does not say since when; the log's link events do.
      linked_at: null,
      responded_at: null,
      closed_at: null,
      closed_as: null,
      team: null,
    },
  ];
}
