import { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { orRefusal, type RefusalWords } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Feed, joinMapped } from '../../src/kit/feed/feed.ts';
import type { ListFeed } from '../../src/kit/feed/list.ts';
import { fields } from '../../src/kit/fields.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { withQuery } from '../../src/kit/page/page-size.ts';
import { type Pager, valueAt } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toIntegration } from '../../src/kit/records/integrations.ts';
import { toTeam } from '../../src/kit/records/people.ts';
import { lookedAt, toAutomation } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { VendorId } from '../../src/kit/vendor-schema.ts';
import { requireParts } from './directory.ts';
import type { Desk } from './field-terms.ts';
import { defaultForm, toField, toForm } from './map-forms.ts';
import { jiraLink, toCalendar } from './map-misc.ts';
import { toAgent } from './map-people.ts';
import { isAcknowledgement, toQueue, toRule, toView } from './map-rules.ts';
import { toPolicy } from './map-sla-policy.ts';
import { API, listAll, PAGES } from './pages.ts';
import {
  Holiday,
  Installation,
  JiraLink,
  Queue,
  Rule,
  Schedule,
  SlaPolicy,
  TicketField,
  TicketForm,
  User,
  View,
  Webhook,
} from './schema-config.ts';
import { byPlan, type Context, type Session } from './session.ts';
import type { Settings } from './settings.ts';

const { list } = feedsOf<Settings, Session>();

/** An ordinary list of the account. */
function config<R>(feed: Omit<ListFeed<Context, R>, 'page' | 'path'> & { readonly path: string }): Feed<Context> {
  const made = list({ ...feed, path: `${API}${feed.path}`, page: PAGES });
  return { ...made, probe: async (context) => byPlan(await made.probe(context), feed.words.plan, context) };
}

const deskOf = async (context: Context): Promise<Desk> => ({ directory: await context.session.directory(), context });

type Automation = TelemetryRecord<'automation'>;

/** What acts, asks or shows, row by row, by what the account is. */
function byDesk<R>(map: (row: R, desk: Desk) => Automation | Automation[]) {
  return async (rows: readonly R[], context: Context) => {
    const desk = await deskOf(context);
    return { automation: rows.flatMap((row) => map(row, desk)) };
  };
}

/** Reads the second list where the account refuses the first before that gave anything. */
function orElse(first: Feed<Context>, second: Feed<Context>, statuses: readonly number[]): Feed<Context>['read'] {
  return async function* (context, checkpoint) {
    let begun = false;
    try {
      for await (const page of first.read(context, checkpoint)) {
        begun = true;
        yield page;
      }
    } catch (error) {
      if (begun || !isRefusal(error, statuses)) throw error;
      yield* second.read(context, checkpoint);
    }
  };
}

export const ADMIN_ONLY = 'Use a token of an administrator: the vendor opens this export to administrators only.';
const AGENT_WORDS = {
  permission: 'Give the token the role of an agent or administrator who may see the configuration.',
};
const LOOKED_AT = fields('automations', 'condition_fields condition_terms unread_conditions');

const agents = config({
  id: 'people',
  title: 'Agents, groups and memberships',
  fills: {
    agents: fields('agents', 'role department active human created_at team membership purpose tier'),
  },
  words: { permission: 'Give the token a role that may list agents.' },
  path: '/users',
  query: { 'role[]': ['agent', 'admin'] },
  at: 'users',
  rows: User,
  map: () => ({}),
});

/** All lists of people at once: roles and groups tell what a person is. */
const people: Feed<Context> = {
  ...agents,
  async *read(context) {
    const directory = await context.session.directory();
    requireParts(directory, ['users', 'custom_roles', 'groups', 'group_memberships']);
    if (directory.agents === null)
      throw new PlumblineError(
        'VENDOR_REFUSED',
        'The list of agents could be opened, but reading it was refused.',
        'Run the sync again. If it is refused again, look at the rights of the token.',
        { where: '/users' },
      );
    const users = [...directory.agents.values()];
    yield {
      records: {
        team: directory.groups.map(({ id, name, deleted }) =>
          toTeam({ id, name, active: deleted !== true }, statedOf(context.settings)),
        ),
        membership: directory.memberships.map((m) => ({ agent_id: m.user_id, team_id: m.group_id })),
        agent: users.map((user) => toAgent(user, directory, context.settings)),
      },
      rejected: directory.rejected,
      checkpoint: '',
      seen: users.length + directory.groups.length + directory.memberships.length,
    };
  },
};

