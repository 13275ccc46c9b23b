import type { TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { looksLikeSource } from '../../src/kit/recognise-program.ts';
import { openingOf } from '../../src/kit/records/texts.ts';
import { categoryOf, codeOf, type Desk, isQueue, isUser, makerOf } from './desk.ts';
import { type Change, changesOf } from './history.ts';
import { eventsOf, reachOf } from './map-history.ts';
import type { Case, CaseHistory, CaseState } from './schema.ts';
import { names } from './soql.ts';
import { channelOf, rankOf } from './words.ts';

/** What is asked of each case, beside the fields that the org made itself. */
export const CASE = names(
  'Id CreatedDate SystemModstamp CreatedById CreatedBy.UserType Status Priority Origin Type Reason OwnerId',
  'AccountId ContactId ContactEmail? SuppliedEmail ProductId? BusinessHoursId? RecordTypeId? ParentId',
  'Parent.Type MasterRecordId? IsClosed IsEscalated IsDeleted ClosedDate',
);

/** The record type of those who have none. */
const MASTER = '012000000000000AAA';

/** Records of one case. Histories and states null = the org or the user does not show them, or they are not needed. */
export function mapCase(
  row: Case,
  histories: readonly CaseHistory[] | null,
  states: readonly CaseState[] | null,
  desk: Desk,
): Mapped {
  const changes = changesOf(histories, states, desk);
  const ticket = toTicket(row, changes, desk);
  return {
    ticket: [ticket],
    // Its description, or the mail that made it, which `map-messages.ts` leaves out.
    message: [openingOf(ticket, { author_id: ticket.created_by === 'agent' ? row.CreatedById : null })],
    event:
      histories === null && states === null
        ? []
        : eventsOf(row, ticket.created_by, changes, reachOf(row, histories, states, desk.context.until), desk),
    link: toLinks(row, desk),
  };
}

function toTicket(row: Case, changes: readonly Change[], desk: Desk): Ticket {
  const codes = codeColumns(desk.fields.codes, (field) => codeOf(row, field));
  const createdBy = createdByOf(row, desk);
  return {
    ...blank('ticket'),
    id: row.Id,
    created_at: row.CreatedDate,
    updated_at: row.SystemModstamp,
    status:
      row.Status === null ? (row.IsClosed === true ? 'closed' : 'open') : categoryOf(row.Status, row.IsClosed, desk),
    vendor_status: row.Status,
    priority_rank: rankOf(row.Priority, desk.words),
    vendor_priority: row.Priority,
    type: row.Type === null ? null : (desk.words.type(row.Type) ?? 'other'),
    channel: channelOf(row.Origin),
    vendor_channel: row.Origin,
    form: row.RecordTypeId === MASTER ? null : row.RecordTypeId,
    group_id: isQueue(row.OwnerId) ? row.OwnerId : lastQueue(changes),
    assignee_id: isUser(row.OwnerId) ? row.OwnerId : null,
    ...requesterOf(row, desk),
    organisation_id: row.AccountId,
    ...codes,
    product: codes.product ?? row.ProductId,
    // The reason tells the category only where no field of the org does.
    category: desk.fields.codes.has('category') ? codes.category : desk.seesFields ? row.Reason : null,
    created_by: createdBy,
    // Who writes down what a customer asks answers nobody by it.
    created_on_behalf: createdBy === null ? null : createdBy === 'agent' && row.ContactId !== null,
    calendar_id: row.BusinessHoursId,
    problem_id: /problem/i.test(row.Parent?.Type ?? '') ? row.ParentId : null,
    merged_into: row.MasterRecordId,
    // The case that was merged away lies in the recycle bin too.
    deleted: row.IsDeleted === true && row.MasterRecordId === null,
    spam: /^(?:spam|junk)\b/i.test(row.Status ?? ''),
    test: false,
    reported_closed_at: row.ClosedDate,
  };
}

/** A contact, or the address of somebody who is none. A colleague is known by the address of an employee. */
function requesterOf(row: Case, { context, staff }: Desk): Pick<Ticket, 'requester_key' | 'requester_is_agent'> {
  const address = (row.SuppliedEmail ?? row.ContactEmail)?.toLowerCase() ?? null;
  const requester = row.ContactId ?? address;
  return {
    requester_key: requester === null ? null : context.pseudonymise('requester', requester),
    requester_is_agent: address === null || staff.users === null ? null : staff.addresses.has(address),
  };
}

/** A person takes a case out of a queue and works on it there: the last queue stays responsible. */
function lastQueue(changes: readonly Change[]): string | null {
  const owners = changes.flatMap(({ field, from, to }) => (field === 'Owner' ? [from, to] : []));
  return owners.findLast(isQueue) ?? null;
}

/**
 * Cases that come by mail or form are made in the name of an employee whom the org chose for that; they carry the address of whoever wrote. Others are
 * of the user who made them, save that a program which opens a chat does it for the customer.
 */
function createdByOf(row: Case, desk: Desk): Ticket['created_by'] {
  const maker = makerOf(row, desk);
  if (row.SuppliedEmail !== null) {
    if (desk.staff.addresses.has(row.SuppliedEmail.toLowerCase())) return 'agent';
    const alert = looksLikeSource({ name: null, email: row.SuppliedEmail }, false);
    return alert || channelOf(row.Origin) === 'monitoring' ? 'machine' : 'customer';
  }
  const channel = channelOf(row.Origin);
  // Somebody may have written whose address is not shown.
  if (maker === 'agent' && !desk.seesSender && (channel === 'email' || channel === 'web')) return null;
  if (maker !== 'machine') return maker;
  return channel === 'chat' || channel === 'messaging' || channel === 'portal' || channel === 'web'
    ? 'customer'
    : 'machine';
}

/** The parent of a case, and keys of issue trackers in fields that are named after one. */
function toLinks(row: Case, { context, fields }: Desk): TelemetryRecord<'link'>[] {
  const parent: TelemetryRecord<'link'>[] =
    row.ParentId === null
      ? []
      : [
          {
            ...blank('link'),
            id: `${row.Id}:parent`,
            ticket_id: row.Id,
            kind: /problem/i.test(row.Parent?.Type ?? '') ? 'problem' : 'related',
            target_key: row.ParentId,
          },
        ];
  const issues = [...fields.issues].flatMap(([field, system]): TelemetryRecord<'link'>[] => {
    const key = row[field];
    if (typeof key !== 'string' || key.trim() === '') return [];
    const target = context.pseudonymise('reference', key.trim());
    return [
      { ...blank('link'), id: `${row.Id}:${field}`, ticket_id: row.Id, kind: 'issue', system, target_key: target },
    ];
  });
  return [...parent, ...issues];
}

/** Fields of the org's own that are asked for with each case. */
export function ownFields({ codes, issues }: Desk['fields']): string[] {
  return [...codes.values(), ...issues.keys()];
}
