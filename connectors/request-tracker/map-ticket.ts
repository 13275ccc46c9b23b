import type { TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns } from '../../src/kit/code-fields.ts';
import type { ConnectorContext } from '../../src/kit/connector.ts';
import type { MessageMarks } from './headers.ts';
import { codeFields, codeIn } from './map-fields.ts';
import { type Author, type AuthorOn, ownerId } from './people.ts';
import type { Person, TicketRow } from './schema.ts';
import type { Settings } from './settings.ts';
import { rankOf, statusOf } from './words.ts';

/** What the mappers need to know beside the rows. */
export interface Desk extends Pick<ConnectorContext<Settings>, 'settings' | 'until' | 'pseudonymise'> {
  readonly authorOn: AuthorOn;
  /** What the headers of messages tell, by transaction. */
  readonly marks: ReadonlyMap<string, MessageMarks>;
}

/**
 * The ticket as it is now. RT has no type, form, brand or tags of its own.
 * `creator` and `marks` come from the Create transaction; null = it cannot be seen.
 */
export function mapTicket(row: TicketRow, creator: Author | null, marks: MessageMarks, desk: Desk): Ticket {
  const { settings, pseudonymise } = desk;
  const deleted = row.Status?.toLowerCase() === 'deleted';
  const requester: Person | null = row.Requestor[0] ?? null;
  const asking = desk.authorOn(row, requester);
  const organisation = requester?.organisation.toLowerCase() ?? '';
  const status = currentStatus(row, settings);
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.Created,
    updated_at: row.LastUpdated,
    status,
    vendor_status: row.Status,
    priority_rank: row.Priority === null ? null : rankOf(row.Priority, settings),
    vendor_priority: row.Priority === null ? null : String(row.Priority),
    channel: marks.channel,
    vendor_channel: marks.vendorChannel,
    group_id: row.Queue?.id ?? null,
    assignee_id: ownerId(row.Owner),
    requester_key: requester === null ? null : pseudonymise('requester', requester.name.toLowerCase()),
    requester_is_agent: asking === null || asking.side === null ? null : asking.side === 'agent',
    organisation_id: organisation === '' ? null : pseudonymise('reference', `organisation:${organisation}`),
    ...codeColumns(codeFields(row, settings), (field) => codeIn(row, field)),
    created_by: createdBy(creator, marks),
    created_on_behalf: onBehalf(creator, requester !== null),
    merged_into: row.EffectiveId === row.id ? null : row.EffectiveId,
    deleted,
    spam: settings.spamQueues.includes(row.Queue?.Name ?? ''),
    test: false,
    filled_fields: row.CustomFields?.flatMap(({ id, filled }) => (filled ? [`cf.${id}`] : [])).sort() ?? null,
    // RT clears the stamp when a ticket is reopened, and sets it for rejected and deleted ones too.
    reported_solved_at: status === 'solved' ? row.Resolved : null,
    reported_closed_at: status === 'closed' && !deleted ? row.Resolved : null,
  };
}

/** A word that nobody mapped, or that cannot be read, is told by what RT stamps itself: Resolved only on inactive statuses, Started once work began. */
export function currentStatus(row: TicketRow, settings: Settings): Ticket['status'] {
  const known = statusOf(row.Status, settings);
  if (known !== null) return known;
  if (row.Resolved !== null) return 'solved';
  return row.Started === null ? 'new' : 'open';
}

function createdBy(creator: Author | null, marks: MessageMarks): Ticket['created_by'] {
  if (creator === null) return null;
  if (marks.automatic === 'generated' || creator.side === 'system' || creator.side === 'machine') return 'machine';
  return creator.isRequester ? 'customer' : creator.side;
}

function onBehalf(creator: Author | null, hasRequester: boolean): boolean | null {
  if (creator === null || creator.side === null) return null;
  return creator.side === 'agent' && hasRequester && !creator.isRequester;
}

/** RT knows a customer organisation as a word on the user; nothing but its existence is told. */
export function mapOrganisation({ organisation_id: id }: Ticket): TelemetryRecord<'organisation'>[] {
  return id === null ? [] : [{ ...blank('organisation'), id }];
}