const holidaysOf = (schedule: string) => `/business_hours/schedules/${encodeURIComponent(schedule)}/holidays`;

/** The first schedule is that of tickets without one. */
const calendars = config({
  id: 'schedules',
  title: 'Business hours and holidays',
  fills: { calendars: fields('calendars', 'time_zone weekly holidays is_default') },
  words: {
    permission: ADMIN_ONLY,
    plan: 'Business hours need Support Professional, Suite Growth or a higher plan.',
  },
  path: '/business_hours/schedules',
  at: 'schedules',
  rows: Schedule,
  below: {
    holidays: {
      ask: ({ id }) => ({ path: `${API}${holidaysOf(id)}` }),
      lacks: { calendars: ['holidays'] },
      words: `Holidays of schedules are refused. ${ADMIN_ONLY}`,
    },
  },
  async map(rows, context, sees) {
    const seen = await sees('holidays');
    const read = async (schedule: Schedule, place: number) => {
      const ask = () => listAll(context, holidaysOf(schedule.id), 'holidays');
      const found = seen ? (await orRefusal(ask, [404])).found : null;
      const { kept, rejected } = parseEach(Holiday, found ?? [], 'schedules');
      return joinMapped([toCalendar(schedule, kept, place === 0), { rejected }]);
    };
    return joinMapped(await each(rows, read, 1));
  },
});

/** Who may see service-level policies, and from which plan on there are any. */
const SLA_WORDS = {
  permission: 'Use a token of an administrator: service-level policies are shown to administrators only.',
  plan: 'Service-level policies need Support Professional, Suite Growth or a higher plan.',
} satisfies RefusalWords;

function policies(id: string, title: string, path: string, at: string, scope: 'ticket' | 'group') {
  return config({
    id,
    title,
    fills: {
      sla_policies: fields(
        'sla_policies',
        'active scope is_default condition_fields condition_terms unread_conditions tier position updated_at sla_target',
      ),
    },
    words: SLA_WORDS,
    path,
    at,
    rows: SlaPolicy,
    async map(rows, context) {
      const desk = await deskOf(context);
      return joinMapped(rows.map((policy) => toPolicy(policy, scope, desk)));
    },
  });
}
export const ticketPolicies = policies(
  'sla-policies',
  'Service-level policies',
  '/slas/policies',
  'sla_policies',
  'ticket',
);

/** Rule lists carry 30-day use counts through a sideload that lower plans refuse; then they are read without. */
function rules(id: string, title: string, map: (rule: Rule, desk: Desk) => Automation | Automation[]): Feed<Context> {
  const head = {
    id,
    title,
    fills: {
      automations: fields(
        'automations',
        'active shared vendor_default condition_fields condition_terms unread_conditions',
        'actions action_terms unread_actions fired_count updated_at',
      ),
    },
    words: AGENT_WORDS,
    path: `/${id}`,
    at: id,
    rows: Rule,
    map: byDesk(map),
  };
  const [plain, counted] = [config(head), config({ ...head, query: { include: 'usage_30d' } })];
  return { ...plain, read: orElse(counted, plain, [400, 402, 403, 422]) };
}

const triggers = rules('triggers', 'Triggers', (rule, desk) => {
  const trigger = toRule(rule, 'trigger', desk);
  return isAcknowledgement(trigger) ? [trigger, { ...trigger, kind: 'acknowledgement' }] : trigger;
});
const automations = rules('automations', 'Automations', (rule, desk) => toRule(rule, 'automation', desk));
const macros = rules('macros', 'Macros', (rule, desk) => toRule(rule, 'macro', desk));

const views = config({
  id: 'views',
  title: 'Views',
  fills: { automations: [...fields('automations', 'active shared vendor_default updated_at'), ...LOOKED_AT] },
  words: AGENT_WORDS,
  path: '/views',
  at: 'views',
  rows: View,
  map: byDesk(toView),
});

const queues = config({
  id: 'queues',
  title: 'Routing queues',
  fills: { automations: [...LOOKED_AT, 'actions'] },
  words: { permission: ADMIN_ONLY, plan: 'Queues need omnichannel routing and a plan that includes it.' },
  path: '/queues',
  at: 'queues',
  rows: Queue,
  map: byDesk(toQueue),
});

