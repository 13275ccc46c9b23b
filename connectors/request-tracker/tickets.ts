import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { type MessageMarks, readMarks } from './headers.ts';
import { createHistoryContext } from './map-context.ts';
import { mapHistory } from './map-history.ts';
import { mapOrganisation } from './map-ticket.ts';
import { type Listing, walkIds } from './pages.ts';
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

const TICKET_FIELDS = {
  fields: 'Status,Created,LastUpdated,Started,Resolved,Priority,EffectiveId,Queue,Owner,Creator,Requestor,CustomFields',
  'fields[Queue]': 'Name',
  'fields[Owner]': 'id,Name',
  'fields[Creator]': 'id,Name',
  'fields[Requestor]': 'Name,Organization',
};

/**
 * Tickets changed since the checkpoint, each with its whole history, in ascending id. A ticket that changes behind the walk is stamped
 * after `until` and so belongs to the next one. Going by id and not by LastUpdated needs no exact date, has no ties, and cannot be shifted.
 */
export async function* readTickets(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  let state = RESUME.read(checkpoint);
  for (;;) {
    const bound = state.walking ?? context.until.toISOString();
    const since = state.since === null ? null : new Date(state.since);
    for await (const { items, last } of walkIds(context, changedTickets(since), state.after)) {
      const { kept, rejected } = parseEach(TicketRow, items, 'tickets');
      const rows = kept.filter((row) => isWanted(row, since, context.until));
      const built = await buildHistories(rows, context);
      const met = { mail: state.mail === true || built.mail, headed: state.headed === true || built.headed };
      state = { since: state.since, walking: bound, after: last, ...met };
      yield {
        records: built.records,
        rejected: [...rejected, ...built.rejected],
        checkpoint: RESUME.write(state),
        seen: items.length,
      };
    }
    state = { ...state, since: bound, walking: null, after: '0' };
    yield { records: {}, rejected: [], checkpoint: RESUME.write(state), seen: 0 };
    // A walk that was interrupted ends at the bound it began with; what changed since then is caught up here.
    if (new Date(bound).getTime() >= context.until.getTime()) return;
  }
}

function isWanted(row: TicketRow, since: Date | null, until: Date): boolean {
  // What cannot be told apart by its stamp is read again.
  if (row.LastUpdated === null) return true;
  const at = row.LastUpdated.getTime();
  return at <= until.getTime() && (since === null || at >= since.getTime() - OVERLAP_MS);
}

/** Naming EffectiveId makes RT list merged tickets too; without it they are hidden. */
function changedTickets(since: Date | null): (after: string) => Listing {
  const changed =
    since === null ? '' : ` AND LastUpdated >= '${sqlDate(new Date(since.getTime() - OVERLAP_MS - ZONE_MARGIN_MS))}'`;
  return (after) => ({
    path: '/tickets',
    query: { query: `EffectiveId > 0 AND id > ${after}${changed}`, orderby: 'id', order: 'ASC', ...TICKET_FIELDS },
  });
}

