import { z } from 'zod';
import { available, orRefusal, probeCapability } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { Capability, ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { type Feed, joinMapped, pageOf } from '../../src/kit/feed/feed.ts';
import { writeSeconds } from '../../src/kit/feed/since.ts';
import { seesAny } from '../../src/kit/feed/visible-parts.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { VendorId } from '../../src/kit/vendor-schema.ts';
import { API, ARCHIVED_AFTER_S, type Context, lackedFields, PAGES, TICKET_LIST } from './account.ts';
import { loadAccount, mapTicket, TICKET_FILLS } from './map-ticket.ts';
import { Conversation, Ticket } from './schema.ts';

export const ALL_TICKETS = 'Give the agent of the key the scope "All tickets" (Admin > Team > Agents).';
export const ARCHIVE =
  'Freshdesk archives closed tickets after 120 days without activity and lists them no more: those that were archived before the first sync are not read. The setting `archive` reads them one by one.';

const CONVERSATIONS_REFUSED =
  'Conversations of archived tickets are refused. Give the agent of the key a role that may see tickets whole.';

/** Numbers that tell whether the archive is shown. */
const SAMPLED = 12;
/** Numbers that are asked for between two checkpoints. */
const NUMBERS = 100;

const Numbered = z.looseObject({ id: VendorId });

/** Numbers from `next` downwards are still to be asked for; null = none was yet. Whole at `to`, null = never yet. */
const State = z.strictObject({ next: z.int().nonnegative().nullable(), to: z.iso.datetime().nullable() });
type State = z.infer<typeof State>;
const BEGIN: State = { next: null, to: null };

const FEED = 'archived-tickets';
const codec = checkpointCodec(FEED, State, BEGIN);

/**
 * Numbers are answered alike where nothing is archived and where the call is not open: the archive shows something where some number of a sample over all of them is an archived ticket.
 * Without their conversations tickets would look unanswered, and are not read.
 */
async function probe(context: Context): Promise<Capability> {
  if (!context.settings.archive) return { status: 'absent', detail: 'The setting `archive` reads archived tickets.' };
  if (!(await context.session.archives()))
    return { status: 'absent', detail: 'No archived tickets are asked for, or this account archives none.' };
  return probeCapability(
    async () => {
      const sample = await readSample(context);
      if (sample.length === 0)
        return { status: 'absent', detail: 'Of the numbers looked at none is an archived ticket.' };
      const asks = sample.map((row) => ({ path: conversationsOf(row) }));
      if (!(await seesAny(context, asks))) return { status: 'permission', detail: CONVERSATIONS_REFUSED };
      return available({ showsArchived: true, lacks: await lackedFields(context) });
    },
    { permission: ALL_TICKETS },
  );
}

/** Archived tickets among some numbers from the first to the newest. */
async function readSample(context: Context): Promise<readonly Ticket[]> {
  const newest = (await newestNumber(context)) ?? 0;
  const numbers = Array.from({ length: SAMPLED }, (_, i) => Math.ceil((newest * (i + 1)) / SAMPLED));
  const { kept } = await readNumbers(context, newest === 0 ? [] : [...new Set(numbers)]);
  return kept;
}

const conversationsOf = ({ id }: Ticket): string => `${API}/tickets/archived/${id}/conversations`;

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
  probe,
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
      path: conversationsOf,
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
    const ask = { path: `${API}/tickets/archived/${number}`, query, schema: z.unknown(), signal };
    return orRefusal(() => http.getJson(ask), [404]);
  });
  const rows = found.flatMap((one) => (one.found === null || one.found.empty ? [] : [one.found.data]));
  return parseEach(Ticket, rows, FEED);
}

/** Greatest number of the newest live tickets; null where none is live. */
async function newestNumber({ http, settings, signal }: Context): Promise<number | null> {
  const query = {
    order_by: 'created_at',
    order_type: 'desc',
    updated_since: writeSeconds(startAt(settings)),
    per_page: 100,
  };
  const path = `${API}/tickets`;
  const { data } = await http.getJson({ path, query, quota: TICKET_LIST, schema: z.array(z.unknown()), signal });
  const numbers = parseEach(Numbered, data, FEED).kept.map(({ id }) => Number(id));
  return numbers.filter(Number.isSafeInteger).reduce<number | null>((most, id) => Math.max(most ?? 0, id), null);
}
