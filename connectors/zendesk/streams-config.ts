import { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { orRefusal, probeCapability } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import type { HttpRequest } from '../../src/kit/http.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { createLoopGuard } from '../../src/kit/loop-guard.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toolClass } from '../../src/kit/recognise-tool.ts';
import { type Directory, loadDirectory, requireParts } from './directory.ts';
import { defaultForm, fieldAutomation, formAutomation } from './map-forms.ts';
import { jiraLink, toCalendar } from './map-misc.ts';
import { toAgent, toTeam } from './map-people.ts';
import {
  type Automation,
  bare,
  isAcknowledgement,
  queueAutomation,
  toAutomation,
  viewAutomation,
} from './map-rules.ts';
import { toPolicy } from './map-sla-policy.ts';
import { API, type Context, listAll, listPages } from './pages.ts';
import {
  Installation,
  JiraLink,
  Queue,
  Rule,
  Schedule,
  ScheduleHoliday,
  SlaPolicy,
  TicketField,
  TicketForm,
  View,
  Webhook,
} from './schema-config.ts';
import { ADMIN_ONLY, listStream, probeList, type ZendeskStream } from './stream.ts';
import { SLA_ADMIN, SLA_PLAN } from './streams-history.ts';

const LOOKED_AT = ['condition_fields', 'condition_terms', 'unread_conditions'];
const RULE_FIELDS = [
  ...['active', 'shared', 'vendor_default', ...LOOKED_AT],
  ...['actions', 'action_terms', 'unread_actions', 'fired_count', 'updated_at'],
];
const AGENT_WORDS = {
  permission: 'Give the token the role of an agent or administrator who may see the configuration.',
};

const people: ZendeskStream = {
  id: 'people',
  title: 'Agents, groups and memberships',
  kind: 'config',
  provides: {
    agents: ['role', 'department', 'active', 'human', 'created_at', 'team', 'membership', 'purpose', 'tier'],
  },
  probe: (context) =>
    probeList(
      context,
      '/users',
      'users',
      { permission: 'Give the token a role that may list agents.' },
      { 'role[]': ['agent', 'admin'] },
    ),
  async *read(context) {
    const directory = await loadDirectory(context);
    requireParts(directory, ['users', 'custom_roles', 'groups', 'group_memberships']);
    if (directory.agents === null)
      throw new PlumblineError(
        'VENDOR_REFUSED',
        'The list of agents could be opened, but reading it was refused.',
        'Run the sync again. If it is refused again, look at the rights of the token.',
        { where: '/users' },
      );
    const agents = [...directory.agents.values()];
    yield {
      records: {
        team: directory.groups.map((group) => toTeam(group, context.settings)),
        membership: directory.memberships.map((m) => ({ agent_id: m.user_id, team_id: m.group_id })),
        agent: agents.map((user) => toAgent(user, directory, context.settings)),
      },
      rejected: directory.rejected,
      checkpoint: '',
      seen: agents.length + directory.groups.length + directory.memberships.length,
    };
  },
};

const calendars: ZendeskStream = {
  id: 'schedules',
  title: 'Business hours and holidays',
  kind: 'config',
  provides: { calendars: ['time_zone', 'weekly', 'holidays', 'is_default'] },
  probe: (context) =>
    probeList(context, '/business_hours/schedules', 'schedules', {
      permission: ADMIN_ONLY,
      plan: 'Business hours need Support Professional, Suite Growth or a higher plan.',
    }),
  async *read(context) {
    const rows = await listAll(context, '/business_hours/schedules', 'schedules');
    const { kept, rejected } = parseEach(Schedule, rows, 'schedules');
    const calendar: TelemetryRecord<'calendar'>[] = [];
    for (const [place, schedule] of kept.entries()) {
      const holidays = await holidaysOf(context, schedule.id);
      calendar.push(toCalendar(schedule, holidays.kept, place === 0));
      rejected.push(...holidays.rejected);
    }
    yield { records: { calendar }, rejected, checkpoint: '', seen: rows.length };
  },
};

async function holidaysOf(context: Context, scheduleId: string) {
  try {
    const rows = await listAll(
      context,
      `/business_hours/schedules/${encodeURIComponent(scheduleId)}/holidays`,
      'holidays',
    );
    return parseEach(ScheduleHoliday, rows, 'schedules');
  } catch (error) {
    if (isRefusal(error, [404])) return { kept: [], rejected: [] };
    throw error;
  }
}