function sqlDate(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

export interface Histories {
  readonly records: TelemetryBatch;
  readonly rejected: readonly SetAside[];
  /** The log of outgoing mail is visible. */
  readonly mail: boolean;
  /** Headers were read. */
  readonly headed: boolean;
}

/** Fields of messages that the history was not seen to hold so far: acknowledgements are known from the log of mail and its headers. */
export function unmetFields(checkpoint: string): readonly string[] {
  const { mail, headed } = RESUME.read(checkpoint);
  return [
    ...(mail === true && headed === true ? [] : ['auto_reply']),
    ...(headed === true ? [] : ['channel', 'through_api']),
  ];
}

/** Records of tickets with their histories, and of the tickets that were merged into them: RT does not stamp those. */
export async function buildHistories(changed: readonly TicketRow[], context: Context): Promise<Histories> {
  const historyOf = (some: readonly TicketRow[]) =>
    readTransactions(
      some.map((row) => row.id),
      context,
    );
  const own = await historyOf(changed);
  const merged = await readMerged(changed, own.kept, context);
  const theirs = await historyOf(merged.kept);
  const rows = [...changed, ...merged.kept];
  const transactions = [...own.kept, ...theirs.kept];
  const headed = context.settings.headers && (await context.session.sees('attachments'));
  const marks: ReadonlyMap<string, MessageMarks> = headed
    ? await readMarks(
        context,
        transactions.filter(isMarked).map((one) => one.id),
      )
    : new Map();
  const people = await createHistoryContext(context, await context.session.directory(), rows, transactions);
  const byTicket = new Map<string, TransactionRow[]>(rows.map((row) => [row.id, []]));
  for (const one of transactions) byTicket.get(one.ObjectId)?.push(one);
  const odd = new Set([...own.rejected, ...theirs.rejected].map((one) => one.ref));
  const partly = new Set(transactions.filter((one) => odd.has(one.id)).map((one) => one.ObjectId));
  const histories = rows.map((row) => mapHistory(row, byTicket.get(row.id) ?? [], marks, partly.has(row.id), people));
  return {
    records: {
      ticket: histories.map((one) => one.ticket),
      event: histories.flatMap((one) => one.events),
      message: histories.flatMap((one) => one.messages),
      link: histories.flatMap((one) => one.links),
      organisation: histories.flatMap((one) => mapOrganisation(one.ticket)),
    },
    rejected: [...own.rejected, ...merged.rejected, ...theirs.rejected, ...histories.flatMap((one) => one.rejected)],
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
  search: { readonly column: string; readonly ids: readonly string[]; readonly rows: z.ZodType<T> },
  listing: (where: string) => Listing,
): Promise<Parsed<T>> {
  const result: Parsed<T> = { kept: [], rejected: [] };
  for (let from = 0; from < search.ids.length; from += TICKETS_PER_SEARCH) {
    const some = search.ids.slice(from, from + TICKETS_PER_SEARCH).map((id) => `${search.column} = ${id}`);
    const behind = (after: string) => listing(`id > ${after} AND (${some.join(' OR ')})`);
    for await (const { items } of walkIds(context, behind, '0')) {
      const { kept, rejected } = parseEach(search.rows, items, 'tickets');
      result.kept.push(...kept);
      result.rejected.push(...rejected);
    }
  }
  return result;
}

/** None where the log is refused: the tickets stand without their history. */
async function readTransactions(ids: readonly string[], context: Context): Promise<Parsed<TransactionRow>> {
  if (!(await context.session.sees('transactions'))) return { kept: [], rejected: [] };
  return readByIds(context, { column: 'ObjectId', ids, rows: TransactionRow }, (where) => ({
    path: '/transactions',
    query: {
      query: `ObjectType = 'RT::Ticket' AND ${where}`,
      orderby: 'id',
      order: 'ASC',
      fields: 'ObjectId,Type,Field,OldValue,NewValue,Created,Creator',
      'fields[Creator]': 'id,Name',
    },
  }));
}

/** A merge stamps the survivor only, so the tickets behind it are fetched when the survivor's history tells of a merge. */
async function readMerged(
  changed: readonly TicketRow[],
  transactions: readonly TransactionRow[],
  context: Context,
): Promise<Parsed<TicketRow>> {
  const present = new Set(changed.map((row) => row.id));
  const merges = transactions.filter((one) => one.Type === 'AddLink' && one.Field === 'MergedInto');
  const ids = [...new Set(merges.map((one) => one.ObjectId))];
  const found = await readByIds(context, { column: 'EffectiveId', ids, rows: TicketRow }, (where) => ({
    path: '/tickets',
    query: { query: where, orderby: 'id', order: 'ASC', ...TICKET_FIELDS },
  }));
  return { ...found, kept: found.kept.filter((row) => !present.has(row.id)) };
}
