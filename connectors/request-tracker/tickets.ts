import { z } from 'zod';
import { batchesOf } from '../../src/kit/batches.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { joinMapped, type Mapped, pageOf } from '../../src/kit/feed/feed.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { readMarks } from './headers.ts';
import { mapHistory } from './map-history.ts';
import { API, type Search, walkIds } from './pages.ts';
import { castOf } from './people.ts';
import { TicketRow, TransactionRow } from './schema.ts';
import type { Context } from './session.ts';

/**
 * Resume point. `since` = everything changed up to it is stored (null = nothing yet); while a walk is under way `walking` is the upper
 * bound that it began with and `after` the last ticket id that is stored.
 */
const Resume = z.strictObject({
  since: z.iso.datetime().nullable(),
  walking: z.iso.datetime().nullable(),
  after: z.string().regex(/^\d+$/),
  /** Outgoing mail, headers of messages: met at least once. Both hang on rights and settings, so none met is not none there. */
  mail: z.boolean().optional(),
  headed: z.boolean().optional(),
});
const RESUME = checkpointCodec('tickets', Resume, { since: null, walking: null, after: '0' });

/** Read again before the resume point: rows stamped before the bound, yet committed after the last sync looked. */
const OVERLAP_MS = 5 * 60_000;

/**
 * TicketSQL reads dates in the time zone of the API user, or of the server, and REST does not tell which. East of UTC by up to 14
 * hours a literal means an earlier instant, west by up to 12 a later one. Asking from 12 hours further back is right in every zone; what
 * was not wanted is told by LastUpdated, which is always UTC, and left out here.
 */
const ZONE_MARGIN_MS = 12 * 3600_000;

/**
 * Tickets changed since the checkpoint, each with its whole history, in ascending id. A ticket that changes behind the walk is stamped
 * after `until` and so belongs to the next one. Going by id and not by LastUpdated needs no exact date, has no ties, and cannot be shifted.
 */
export async function* readTickets(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  let state = RESUME.read(checkpoint);
  for (;;) {
    const walking = state.walking ?? context.until.toISOString();
    const sinceMs = state.since === null ? null : Date.parse(state.since) - OVERLAP_MS;
    const changed = sinceMs === null ? '' : ` AND LastUpdated >= '${sqlDate(sinceMs - ZONE_MARGIN_MS)}'`;
    const search = { ...TICKETS, where: `${TICKETS.where}${changed}` };
    for await (const { items, last } of walkIds(context, search, state.after)) {
      const { kept, rejected } = parseEach(TicketRow, items, 'tickets');
      const rows = kept.filter((row) => isWanted(row, sinceMs, context.until));
      const { mapped, mail, headed } = await buildHistories(rows, context);
      state = { ...state, walking, after: last, mail: state.mail || mail, headed: state.headed || headed };
      yield pageOf(mapped, rejected, items.length, RESUME.write(state));
    }
    state = { ...state, since: walking, walking: null, after: '0' };
    yield pageOf({}, [], 0, RESUME.write(state));
    // A walk that was interrupted ends at the bound it began with; what changed since then is caught up here.
    if (Date.parse(walking) >= context.until.getTime()) return;
  }
}

function isWanted({ LastUpdated }: TicketRow, sinceMs: number | null, until: Date): boolean {
  // What cannot be told apart by its stamp is read again.
  if (LastUpdated === null) return true;
  return LastUpdated.getTime() <= until.getTime() && LastUpdated.getTime() >= (sinceMs ?? 0);
}

const TICKETS = {
  path: `${API}/tickets`,
  // Naming EffectiveId makes RT list merged tickets too; without it they are hidden.
  where: 'EffectiveId > 0',
  fields: {
    fields:
      'Status,Created,LastUpdated,Started,Resolved,Priority,EffectiveId,Queue,Owner,Creator,Requestor,CustomFields',
    'fields[Queue]': 'Name',
    'fields[Owner]': 'id,Name',
    'fields[Creator]': 'id,Name',
    'fields[Requestor]': 'Name,Organization',
  },
};

function sqlDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Fields of messages that the history was not seen to hold so far: acknowledgements are known from the log of mail and its headers. */
export function unmetFields(checkpoint: string): readonly string[] {
  const { mail, headed } = RESUME.read(checkpoint);
  return [...(mail && headed ? [] : ['auto_reply']), ...(headed ? [] : ['channel', 'through_api'])];
}

interface Histories {
  readonly mapped: Mapped;
  /** The log of outgoing mail is visible. */
  readonly mail: boolean;
  /** Headers were read. */
  readonly headed: boolean;
}

/** Records of tickets with their histories, and of the tickets that were merged into them: RT does not stamp those. */
export async function buildHistories(changed: readonly TicketRow[], context: Context): Promise<Histories> {
  const { session, settings } = context;
  const own = await readTransactions(changed, context);
  const merged = await readMerged(changed, own.kept, context);
  const theirs = await readTransactions(merged.kept, context);
  const rows = [...changed, ...merged.kept];
  const transactions = [...own.kept, ...theirs.kept];
  const rejected = [...own.rejected, ...merged.rejected, ...theirs.rejected];
  const marked = settings.headers && (await session.sees('attachments')) ? transactions.filter(isMarked) : [];
  const marks = await readMarks(context, marked);
  const people = [...rows.flatMap((row) => row.Requestor), ...transactions.map((one) => one.Creator)];
  const desk = { ...context, marks, authorOn: await castOf(people, await session.sideOf()) };
  const byTicket = groupBy(transactions, (one) => one.ObjectId);
  const odd = new Set([...own.rejected, ...theirs.rejected].map((one) => one.ref));
  const histories = rows.map((row) => {
    const all = byTicket.get(row.id) ?? [];
    const isPartly = all.some(({ id }) => odd.has(id));
    return mapHistory(row, all, isPartly, desk);
  });
  return {
    mapped: joinMapped([...histories, { rejected }]),
    mail: transactions.some((one) => one.Type === 'EmailRecord'),
    headed: [...marks.values()].some((one) => one.channel !== null),
  };
}

/** Messages, and the mail log of rules, in which acknowledgements are found. */
function isMarked(one: TransactionRow): boolean {
  return ['Create', 'Correspond', 'EmailRecord'].includes(one.Type);
}

/** Tickets of one search; longer ones make addresses that servers refuse. */
const TICKETS_PER_SEARCH = 100;

/** Rows of a search whose column holds one of `ids`, in ascending id. */
async function readByIds<T>(
  context: Context,
  rows: z.ZodType<T>,
  search: Search,
  column: string,
  ids: readonly string[],
): Promise<Parsed<T>> {
  const items: unknown[] = [];
  for (const some of batchesOf(ids, TICKETS_PER_SEARCH)) {
    const where = `${search.where} AND (${some.map((id) => `${column} = ${id}`).join(' OR ')})`;
    for await (const page of walkIds(context, { ...search, where })) items.push(...page.items);
  }
  return parseEach(rows, items, 'tickets');
}

const LOG = {
  path: `${API}/transactions`,
  where: "ObjectType = 'RT::Ticket'",
  fields: {
    fields: 'ObjectId,Type,Field,OldValue,NewValue,Created,Creator',
    'fields[Creator]': 'id,Name',
  },
};

/** None where the log is refused: the tickets stand without their history. */
async function readTransactions(rows: readonly TicketRow[], context: Context): Promise<Parsed<TransactionRow>> {
  if (!(await context.session.sees('transactions'))) return { kept: [], rejected: [] };
  const ids = rows.map((row) => row.id);
  return readByIds(context, TransactionRow, LOG, 'ObjectId', ids);
}

/** A merge stamps the survivor only, so the tickets behind it are fetched when the survivor's history tells of a merge. */
async function readMerged(
  changed: readonly TicketRow[],
  transactions: readonly TransactionRow[],
  context: Context,
): Promise<Parsed<TicketRow>> {
  const merges = transactions.filter((one) => one.Type === 'AddLink' && one.Field === 'MergedInto');
  const ids = [...new Set(merges.map((one) => one.ObjectId))];
  const found = await readByIds(context, TicketRow, TICKETS, 'EffectiveId', ids);
  return { ...found, kept: found.kept.filter(({ id }) => !changed.some((row) => row.id === id)) };
}
