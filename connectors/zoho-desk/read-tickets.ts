import { type Children, readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { type Fills, fields } from '../../src/kit/fields.ts';
import { API, type Context, loadDesk, pagesOf, readEach, readWhole, WHOLE } from './account.ts';
import { mapTicket } from './map-ticket.ts';
import { Metrics, Past, Tag, Talk, Ticket } from './schema.ts';

/** What tickets fill, live and archived ones. */
export const TICKET_FILLS = {
  tickets: fields(
    'tickets',
    'open_tickets updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel form group_id assignee_id',
    'requester_key organisation_id product category severity cause_code created_by created_by:customer created_by:agent created_by:machine',
    'created_on_behalf calendar_id follow_up_of tags filled_fields reported_solved_at reported_closed_at reported_reopens',
    'reported_reassignments reported_replies reported_first_reply_business_s reported_full_resolution_business_s',
  ),
  events: fields(
    'events',
    'status priority group assignee field tag sla escalation delete from_value to_value actor actor_id rule_id',
  ),
  messages: fields(
    'messages',
    'author author_id public note channel article_ids promised_reply_s promise_business_hours',
  ),
  sla_clocks: fields('sla_clocks', 'metric policy_id started_at breach_at fulfilled_at met'),
  links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
} satisfies Fills;

const below = <K>(path: string, size: number | null, rows: Children<Ticket, K>['rows']): Children<Ticket, K> => ({
  path: (row) => `${API}/tickets/${row.id}/${path}`,
  at: 'data',
  page: size === null ? WHOLE : pagesOf(size),
  rows,
});
const TALKS = below('conversations', 100, Talk);
const PAST = below('History', 50, Past);
const TAGS = below('tags', null, Tag);

/** Tickets of one page with all that hangs below them. `feed` names them where something of them is set aside. */
export async function mapTickets(feed: string, rows: readonly Ticket[], context: Context): Promise<Mapped> {
  const desk = await loadDesk(context);
  // What is found by a search lacks the policy, the number of tags and who escalated.
  const sees = context.session.seesTickets;
  const { whole, rejected } = (await sees('ticket'))
    ? await readWhole(context, feed, rows, '/tickets/*', Ticket)
    : { whole: rows, rejected: [] };
  const ids = (await sees('metrics')) ? rows.map(({ id }) => id) : [];
  const metrics = await readEach(context, feed, ids, '/tickets/*/metrics', Metrics);
  const talks = await readChildren(context, feed, (await sees('conversations')) ? whole : [], TALKS);
  const past = await readChildren(context, feed, (await sees('History')) ? whole : [], PAST);
  const tags = await readChildren(
    context,
    feed,
    (await sees('tags')) ? whole.filter((row) => row.tagCount !== 0) : [],
    TAGS,
  );
  const mapped = whole.map((row, i) => {
    const below = {
      talks: talks.of.get(row) ?? null,
      past: past.of.get(row) ?? null,
      metrics: metrics.found[i] ?? null,
      isPartly: past.partly.has(row),
    };
    return mapTicket(row, { ...below, tags: row.tagCount === 0 ? [] : (tags.of.get(row) ?? null) }, desk);
  });
  const aside = [rejected, metrics.rejected, talks.rejected, past.rejected, tags.rejected].flat();
  return joinMapped([...mapped, { rejected: aside }]);
}
