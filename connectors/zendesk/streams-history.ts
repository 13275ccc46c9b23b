import { z } from 'zod';
import { probeCapability, type RefusalWords } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { loadDirectory, requireParts } from './directory.ts';
import { NOTICE_FIELDS, TEMPLATE_FIELDS } from './hearing.ts';
import { toArticle } from './map-misc.ts';
import { toOrganisation } from './map-people.ts';
import { API, type Context, exportQuota, firstRows, unixOf } from './pages.ts';
import { readClocks } from './read-clocks.ts';
import { readSample } from './read-sample.ts';
import { readTickets } from './read-tickets.ts';
import { readTicketAudits, readTicketEvents } from './read-updates.ts';
import { Article, Organisation } from './schema-config.ts';
import { ADMIN_ONLY, probeAs, type ZendeskStream } from './stream.ts';
import { ratings, surveys } from './streams-csat.ts';
import { timeCodec } from './time-codec.ts';
import { timeExport } from './time-export.ts';

const EVENT_FIELDS = [
  'status',
  'priority',
  'group',
  'assignee',
  'field',
  'tag',
  'link',
  'merge',
  'delete',
  'csat',
  'actor',
  'actor:customer',
  'actor:agent',
  'actor:automation',
  'actor:system',
];
const MESSAGE_FIELDS = [
  'author',
  'author_id',
  'public',
  'note',
  'channel',
  'auto_reply',
  'template_id',
  'article_ids',
  'promised_reply_s',
  'promise_business_hours',
  'through_api',
];
const LINK_FIELDS = ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'];

/** Asks an export for its last minute: the cheapest question that meets the same permission check as a full read. */
async function probeExport(
  context: Context,
  path: string,
  words: RefusalWords,
  more: Record<string, string> = {},
): Promise<Capability> {
  return probeCapability(async () => {
    await context.http.getJson({
      path: `${API}${path}`,
      query: { start_time: Math.max(0, unixOf(context.until) - 120), ...more },
      schema: z.looseObject({}),
      quota: exportQuota(context.settings),
      signal: context.signal,
    });
    const { since } = context.settings;
    return since === undefined
      ? { status: 'available' }
      : { status: 'available', since: new Date(`${since}T00:00:00Z`) };
  }, words);
}

/** Rows that the vendor counts now, or null where it does not say or may not be asked. */
export async function countOf(context: Context, path: 'tickets' | 'organizations'): Promise<number | null> {
  const { data } = await context.http.getJson({
    path: `${API}/${path}/count`,
    schema: z.looseObject({ count: z.union([z.int(), z.looseObject({ value: z.int().nullish() })]) }),
    signal: context.signal,
  });
  return typeof data.count === 'number' ? data.count : (data.count.value ?? null);
}

const tickets: ZendeskStream = {
  id: 'tickets',
  title: 'Tickets with their metric sets',
  kind: 'history',
  provides: {
    tickets: [
      'open_tickets',
      'status',
      'vendor_status',
      'priority_rank',
      'vendor_priority',
      'type',
      'channel',
      'vendor_channel',
      'form',
      'group_id',
      'assignee_id',
      'requester_key',
      'requester_is_agent',
      'organisation_id',
      'brand',
      'created_by',
      'created_by:customer',
      'created_by:agent',
      'created_by:machine',
      'created_on_behalf',
      'follow_up_of',
      'problem_id',
      'merged_into',
      'calendar_id',
      'deleted',
      'test',
      'tags',
      'filled_fields',
      'reported_solved_at',
      'reported_reopens',
      'reported_reassignments',
      'reported_replies',
      'reported_first_reply_calendar_s',
      'reported_first_reply_business_s',
      'reported_first_resolution_calendar_s',
      'reported_first_resolution_business_s',
      'reported_full_resolution_calendar_s',
      'reported_full_resolution_business_s',
      'reported_waiting_customer_s',
      'reported_waiting_other_s',
    ],
    links: ['kind', 'kind:problem', 'target_key'],
  },
  probe: (context) =>
    probeExport(context, '/incremental/tickets/cursor', { permission: ADMIN_ONLY }, { per_page: '1' }),
  read: readTickets,
};

const ticketEvents: ZendeskStream = {
  id: 'ticket-events',
  title: 'Ticket events and comments',
  kind: 'history',
  provides: { events: EVENT_FIELDS, messages: MESSAGE_FIELDS, links: LINK_FIELDS },
  probe: (context) =>
    context.settings.history === 'audits'
      ? Promise.resolve({ status: 'absent', detail: 'Audits are read instead (setting `history`).' })
      : probeExport(context, '/incremental/ticket_events', { permission: ADMIN_ONLY }),
  read: readTicketEvents,
};

