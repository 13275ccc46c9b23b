import { z } from 'zod';
import { available, orRefusal, probeCapability } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { Capability, ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { type Feed, joinMapped, pageOf } from '../../src/kit/feed/feed.ts';
import { seesAny } from '../../src/kit/feed/visible-parts.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { ARCHIVED_AFTER_S, archivedPath, type Context, lackedFields, PAGES } from './account.ts';
import { loadAccount, mapTicket, TICKET_FILLS } from './map-ticket.ts';
import { Conversation, Ticket } from './schema.ts';

export const ALL_TICKETS = 'Give the agent of the key the scope "All tickets" (Admin > Team > Agents).';
export const ARCHIVE =
  'Freshdesk archives closed tickets after 120 days without activity and lists them no more: those that were archived before the first sync are not read. The setting `archive` reads them one by one.';

const CONVERSATIONS_REFUSED =
  'Conversations of archived tickets are refused. Give the agent of the key a role that may see tickets whole.';

/** Numbers that are asked for between two checkpoints. */
const NUMBERS = 100;

/** Numbers from `next` downwards are still to be asked for; null = none was yet. Whole at `to`, null = never yet. */
const State = z.strictObject({ next: z.int().nonnegative().nullable(), to: z.iso.datetime().nullable() });
type State = z.infer<typeof State>;
const BEGIN: State = { next: null, to: null };

const FEED = 'archived-tickets';
const codec = checkpointCodec(FEED, State, BEGIN);

/** Without their conversations tickets would look unanswered, and are not read. */
async function look(context: Context): Promise<Capability> {
  const archive = await context.session.archive();
  if (archive.kind === 'none')
    return { status: 'absent', detail: 'No archived tickets are asked for, or this account has archived none.' };
  if (archive.kind === 'hidden') return { status: 'permission', detail: ALL_TICKETS };
  if (!(await seesAny(context, [{ path: conversationsOf(archive.number) }])))
    return { status: 'permission', detail: CONVERSATIONS_REFUSED };
  return available({ showsArchived: true, lacks: await lackedFields(context) });
}

const conversationsOf = (number: number): string => `${archivedPath(number)}/conversations`;

/**
 * Tickets that the vendor archived before it was first asked. It lists them nowhere and shows each by its number, and numbers rise with the creation: they are asked for
 * from the newest ticket downwards, as far as `since` or to the first. What is archived later was read while it was live; only after a pause longer than it
 * takes to be archived are they all asked for again.
 */
export const archivedTickets: Feed<Context> = {
  id: FEED,
  title: 'Archived tickets with their conversations',
  kind: 'history',
  adds: true,
  provides: TICKET_FILLS,
  async probe(context) {
    if (!context.settings.archive) return { status: 'absent', detail: 'The setting `archive` reads archived tickets.' };
    return probeCapability(() => look(context), { permission: ALL_TICKETS });
  },
  async *read(context, checkpoint) {
    const known = codec.read(checkpoint);
    const state = hasGap(known, context.until) ? BEGIN : known;
    const first = state.to === null ? (state.next ?? (await newestNumber(context))) : 0;
    if (first === null) return;
    for await (const { read, next } of walkDown(context, first))
      yield { ...read, checkpoint: codec.write({ next, to: null }) };
    yield pageOf({}, [], 0, codec.write({ next: 0, to: context.until.toISOString() }));
  },
};

/** Where the walk begins; null where nothing is shown. */
async function newestNumber({ session }: Context): Promise<number | null> {
  const archive = await session.archive();
  return archive.kind === 'shown' ? archive.newest : null;
}

/** Whether tickets may have been closed and archived unread since the archive was last whole. */
function hasGap({ to }: State, until: Date): boolean {
  return to !== null && Date.parse(to) < until.getTime() - 1000 * ARCHIVED_AFTER_S;
}

/** Archived tickets from a number downwards, to the first number, or to so many that are all older than `since`. */
async function* walkDown(context: Context, first: number): AsyncGenerator<{ read: ConnectorPage; next: number }> {
  const start = startAt(context.settings);
  for (let top = first; top > 0; top -= NUMBERS) {
    const numbers = Array.from({ length: Math.min(NUMBERS, top) }, (_, i) => top - i);
    const { kept: tickets, rejected } = await readNumbers(context, numbers);
    const due = tickets.filter((row) => (row.updated_at ?? row.created_at) >= start);
    if (tickets.length > 0 && due.length === 0) return;
    const below = await readChildren(context, FEED, due, {
      path: ({ id }) => conversationsOf(Number(id)),
      page: PAGES,
      rows: Conversation,
    });
    const account = await loadAccount(context);
    const mapped = joinMapped(due.map((row) => mapTicket(row, below.of.get(row) ?? null, 'all', account)));
    const read = pageOf(mapped, [...rejected, ...below.rejected], tickets.length);
    yield { read, next: Math.max(0, top - NUMBERS) };
  }
}

/** Tickets with these numbers, as far as they are archived. Errors: those of the client. */
async function readNumbers({ http, signal }: Context, numbers: readonly number[]): Promise<Parsed<Ticket>> {
  const query = { include: 'stats' };
  const found = await each(numbers, (number) => {
    const ask = { path: archivedPath(number), query, schema: z.unknown(), signal };
    return orRefusal(() => http.getJson(ask), [404]);
  });
  const rows = found.flatMap((one) => (one.found === null || one.found.empty ? [] : [one.found.data]));
  return parseEach(Ticket, rows, FEED);
}
