import type { Message, TelemetryRecord, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { setAside } from '../../src/kit/parse-each.ts';
import { becomesEscalated } from '../../src/kit/recognise-escalation.ts';
import { type Change, escalation, type Step, toEvents } from '../../src/kit/records/history.ts';
import { type MessageMarks, NO_MARKS } from './headers.ts';
import { type FieldHistory, fieldHistory } from './map-fields.ts';
import { currentStatus, type Desk, mapOrganisation, mapTicket } from './map-ticket.ts';
import { type Author, actorOf, ownerId } from './people.ts';
import type { TicketRow, TransactionRow } from './schema.ts';
import type { Settings } from './settings.ts';
import { linkTarget, rankOfText, statusOf } from './words.ts';

/**
 * One ticket with all that was recorded about it. `transactions` are those of the ticket in ascending id. Those after `until`
 * belong to the next sync, yet they tell what the values were before, so they are looked at for the values at creation.
 * Rows of kinds that say nothing about the course of the case (watchers, subject, reminders, ...) are left out.
 */
export function mapHistory(
  row: TicketRow,
  transactions: readonly TransactionRow[],
  isPartly: boolean,
  desk: Desk,
): Mapped {
  const { settings, marks } = desk;
  const isDue = (at: Date) => at.getTime() <= desk.until.getTime();
  const recorded = withoutOwnerTwins(transactions);
  const known = recorded.filter((one) => isDue(one.Created));
  const creation = known.find((one) => one.Type === 'Create');
  const creator = desk.authorOn(row, creation?.Creator ?? null);
  const fields = fieldHistory(row, recorded, settings, (field, value) =>
    desk.pseudonymise('reference', `cf.${field}:${value}`),
  );
  const steps = recorded.map(
    (one): Step => ({
      id: one.id,
      at: one.Created,
      ...actorOf(desk.authorOn(row, one.Creator)),
      changes: changesIn(one, row, fields, desk),
    }),
  );
  const story = {
    ticketId: row.id,
    createdAt: creation?.Created ?? row.Created,
    ...actorOf(creator),
    // Without some of the changes the values at creation cannot be worked back.
    isPartly: isPartly || creation === undefined,
    present: [
      { kind: 'status' as const, value: null, born: firstStatus(row, recorded, settings) },
      { kind: 'group' as const, value: row.Queue?.id ?? null },
      { kind: 'priority' as const, value: rankOfText(row.Priority?.toString() ?? null, settings) },
      { kind: 'assignee' as const, value: ownerId(row.Owner) },
      ...fields.present,
    ],
  };
  const ticket = mapTicket(row, creator, marks.get(creation?.id ?? '') ?? NO_MARKS, desk);
  const messages = known.flatMap((one) => toMessage(one, row, desk) ?? []);
  return {
    ticket: [ticket],
    event: toEvents(story, steps).flatMap((one) => (isDue(one.at) ? { ...one, id: idOf(one) } : [])),
    message: (settings.articleLinks ? withArticles(messages, known) : messages).map((one, seq) => ({ ...one, seq })),
    link: known.flatMap((one) => toLink(one, row, desk) ?? []),
    organisation: mapOrganisation(ticket),
    rejected: known.flatMap((one) => {
      const path = unknownWord(one, settings);
      const detail = 'expected a status word that settings.statuses names, found string';
      return path === null ? [] : [setAside('tickets', one.id, path, detail)];
    }),
  };
}

/** Transactions are numbered over all tickets: a change has the id of its own, which stays the same whatever else is read of the ticket. */
function idOf({ id, ticket_id, initial, kind, field }: TicketEvent): string {
  if (initial) return `${ticket_id}-initial-${field ?? kind}`;
  const transaction = id.split(':')[1] ?? id;
  return kind === 'escalation' ? `${transaction}-escalation` : transaction;
}

const OWNER_TYPES = new Set(['Take', 'Untake', 'Steal', 'Give', 'Force', 'Set', 'SetWatcher']);

function isOwnerChange(one: TransactionRow): boolean {
  return OWNER_TYPES.has(one.Type) && (one.Field === 'Owner' || (one.Field === null && one.Type !== 'Set'));
}

/** RT 5 records one change of owner twice, as `Set` and as `SetWatcher`; an owner cannot leave twice without coming back. */
function withoutOwnerTwins(transactions: readonly TransactionRow[]): TransactionRow[] {
  let last = '';
  return transactions.filter((one) => {
    if (!isOwnerChange(one)) return true;
    const before = last;
    last = `${one.OldValue} ${one.NewValue}`;
    return last !== before;
  });
}

/** The status at creation is what the first change found, else the present one. */
function firstStatus(row: TicketRow, transactions: readonly TransactionRow[], settings: Settings) {
  const found = transactions.find((one) => one.Type === 'Status')?.OldValue ?? null;
  return found === null ? currentStatus(row, settings) : statusOf(found, settings);
}

/** Attributes of which RT records old and new value as `Set`, and how these are told. */
const SET: Readonly<
  Record<string, Pick<Change, 'kind' | 'field'> & { read(value: string | null, settings: Settings): string | null }>
> = {
  Queue: { kind: 'group', read: (id) => id },
  Priority: { kind: 'priority', read: rankOfText },
  SLA: { kind: 'field', field: 'sla', read: (name) => name },
  Due: { kind: 'field', field: 'due', read: dateText },
};

function changesIn(one: TransactionRow, row: TicketRow, fields: FieldHistory, desk: Desk): Change[] {
  const { OldValue, NewValue } = one;
  if (isOwnerChange(one)) return [{ kind: 'assignee', from: ownerIn(OldValue), to: ownerIn(NewValue) }];
  if (one.Type === 'Status') return statusChanges(one, desk.settings);
  if (one.Type === 'CustomField') return fields.changesOf(one);
  const set = one.Type === 'Set' ? SET[one.Field ?? ''] : undefined;
  if (set === undefined) return linkChanges(one, row, desk);
  const { read, ...change } = set;
  return [{ ...change, from: read(OldValue, desk.settings), to: read(NewValue, desk.settings) }];
}

function ownerIn(value: string | null): string | null {
  return value === '6' || value === '0' ? null : value;
}

/** Dates in transactions are the database's own text, UTC: `2026-01-01 10:00:00`. */
function dateText(value: string | null): string | null {
  const found = /^(\d{4})-(\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z?$/.exec(value ?? '');
  return found === null || found[1] === '1970' ? null : `${found[1]}-${found[2]}T${found[3]}Z`;
}

function isDeletion({ Type, NewValue }: TransactionRow): boolean {
  return Type === 'Status' && NewValue?.toLowerCase() === 'deleted';
}

function statusChanges(one: TransactionRow, settings: Settings): Change[] {
  const { OldValue, NewValue } = one;
  const marks = becomesEscalated(null, OldValue, NewValue) ? [escalation(`state:${NewValue}`)] : [];
  if (isDeletion(one)) return [{ kind: 'delete', from: null, to: null }];
  if (unknownWord(one, settings) !== null) return marks;
  return [{ kind: 'status', from: statusOf(OldValue, settings), to: statusOf(NewValue, settings) }, ...marks];
}

/** The cell of a change of status that holds a word which nobody mapped, or none: such a change cannot be told. */
function unknownWord(one: TransactionRow, settings: Settings): 'OldValue' | 'NewValue' | null {
  if (one.Type !== 'Status' || isDeletion(one)) return null;
  if (statusOf(one.NewValue, settings) === null) return 'NewValue';
  return one.OldValue !== null && statusOf(one.OldValue, settings) === null ? 'OldValue' : null;
}

/** What a transaction links the ticket to, or no longer does; null = it is about no link. */
function linkIn({ Type, Field, OldValue, NewValue }: TransactionRow, { pseudonymise }: Desk) {
  const uri = Type === 'AddLink' ? NewValue : Type === 'DeleteLink' ? OldValue : null;
  if (uri === null) return null;
  const target = linkTarget(uri);
  const { kind, id } = target;
  const key = kind === 'ticket' ? id : kind === 'article' ? `article:${id}` : pseudonymise('reference', id);
  return { ...target, key, added: Type === 'AddLink', merges: Field === 'MergedInto' };
}

function linkChanges(one: TransactionRow, row: TicketRow, desk: Desk): Change[] {
  const link = linkIn(one, desk);
  if (link === null) return [];
  const { kind, id, key, added, merges } = link;
  if (!merges) return [{ kind: 'link', from: added ? null : key, to: added ? key : null }];
  // The survivor gets the same row, pointing at itself.
  return kind === 'ticket' && id !== row.id ? [{ kind: 'merge', from: null, to: id }] : [];
}

function toLink(one: TransactionRow, row: TicketRow, desk: Desk): TelemetryRecord<'link'> | null {
  const link = linkIn(one, desk);
  if (link === null || !link.added || link.merges || link.kind === 'article') return null;
  return {
    ...blank('link'),
    id: one.id,
    ticket_id: row.id,
    kind: link.kind === 'issue' ? 'issue' : 'related',
    system: link.system,
    target_key: link.key,
    linked_at: one.Created,
  };
}

/**
 * Create and Correspond are public, Comment is internal. EmailRecord only logs what went out, with one exception: the automatic
 * acknowledgement has no other trace. Whoever wrote as requestor wrote as customer, member of the desk or not.
 */
function toMessage(one: TransactionRow, row: TicketRow, desk: Desk): Message | null {
  const marks = desk.marks.get(one.id) ?? NO_MARKS;
  const writer = desk.authorOn(row, one.Creator);
  const acknowledges = one.Type === 'EmailRecord' && marks.automatic === 'replied' && writer?.side === 'system';
  if (!acknowledges && !['Create', 'Correspond', 'Comment'].includes(one.Type)) return null;
  const author = sideOf(writer, marks);
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.Created,
    seq: 0,
    author,
    author_id: author === 'agent' ? (writer?.id ?? null) : null,
    public: one.Type !== 'Comment',
    channel: acknowledges ? 'email' : marks.channel,
    auto_reply: one.Type !== 'Create' && author === 'machine',
    article_ids: author === 'agent' && desk.settings.articleLinks ? [] : null,
    through_api: acknowledges || marks.channel === null ? null : marks.channel === 'api',
  };
}

function sideOf(writer: Author | null, marks: MessageMarks): Message['author'] {
  if (writer === null) return null;
  if (writer.side === 'system' || writer.side === 'machine' || marks.automatic !== null) return 'machine';
  return writer.isRequester ? 'customer' : writer.side;
}

/** Seconds between the link to an article and the reply that it was put into; RT writes both in one request. */
const ARTICLE_WINDOW_S = 120;

/** Each article goes to the nearest message of whoever linked it. */
function withArticles(messages: readonly Message[], transactions: readonly TransactionRow[]): Message[] {
  const placed = transactions.flatMap((one) => {
    const target = one.Type === 'AddLink' && one.NewValue !== null ? linkTarget(one.NewValue) : null;
    if (target?.kind !== 'article') return [];
    const distance = ({ at }: Message) => Math.abs(at.getTime() - one.Created.getTime());
    const [nearest] = messages
      .filter(({ author_id }) => author_id !== null && author_id === one.Creator?.id)
      .filter((message) => distance(message) <= ARTICLE_WINDOW_S * 1000)
      .sort((a, b) => distance(a) - distance(b));
    return nearest === undefined ? [] : [{ id: nearest.id, article: target.id }];
  });
  return messages.map((message) => {
    const ids = placed.flatMap(({ id, article }) => (id === message.id ? [article] : []));
    return message.article_ids === null ? message : { ...message, article_ids: [...new Set(ids)] };
  });
}
