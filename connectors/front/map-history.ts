import type { TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { type Change, toEvents } from '../../src/kit/records/history.ts';
import { type Desk, seatOf } from './desk.ts';
import { type Conversation, type Event, Party, type Side } from './schema.ts';
import { WORDS } from './words.ts';

const kindOf = (side: Side): string => (side?._meta?.type ?? '').toLowerCase();
/** Records of a side, as far as they are told. */
const partiesOf = (side: Side): Party[] => [side?.data].flat().flatMap((one) => Party.safeParse(one).data ?? []);
const idsOf = (side: Side): string[] => partiesOf(side).flatMap(({ id }) => id ?? []);

/** Oldest first. The vendor gives the newest first, so that of two at one instant the later one stands before the earlier. */
export function inOrder(events: readonly Event[]): Event[] {
  return events.toReversed().sort((a, b) => a.emitted_at.getTime() - b.emitted_at.getTime());
}

/** The inbox that an event names, of several the first: it came in there, went out there, or was moved there. */
function inboxOf({ type, source, target }: Event): string | null {
  const side = [type === 'move' ? target : null, source].find((one) => /^inbox/.test(kindOf(one ?? null)));
  return idsOf(side ?? null)[0] ?? null;
}

/** The inbox that a conversation began in, and the one that it is in. */
export function placesOf(events: readonly Event[]): { readonly first: string | null; readonly last: string | null } {
  const named = events.filter((event) => inboxOf(event) !== null);
  const opened = named.find(({ type }) => type !== 'move');
  const first = opened === undefined ? null : inboxOf(opened);
  const moved = named.findLast(({ type }) => type === 'move');
  return { first, last: moved === undefined ? first : inboxOf(moved) };
}

/** Messages that were sent on to somebody else than the customer. */
export function forwardedIn(events: readonly Event[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ type, target }) => (type === 'forward' ? idsOf(target) : [])));
}

/** When each link was put on the conversation, the first time. */
export function linkedAt(events: readonly Event[]): ReadonlyMap<string, Date> {
  const added = events.filter(({ type }) => type === 'link_added').toReversed();
  return new Map(added.flatMap(({ target, emitted_at: at }) => idsOf(target).map((id) => [id, at] as const)));
}

function doerOf({ source, type }: Event, desk: Desk): Pick<TicketEvent, 'actor' | 'actor_id' | 'rule_id'> {
  const [party = null] = partiesOf(source);
  if (kindOf(source) !== 'teammate') {
    const actor = type === 'inbound' ? 'customer' : WORDS.actor(kindOf(source));
    return { actor, actor_id: null, rule_id: actor === 'automation' ? (party?.id ?? null) : null };
  }
  const seat = seatOf(party, desk);
  if (seat === 'person') return { actor: 'agent', actor_id: party?.id ?? null, rule_id: null };
  return { actor: seat === null ? null : 'automation', actor_id: null, rule_id: null };
}

/** What happened to a conversation, from its events, oldest first. */
export function toHistory(
  row: Conversation,
  events: readonly Event[],
  isPartly: boolean,
  ticket: Ticket,
  desk: Desk,
): TicketEvent[] {
  const { pseudonymise, settings } = desk.context;
  // Its status is that of a ticket, which archiving does not move.
  const hasTicket = row.status_category !== null && events.some(isTicketStep);
  const status = { kind: 'status' as const, value: ticket.status };
  const statusOf = hasTicket ? ticketStatuses(row, events, desk) : inboxStatuses();
  return toEvents(
    {
      ticketId: row.id,
      createdAt: row.created_at,
      actor: ticket.created_by === 'machine' ? 'automation' : ticket.created_by,
      actor_id: null,
      present: [
        // Without a ticket a conversation begins in the inbox.
        hasTicket ? status : { ...status, born: 'open' },
        { kind: 'assignee', value: ticket.assignee_id },
        { kind: 'group', value: ticket.group_id, born: placesOf(events).first },
      ],
      isPartly,
      ...(row.tags === null ? {} : { tags: row.tags.map(({ name }) => name) }),
      keep: (tag) => keptTag(pseudonymise, settings.clearTags, tag),
    },
    events.map((event) => ({
      ...{ id: event.id, at: event.emitted_at },
      ...doerOf(event, desk),
      changes: [...statusOf(event), ...changesOf(event)],
    })),
  );
}

const isTicketStep = ({ type }: Event): boolean => type === 'ticket_status_update';

/** Statuses of a ticket. The last change came to what the ticket is now; of the others only those that name their status are told. */
function ticketStatuses(row: Conversation, events: readonly Event[], desk: Desk): (event: Event) => Change[] {
  const last = events.findLast(isTicketStep);
  let untold = false;
  return (event) => {
    if (!isTicketStep(event)) return [];
    const [named] = partiesOf(event.target);
    const told = WORDS.category(named?.category ?? desk.statuses?.get(named?.id ?? '')?.category);
    const to = told ?? (event === last ? WORDS.category(row.status_category) : null);
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
    const to = type === 'inbound' && isOut ? 'open' : WORDS.moved(type);
    if (to === null) return [];
    isOut = to !== 'open';
    return [{ kind: 'status', to: isOut && kindOf(source) === 'reminder' ? 'pending' : to }];
  };
}

/** What events change beside the status. */
function changesOf(event: Event): Change[] {
  const [target] = partiesOf(event.target);
  const { id = null, name = null } = target ?? {};
  const inbox = inboxOf(event);
  switch (event.type) {
    case 'assign':
      return id === null ? [] : [{ kind: 'assignee', to: id }];
    case 'unassign':
      return [{ kind: 'assignee', to: null }];
    case 'move':
      return inbox === null ? [] : [{ kind: 'group', to: inbox }];
    case 'tag':
      return name === null ? [] : [{ kind: 'tag', from: null, to: name }];
    case 'untag':
      return name === null ? [] : [{ kind: 'tag', from: name, to: null }];
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
  const merges = events.filter(({ type }) => type === 'conversations_merged');
  const merged = merges.flatMap(({ id: by, emitted_at: at, target }) => {
    // In what form the ids stand is not said.
    const ids = [...JSON.stringify(target?.data ?? null).matchAll(/"(cnv_\w+)"/g)].map(([, id = '']) => id);
    return [...new Set(ids)].filter((id) => id !== row.id).map((id) => ({ id, at, by }));
  });
  return {
    ticket: merged.map(({ id, at }) => ({
      ...blank('ticket'),
      ...{ id, created_at: at, status: 'closed', merged_into: row.id, deleted: false, spam: false, test: false },
    })),
    event: merged.map(({ id, at, by }): TelemetryRecord<'event'> => {
      const head = { ...blank('event'), id: `${id}:${by}:merge`, ticket_id: id, at, seq: 0, initial: false };
      return { ...head, kind: 'merge', to_value: row.id };
    }),
  };
}