const ticketAudits: ZendeskStream = {
  id: 'ticket-audits',
  title: 'Audits ticket by ticket',
  kind: 'history',
  provides: { events: EVENT_FIELDS, messages: MESSAGE_FIELDS, links: LINK_FIELDS },
  probe: (context) =>
    context.settings.history === 'audits'
      ? probeExport(context, '/incremental/tickets/cursor', { permission: ADMIN_ONLY }, { per_page: '1' })
      : Promise.resolve({
          status: 'absent',
          detail: 'The export of ticket events is read instead (setting `history`).',
        }),
  read: readTicketAudits,
};

const auditSample: ZendeskStream = {
  id: 'audit-sample',
  title: 'Audits of a sample of tickets',
  kind: 'history',
  adds: true,
  provides: { messages: [...NOTICE_FIELDS, ...TEMPLATE_FIELDS] },
  async probe(context) {
    if (context.settings.history === 'audits')
      return { status: 'absent', detail: 'Audits of all tickets are read (setting `history`).' };
    if (context.settings.auditSample === 0)
      return { status: 'absent', detail: 'No sample of audits is wanted (setting `auditSample`).' };
    const asked = await probeExport(
      context,
      '/incremental/tickets/cursor',
      { permission: ADMIN_ONLY },
      { per_page: '1' },
    );
    if (asked.status !== 'available') return asked;
    // How far the sample reaches back is no bound of the stream: its tickets are recorded.
    return { status: 'available', detail: 'Messages of rules and templates are known of a sample of tickets only.' };
  },
  read: readSample,
};

const slaClocks: ZendeskStream = {
  id: 'sla-clocks',
  title: 'Service-level clocks',
  kind: 'history',
  provides: {
    sla_clocks: [
      'metric',
      'scope',
      'instance',
      'policy_id',
      'target_s',
      'business_hours',
      'started_at',
      'applied_at',
      'breach_at',
      'fulfilled_at',
      'paused_s',
      'voided',
      'met',
    ],
  },
  async probe(context) {
    const asked = await probeExport(context, '/incremental/ticket_metric_events', { permission: ADMIN_ONLY });
    if (asked.status !== 'available') return asked;
    // Without SLA policies the same export still answers, with clocks that promise nothing.
    const policies = await probeAs(
      context,
      async () => {
        await firstRows(context, '/slas/policies', 'sla_policies');
        return { status: 'available' };
      },
      { permission: SLA_ADMIN, plan: SLA_PLAN },
    );
    return policies.status === 'plan' ? policies : asked;
  },
  read: readClocks,
};

export const SLA_PLAN = 'Service-level policies need Support Professional, Suite Growth or a higher plan.';
export const SLA_ADMIN = 'Use a token of an administrator: service-level policies are shown to administrators only.';

const organisations: ZendeskStream = {
  id: 'organisations',
  title: 'Organisations',
  kind: 'history',
  provides: { organisations: ['created_at', 'domain_hash', 'terms'] },
  probe: (context) => probeExport(context, '/incremental/organizations', { permission: ADMIN_ONLY }),
  async *read(context, checkpoint) {
    const directory = await loadDirectory(context);
    requireParts(directory, ['organization_fields']);
    const codec = timeCodec('organisations');
    for await (const page of timeExport(
      context,
      '/incremental/organizations',
      'organizations',
      codec.read(checkpoint).at,
    )) {
      const { kept, rejected } = parseEach(Organisation, page.items, 'organisations');
      yield {
        records: { organisation: kept.map((row) => toOrganisation(row, directory, context)) },
        rejected,
        checkpoint: codec.write({ at: page.resume }),
        seen: page.items.length,
      };
    }
  },
};

const articles: ZendeskStream = {
  id: 'articles',
  title: 'Help centre articles',
  kind: 'history',
  provides: { articles: ['edited_at', 'published', 'public', 'author_id', 'category', 'promised_reply_s'] },
  probe: (context) =>
    probeExport(context, '/help_center/incremental/articles', {
      permission: 'Give the token the role of a help centre manager.',
      absent: 'No help centre is switched on for this account.',
    }),
  async *read(context, checkpoint) {
    const codec = timeCodec('articles');
    for await (const page of timeExport(
      context,
      '/help_center/incremental/articles',
      'articles',
      codec.read(checkpoint).at,
    )) {
      const { kept, rejected } = parseEach(Article, page.items, 'articles');
      yield {
        records: { article: kept.map(toArticle) },
        rejected,
        checkpoint: codec.write({ at: page.resume }),
        seen: page.items.length,
      };
    }
  },
};

/** Streams that go on from a checkpoint, parents before children. */
export const HISTORY: readonly ZendeskStream[] = [
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
