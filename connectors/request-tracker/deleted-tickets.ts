import { z } from 'zod';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { pageOf } from '../../src/kit/feed/feed.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { API, walkIds } from './pages.ts';
import { DeletionRow, TicketRow } from './schema.ts';
import type { Context } from './session.ts';
import { buildHistories } from './tickets.ts';

const RESUME = checkpointCodec('deleted', z.strictObject({ after: z.string().regex(/^\d+$/) }), { after: '0' });

/** Transactions get their id before they are committed, so the last few hundred are looked at again. */
const OVERLAP_IDS = 300n;

/**
 * Deleted tickets. RT 5 leaves them out of every ticket search, even of one for that status, but shows them by id and keeps
 * their history; so they are found by the change of status and fetched one by one. One that lives again is stored as it is now.
 */
export async function* readDeletedTickets(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  let reached = BigInt(RESUME.read(checkpoint).after);
  const start = reached > OVERLAP_IDS ? reached - OVERLAP_IDS : 0n;
  for await (const { items } of walkIds(context, DELETIONS, String(start))) {
    const { kept, rejected } = parseEach(DeletionRow, items, 'deleted');
    const due = kept.filter((one) => one.Created.getTime() <= context.until.getTime());
    const fetched = await fetchTickets([...new Set(due.map((one) => one.ObjectId))], context);
    const { mapped } = await buildHistories(fetched.kept, context);
    for (const one of due) if (BigInt(one.id) > reached) reached = BigInt(one.id);
    yield pageOf(mapped, [...rejected, ...fetched.rejected], items.length, RESUME.write({ after: String(reached) }));
    if (due.length < kept.length) return;
  }
}

const DELETIONS = {
  path: `${API}/transactions`,
  where: "ObjectType = 'RT::Ticket' AND Type = 'Status' AND NewValue = 'deleted'",
  fields: { fields: 'ObjectId,Created' },
};

async function fetchTickets(ids: readonly string[], context: Context) {
  const query = { 'fields[Owner]': 'id,Name', 'fields[Creator]': 'id,Name', 'fields[Queue]': 'Name' };
  const rows = await each(ids, async (id) => {
    const found = await readShown(context, { path: `${API}/ticket/${id}`, query }, z.looseObject({ id: z.unknown() }));
    // The id of a merged ticket answers with the survivor, which the other stream reads.
    return found !== null && String(found.id) === id ? [found] : [];
  });
  return parseEach(TicketRow, rows.flat(), 'deleted');
}
