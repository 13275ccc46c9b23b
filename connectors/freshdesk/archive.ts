import { z } from 'zod';
import { available, orRefusal, probeCapability } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { type Feed, joinMapped, pageOf } from '../../src/kit/feed/feed.ts';
import { writeSeconds } from '../../src/kit/feed/since.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { VendorId } from '../../src/kit/vendor-schema.ts';
import { API, ARCHIVED_AFTER_S, type Context, lackedFields, PAGES, TICKET_LIST } from './account.ts';
import { loadAccount, mapTicket, TICKET_FILLS } from './map-ticket.ts';
import { Conversation, Ticket } from './schema.ts';

export const ALL_TICKETS = 'Give the agent of the key the scope "All tickets" (Admin > Team > Agents).';
export const ARCHIVE =
  'Freshdesk archives closed tickets after 120 days without activity and lists them no more: those that were archived before the first sync are not read. The setting `archive` reads them one by one.';

const Numbered = z.looseObject({ id: VendorId });

/** Numbers that are asked for between two checkpoints. */
const NUMBERS = 100;

/** Numbers from `next` downwards are still to be asked for; null = none was yet. Whole at `to`, null = never yet. */
const State = z.strictObject({ next: z.int().nonnegative().nullable(), to: z.iso.datetime().nullable() });
type State = z.infer<typeof State>;
const BEGIN: State = { next: null, to: null };

const FEED = 'archived-tickets';
const codec = checkpointCodec(FEED, State, BEGIN);

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
    if (!(await context.session.archives()))
      return { status: 'absent', detail: 'This account has archived no tickets that are asked for.' };
    return probeCapability(
      async () =>
        (await newestNumber(context)) === null
          ? { status: 'absent', detail: 'No ticket is live, whose number would tell where to begin.' }
          : available({ showsArchived: true, lacks: await lackedFields(context) }),
      { permission: ALL_TICKETS },
    );
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

/** Whether tickets may have been closed and archived unread since the archive was last whole. */
function hasGap({ to }: State, until: Date): boolean {
  return to !== null && Date.parse(to) < until.getTime() - 1000 * ARCHIVED_AFTER_S;
}

/** Archived tickets from a number downwards, to the first number, or to so many that are all older than `since`. */
async function* walkDown(context: Context, first: number): AsyncGenerator<{ read: ConnectorPage; next: number }> {
  const start = startAt(context.settings);
  for (let top = first; top > 0; top -= NUMBERS) {
    const { tickets, rejected } = await readArchived(context, top);
    const due = tickets.filter((row) => (row.updated_at ?? row.created_at) >= start);
    if (tickets.length > 0 && due.length === 0) return;
    const below = await readChildren(context, FEED, due, {
      path: (row) => `${API}/tickets/archived/${row.id}/conversations`,
      page: PAGES,
      rows: Conversation,
    });
    const account = await loadAccount(context);
    const mapped = joinMapped(due.map((row) => mapTicket(row, below.of.get(row) ?? null, 'all', account)));
    const read = pageOf(mapped, [...rejected, ...below.rejected], tickets.length);
    yield { read, next: Math.max(0, top - NUMBERS) };
  }
}

/** Tickets with the numbers from `top` downwards, as far as they are archived. Errors: those of the client. */
async function readArchived(context: Context, top: number) {
  const { http, signal } = context;
  const numbers = Array.from({ length: Math.min(NUMBERS, top) }, (_, i) => top - i);
  const found = await each(numbers, (number) =>
    orRefusal(
      () =>
        http.getJson({
          path: `${API}/tickets/archived/${number}`,
          query: { include: 'stats' },
          schema: z.unknown(),
          signal,
        }),
      [404],
    ),
  );
  const { kept, rejected } = parseEach(
    Ticket,
    found.flatMap((one) => (one.found === null || one.found.empty ? [] : [one.found.data])),
    FEED,
  );
  return { tickets: kept, rejected };
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
