import { z } from 'zod';
import type { TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { valueAt } from '../../src/kit/page/pager.ts';
import { type Change, type Step, toEvents } from '../../src/kit/records/history.ts';
import { MaybeId, MaybeText } from '../../src/kit/vendor-schema.ts';
import { type Desk, seatOf } from './account.ts';
import type { Conversation, Event } from './schema.ts';
import { WORDS } from './words.ts';

/** A record that an event comes from or is about, as far as events tell it. */
const Party = z.looseObject({ id: MaybeId, type: MaybeText, name: MaybeText, category: MaybeText });
type Party = z.infer<typeof Party>;
type Side = Event['source'];

const kindOf = (side: Side): string => (side?._meta?.type ?? '').toLowerCase();

/** Records of a side: one or a list of them. */
function partiesOf(side: Side): Party[] {
  const { data = null } = side ?? {};
  return (Array.isArray(data) ? data : [data]).flatMap((one) => Party.safeParse(one).data ?? []);
}
const partyOf = (side: Side): Party | null => partiesOf(side)[0] ?? null;

/** Oldest first. The vendor gives the newest first, so that of two at one instant the later one stands before the earlier. */
export function inOrder(events: readonly Event[]): Event[] {
  return events.toReversed().sort((a, b) => a.emitted_at.getTime() - b.emitted_at.getTime());
}

/** Inboxes that an event names: it came in there, went out there, or was moved there. */
function inboxesOf(event: Event): string[] {
  const side = [event.type === 'move' ? event.target : null, event.source].find((one) => /^inbox/.test(kindOf(one)));
  return partiesOf(side ?? null).flatMap(({ id }) => id ?? []);
}

export interface Place {
  readonly first: string | null;
  readonly last: string | null;
}

/** The inbox that a conversation began in and the one that it is in; of several the first. */
export function placesOf(events: readonly Event[]): Place {
  const opened = events.find((event) => event.type !== 'move' && inboxesOf(event).length > 0);
  const moved = events.findLast((event) => event.type === 'move' && inboxesOf(event).length > 0);
  const first = opened === undefined ? null : (inboxesOf(opened)[0] ?? null);
  return { first, last: moved === undefined ? first : (inboxesOf(moved)[0] ?? null) };
}

/** Messages that were sent on to somebody else than the customer. */
export function forwardedIn(events: readonly Event[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ type, target }) => (type === 'forward' ? (partyOf(target)?.id ?? []) : [])));
}

/** When each link was put on the conversation, the first time. */
export function linkedAt(events: readonly Event[]): ReadonlyMap<string, Date> {
  const added = events.filter(({ type }) => type === 'link_added').toReversed();
  return new Map(
    added.flatMap(({ target, emitted_at: at }) =>
      partiesOf(target).flatMap(({ id }) => (id === null ? [] : [[id, at] as const])),
    ),
  );
}

interface Doer extends Pick<TicketEvent, 'actor' | 'actor_id'> {
  readonly rule_id: string | null;
}

function doerOf({ source, type }: Event, desk: Desk): Doer {
  const kind = kindOf(source);
  const party = partyOf(source);
  if (kind !== 'teammate') {
    const actor = type === 'inbound' ? 'customer' : WORDS.actor(kind);
    return { actor, actor_id: null, rule_id: actor === 'automation' ? (party?.id ?? null) : null };
  }
  const seat = seatOf(party, desk);
  if (seat === 'person') return { actor: 'agent', actor_id: party?.id ?? null, rule_id: null };
  return { actor: seat === null ? null : 'automation', actor_id: null, rule_id: null };
}

/** What happened to a conversation, from its events, oldest first. */
export function toHistory(row: Conversation, events: readonly Event[], ticket: Ticket, desk: Desk): TicketEvent[] {
  const { pseudonymise, settings } = desk.context;
  const place = placesOf(events);
  const status = { kind: 'status' as const, value: ticket.status };
  return toEvents(
    {
      ticketId: row.id,
      createdAt: row.created_at,
      actor: ticket.created_by === 'machine' ? 'automation' : ticket.created_by,
      actor_id: null,
      present: [
        // With tickets only the last change tells what it came to; without, a conversation begins in the inbox.
        hasTicket(row, events) ? status : { ...status, born: 'open' },
        { kind: 'assignee', value: ticket.assignee_id },
        { kind: 'group', value: ticket.group_id, born: place.first },
      ],
      tags: row.tags.flatMap(({ name }) => name ?? []),
      keep: (tag) => keptTag(pseudonymise, settings.clearTags, tag),
    },
    stepsOf(row, events, desk),
  );
}

