import { z } from 'zod';
import type { StreamName } from '../../src/domain/observability.ts';
import { available, probeCapability, type RefusalWords } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { type Feed, hiddenBy, type Mapped, pageOf } from '../../src/kit/feed/feed.ts';
import { type Fills, fields } from '../../src/kit/fields.ts';
import { NO_SCALE } from '../../src/kit/health-scale.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { sinceOf } from '../../src/kit/usual-settings.ts';
import { type Directory, lacksParts, requireParts } from './directory.ts';
import { ADMIN_ONLY, ticketPolicies } from './feeds-config.ts';
import { ratings, surveys } from './feeds-csat.ts';
import { NOTICE_FIELDS, TEMPLATE_FIELDS } from './hearing.ts';
import { toArticle } from './map-misc.ts';
import { toOrganisation } from './map-people.ts';
import { API, exportQuota, unixOf } from './pages.ts';
import { readClocks } from './read-clocks.ts';
import { readSample } from './read-sample.ts';
import { readTickets } from './read-tickets.ts';
import { readTicketAudits, readTicketEvents } from './read-updates.ts';
import { Article, Organisation } from './schema-config.ts';
import type { Context } from './session.ts';
import type { Settings } from './settings.ts';
import { timeCodec, timeExport } from './time-export.ts';

type Query = Readonly<Record<string, string>>;

/** An export that is walked in ways of its own. Its probe asks for the last minute: the cheapest question that meets the same permission as a full read. */
function exported(feed: {
  readonly id: string;
  readonly title: string;
  readonly fills: Fills;
  readonly path: string;
  readonly query?: Query;
  readonly words?: RefusalWords;
  readonly adds?: boolean;
  readonly shows?: (context: Context) => Promise<Capability> | Capability;
  readonly read: Feed<Context>['read'];
}): Feed<Context> {
  const { id, title, fills, path, query = {}, words = { permission: ADMIN_ONLY }, adds = false, shows, read } = feed;
  return {
    id,
    title,
    kind: 'history',
    provides: fills,
    adds,
    read,
    probe: (context) =>
      probeCapability(async () => {
        await context.http.getJson({
          path: `${API}${path}`,
          query: { start_time: Math.max(0, unixOf(context.until) - 120), ...query },
          schema: z.looseObject({}),
          quota: exportQuota(context.settings),
          signal: context.signal,
        });
        return (await shows?.(context)) ?? available({ since: sinceOf(context.settings) });
      }, words),
  };
}

/** A feed that a setting switches off, with the reason. */
function unless(off: (settings: Settings) => string | null, feed: Feed<Context>): Feed<Context> {
  return hiddenBy(feed, ({ settings }) => {
    const detail = off(settings);
    return detail === null ? null : { status: 'absent', detail };
  });
}

/** Columns that exist only where the account has a field for them: what it lacks is apart from what nobody fills in. */
function lacking(
  stream: StreamName,
  list: 'ticket_fields' | 'organization_fields',
  columns: (directory: Directory, settings: Settings) => Readonly<Record<string, boolean>>,
  tells: (directory: Directory) => string | null = () => null,
) {
  return async (context: Context): Promise<Capability> => {
    const directory = await context.session.directory();
    // A list that broke tells of no field: this time none can be filled.
    const known = Object.entries(columns(directory, context.settings));
    const lacks = known.filter(([, is]) => !is || lacksParts(directory, [list])).map(([column]) => column);
    return available({ since: sinceOf(context.settings), lacks: { [stream]: lacks }, detail: tells(directory) });
  };
}

const BY_CURSOR = { path: '/incremental/tickets/cursor', query: { per_page: '1' } } as const;

const tickets = exported({
  id: 'tickets',
  title: 'Tickets with their metric sets',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel form',
      'group_id assignee_id requester_key requester_is_agent organisation_id brand created_by created_by:customer',
      'created_by:agent created_by:machine created_on_behalf follow_up_of problem_id merged_into calendar_id deleted',
      'test tags filled_fields product category severity cause_code billable_s reported_solved_at reported_reopens',
      'reported_reassignments reported_replies reported_first_reply_calendar_s reported_first_reply_business_s',
      'reported_first_resolution_calendar_s reported_first_resolution_business_s reported_full_resolution_calendar_s',
      'reported_full_resolution_business_s reported_waiting_customer_s reported_waiting_other_s',
    ),
    links: fields('links', 'kind kind:problem target_key'),
  },
  ...BY_CURSOR,
  shows: lacking('tickets', 'ticket_fields', ({ mapped }) => {
    const known = new Set<string>(mapped.values());
    return {
      product: known.has('product'),
      category: known.has('category'),
      severity: known.has('severity'),
      cause_code: known.has('cause_code'),
      billable_s: known.has('billable'),
    };
  }),
  read: readTickets,
});

const UPDATES: Fills = {
  events: fields(
    'events',
    'status priority group assignee field tag link merge delete csat escalation from_value to_value actor actor_id',
    'rule_id actor:customer actor:agent actor:automation actor:system',
  ),
  messages: fields(
    'messages',
    'author author_id public note channel auto_reply template_id article_ids promised_reply_s promise_business_hours',
    'through_api',
  ),
  links: fields('links', 'kind kind:issue system target_key linked_at'),
};

