import { z } from 'zod';
import { available, orRefusal, probeCapability } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { type Feed, pageOf } from '../../src/kit/feed/feed.ts';
import { askPage, walkPages } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { API, type Context, codesOf, pagesOf, scope, unseenBy } from './account.ts';
import { mapTickets, TICKET_FILLS } from './read-tickets.ts';
import { Ticket } from './schema.ts';

const FEED = { id: 'archived-tickets', title: 'Archived tickets', kind: 'history', adds: true } as const;
const PLACE = { at: 'data', place: FEED.id };
const PAGE = pagesOf(50);
const WORDS = { permission: scope('tickets', 'search'), absent: 'This desk has no archive.' };

/** Departments whose archive was read: what is archived later was read while it was live. */
const codec = checkpointCodec(FEED.id, z.strictObject({ done: z.array(z.string()) }), { done: [] });

const archiveOf = (departmentId: string) =>
  PAGE.first({ path: `${API}/tickets/archivedTickets`, query: { departmentId } });
const departmentsOf = async ({ session }: Context) => [...((await session.departments())?.keys() ?? [])];

/** Tickets that were archived before the first sync, department by department, each once: archived tickets do not change. */
export const archived: Feed<Context> = {
  ...FEED,
  provides: TICKET_FILLS,
  async probe(context) {
    const [first] = await departmentsOf(context);
    if (first === undefined) return { status: 'permission', detail: scope('settings', 'basic') };
    return probeCapability(async () => {
      await askPage(context, archiveOf(first), PLACE);
      const codes = codesOf(context.settings, (await context.session.fields()) ?? []);
      // Archived tickets have the fields of live ones, and no more.
      return available({ lacks: { tickets: lackedCodes(codes) }, detail: unseenBy(context.session) });
    }, WORDS);
  },
  async *read(context, checkpoint) {
    let { done } = codec.read(checkpoint);
    const start = startAt(context.settings, '2004-01-01');
    for (const id of await departmentsOf(context)) {
      if (done.includes(id)) continue;
      const pages = walkPages(context, PAGE, archiveOf(id), PLACE);
      // A department that the user is not in is refused; the others are read.
      let { found: next } = await orRefusal(() => pages.next(), [403, 404]);
      while (next !== null && next.done !== true) {
        const { kept, rejected } = parseEach(Ticket, next.value.rows, FEED.id);
        const wanted = kept.filter((row) => (row.closedTime ?? row.createdTime) >= start);
        yield pageOf(
          await mapTickets(FEED.id, wanted, context),
          rejected,
          next.value.rows.length,
          codec.write({ done }),
        );
        next = await pages.next();
      }
      if (next === null) continue;
      done = [...done, id];
      yield pageOf({}, [], 0, codec.write({ done }));
    }
  },
};
