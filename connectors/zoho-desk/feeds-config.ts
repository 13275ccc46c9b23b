import { available } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { AGENTS, API, FIELDS, loadDesk, pagesOf, readEach, readWhole, type Session, scope, WHOLE } from './account.ts';
import { toAgent, toArticle, toCalendar, toField, toForm, toOrganisation, toPolicy, toWebhook } from './map-config.ts';
import { toAssignments, toRuleGroup } from './map-rules.ts';
import * as of from './schema.ts';
import type { Settings } from './settings.ts';

const { list } = feedsOf<Settings, Session>();

const SETTINGS = { at: 'data', words: { permission: scope('settings', 'basic', 'automations') } };

/** A list whose records are shown one by one only: it is open where those are. */
const openIf = async (sees: Promise<boolean>): Promise<Capability> =>
  (await sees) ? { status: 'available' } : { status: 'permission', detail: SETTINGS.words.permission };

const departments = list({
  ...SETTINGS,
  id: 'departments',
  title: 'Departments',
  fills: { agents: ['team', 'purpose', 'tier'] },
  path: `${API}/departments`,
  page: pagesOf(200),
  rows: of.Department,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam({ ...row, active: row.isEnabled !== false }, statedOf(settings))),
  }),
});

const teams = list({
  ...SETTINGS,
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  path: `${API}/teams`,
  at: 'teams',
  page: pagesOf(200),
  rows: of.Team,
  map: (rows, { settings }) => ({
    team: rows.map((row) => toTeam(row, statedOf(settings))),
    membership: toMemberships(
      rows.flatMap((row) => [...row.agents, ...row.derivedAgents].map((agent) => [agent, row.id] as const)),
    ),
  }),
});

const agents = list({
  ...SETTINGS,
  id: 'agents',
  title: 'Agents',
  fills: { agents: ['role', 'department', 'active', 'human', 'membership'] },
  path: `${API}/agents`,
  query: AGENTS,
  page: pagesOf(200),
  rows: of.Agent,
  async map(rows, { session, settings }) {
    const known = await session.departments();
    const inside = (row: of.Agent) =>
      row.associatedDepartmentIds.map((id) => ({ id, name: known?.get(id)?.name ?? null }));
    return {
      agent: rows.map((row) => toAgent(row, inside(row), settings)),
      membership: toMemberships(rows.flatMap((row) => inside(row).map(({ id }) => [row.id, id] as const))),
    };
  },
});

const businessHours = list({
  ...SETTINGS,
  id: 'business-hours',
  title: 'Business hours and holidays',
  fills: { calendars: ['time_zone', 'weekly', 'holidays'] },
  path: `${API}/businessHours`,
  shows: ({ session }) => openIf(session.seesHours('hours')),
  page: pagesOf(50),
  rows: of.BusinessHours,
  async map(rows, context) {
    const { whole, rejected } = await readWhole(context, 'business-hours', rows, '/businessHours/*', of.BusinessHours);
    const listsOf = ({ associatedHolidayList: one, holidayLists: more }: of.BusinessHours) =>
      new Set([one?.holidayListId ?? null, ...more.map(({ id }) => id)].filter((id) => id !== null));
    const ids = [...new Set(whole.flatMap((row) => [...listsOf(row)]))];
    const lists = await readEach(
      context,
      'business-hours',
      (await context.session.seesHolidays('list')) ? ids : [],
      '/holidayList/*',
      of.HolidayList,
    );
    const holidays = new Map(ids.map((id, i) => [id, lists.found[i] ?? null]));
    const off = (row: of.BusinessHours) => [...listsOf(row)].flatMap((id) => holidays.get(id) ?? []);
    return joinMapped([
      ...whole.map((row) => toCalendar(row, off(row), context.until)),
      { rejected: [...rejected, ...lists.rejected] },
    ]);
  },
});

const policies = list({
  ...SETTINGS,
  id: 'sla-policies',
  title: 'Service-level policies',
  fills: {
    sla_policies: fields('sla_policies', 'active condition_fields condition_terms unread_conditions calendar_id'),
  },
  words: {
    ...SETTINGS.words,
    absent: 'This desk does not list its policies; Setup > Automation > Service Level Agreements shows them.',
  },
  path: `${API}/slas`,
  page: pagesOf(50),
  rows: of.Sla,
  async map(rows, { session }) {
    const [hours, contracts] = [await session.hoursOf(), await session.contracts()];
    return joinMapped(rows.map((row) => toPolicy(row, hours?.get(row.id), contracts?.policies.has(row.id) === true)));
  },
});