const ticketEvents = unless(
  ({ history }) => (history === 'audits' ? 'Audits are read instead (setting `history`).' : null),
  exported({
    id: 'ticket-events',
    title: 'Ticket events and comments',
    fills: UPDATES,
    path: '/incremental/ticket_events',
    read: readTicketEvents,
  }),
);

const ticketAudits = unless(
  ({ history }) => (history === 'audits' ? null : 'The export of ticket events is read instead (setting `history`).'),
  exported({
    id: 'ticket-audits',
    title: 'Audits ticket by ticket',
    fills: UPDATES,
    ...BY_CURSOR,
    read: readTicketAudits,
  }),
);

const auditSample = unless(
  ({ history, auditSample: wanted }) => {
    if (history === 'audits') return 'Audits of all tickets are read (setting `history`).';
    return wanted === 0 ? 'No sample of audits is wanted (setting `auditSample`).' : null;
  },
  exported({
    id: 'audit-sample',
    title: 'Audits of a sample of tickets',
    adds: true,
    fills: { messages: [...NOTICE_FIELDS, ...TEMPLATE_FIELDS] },
    ...BY_CURSOR,
    // How far the sample reaches back is no bound of the stream: its tickets are recorded.
    shows: () => available({ detail: 'Messages of rules and templates are known of a sample of tickets only.' }),
    read: readSample,
  }),
);

const clocks = exported({
  id: 'sla-clocks',
  title: 'Service-level clocks',
  fills: {
    sla_clocks: fields(
      'sla_clocks',
      'metric scope instance policy_id target_s business_hours started_at applied_at breach_at fulfilled_at paused_s',
      'voided met',
    ),
  },
  path: '/incremental/ticket_metric_events',
  read: readClocks,
});

/** Without SLA policies the same export still answers, with clocks that promise nothing. */
const slaClocks: Feed<Context> = {
  ...clocks,
  async probe(context) {
    const asked = await clocks.probe(context);
    if (asked.status !== 'available') return asked;
    const policies = await ticketPolicies.probe(context);
    return policies.status === 'plan' ? policies : asked;
  },
};

/** An export by time whose rows are mapped one by one. */
function byTime<R>(
  feed: Pick<Parameters<typeof exported>[0], 'id' | 'title' | 'fills' | 'path' | 'words' | 'shows'> & {
    readonly at: string;
    readonly rows: z.ZodType<R>;
    readonly map: (rows: readonly R[], context: Context) => Promise<Mapped> | Mapped;
  },
): Feed<Context> {
  const codec = timeCodec(feed.id);
  return exported({
    ...feed,
    async *read(context, checkpoint) {
      for await (const page of timeExport(context, feed.path, feed.at, codec.read(checkpoint).at)) {
        const { kept, rejected } = parseEach(feed.rows, page.items, feed.id);
        yield pageOf(await feed.map(kept, context), rejected, page.items.length, codec.write({ at: page.resume }));
      }
    },
  });
}

const organisations = byTime({
  id: 'organisations',
  title: 'Organisations',
  fills: {
    organisations: fields(
      'organisations',
      'created_at domain_hash external_keys terms tier tier_rank has_contract renews_at has_health health_rank partner',
    ),
  },
  path: '/incremental/organizations',
  at: 'organizations',
  rows: Organisation,
  shows: lacking(
    'organisations',
    'organization_fields',
    ({ organisationKeys: keys }, { tierTagPrefix }) => {
      const hasTier = keys.tier !== null || tierTagPrefix !== undefined;
      return {
        tier: hasTier,
        tier_rank: hasTier,
        has_contract: keys.contract.length > 0,
        renews_at: keys.renewal.length > 0,
        has_health: keys.health !== null,
        health_rank: keys.healthReading !== null,
        partner: keys.partner !== null,
      };
    },
    ({ organisationKeys: { health, healthReading } }) => (health !== null && healthReading === null ? NO_SCALE : null),
  ),
  async map(rows, context) {
    const directory = await context.session.directory();
    requireParts(directory, ['organization_fields']);
    return { organisation: rows.map((row) => toOrganisation(row, { directory, context })) };
  },
});

const articles = byTime({
  id: 'articles',
  title: 'Help centre articles',
  fills: {
    articles: fields(
      'articles',
      'edited_at published public author_id category promised_reply_s helpful_votes unhelpful_votes',
    ),
  },
  path: '/help_center/incremental/articles',
  at: 'articles',
  rows: Article,
  words: {
    permission: 'Give the token the role of a help centre manager.',
    absent: 'No help centre is switched on for this account.',
  },
  map: (rows) => ({ article: rows.map(toArticle) }),
});

/** Feeds that go on from a checkpoint, parents before children. */
export const HISTORY: readonly Feed<Context>[] = [
  organisations,
  tickets,
  ticketEvents,
  ticketAudits,
  auditSample,
  slaClocks,
  ratings,
  surveys,
  articles,
];
