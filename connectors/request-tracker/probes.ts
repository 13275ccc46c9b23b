import { z } from 'zod';
import { available, probeCapability } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { API, countRows, REFUSED, readPage } from './pages.ts';
import type { Context } from './session.ts';

const SHOW =
  'Grant SeeQueue, ShowTicket, ShowTicketComments, ShowOutgoingEmail and SeeCustomField to the API user, globally (Admin > Global > User Rights).';

/** Tickets: how many there are, and what the credentials cannot see among them. */
export function probeTickets(context: Context): Promise<Capability> {
  return probeHistory(context, async () => {
    const { superuser } = await context.session.access();
    const newest = await context.session.newest();
    const total = await countTickets(context);
    const hidden = superuser || newest.length === 0 ? null : await describeHidden(context, newest);
    return { ...available({ detail: hidden }), ...(total === null ? {} : { total }) };
  });
}

/** Deleted tickets cannot be seen where no other can, although the search for deletions itself is never refused: they are found in the log, and shown one by one only. */
export function probeDeleted(context: Context): Promise<Capability> {
  const { sees, seesOne } = context.session;
  return probeHistory(context, async () =>
    (await sees('transactions')) && (await seesOne('ticket'))
      ? available()
      : { status: 'permission', detail: `Deleted tickets are not shown. ${SHOW}` },
  );
}

/** An empty list is what a user without rights gets; a ticket that is refused tells it from a desk without tickets. */
function probeHistory(context: Context, look: () => Promise<Capability>): Promise<Capability> {
  return probeCapability(
    async () => {
      const { superuser, queues } = await context.session.access();
      const sees = superuser || (await context.session.newest()).length > 0;
      if (sees || (queues > 0 && !(await isHidden(context, '1')))) return look();
      return { status: 'permission', detail: `No ticket is visible. ${SHOW}` };
    },
    { permission: SHOW },
  );
}

/** RT answers 403 for what exists and 404 for what does not, also to users who may see neither. */
async function isHidden({ http, signal }: Context, id: string): Promise<boolean> {
  try {
    await http.getJson({ path: `${API}/ticket/${id}`, schema: z.unknown(), signal });
    return false;
  } catch (error) {
    if (!isRefusal(error, REFUSED)) throw error;
    return error.status === 403;
  }
}

async function describeHidden(context: Context, visible: readonly bigint[]): Promise<string | null> {
  const ids = idsToTry(visible);
  const hidden = (await each(ids, (id) => isHidden(context, id))).filter((one) => one).length;
  const parts = [
    hidden === 0 ? '' : `${hidden} of ${ids.length} ticket numbers looked at are refused`,
    (await seesAny(context, 'Comment')) ? '' : 'no internal note is visible (ShowTicketComments)',
    (await seesAny(context, 'EmailRecord'))
      ? ''
      : 'no outgoing mail is visible, so acknowledgements are not (ShowOutgoingEmail)',
  ].filter((part) => part !== '');
  const text = parts.join('; ');
  return text === '' ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}. ${SHOW}`;
}

/** Numbers that are tried of those missing among the newest tickets, and of the older ones. */
const TRIES = 8;
/** Missing numbers beyond this say no more. */
const MOST_MISSING = 5000;

/**
 * Ticket numbers that would be refused if anything were hidden: gaps between the newest visible tickets, the number behind them, and some
 * older ones. A gap may also be a reminder, or nothing: only the answer tells. `visible` is in descending order.
 */
export function idsToTry(visible: readonly bigint[]): string[] {
  const newest = visible[0];
  const oldest = visible.at(-1);
  if (newest === undefined || oldest === undefined) return [];
  const seen = new Set(visible);
  const missing: bigint[] = [];
  for (let id = newest; id > oldest && missing.length < MOST_MISSING; id -= 1n) if (!seen.has(id)) missing.push(id);
  const step = Math.max(1, missing.length / TRIES);
  const gaps = missing.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(0, TRIES);
  const older = Array.from({ length: TRIES }, (_, i) => (oldest * BigInt(i + 1)) / BigInt(TRIES + 1));
  return [...new Set([newest + 1n, ...gaps, ...older].filter((id) => id > 0n && !seen.has(id)).map(String))];
}

const LOG = { path: `${API}/transactions`, where: "ObjectType = 'RT::Ticket' AND Type =" };

async function seesAny(context: Context, type: string): Promise<boolean> {
  if (!(await context.session.sees('transactions'))) return false;
  const query = { query: `${LOG.where} '${type}'`, orderby: 'id', order: 'DESC' };
  return (await readPage(context, { path: LOG.path, query })).rows.length > 0;
}

/** Live and merged tickets, and deleted ones where RT counts them (for superusers). */
export async function countTickets(context: Context): Promise<number | null> {
  const live = await countRows(context, { path: `${API}/tickets`, query: { query: 'EffectiveId > 0' } });
  // Deleted ones are known from the log alone.
  if (!(await context.session.sees('transactions'))) return null;
  const query = `${LOG.where} 'Create' AND TicketStatus = 'deleted'`;
  const gone = await countRows(context, { path: LOG.path, query: { query } });
  return live === null || gone === null ? null : live + gone;
}