const ticketFields = list({
  ...SETTINGS,
  id: 'fields',
  title: 'Fields of tickets',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions', 'updated_at'] },
  path: FIELDS,
  query: { module: 'tickets' },
  page: WHOLE,
  rows: of.Field,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const layouts = list({
  ...SETTINGS,
  id: 'layouts',
  title: 'Layouts of tickets',
  fills: { automations: ['active', 'condition_fields', 'required_fields', 'updated_at'] },
  path: `${API}/layouts`,
  shows: ({ session }) => openIf(session.seesLayouts('layout')),
  query: { module: 'tickets', status: 'all' },
  page: pagesOf(99),
  rows: of.Layout,
  async map(rows, context) {
    const { whole, rejected } = await readWhole(context, 'layouts', rows, '/layouts/*', of.Layout);
    return { automation: whole.map(toForm), rejected };
  },
});

const UNDERSTOOD = [
  'condition_fields',
  'condition_terms',
  'unread_conditions',
  'actions',
  'action_terms',
  'unread_actions',
] as const;

const assignments = list({
  ...SETTINGS,
  id: 'assignment-rules',
  title: 'Direct assignment rules',
  fills: { automations: ['active', ...UNDERSTOOD] },
  path: `${API}/directAssignmentRules`,
  shows: ({ session }) => openIf(session.seesRules('rule')),
  page: pagesOf(50),
  rows: of.AssignmentRule,
  async map(rows, context) {
    const desk = await loadDesk(context);
    const { whole, rejected } = await readWhole(
      context,
      'assignment-rules',
      rows,
      '/directAssignmentRules/*',
      of.AssignmentRule,
    );
    return { automation: whole.flatMap((row) => toAssignments(row, desk)), rejected };
  },
});

function ruleGroups(id: string, title: string, engineSysName: string, kind: 'trigger' | 'macro') {
  const conditions = kind === 'macro' ? [] : (['condition_fields', 'condition_terms', 'unread_conditions'] as const);
  return list({
    ...SETTINGS,
    id,
    title,
    fills: { automations: ['active', ...conditions, 'action_terms', 'unread_actions', 'updated_at'] },
    path: `${API}/rulegroups`,
    query: { module: 'tickets', engineSysName },
    page: pagesOf(50),
    rows: of.RuleGroup,
    map: (rows) => ({ automation: rows.map((row) => toRuleGroup(row, kind)) }),
  });
}

const webhooks = list({
  ...SETTINGS,
  id: 'webhooks',
  title: 'Webhooks',
  fills: { integrations: ['class', 'active'] },
  words: { permission: scope('events', 'settings') },
  path: `${API}/webhooks`,
  page: WHOLE,
  rows: of.Webhook,
  map: (rows) => ({ integration: rows.map(toWebhook) }),
});

const accounts = list({
  id: 'accounts',
  title: 'Accounts',
  fills: {
    organisations: fields('organisations', 'created_at tier tier_rank terms domain_hash has_contract'),
  },
  words: { permission: scope('contacts') },
  path: `${API}/accounts`,
  at: 'data',
  // Own fields are given when they are asked for.
  async query({ session }) {
    const field = await session.tierField();
    return field === null ? {} : { fields: `createdTime,website,${field}` };
  },
  page: pagesOf(100),
  rows: of.Account,
  async shows({ session }) {
    const tier: readonly ['tier', 'tier_rank', 'terms'] = ['tier', 'tier_rank', 'terms'];
    const [field, contracts] = [await session.tierField(), await session.contracts()];
    return available({
      lacks: {
        organisations: [...(field === null ? tier : []), ...(contracts === null ? (['has_contract'] as const) : [])],
      },
    });
  },
  async map(rows, context) {
    const { session } = context;
    const [field, contracts] = [await session.tierField(), await session.contracts()];
    return { organisation: rows.map((row) => toOrganisation(row, field, contracts?.accounts ?? null, context)) };
  },
});

const articles = list({
  id: 'articles',
  title: 'Articles of the knowledge base',
  fills: {
    articles: fields(
      'articles',
      'created_at edited_at published public author_id editor_id category helpful_votes unhelpful_votes views_total',
    ),
  },
  words: { permission: scope('articles') },
  path: `${API}/articles`,
  at: 'data',
  page: pagesOf(50),
  rows: of.Article,
  map: (rows) => ({ article: rows.map(toArticle) }),
});

/** What the desk is made of, in the order shown to people. */
export const CONFIGURATION = [
  departments,
  teams,
  agents,
  businessHours,
  policies,
  ticketFields,
  layouts,
  assignments,
  ruleGroups('workflows', 'Workflows', 'AUTOMATION_STUDIO', 'trigger'),
  ruleGroups('macros', 'Macros', 'MACRO', 'macro'),
  webhooks,
  accounts,
  articles,
];
