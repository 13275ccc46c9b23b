import { formatInstant } from './calendar.ts';
import { type MetricEvent, readClocks } from './clocks.ts';
import { showArticle } from './export-account.ts';
import { showMetricEvent, showTicketEvent } from './export-events.ts';
import { showOrganisation, showUser, stampOrganisation, stampUser } from './export-people.ts';
import { showMetricSet, showTicket, stampGenerated } from './export-tickets.ts';
import type { ExportRows } from './paging.ts';
import { countsOpenHours } from './promised.ts';
import type { SimArticle, SimAudit, SimOrganisation, SimTicket, SimUser, World } from './world.ts';

interface UpdateRow {
  readonly ticket: SimTicket;
  readonly audit: SimAudit;
}

/** A desk in the orders in which the vendor exports it; each order is made when it is first asked for. */
export interface DeskRows {
  readonly world: World;
  tickets(include: ReadonlySet<string>, withoutDeleted: boolean): ExportRows<SimTicket>;
  updates(withComments: boolean): ExportRows<UpdateRow>;
  clocks(): ExportRows<MetricEvent>;
  users(): ExportRows<SimUser>;
  organisations(): ExportRows<SimOrganisation>;
  articles(): ExportRows<SimArticle>;
  findTicket(id: number): SimTicket | undefined;
}

/** Children of an update that the export of ticket events leaves out; the audits of one ticket hold them. */
const AUDIT_ONLY: ReadonlySet<string> = new Set(['notification', 'macro']);

export function orderDesk(world: World, url: () => string): DeskRows {
  const tickets = remember(() =>
    byTime(
      world.tickets,
      (ticket) => stampGenerated(ticket, world.now),
      (ticket) => ticket.id,
    ),
  );
  const updates = remember(() =>
    byTime(
      world.tickets.flatMap((ticket) =>
        ticket.audits
          .map((audit) => ({ ...audit, events: audit.events.filter((event) => !AUDIT_ONLY.has(event.kind)) }))
          .filter((audit) => audit.events.length > 0)
          .map((audit) => ({ ticket, audit })),
      ),
      (row) => row.audit.at,
      (row) => row.audit.id,
    ),
  );
  const clocks = remember(() => readClocks(world));
  const byId = remember(() => new Map(world.tickets.map((ticket) => [ticket.id, ticket])));
  return {
    world,
    findTicket: (id) => byId().get(id),
    tickets: (include, withoutDeleted) => ({
      rows: withoutDeleted ? tickets().filter((ticket) => ticket.status !== 'deleted') : tickets(),
      at: (ticket) => stampGenerated(ticket, world.now),
      id: (ticket) => ticket.id,
      show: (ticket) => ({
        ...showTicket(world, ticket, url()),
        ...(include.has('metric_sets') ? { metric_set: showMetricSet(world, ticket, url()) } : {}),
        ...(include.has('comment_count') ? { comment_count: countComments(ticket) } : {}),
        ...(include.has('slas') ? { slas: { policy_metrics: showRunningPromises(world, ticket) } } : {}),
      }),
    }),
    updates: (withComments) => ({
      rows: updates(),
      at: (row) => row.audit.at,
      id: (row) => row.audit.id,
      show: (row) => showTicketEvent(row.ticket, row.audit, withComments),
    }),
    clocks: () => ({ rows: clocks(), at: (event) => event.at, id: (event) => event.id, show: showMetricEvent }),
    users: () => ({
      rows: byTime(
        world.users,
        (user) => stampUser(world, user),
        (user) => Number(user.id),
      ),
      at: (user) => stampUser(world, user),
      id: (user) => Number(user.id),
      show: (user) => showUser(world, user, url()),
    }),
    organisations: () => ({
      rows: byTime(world.organisations, stampOrganisation, (organisation) => organisation.id),
      at: stampOrganisation,
      id: (organisation) => organisation.id,
      show: (organisation) => showOrganisation(world, organisation, url()),
    }),
    articles: () => ({
      rows: byTime(
        world.articles,
        (article) => article.editedAt,
        (article) => article.id,
      ),
      at: (article) => article.editedAt,
      id: (article) => article.id,
      show: (article) => showArticle(world, article, url()),
    }),
  };
}

function byTime<T>(rows: readonly T[], at: (row: T) => number, id: (row: T) => number): T[] {
  return [...rows].sort((a, b) => at(a) - at(b) || id(a) - id(b));
}

function remember<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function countComments(ticket: SimTicket): number {
  return ticket.audits.reduce((sum, audit) => sum + audit.events.filter((event) => event.kind === 'comment').length, 0);
}

/** Only what runs now, as the vendor shows it: no history. */
function showRunningPromises(world: World, ticket: SimTicket): Record<string, unknown>[] {
  const { policy, priority } = ticket;
  const running = ticket.status === 'new' || ticket.status === 'open' || ticket.status === 'hold';
  if (policy === null || priority === null || !running) return [];
  const minutes = policy.targets.total_resolution_time[priority];
  if (minutes === undefined) return [];
  const breachAt = countsOpenHours(policy, priority)
    ? world.calendar.addOpen(ticket.createdAt, minutes * 60)
    : ticket.createdAt + minutes * 60;
  return [
    {
      breach_at: formatInstant(breachAt),
      stage: breachAt < world.now ? 'breached' : 'active',
      metric: 'total_resolution_time',
    },
  ];
}
