import type { TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toolClass } from '../../src/kit/recognise-tool.ts';
import { cellOf } from './cells.ts';
import { type Desk, labelOf, openerOf, statusOf } from './desk.ts';
import { isOfDesk, requesterOf } from './people.ts';
import type { Task } from './schema.ts';
import { rankOf, WORDS } from './words.ts';

export function mapTicket(row: Task, desk: Desk, deleted = false): Mapped {
  return { ticket: [{ ...toTicket(row, desk), deleted }], link: toLinks(row, desk) };
}

/** When it was opened: an imported ticket was created in the instance later. */
export function createdAt(row: Task): Date {
  // The schema asks for one of them.
  return (row.opened_at ?? row.sys_created_on) as Date;
}

export function toTicket(row: Task, desk: Desk): Ticket {
  const { context, staff, table } = desk;
  const requester = requesterOf(row);
  return {
    ...blank('ticket'),
    id: row.sys_id,
    created_at: createdAt(row),
    updated_at: row.sys_updated_on,
    status: statusOf(row.state, row.hold_reason, desk, row.active),
    vendor_status: labelOf('state', row.state, desk) ?? (desk.labels === null ? null : row.state),
    priority_rank: rankOf(row.priority),
    vendor_priority: row.priority,
    type: table === 'incident' ? 'incident' : null,
    channel: row.contact_type === null ? null : (WORDS.channel(row.contact_type) ?? 'other'),
    vendor_channel: row.contact_type,
    group_id: row.assignment_group,
    assignee_id: row.assigned_to,
    requester_key: requester === null ? null : context.pseudonymise('requester', requester),
    requester_is_agent: requester === null ? null : isOfDesk(requester, staff),
    organisation_id: row.account ?? row.company,
    ...codeColumns(desk.codes, (field) => cellOf(row[field])),
    ...openerOf(row, requester, desk),
    problem_id: row.problem_id ?? row.problem,
    deleted: false,
    spam: false,
    test: false,
    filled_fields: filledFields(row, desk),
    reported_solved_at: row.resolved_at,
    reported_closed_at: row.closed_at,
    reported_reopens: row.reopen_count,
    reported_reassignments: row.reassignment_count,
    reported_full_resolution_business_s: row.business_stc ?? row.business_duration,
    reported_full_resolution_calendar_s: row.calendar_stc ?? row.calendar_duration,
  };
}

const FILLABLE = [
  'category',
  'subcategory',
  'close_code',
  'resolution_code',
  'cause',
  'business_service',
  'service_offering',
  'product',
  'cmdb_ci',
  'contact_type',
] as const;

/** Every ticket is given the lowest impact and urgency, the priority that comes of them, and an incident the category "Inquiry / Help": those say nothing. */
function filledFields(row: Task, { codes, table }: Desk): string[] {
  const own = [...codes.values()].map((field) => [field, cellOf(row[field])]);
  const values = { ...Object.fromEntries(own), ...Object.fromEntries(FILLABLE.map((field) => [field, row[field]])) };
  const { impact: _graded, ...plain } = values;
  const unsaid = table === 'incident' && /^inquiry\b/i.test(row.category ?? '') ? { category: null } : {};
  const graded = (['impact', 'urgency'] as const).filter((field) => row[field] !== null && !/^3/.test(row[field]));
  const lowest = table === 'incident' ? /^5/ : /^[45]/;
  return filledNames({ ...plain, ...unsaid }, [
    ...graded,
    ...(row.priority !== null && !lowest.test(row.priority) ? ['priority'] : []),
  ]);
}

type Link = TelemetryRecord<'link'>;

/** Problems, parents and changes that the ticket names, and the tracker records that it and its problem are kept in step with. */
function toLinks(row: Task, { context }: Desk): Link[] {
  const problem = row.problem_id ?? row.problem;
  const link = (of: string, kind: Link['kind'], field: string, target: string | null, system: string | null = null) =>
    target === null
      ? []
      : [{ ...blank('link'), id: `${of}:${field}`, ticket_id: of, kind, system, target_key: target }];
  const tracked = (of: string, key: string | null, system: string | null) =>
    key === null || system === null || toolClass(system) !== 'issue_tracker'
      ? []
      : link(of, 'issue', 'correlation', context.pseudonymise('reference', key), trackerOf(system));
  return [
    ...link(row.sys_id, 'problem', 'problem', problem),
    ...link(row.sys_id, 'incident', 'parent', row.parent_incident),
    ...link(row.sys_id, 'related', 'rfc', row.rfc),
    ...link(row.sys_id, 'related', 'caused_by', row.caused_by),
    ...tracked(row.sys_id, row.correlation_id, row.correlation_display),
    ...(problem === null
      ? []
      : tracked(problem, row['problem_id.correlation_id'], row['problem_id.correlation_display'])),
  ];
}

/** Name of a tracker in what people call it. */
function trackerOf(system: string): string | null {
  const name = /jira|github|gitlab|asana|trello|youtrack|bugzilla|redmine|azure/i.exec(system)?.[0].toLowerCase();
  return name === 'azure' ? 'azure_devops' : (name ?? null);
}
