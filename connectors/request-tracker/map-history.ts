import type { SetAside } from '../../src/domain/observability.ts';
import type { Message, TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { becomesEscalated } from '../../src/kit/recognise-escalation.ts';
import { type MessageMarks, NO_MARKS } from './headers.ts';
import type { CastMember, HistoryContext } from './map-context.ts';
import { type CodeHistory, LONGEST_CODE, replayCodes } from './map-fields.ts';
import { currentStatus, mapTicket, setAside } from './map-ticket.ts';
import type { TicketRow, TransactionRow } from './schema.ts';
import { linkTarget, rankText, statusOf } from './words.ts';

export interface TicketHistory {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly messages: readonly Message[];
  readonly links: readonly TelemetryRecord<'link'>[];
  readonly rejected: readonly SetAside[];
}

/** Seconds between the link to an article and the reply that it was put into; RT writes both in one request. */
const ARTICLE_WINDOW_S = 120;

/**
 * One ticket with all that was recorded about it. `transactions` are those of the ticket in ascending id. Those after `until`
 * belong to the next sync, yet they tell what the values were before, so they are looked at for the values at creation.
 * Rows of kinds that say nothing about the course of the case (watchers, subject, reminders, ...) are left out.
 */
export function mapHistory(
  row: TicketRow,
  transactions: readonly TransactionRow[],
  marks: ReadonlyMap<string, MessageMarks>,
  isPartly: boolean,
  context: HistoryContext,
): TicketHistory {
  const recorded = withoutOwnerTwins(transactions);
  const known = recorded.filter((one) => one.Created.getTime() <= context.until.getTime());
  const creation = known.find((one) => one.Type === 'Create') ?? null;
  const creator = context.castOf(creation?.Creator ?? null, row);
  const creationMarks = creation === null ? NO_MARKS : (marks.get(creation.id) ?? NO_MARKS);
  const history: Course = {
    row,
    context,
    events: [],
    messages: [],
    links: [],
    rejected: [],
    codes: replayCodes(row, recorded, context.settings),
  };
  // Without some of the changes the values at creation cannot be worked back.
  if (creation !== null && !isPartly) addInitialValues(history, creation, creator, recorded);
  for (const [index, one] of known.entries()) addTransaction(history, one, index, marks.get(one.id) ?? NO_MARKS);
  if (context.settings.articleLinks) attachArticles(history, known);
  return {
    ticket: mapTicket(row, creator, creationMarks, context),
    events: history.events,
    messages: history.messages,
    links: history.links,
    rejected: history.rejected,
  };
}

interface Course {
  readonly row: TicketRow;
  readonly context: HistoryContext;
  readonly events: TicketEvent[];
  readonly messages: Message[];
  readonly links: TelemetryRecord<'link'>[];
  readonly rejected: SetAside[];
  readonly codes: CodeHistory;
}

const OWNER_TYPES = new Set(['Take', 'Untake', 'Steal', 'Give', 'Force', 'Set', 'SetWatcher']);

function isOwnerChange(one: TransactionRow): boolean {
  return OWNER_TYPES.has(one.Type) && (one.Field === 'Owner' || (one.Field === null && one.Type !== 'Set'));
}

/** RT 5 records one change of owner twice, as `Set` and as `SetWatcher`; an owner cannot leave twice without coming back. */
function withoutOwnerTwins(transactions: readonly TransactionRow[]): TransactionRow[] {
  let last: string | null = null;
  return transactions.filter((one) => {
    if (!isOwnerChange(one)) return true;
    const change = `${one.OldValue} ${one.NewValue}`;
    const twin = change === last;
    last = change;
    return !twin;
  });
}

/** The value at creation is what the first change found, else what is there now. */
function addInitialValues(
  course: Course,
  creation: TransactionRow,
  creator: CastMember | null,
  transactions: readonly TransactionRow[],
): void {
  const { row, context } = course;
  const first = (test: (one: TransactionRow) => boolean): TransactionRow | undefined => transactions.find(test);
  const status = first((one) => one.Type === 'Status');
  const queue = first((one) => one.Type === 'Set' && one.Field === 'Queue');
  const priority = first((one) => one.Type === 'Set' && one.Field === 'Priority');
  const owner = first(isOwnerChange);
  const values: [TicketEvent['kind'], string | null][] = [
    [
      'status',
      status?.OldValue === undefined || status.OldValue === null
        ? currentStatus(row, context)
        : statusOf(status.OldValue, context.settings),
    ],
    ['group', queue?.OldValue ?? row.Queue?.id ?? null],
    [
      'priority',
      rankText(priority === undefined ? (row.Priority?.toString() ?? null) : priority.OldValue, context.settings),
    ],
    ['assignee', owner === undefined ? context.ownerId(row.Owner) : ownerOf(owner.OldValue)],
  ];
  const fields = [...course.codes.initial].map(([field, value]) => ({ kind: 'field' as const, field, value }));
  for (const [seq, { kind, field, value }] of [
    ...values.map(([kind, value]) => ({ kind, field: null, value })),
    ...fields,
  ].entries()) {
    if (value === null) continue;
    course.events.push({
      ...eventOf(course, creation, seq, creator),
      id: `${row.id}-initial-${field ?? kind}`,
      kind,
      field,
      to_value: value,
      initial: true,
    });
  }
}

/** Order numbers of changes begin behind those of the values at creation. */
const SEQ_OFFSET = 10;

function addTransaction(course: Course, one: TransactionRow, index: number, marks: MessageMarks): void {
  const actor = course.context.castOf(one.Creator, course.row);
  const event = eventOf(course, one, index + SEQ_OFFSET, actor);
  if (isOwnerChange(one)) {
    addOwnerChange(course, one, event);
    return;
  }
  switch (one.Type) {
    case 'Create':
    case 'Correspond':
    case 'Comment':
    case 'EmailRecord':
      addMessage(course, one, actor, marks);
      break;
    case 'Status':
      addStatusChange(course, one, event);
      break;
    case 'Set':
      addSet(course, one, event);
      break;
    case 'CustomField':
      addFieldChange(course, one, event);
      break;
    case 'AddLink':
    case 'DeleteLink':
      addLink(course, one, event);
      break;
    default:
      break;
  }
}

function eventOf(course: Course, one: TransactionRow, seq: number, actor: CastMember | null): TicketEvent {
  return {
    ...blank('event'),
    id: one.id,
    ticket_id: course.row.id,
    at: one.Created,
    seq,
    kind: 'field',
    initial: false,
    actor: actor === null || actor.kind === null ? null : ACTORS[actor.kind],
    actor_id: actor?.kind === 'agent' ? actor.id : null,
  };
}

/** Scrips act as RT_System, so a change by it is a rule of the desk. */
const ACTORS = { system: 'automation', machine: 'system', agent: 'agent', customer: 'customer' } as const;

function ownerOf(value: string | null): string | null {
  return value === null || value === '' || value === '6' || value === '0' ? null : value;
}

function addOwnerChange(course: Course, one: TransactionRow, event: TicketEvent): void {
  const from = ownerOf(one.OldValue);
  const to = ownerOf(one.NewValue);
  if (from !== to) course.events.push({ ...event, kind: 'assignee', from_value: from, to_value: to });
}

/** A mark whose clear name says escalation, as an event of its own beside the ordinary one. */
function addEscalation(course: Course, event: TicketEvent, term: string): void {
  course.events.push({ ...event, id: `${event.id}-escalation`, kind: 'escalation', to_value: term });
}

function addStatusChange(course: Course, one: TransactionRow, event: TicketEvent): void {
  const { settings } = course.context;
  if (becomesEscalated(null, one.OldValue, one.NewValue)) addEscalation(course, event, `state:${one.NewValue}`);
  if (one.NewValue?.toLowerCase() === 'deleted') {
    course.events.push({ ...event, kind: 'delete' });
    return;
  }
  const from = one.OldValue === null ? null : statusOf(one.OldValue, settings);
  const to = one.NewValue === null ? null : statusOf(one.NewValue, settings);
  if (to === null || (from === null && one.OldValue !== null)) {
    course.rejected.push(
      setAside(
        one.id,
        to === null ? 'NewValue' : 'OldValue',
        'expected a status word that settings.statuses names, found string',
      ),
    );
    return;
  }
  course.events.push({ ...event, kind: 'status', from_value: from, to_value: to });
}

function addSet(course: Course, one: TransactionRow, event: TicketEvent): void {
  const { settings } = course.context;
  switch (one.Field) {
    case 'Queue':
      course.events.push({ ...event, kind: 'group', from_value: one.OldValue, to_value: one.NewValue });
      return;
    case 'Priority': {
      const from = rankText(one.OldValue, settings);
      const to = rankText(one.NewValue, settings);
      if (from !== to) course.events.push({ ...event, kind: 'priority', from_value: from, to_value: to });
      return;
    }
    case 'SLA':
      course.events.push({ ...event, field: 'sla', from_value: one.OldValue, to_value: one.NewValue });
      return;
    case 'Due':
      course.events.push({
        ...event,
        field: 'due',
        from_value: dateText(one.OldValue),
        to_value: dateText(one.NewValue),
      });
      return;
    default:
      return;
  }
}

/** Dates in transactions are the database's own text, UTC: `2026-01-01 10:00:00`. */
function dateText(value: string | null): string | null {
  const found = /^(\d{4})-(\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z?$/.exec(value ?? '');
  return found === null || found[1] === '1970' ? null : `${found[1]}-${found[2]}T${found[3]}Z`;
}

/**
 * Fields that the settings name carry codes, which are kept. Values of all others can be prose, so they are kept as keyed hashes: enough
 * to see that and how often something changed.
 */
function addFieldChange(course: Course, one: TransactionRow, event: TicketEvent): void {
  const code = course.codes.changes.get(one.id);
  if (code === null) return;
  if (code !== undefined) {
    if (marksEscalation(course.row, one)) addEscalation(course, event, `field:${code.field}=${code.to}`);
    course.events.push({ ...event, field: code.field, from_value: code.from, to_value: code.to });
    return;
  }
  const hashed = (value: string | null): string | null =>
    value === null ? null : course.context.pseudonymise('reference', `cf.${one.Field}:${value}`);
  if (marksEscalation(course.row, one)) addEscalation(course, event, `field:cf.${one.Field}=${hashed(one.NewValue)}`);
  course.events.push({
    ...event,
    field: one.Field === null ? null : `cf.${one.Field}`,
    from_value: hashed(one.OldValue),
    to_value: hashed(one.NewValue),
  });
}

/** Values are looked at in clear, by the name of their field; anything longer than a code is prose. */
function marksEscalation(row: TicketRow, { Field, OldValue, NewValue }: TransactionRow): boolean {
  if (NewValue !== null && NewValue.length > LONGEST_CODE) return false;
  return becomesEscalated(row.CustomFields?.find((one) => one.id === Field)?.name ?? null, OldValue, NewValue);
}

function addLink(course: Course, one: TransactionRow, event: TicketEvent): void {
  const uri = one.Type === 'AddLink' ? one.NewValue : one.OldValue;
  if (uri === null) return;
  const target = linkTarget(uri);
  if (one.Field === 'MergedInto') {
    // The survivor gets the same row, pointing at itself.
    if (target.kind === 'ticket' && target.id !== course.row.id)
      course.events.push({ ...event, kind: 'merge', to_value: target.id });
    return;
  }
  const key =
    target.kind === 'ticket'
      ? target.id
      : target.kind === 'article'
        ? `article:${target.id}`
        : course.context.pseudonymise('reference', target.key);
  const added = one.Type === 'AddLink';
  course.events.push({ ...event, kind: 'link', from_value: added ? null : key, to_value: added ? key : null });
  if (!added || target.kind === 'article') return;
  course.links.push({
    ...blank('link'),
    id: one.id,
    ticket_id: course.row.id,
    kind: target.kind === 'issue' ? 'issue' : 'related',
    system: target.kind === 'ticket' ? null : target.system,
    target_key: key,
    linked_at: one.Created,
  });
}

/**
 * Create and Correspond are public, Comment is internal. EmailRecord only logs what went out, with one exception: the automatic
 * acknowledgement has no other trace. Whoever wrote as requestor wrote as customer, member of the desk or not.
 */
function addMessage(course: Course, one: TransactionRow, actor: CastMember | null, marks: MessageMarks): void {
  const acknowledges = one.Type === 'EmailRecord';
  if (acknowledges && (marks.automatic !== 'replied' || actor?.kind !== 'system')) return;
  const author = authorOf(actor, marks);
  course.messages.push({
    ...blank('message'),
    id: one.id,
    ticket_id: course.row.id,
    at: one.Created,
    seq: course.messages.length,
    author,
    author_id: author === 'agent' ? (actor?.id ?? null) : null,
    public: one.Type !== 'Comment',
    channel: acknowledges ? 'email' : marks.channel,
    auto_reply: one.Type !== 'Create' && author === 'machine',
    article_ids: author === 'agent' && course.context.settings.articleLinks ? [] : null,
    through_api: acknowledges || marks.channel === null ? null : marks.channel === 'api',
  });
}

function authorOf(actor: CastMember | null, marks: MessageMarks): Message['author'] {
  if (actor === null) return null;
  if (actor.kind === 'system' || actor.kind === 'machine' || marks.automatic !== null) return 'machine';
  return actor.isRequester ? 'customer' : actor.kind;
}

function attachArticles(course: Course, transactions: readonly TransactionRow[]): void {
  for (const one of transactions) {
    if (one.Type !== 'AddLink' || one.NewValue === null) continue;
    const target = linkTarget(one.NewValue);
    if (target.kind !== 'article') continue;
    const distance = (message: Message): number => Math.abs(message.at.getTime() - one.Created.getTime());
    const [nearest] = course.messages
      .filter((message) => message.author_id !== null && message.author_id === one.Creator?.id)
      .filter((message) => distance(message) <= ARTICLE_WINDOW_S * 1000)
      .sort((a, b) => distance(a) - distance(b) || a.seq - b.seq);
    if (nearest?.article_ids && !nearest.article_ids.includes(target.id)) nearest.article_ids.push(target.id);
  }
}
