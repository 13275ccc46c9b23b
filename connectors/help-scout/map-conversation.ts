import type { Message, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { ARTICLE_LINK, type Desk, isList, isMachine } from './account.ts';
import { savedReplyId } from './map-config.ts';
import { toHistory } from './map-history.ts';
import type { Conversation, Thread } from './schema.ts';
import { isByRule, isUnsent, VENDOR_USER, WORDS } from './words.ts';

/** Records of one conversation, none of a draft that nobody has sent; `threads` null = it was gone when they were asked for. `organisation` is that of its customer. */
export function mapConversation(
  row: Conversation,
  threads: readonly Thread[] | null,
  isPartly: boolean,
  organisation: string | null,
  desk: Desk,
): Mapped {
  const told = (threads ?? []).filter((one) => !isUnsent(one.state)).toSorted(inOrder);
  if (/^draft$/i.test(row.state ?? '') && threads !== null && told.length === 0) return {};
  const said = told.filter(isSaid);
  const { events, group } = toHistory(row, threads === null ? null : told, isPartly, desk);
  return {
    ticket: [toTicket(row, said, { group, organisation }, desk)],
    event: events,
    message: said.map((one, seq) => toMessage(one, seq, row, desk)),
    link: said.flatMap((one) =>
      issueLinksIn(one.body, { id: one.id, ticketId: row.id, at: one.createdAt }, desk.context.pseudonymise),
    ),
  };
}

/** Oldest first; ids grow, also beyond what a number holds. */
function inOrder(a: Thread, b: Thread): number {
  const byId = a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
  return a.createdAt.getTime() - b.createdAt.getTime() || byId;
}

/** Lines about what happened are no messages; of a kind that is not known yet only what customers wrote is one. */
function isSaid(one: Thread): boolean {
  const kind = WORDS.thread(one.type);
  return kind === null ? WORDS.side(one.createdBy?.type) === 'customer' : kind !== 'line';
}

function toTicket(
  row: Conversation,
  said: readonly Thread[],
  found: { readonly group: string | null; readonly organisation: string | null },
  desk: Desk,
): Ticket {
  const { context, codes } = desk;
  const customer = row.primaryCustomer?.id ?? null;
  const [first] = said;
  const creator = creatorOf(row, first, desk);
  const byTeam = /^team$/i.test(row.assignee?.type ?? '');
  const assignee = row.assignee?.id ?? null;
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.createdAt,
    updated_at: row.userUpdatedAt,
    // A word that is not known yet is no end.
    status: WORDS.status(row.status) ?? 'open',
    vendor_status: row.status,
    channel: channelOf(row),
    vendor_channel: row.source?.type ?? row.type,
    group_id: found.group,
    assignee_id: byTeam || assignee === VENDOR_USER ? null : assignee,
    requester_key: customer === null ? null : context.pseudonymise('requester', customer),
    organisation_id: found.organisation,
    brand: row.mailboxId,
    ...codeColumns(codes, (name) => codeIn(row, name, desk)),
    created_by: creator,
    // Whoever opens it for a customer writes down what the customer said, or logs a call.
    created_on_behalf:
      creator === null || first === undefined
        ? null
        : creator !== 'customer' && /^(?:customer|phone)$/i.test(first.type ?? ''),
    deleted: /^deleted$/i.test(row.state ?? ''),
    spam: /^spam$/i.test(row.status ?? ''),
    test: false,
    tags:
      row.tags === null
        ? null
        : keptTags(
            context.pseudonymise,
            context.settings.clearTags,
            row.tags.map(({ tag }) => tag),
          ),
    filled_fields: filledIn(row),
    reported_closed_at: row.closedAt,
  };
}

function filledIn({ customFields }: Conversation): string[] | null {
  const filled = customFields?.filter(({ value, text }) => value !== null || text !== null);
  return filled?.map(({ id }) => id).sort() ?? null;
}

function creatorOf(row: Conversation, first: Thread | undefined, desk: Desk): Ticket['created_by'] {
  const side = WORDS.side(row.createdBy?.type) ?? WORDS.side(row.source?.via);
  if (side === null) return first === undefined ? null : authorOf(first, desk);
  if (side === 'customer') return 'customer';
  const id = row.createdBy?.id ?? null;
  return side === 'machine' || id === VENDOR_USER || isMachine(id, desk) ? 'machine' : 'agent';
}

/** How it came: chats and calls by their kind, what a person at the desk began by what it is (a mail), else by its source. */
function channelOf({ type, source }: Conversation): Ticket['channel'] {
  const kind = WORDS.kind(type);
  if (kind !== null) return kind;
  const word = source?.type ?? null;
  const known = WORDS.channel(word);
  if (known !== null) return known;
  if (/^email$/i.test(type ?? '') && /^(?:web|mobile)$/i.test(word ?? '')) return 'email';
  return word === null && type === null ? null : (WORDS.channel(word ?? type) ?? 'other');
}

/** The label of the option that is chosen: only values of lists are codes, others may be free text; a field that people named is taken at its word. */
function codeIn(row: Conversation, name: string, { fields, context }: Desk): string | null {
  const stated = Object.values(context.settings.fields).includes(name);
  const cell = row.customFields?.find((one) => one.name?.toLowerCase() === name.toLowerCase());
  const field = fields.find(({ id }) => id === cell?.id);
  if (cell === undefined || !(stated || (field !== undefined && isList(field)))) return null;
  return cell.text ?? field?.options.find(({ id }) => id === cell.value)?.label ?? (stated ? cell.value : null);
}

/** Who wrote a thread. What goes out in the vendor's name or by a rule is a machine's. */
function authorOf(one: Thread, desk: Desk): Message['author'] {
  if (/^customer$/i.test(one.type ?? '')) return 'customer';
  const side = WORDS.side(one.createdBy?.type);
  if (isByRule(one.action?.type) || side === 'machine') return 'machine';
  if (side === null || side === 'customer') return side;
  const id = one.createdBy?.id ?? null;
  return id === VENDOR_USER || isMachine(id, desk) ? 'machine' : 'agent';
}

function toMessage(one: Thread, seq: number, row: Conversation, desk: Desk): Message {
  const author = authorOf(one, desk);
  const kind = WORDS.thread(one.type);
  const writer = one.createdBy?.id ?? null;
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.createdAt,
    seq,
    author,
    author_id: author === 'agent' ? writer : null,
    // A forward goes to somebody else.
    public: kind !== 'note' && kind !== 'forward',
    channel: kind === 'note' ? null : channelOf({ ...row, source: one.source ?? row.source }),
    // An AI agent answers what was asked; a rule does not.
    auto_reply: author === 'machine' && !(writer !== null && desk.systemUsers?.has(writer) === true),
    template_id: one.savedReplyId === null ? null : savedReplyId(one.savedReplyId),
    article_ids: articlesIn(one.body, desk),
    ...promiseIn(one.body, author),
    through_api: one.source?.type == null ? null : /^(?:core)?api$/i.test(one.source.type),
  };
}

/** Articles that a text links to; of a site of the vendor that Docs did not show, their numbers. */
function articlesIn(text: string | null, { articles }: Desk): string[] | null {
  const links = articleIdsIn(text, ARTICLE_LINK);
  if (links === null || articles === null) return null;
  const ids = links.flatMap((link) => {
    const known = articles.get(link.toLowerCase());
    if (known !== undefined) return known;
    return /^[\w-]+\.helpscoutdocs\.com\//i.test(link) ? link.slice(link.lastIndexOf('/') + 1) : [];
  });
  return [...new Set(ids)].sort();
}
