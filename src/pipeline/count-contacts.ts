import { ContactGroup } from '../domain/contact-mix.ts';
import type { Observability } from '../domain/observability.ts';
import type { SqlRow, SqlSession } from '../domain/sql-session.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { blindConnections } from './metrics/observed.ts';

const DAY_MS = 86_400_000;
const SECONDS_PER_HOUR = 3600;

/**
 * A contact within this time of a solution to the same customer, of the same category or cause, comes back. Without the topic every customer
 * who writes often would.
 */
const RETURN_DAYS = 14;

/** History that is needed before the window, so that a solution before it is seen. */
const BEFORE_DAYS = 60;

interface ContactWindow {
  /** End of the window, exclusive. */
  readonly asOf: Date;
  readonly days: number;
  /** Tags on fewer contacts than this are left out: nothing can be said of them, and each would make a group of its own. */
  readonly leastOfTag: number;
}

export interface CountedContacts {
  readonly windowDays: number;
  readonly groups: readonly ContactGroup[];
}

const CONTACTS = `
  with contact as (
    select connection, id, created_at, requester_key, cause_code, category, form, tags, replies, first_solved_at, first_reply_at, problem_id,
      follow_up_of, billable_s
    from ticket_h where created_at >= $from
  ),
  tag_use as (
    select connection, tag, count(distinct id) as contacts
    from (select connection, id, unnest(tags) as tag from contact) group by connection, tag
  ),
  tagged as (
    select c.connection, c.id, list_sort(list(distinct c.tag)) as tags
    from (select connection, id, unnest(tags) as tag from contact) c
    join tag_use u on u.connection = c.connection and u.tag = c.tag and u.contacts >= $least
    group by c.connection, c.id
  ),
  solved as (
    select connection, requester_key, id, category, cause_code, ever_solved_at as solved_at from ticket_h
    where requester_key is not null and ever_solved_at is not null
  ),
  back as (
    select distinct c.connection, c.id from contact c
    join solved s on s.connection = c.connection and s.requester_key = c.requester_key and s.id <> c.id
    where (s.category = c.category or s.cause_code = c.cause_code) and c.created_at >= s.solved_at and c.created_at < s.solved_at + to_days($return_days)
  ),
  tied as (select distinct connection, ticket_id from link where kind in ('issue', 'problem')),
  kept as (
    select distinct connection, ticket_id from message
    where author = 'agent' and not auto_reply and (template_id is not null or len(article_ids) > 0)
  )
  select c.cause_code as cause, c.category, c.form, coalesce(g.tags, []) as tags,
    count(*) as contacts,
    count(*) filter (where b.id is not null or c.follow_up_of is not null) as returning,
    count(*) filter (where c.problem_id is not null or t.ticket_id is not null) as linked,
    count(*) filter (where c.first_solved_at is not null and c.replies = 1) as one_reply,
    count(*) filter (where k.ticket_id is not null) as known_answer,
    count(*) filter (where c.first_reply_at is not null) as answered,
    count(c.billable_s) as timed,
    sum(c.billable_s) as billable_s
  from contact c
  left join tagged g on g.connection = c.connection and g.id = c.id
  left join back b on b.connection = c.connection and b.id = c.id
  left join tied t on t.connection = c.connection and t.ticket_id = c.id
  left join kept k on k.connection = c.connection and k.ticket_id = c.id
  group by c.cause_code, c.category, c.form, coalesce(g.tags, [])
  order by contacts desc, cause nulls first, category nulls first, form nulls first, tags
`;

function toGroup(row: SqlRow, repliesSeen: boolean): ContactGroup {
  const n = (key: string) => Number(row[key] ?? 0);
  const text = (key: string) => (row[key] === null || row[key] === undefined ? null : String(row[key]));
  const hours = n('billable_s') / SECONDS_PER_HOUR;
  return ContactGroup.parse({
    cause: text('cause'),
    category: text('category'),
    form: text('form'),
    tags: row.tags,
    contacts: n('contacts'),
    returning: n('returning'),
    linked: n('linked'),
    one_reply: n('one_reply'),
    known_answer: n('known_answer'),
    answered: repliesSeen ? n('answered') : null,
    hours: n('timed') === n('contacts') ? { low: hours, high: hours } : null,
  });
}

/**
 * Customers' contacts (tickets of people) of a window by their codes: cause, category, form and frequent tags, as codes and keyed hashes with counts.
 * No text of a ticket is read. Hours are those recorded on every ticket of a group, else null; `answered` is null where a connection shows no
 * replies. An empty window gives no groups.
 */
export async function countContacts(telemetry: TelemetryStore, window: ContactWindow): Promise<CountedContacts> {
  const observability = await telemetry.observability();
  const { asOf } = window;
  return telemetry.measure({ asOf, horizon: horizonOfContacts(window) }, (session) =>
    countContactsOn(session, window, observability),
  );
}

function beginOf({ asOf, days }: ContactWindow): Date {
  return new Date(asOf.getTime() - days * DAY_MS);
}

/** Earliest instant that counting the contacts of a window looks at. */
export function horizonOfContacts(window: ContactWindow): Date {
  return new Date(beginOf(window).getTime() - BEFORE_DAYS * DAY_MS);
}

/** The same inside a measurement of `asOf` that reaches back to `horizonOfContacts` at least. */
export async function countContactsOn(
  session: SqlSession,
  window: ContactWindow,
  observability: readonly Observability[],
): Promise<CountedContacts> {
  const from = beginOf(window);
  const repliesSeen =
    blindConnections(observability, [
      ['messages'],
      ['tickets.reported_first_reply_at'],
      ['tickets.reported_first_reply_calendar_s'],
    ]).size === 0;
  const rows = await session.query(CONTACTS, { from, least: window.leastOfTag, return_days: RETURN_DAYS });
  return { windowDays: window.days, groups: rows.map((row) => toGroup(row, repliesSeen)) };
}
