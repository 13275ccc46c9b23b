import type { SetAside } from '../../src/domain/observability.ts';
import type { Sees } from '../../src/kit/feed/below.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import type { Context, Beside as Kind } from './account.ts';
import { CRM, PAGES, primaryOf, readAssociated, readBatch, readConnected, THREADS } from './calls.ts';
import type { Desk } from './desk.ts';
import { isOfDesk, TICKET_PROPERTIES } from './fields.ts';
import { CrmObject, Thread, ThreadMessage } from './schema.ts';

const FEED = 'tickets';
/** The vendor gives values with their history for so many records at once. */
const WITH_HISTORY = 50;

/** Values that are followed beside those of the desk's own properties. */
const FOLLOWED = [
  ...['hs_pipeline_stage', 'hubspot_owner_id', 'hubspot_team_id', 'hs_ticket_priority'],
  ...['hs_tag_ids', 'hs_merged_object_ids'],
];

/** Tickets with their values and the history of those, as they are now; one that is gone meanwhile is missing. */
export function readTickets(ids: readonly string[], desk: Desk, archived = false) {
  const own = [...desk.properties.values()].filter(isOfDesk).map((one) => one.name);
  return readBatch(
    desk.context,
    {
      path: `${CRM}/tickets/batch/read`,
      query: { archived },
      inputs: ids.map((id) => ({ id })),
      more: {
        properties: [...new Set([...TICKET_PROPERTIES, ...own, ...desk.codes.values()])],
        propertiesWithHistory: [...FOLLOWED, ...desk.followed.map((one) => one.name)],
      },
    },
    WITH_HISTORY,
    CrmObject,
    FEED,
  );
}

/** What belongs to a ticket beside its own values. Null = the token may not see it, or it was gone: nothing is known of it. */
export interface Beside {
  readonly contact: string | null;
  readonly company: string | null;
  readonly threads: readonly { readonly spam: boolean; readonly messages: readonly ThreadMessage[] }[] | null;
  readonly emails: readonly CrmObject[] | null;
  readonly notes: readonly CrmObject[] | null;
}

interface BesideAll {
  readonly of: (ticket: CrmObject) => Beside;
  readonly rejected: readonly SetAside[];
}

/**
 * Contacts, companies, conversations and notes of tickets. Mail that was logged is read of tickets without a conversation alone: the mail of a conversation is
 * logged too, and would come twice.
 */
export async function readBeside(tickets: readonly CrmObject[], context: Context, below: Sees): Promise<BesideAll> {
  const sees = async (kind: Kind) => (await context.session.sees(kind)) && (await below(kind));
  const rejected: SetAside[] = [];
  const keep = <T extends { readonly rejected: readonly SetAside[] }>(read: T): T => {
    rejected.push(...read.rejected);
    return read;
  };
  const near = async (to: string, of: readonly CrmObject[]) =>
    keep(await readAssociated(context, 'tickets', to, idsOf(of), FEED)).of;
  const contacts = (await sees('contacts')) ? await near('contacts', tickets) : null;
  const companies = (await sees('companies')) ? await near('companies', tickets) : null;
  const threads = (await sees('threads')) ? keep(await readThreads(tickets, context)).of : null;
  const engagements = async (kind: 'emails' | 'notes', properties: readonly string[], of: readonly CrmObject[]) => {
    if (!(await sees(kind))) return null;
    const call = { from: 'tickets', to: kind, ids: idsOf(of) };
    return keep(await readConnected(context, call, properties, FEED)).of;
  };
  const silent = tickets.filter((one) => threads === null || threads.get(one)?.length === 0);
  const emails = await engagements('emails', EMAIL, silent);
  const notes = await engagements('notes', NOTE, tickets);
  return {
    rejected,
    of: (ticket) => ({
      contact: contacts?.(ticket.id)[0]?.toObjectId ?? null,
      company: primaryOf('tickets', companies?.(ticket.id) ?? []),
      threads: threads?.get(ticket) ?? null,
      emails: emails?.(ticket.id) ?? null,
      notes: notes?.(ticket.id) ?? null,
    }),
  };
}

const NOTE = ['hs_timestamp', 'hs_created_by_user_id', 'hubspot_owner_id', 'hs_object_source'];
const EMAIL = [...NOTE, 'hs_email_direction', 'hs_email_status'];

const idsOf = (rows: readonly CrmObject[]) => rows.map((row) => row.id);

async function readThreads(tickets: readonly CrmObject[], context: Context) {
  const found = await readChildren(context, FEED, tickets, {
    path: () => THREADS,
    query: (ticket) => ({ associatedTicketId: ticket.id }),
    at: 'results',
    page: PAGES,
    rows: Thread,
  });
  const all = tickets.flatMap((ticket) => found.of.get(ticket) ?? []);
  const said = await readChildren(context, FEED, all, {
    path: (thread) => `${THREADS}/${thread.id}/messages`,
    at: 'results',
    page: PAGES,
    rows: ThreadMessage,
  });
  const of = new Map(
    tickets.map((ticket) => {
      const threads = (found.of.get(ticket) ?? []).flatMap((thread) => {
        const messages = said.of.get(thread) ?? null;
        return messages === null ? [] : [{ spam: thread.spam === true, messages }];
      });
      return [ticket, found.of.get(ticket) === null ? null : threads] as const;
    }),
  );
  return { of, rejected: [...found.rejected, ...said.rejected] };
}