/** Its status is that of a ticket, which archiving does not move. */
function hasTicket(row: Conversation, events: readonly Event[]): boolean {
  return row.status_category !== null && events.some(({ type }) => type === 'ticket_status_update');
}

function stepsOf(row: Conversation, events: readonly Event[], desk: Desk): Step[] {
  const statusOf = hasTicket(row, events) ? ticketStatuses(row, events, desk) : inboxStatuses();
  return events.map((event) => ({
    id: event.id,
    at: event.emitted_at,
    ...doerOf(event, desk),
    changes: [...statusOf(event), ...changesOf(event)],
  }));
}

/** Statuses of a ticket. The last change came to what the ticket is now; of the others only those that name their status are told. */
function ticketStatuses(row: Conversation, events: readonly Event[], desk: Desk): (event: Event) => Change[] {
  const last = events.findLast(({ type }) => type === 'ticket_status_update');
  let untold = false;
  return (event) => {
    if (event.type !== 'ticket_status_update') return [];
    const to = toldStatus(event, desk) ?? (event === last ? WORDS.category(row.status_category) : null);
    const before = untold ? { from: null } : {};
    untold = to === null;
    return to === null ? [] : [{ kind: 'status', to, ...before }];
  };
}

/** Without a ticket a conversation is in the inbox or out of it: for good, or until a reminder. */
function inboxStatuses(): (event: Event) => Change[] {
  let isOut = false;
  return ({ type, source }) => {
    // A message that comes in brings a conversation back; the vendor does not always note that as well.
    const comesBack = type === 'inbound' && isOut;
    const to = comesBack ? 'open' : WORDS.moved(type);
    if (to === null) return [];
    isOut = to !== 'open';
    return [{ kind: 'status', to: isOut && kindOf(source) === 'reminder' ? 'pending' : to }];
  };
}

/** Category that a change of the ticket status names, where it does. */
function toldStatus({ target }: Event, { statuses }: Desk): string | null {
  const to = partyOf(target);
  if (to === null) return null;
  return WORDS.category(to.category) ?? WORDS.category(statuses?.get(to.id ?? '')?.category);
}

function changesOf(event: Event): Change[] {
  const target = partyOf(event.target);
  switch (event.type) {
    case 'assign':
      return target?.id == null ? [] : [{ kind: 'assignee', to: target.id }];
    case 'unassign':
      return [{ kind: 'assignee', to: null }];
    case 'move': {
      const [inbox] = inboxesOf(event);
      return inbox === undefined ? [] : [{ kind: 'group', to: inbox }];
    }
    case 'tag':
      return target?.name == null ? [] : [{ kind: 'tag', from: null, to: target.name }];
    case 'untag':
      return target?.name == null ? [] : [{ kind: 'tag', from: target.name, to: null }];
    case 'trash':
      return [{ kind: 'delete', from: null, to: 'deleted' }];
    case 'restore':
      return [{ kind: 'delete', from: 'deleted', to: null }];
    default:
      return [];
  }
}

/** Conversations that were merged into this one. The vendor shows nothing but their ids any more. */
export function mergedAway(row: Conversation, events: readonly Event[]): { ticket: Ticket[]; event: TicketEvent[] } {
  const merged = events
    .filter(({ type }) => type === 'conversations_merged')
    .flatMap((event) =>
      idsOf(event.target).flatMap((id) => (id === row.id ? [] : [{ id, at: event.emitted_at, by: event.id }])),
    );
  return {
    ticket: merged.map(({ id, at }) => ({
      ...blank('ticket'),
      id,
      created_at: at,
      status: 'closed',
      merged_into: row.id,
      deleted: false,
      spam: false,
      test: false,
    })),
    event: merged.map(
      ({ id, at, by }): TelemetryRecord<'event'> => ({
        ...blank('event'),
        id: `${id}:${by}:merge`,
        ticket_id: id,
        at,
        seq: 0,
        kind: 'merge',
        to_value: row.id,
        initial: false,
      }),
    ),
  };
}

/** Ids of a target: texts, or records with an id, in a list or under `ids`. */
function idsOf(side: Side): string[] {
  const data = side?.data ?? null;
  const list = Array.isArray(data)
    ? data
    : (valueAt(data, 'ids') ?? valueAt(data, 'deleted_conversation_ids') ?? [data]);
  return (Array.isArray(list) ? list : []).flatMap((one) => {
    const id = MaybeId.safeParse(typeof one === 'object' && one !== null ? valueAt(one, 'id') : one);
    return id.data ?? [];
  });
}
