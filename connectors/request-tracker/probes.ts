import { z } from 'zod';
import { available, probeCapability } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { each } from '../../src/kit/each.ts';
import { readOne, readPage } from './pages.ts';
import type { Context } from './session.ts';

const SHOW =
  'Grant SeeQueue, ShowTicket, ShowTicketComments, ShowOutgoingEmail and SeeCustomField to the API user, globally (Admin > Global > User Rights).';

/** Tickets: how many there are, and what the credentials cannot see among them. */
export async function probeTickets(context: Context): Promise<Capability> {
  return probeCapability(
    async () => {
      const { session } = context;
      const [access, newest] = [await session.access(), await session.newest()];
      const blind = await seesNothing(context);
      if (blind !== null) return blind;
      const total = await countTickets(context);
      const hidden = access.superuser || newest.length === 0 ? null : await describeHidden(context, newest);
      return { ...available({ detail: hidden }), ...(total === null ? {} : { total }) };
    },
    { permission: SHOW },
  );
}

/** Deleted tickets cannot be seen where no other can, although the search for deletions itself is never refused. */
export async function probeDeleted(context: Context): Promise<Capability> {
  return probeCapability(
    async () => {
      const { sees, seesOne } = context.session;
      const blind = await seesNothing(context);
      if (blind !== null) return blind;
      // They are found in the log, and shown one by one only.
      const open = (await sees('transactions')) && (await seesOne('ticket'));
      return open ? available() : { status: 'permission', detail: `Deleted tickets are not shown. ${SHOW}` };
    },
    { permission: SHOW },
  );
}

/** An empty list is what a user without rights gets; a ticket that is refused tells it from a desk without tickets. */
async function seesNothing(context: Context): Promise<Capability | null> {
  const access = await context.session.access();
  if (access.superuser || (await context.session.newest()).length > 0) return null;
  const first = await readOne(context, '/ticket/1', z.unknown());
  const blind = (access.queues ?? 0) === 0 || ('status' in first && first.status === 403);
  return blind ? { status: 'permission', detail: `No ticket is visible. ${SHOW}` } : null;
}

async function describeHidden(context: Context, visible: readonly bigint[]): Promise<string | null> {
  const refused = await countRefused(context, idsToTry(visible));
  const types = await each(['Comment', 'EmailRecord'], (type) => seesAny(context, type));
  const parts = [
    refused.hidden === 0 ? '' : `${refused.hidden} of ${refused.asked} ticket numbers looked at are refused`,
    types[0] === true ? '' : 'no internal note is visible (ShowTicketComments)',
    types[1] === true ? '' : 'no outgoing mail is visible, so acknowledgements are not (ShowOutgoingEmail)',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : `${capital(parts.join('; '))}. ${SHOW}`;
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

/** RT answers 403 for what exists and 404 for what does not, also to users who may see neither. */
async function countRefused(context: Context, ids: readonly string[]): Promise<{ hidden: number; asked: number }> {
  const replies = await each(ids, (id) => readOne(context, `/ticket/${id}`, z.unknown()));
  const hidden = replies.filter((reply) => 'status' in reply && reply.status === 403).length;
  return { hidden, asked: ids.length };
}

async function seesAny(context: Context, type: string): Promise<boolean> {
  if (!(await context.session.sees('transactions'))) return false;
  const query = `ObjectType = 'RT::Ticket' AND Type = '${type}'`;
  const page = await readPage(context, { path: '/transactions', query: { query, orderby: 'id', order: 'DESC' } });
  return page.items.length > 0;
}

/** Live and merged tickets, and deleted ones where RT counts them (for superusers). */
export async function countTickets(context: Context): Promise<number | null> {
  const shown = await readPage(context, { path: '/tickets', query: { query: 'EffectiveId > 0', per_page: 1 } });
  // Deleted ones are known from the log alone.
  if (!(await context.session.sees('transactions'))) return null;
  const query = "ObjectType = 'RT::Ticket' AND Type = 'Create' AND TicketStatus = 'deleted'";
  const deleted = await readPage(context, { path: '/transactions', query: { query, per_page: 1 } });
  const live = shown.total ?? null;
  const gone = deleted.total ?? null;
  return live === null || gone === null ? null : live + gone;
}

const DESK = 'Grant SeeQueue and SeeGroup to the API user, globally.';

export async function probeDesk(context: Context): Promise<Capability> {
  return probeCapability(
    async () => {
      const { queues } = await context.session.access();
      if ((queues ?? 0) === 0) return { status: 'permission', detail: `No queue is visible. ${DESK}` };
      const { names } = await context.session.privileged();
      return available({
        detail:
          names === null
            ? `The members of the desk cannot be listed, so every user is asked for one by one, and groups look empty. ${DESK}`
            : null,
      });
    },
    { permission: DESK },
  );
}

const ARTICLES = 'Grant SeeClass and ShowArticle to the API user, globally or on the classes that agents use.';

export async function probeArticles(context: Context): Promise<Capability> {
  return probeCapability(
    async () => {
      const total = await countArticles(context);
      const classes = await readPage(context, { path: '/classes/all', query: {} });
      // RT ships with a class, so a list without any means that the rights are missing.
      if ((total ?? 0) === 0 && classes.items.length === 0)
        return { status: 'permission', detail: `No class of articles is visible. ${ARTICLES}` };
      return { status: 'available', ...(total === null ? {} : { total }) };
    },
    { permission: ARTICLES, absent: 'This RT has no articles in REST 2.0.' },
  );
}

export async function countArticles(context: Context): Promise<number | null> {
  const search = [{ field: 'id', operator: '>', value: '0' }];
  const page = await readPage(context, { path: '/articles', query: { per_page: 1 }, search });
  return page.total ?? null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