function policyStream(id: string, title: string, path: string, key: string, scope: 'ticket' | 'group'): ZendeskStream {
  return {
    id,
    title,
    kind: 'config',
    provides: {
      sla_policies: ['active', 'scope', 'is_default', ...LOOKED_AT, 'tier', 'position', 'updated_at', 'sla_target'],
    },
    probe: (context) => probeList(context, path, key, { permission: SLA_ADMIN, plan: SLA_PLAN }),
    async *read(context) {
      const directory = await loadDirectory(context);
      for await (const rows of listPages(context, path, key)) {
        const { kept, rejected } = parseEach(SlaPolicy, rows, id);
        const mapped = kept.map((policy) => toPolicy(policy, scope, directory, context));
        yield {
          records: { sla_policy: mapped.map((m) => m.policy), sla_target: mapped.flatMap((m) => m.targets) },
          rejected: [...rejected, ...mapped.flatMap((m) => m.rejected)],
          checkpoint: '',
          seen: rows.length,
        };
      }
    },
  };
}

/** Rule lists carry 30-day use counts through a sideload that lower plans refuse; then they are read without. */
function ruleStream(
  id: string,
  title: string,
  path: string,
  key: string,
  map: (rule: Rule, directory: Directory, context: Context) => Automation[],
): ZendeskStream {
  const usage = { include: 'usage_30d' };
  return {
    id,
    title,
    kind: 'config',
    provides: { automations: RULE_FIELDS },
    probe: (context) => probeList(context, path, key, AGENT_WORDS),
    async *read(context) {
      const directory = await loadDirectory(context);
      for await (const rows of withFallback(context, path, key, usage)) {
        const { kept, rejected } = parseEach(Rule, rows, id);
        yield {
          records: { automation: kept.flatMap((rule) => map(rule, directory, context)) },
          rejected,
          checkpoint: '',
          seen: rows.length,
        };
      }
    },
  };
}

async function* withFallback(
  context: Context,
  path: string,
  key: string,
  query: Record<string, string>,
): AsyncGenerator<unknown[]> {
  let begun = false;
  try {
    for await (const rows of listPages(context, path, key, query)) {
      begun = true;
      yield rows;
    }
  } catch (error) {
    if (begun || !isRefusal(error, [400, 402, 403, 422])) throw error;
    yield* listPages(context, path, key);
  }
}

const triggers = ruleStream('triggers', 'Triggers', '/triggers', 'triggers', (rule, directory, context) => {
  const trigger = toAutomation(rule, 'trigger', directory, context);
  return isAcknowledgement(rule) ? [trigger, { ...trigger, kind: 'acknowledgement' }] : [trigger];
});
const automations = ruleStream(
  'automations',
  'Automations',
  '/automations',
  'automations',
  (rule, directory, context) => [toAutomation(rule, 'automation', directory, context)],
);
const macros = ruleStream('macros', 'Macros', '/macros', 'macros', (rule, directory, context) => [
  toAutomation(rule, 'macro', directory, context),
]);

const views = listStream({
  id: 'views',
  title: 'Views',
  provides: { automations: ['active', 'shared', 'vendor_default', ...LOOKED_AT, 'updated_at'] },
  path: '/views',
  key: 'views',
  schema: View,
  words: AGENT_WORDS,
  map: async (rows, context) => {
    const directory = await loadDirectory(context);
    return { automation: rows.map((view) => viewAutomation(view, directory, context)) };
  },
});

const queues = listStream({
  id: 'queues',
  title: 'Routing queues',
  provides: { automations: [...LOOKED_AT, 'actions'] },
  path: '/queues',
  key: 'queues',
  schema: Queue,
  words: { permission: ADMIN_ONLY, plan: 'Queues need omnichannel routing and a plan that includes it.' },
  map: async (rows, context) => {
    const directory = await loadDirectory(context);
    return { automation: rows.map((queue) => queueAutomation(queue, directory, context)) };
  },
});

const skills = listStream({
  id: 'routing-skills',
  title: 'Routing by skills',
  provides: { automations: ['condition_fields', 'actions'] },
  path: '/routing/attributes',
  key: 'attributes',
  schema: z.object({ id: z.union([z.string(), z.int()]).transform(String) }),
  words: { permission: ADMIN_ONLY, plan: 'Routing by skills needs an Enterprise or Suite Professional plan.' },
  map: (rows) => ({
    automation: rows.map((row) => ({
      ...bare(row.id, 'routing', null),
      condition_fields: ['skill'],
      condition_terms: ['skill'],
      unread_conditions: 0,
      actions: ['set_assignee'],
    })),
  }),
});

const fields = listStream({
  id: 'ticket-fields',
  title: 'Ticket fields',
  provides: { automations: ['required_fields', 'required_to_solve'] },
  path: '/ticket_fields',
  key: 'ticket_fields',
  schema: TicketField,
  words: AGENT_WORDS,
  map: async (rows, context) => {
    const directory = await loadDirectory(context);
    return { automation: rows.map((field) => fieldAutomation(field, directory)) };
  },
});

