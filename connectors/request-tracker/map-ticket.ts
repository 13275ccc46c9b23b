import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { MessageMarks } from './headers.ts';
import type { CastMember, HistoryContext } from './map-context.ts';
import { codeOf } from './map-fields.ts';
import type { TicketRow } from './schema.ts';
import { rankOf, statusOf } from './words.ts';

/**
 * The ticket as it is now. RT has no type, form, brand or tags of its own.
 * `creator` and `marks` come from the Create transaction; null = it cannot be seen.
 */
export function mapTicket(
  row: TicketRow,
  creator: CastMember | null,
  marks: MessageMarks,
  context: HistoryContext,
): Ticket {
  const deleted = row.Status?.toLowerCase() === 'deleted';
  const requester = row.Requestor[0] ?? null;
  const status = currentStatus(row, context);
  const queue = row.Queue?.Name;
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.Created,
    updated_at: row.LastUpdated,
    status,
    vendor_status: row.Status,
    priority_rank: row.Priority === null ? null : rankOf(row.Priority, context.settings),
    vendor_priority: row.Priority === null ? null : String(row.Priority),
    channel: marks.channel,
    vendor_channel: marks.vendorChannel,
    group_id: row.Queue?.id ?? null,
    assignee_id: context.ownerId(row.Owner),
    requester_key: requester === null ? null : context.pseudonymise('requester', requester.name.toLowerCase()),
    requester_is_agent: requester === null ? null : context.isMember(requester),
    organisation_id: organisationId(row, context),
    product: codeOf(row, 'product', context.settings),
    category: codeOf(row, 'category', context.settings),
    severity: codeOf(row, 'severity', context.settings),
    cause_code: codeOf(row, 'cause_code', context.settings),
    created_by: createdBy(creator, marks),
    created_on_behalf: onBehalf(creator, requester !== null),
    merged_into: row.EffectiveId === row.id ? null : row.EffectiveId,
    deleted,
    spam: queue === undefined ? false : context.settings.spamQueues.includes(queue),
    test: false,
    filled_fields:
      row.CustomFields?.filter((field) => field.filled)
        .map((field) => `cf.${field.id}`)
        .sort() ?? null,
    // RT clears the stamp when a ticket is reopened, and sets it for rejected and deleted ones too.
    reported_solved_at: status === 'solved' ? row.Resolved : null,
    reported_closed_at: status === 'closed' && !deleted ? row.Resolved : null,
  };
}

/** A word that nobody mapped, or that cannot be read, is told by what RT stamps itself: Resolved only on inactive statuses, Started once work began. */
export function currentStatus(row: TicketRow, context: Pick<HistoryContext, 'settings'>): Ticket['status'] {
  const known = row.Status === null ? null : statusOf(row.Status, context.settings);
  if (known !== null) return known;
  if (row.Resolved !== null) return 'solved';
  return row.Started === null ? 'new' : 'open';
}

function createdBy(creator: CastMember | null, marks: MessageMarks): Ticket['created_by'] {
  if (creator === null) return null;
  if (marks.automatic === 'generated' || creator.kind === 'system' || creator.kind === 'machine') return 'machine';
  if (creator.isRequester || creator.kind === 'customer') return 'customer';
  return creator.kind;
}

function onBehalf(creator: CastMember | null, hasRequester: boolean): boolean | null {
  if (creator === null || creator.kind === null) return null;
  return creator.kind === 'agent' && hasRequester && !creator.isRequester;
}

function organisationId(row: TicketRow, context: HistoryContext): string | null {
  const name = row.Requestor[0]?.organisation.toLowerCase() ?? '';
  return name === '' ? null : context.pseudonymise('reference', `organisation:${name}`);
}

/** RT knows a customer organisation as a word on the user; nothing but its existence is told. */
export function mapOrganisation({ organisation_id: id }: Ticket): TelemetryRecord<'organisation'>[] {
  return id === null ? [] : [{ ...blank('organisation'), id }];
}

export function setAside(ref: string, path: string, detail: string): SetAside {
  return { stream: 'tickets', ref, code: 'RECORD_REJECTED', path, detail };
}