const skills = config({
  id: 'routing-skills',
  title: 'Routing by skills',
  fills: { automations: ['condition_fields', 'actions'] },
  words: { permission: ADMIN_ONLY, plan: 'Routing by skills needs an Enterprise or Suite Professional plan.' },
  path: '/routing/attributes',
  at: 'attributes',
  rows: z.object({ id: VendorId }),
  map: (rows) => ({
    automation: rows.map(({ id }) =>
      toAutomation({ id, kind: 'routing', active: true, conditions: [lookedAt('skill')], actions: ['set_assignee'] }),
    ),
  }),
});

const ASKED = fields('automations', 'required_fields required_to_solve');

const ticketFields = config({
  id: 'ticket-fields',
  title: 'Ticket fields',
  fills: { automations: ASKED },
  words: AGENT_WORDS,
  path: '/ticket_fields',
  at: 'ticket_fields',
  rows: TicketField,
  map: byDesk((field, { directory }) => toField(field, directory)),
});

/** Every account has at least the form made of its fields; several forms are a matter of plan. */
const forms: Feed<Context> = {
  ...ticketFields,
  id: 'ticket-forms',
  title: 'Request forms',
  async *read(context) {
    const directory = await context.session.directory();
    requireParts(directory, ['ticket_fields']);
    const ask = () => listAll(context, '/ticket_forms', 'ticket_forms');
    const rows = (await orRefusal(ask, [402, 403, 404, 422])).found ?? [];
    const { kept, rejected } = parseEach(TicketForm, rows, 'ticket-forms');
    const automation = kept.length === 0 ? [defaultForm(directory)] : kept.map((form) => toForm(form, directory));
    yield { records: { automation }, rejected, checkpoint: '', seen: rows.length };
  },
};

function tools<R>(
  id: string,
  title: string,
  call: { readonly path: string; readonly at: string; readonly rows: z.ZodType<R> },
  map: (row: R) => Parameters<typeof toIntegration>[0],
) {
  return config<R>({
    id,
    title,
    fills: { integrations: ['class', 'active'] },
    words: { permission: ADMIN_ONLY },
    ...call,
    map: (rows) => ({ integration: rows.map((row) => toIntegration(map(row))) }),
  });
}
const apps = tools(
  'apps',
  'Installed apps',
  { path: '/apps/installations', at: 'installations', rows: Installation },
  (app) => ({
    id: `app:${app.id}`,
    names: [app.app?.name, app.settings?.name, app.settings?.title],
    active: app.enabled ?? true,
  }),
);
const webhooks = tools('webhooks', 'Webhooks', { path: '/webhooks', at: 'webhooks', rows: Webhook }, (hook) => ({
  id: `webhook:${hook.id}`,
  names: [hook.name, hook.endpoint],
  active: hook.status !== 'inactive',
}));

/** In this list `links` are the rows, so its pages name the next one in ways of their own. */
const JIRA_PAGES: Pager = {
  first: (ask) => ask,
  after({ ask, data }) {
    const next = valueAt(data, 'next_page');
    if (typeof next === 'string') return { kind: 'more', ask: { ...ask, next } };
    const after = valueAt(data, 'meta.has_more') === true ? valueAt(data, 'meta.after_cursor') : null;
    return typeof after === 'string'
      ? { kind: 'more', ask: withQuery(ask, { 'page[after]': after }) }
      : { kind: 'end' };
  },
};
const jiraAt = (path: string) =>
  list({
    id: 'jira-links',
    title: 'Linked Jira issues',
    fills: { links: fields('links', 'kind kind:issue system target_key linked_at') },
    words: { permission: ADMIN_ONLY, absent: 'The Jira integration is not installed.' },
    path,
    at: 'links',
    page: JIRA_PAGES,
    rows: JiraLink,
    map: (rows, context) => ({ link: rows.map((link) => jiraLink(link, context)) }),
  });
/** The integration's own service; some accounts answer under the ordinary API root instead. */
const [service, ordinary] = [jiraAt('/api/services/jira/links'), jiraAt(`${API}/jira/links`)];
const jira: Feed<Context> = {
  ...service,
  async probe(context) {
    const asked = await service.probe(context);
    return asked.status === 'absent' ? ordinary.probe(context) : asked;
  },
  read: orElse(service, ordinary, [404]),
};

/** Feeds that are read whole each time. */
export const CONFIG: readonly Feed<Context>[] = [
  people,
  calendars,
  ticketPolicies,
  policies('group-sla-policies', 'Group service-level policies', '/group_slas/policies', 'group_sla_policies', 'group'),
  triggers,
  automations,
  macros,
  views,
  queues,
  skills,
  ticketFields,
  forms,
  apps,
  webhooks,
  jira,
];