const forms: ZendeskStream = {
  id: 'ticket-forms',
  title: 'Request forms',
  kind: 'config',
  provides: { automations: ['required_fields', 'required_to_solve'] },
  // Every account has at least the form made of its fields; several forms are a matter of plan.
  probe: (context) => probeList(context, '/ticket_fields', 'ticket_fields', AGENT_WORDS),
  async *read(context) {
    const directory = await loadDirectory(context);
    requireParts(directory, ['ticket_fields']);
    const rows = await formRows(context);
    const { kept, rejected } = parseEach(TicketForm, rows, 'ticket-forms');
    const automation =
      kept.length === 0 ? [defaultForm(directory)] : kept.map((form) => formAutomation(form, directory));
    yield { records: { automation }, rejected, checkpoint: '', seen: rows.length };
  },
};

async function formRows(context: Context): Promise<unknown[]> {
  const { found } = await orRefusal(() => listAll(context, '/ticket_forms', 'ticket_forms'), [402, 403, 404, 422]);
  return found ?? [];
}

function integration(id: string, name: string, active: boolean): TelemetryRecord<'integration'> {
  return { id, class: toolClass(name), active, last_traffic_at: null, traffic_tickets: null };
}

const apps = listStream({
  id: 'apps',
  title: 'Installed apps',
  provides: { integrations: ['class', 'active'] },
  path: '/apps/installations',
  key: 'installations',
  schema: Installation,
  words: { permission: ADMIN_ONLY },
  map: (rows) => ({
    integration: rows.map((app) =>
      integration(
        `app:${app.id}`,
        [app.app?.name, app.settings?.name, app.settings?.title].join(' '),
        app.enabled ?? true,
      ),
    ),
  }),
});

const webhooks = listStream({
  id: 'webhooks',
  title: 'Webhooks',
  provides: { integrations: ['class', 'active'] },
  path: '/webhooks',
  key: 'webhooks',
  schema: Webhook,
  words: { permission: ADMIN_ONLY },
  map: (rows) => ({
    integration: rows.map((hook) =>
      integration(`webhook:${hook.id}`, [hook.name, hook.endpoint].join(' '), hook.status !== 'inactive'),
    ),
  }),
});

/** The integration's own service; some accounts answer under the ordinary API root instead. */
const JIRA_PATHS = ['/api/services/jira/links', `${API}/jira/links`] as const;
const JIRA_WORDS = { permission: ADMIN_ONLY, absent: 'The Jira integration is not installed.' };

const jira: ZendeskStream = {
  id: 'jira-links',
  title: 'Linked Jira issues',
  kind: 'config',
  provides: { links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'] },
  async probe(context) {
    let asked: Capability = { status: 'absent', detail: JIRA_WORDS.absent };
    for (const path of JIRA_PATHS) {
      if (asked.status !== 'absent') break;
      asked = await probeCapability(async () => {
        await jiraPages(context, path).next();
        return { status: 'available' };
      }, JIRA_WORDS);
    }
    return asked;
  },
  async *read(context) {
    for await (const rows of firstKnown(context)) {
      const { kept, rejected } = parseEach(JiraLink, rows, 'jira-links');
      yield {
        records: { link: kept.map((link) => jiraLink(link, context)) },
        rejected,
        checkpoint: '',
        seen: rows.length,
      };
    }
  },
};

/** In this list `links` are the rows, so the ordinary page envelope does not fit. */
const JiraPage = z.looseObject({
  links: z.array(z.unknown()),
  meta: z.looseObject({ has_more: z.boolean().nullish(), after_cursor: z.string().nullish() }).nullish(),
  next_page: z.string().nullish(),
});

async function* jiraPages(context: Context, path: string): AsyncGenerator<unknown[]> {
  const guard = createLoopGuard('jira-links');
  for (let next: Pick<HttpRequest<unknown>, 'next' | 'query'> | null = {}; next !== null; ) {
    const { data } = await context.http.getJson({ path, schema: JiraPage, signal: context.signal, ...next });
    yield data.links;
    next = nextJiraPage(data);
    if (next !== null) guard.step(JSON.stringify(next));
  }
}

function nextJiraPage(page: z.infer<typeof JiraPage>): Pick<HttpRequest<unknown>, 'next' | 'query'> | null {
  if (typeof page.next_page === 'string') return { next: page.next_page };
  const after = page.meta?.has_more === true ? page.meta.after_cursor : null;
  return typeof after === 'string' ? { query: { 'page[after]': after } } : null;
}

async function* firstKnown(context: Context): AsyncGenerator<unknown[]> {
  const [first, second] = JIRA_PATHS;
  try {
    yield* jiraPages(context, first);
  } catch (error) {
    if (!isRefusal(error, [404])) throw error;
    yield* jiraPages(context, second);
  }
}

/** Streams that are read whole each time. */
export const CONFIG: readonly ZendeskStream[] = [
  people,
  calendars,
  policyStream('sla-policies', 'Service-level policies', '/slas/policies', 'sla_policies', 'ticket'),
  policyStream(
    'group-sla-policies',
    'Group service-level policies',
    '/group_slas/policies',
    'group_sla_policies',
    'group',
  ),
  triggers,
  automations,
  macros,
  views,
  queues,
  skills,
  fields,
  forms,
  apps,
  webhooks,
  jira,
];
