import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { available } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { toAutomation } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { changedBy, isIn, where } from './calls.ts';
import { toArticle, toIntegrations, toOrganisation } from './map-more.ts';
import {
  loadRuleWords,
  type RuleWords,
  toBusinessRule,
  toNotification,
  toRouting,
  toTicketField,
} from './map-rules.ts';
import { toHours } from './map-schedule.ts';
import { toSla } from './map-sla.ts';
import { HELD_ROLES, toStaff } from './people.ts';
import {
  App,
  Article,
  AssignmentRule,
  BusinessRule,
  Company,
  Field,
  Flow,
  Group,
  HeldRole,
  Member,
  Notification,
  Schedule,
  SlaDefinition,
} from './schema.ts';
import { type Context, usedSchedules } from './session.ts';
import { concernsTickets, TICKET_TABLES } from './settings.ts';
import { READ, tableChanges, tableList } from './table-feeds.ts';

export const groups = tableList({
  id: 'groups',
  title: 'Groups',
  table: 'sys_user_group',
  fills: { agents: fields('agents', 'team purpose tier') },
  words: { permission: READ('sys_user_group', 'itil') },
  rows: Group,
  map: (rows, { settings }) => ({
    team: rows.map((row) =>
      toTeam({ id: row.sys_id, name: row.name, active: row.active !== false }, statedOf(settings)),
    ),
  }),
});

/** The same people come by their groups and by their roles. */
async function mapPeople(ids: readonly string[], { session, settings }: Context): Promise<Mapped> {
  const [staff, known] = [await session.staff(), await session.groups()];
  const users = [...new Set(ids)].flatMap((id) => staff.users?.get(id) ?? []);
  return { agent: users.map((user) => toStaff(user, staff, known, settings)) };
}
const AGENT = fields('agents', 'role department active human created_at');
async function showsPeople({ session }: Context): Promise<Capability> {
  const { rolesOf, accounts } = await session.staff();
  const [roles, users] = [READ('sys_user_has_role', 'user_admin'), READ('sys_user', 'itil')];
  const details = [
    ...(rolesOf === null ? [`Roles are not visible. ${roles}`] : []),
    ...(accounts ? [] : [`Accounts of users are not visible. ${users}`]),
  ];
  return available({
    lacks: { agents: [...(rolesOf === null ? ['role'] : []), ...(accounts ? [] : ['active', 'human', 'created_at'])] },
    detail: details.length === 0 ? null : details.join(' '),
  });
}

export const members = tableList({
  id: 'agents',
  title: 'Members of groups',
  table: 'sys_user_grmember',
  fills: { agents: [...AGENT, 'membership'] },
  words: { permission: READ('sys_user_grmember', 'itil') },
  shows: showsPeople,
  rows: Member,
  map: async (rows, context) => ({
    ...(await mapPeople(
      rows.map((row) => row.user),
      context,
    )),
    membership: toMemberships(rows.map((row) => [row.user, row.group])),
  }),
});

export const holders = tableList({
  id: 'roles',
  title: 'Holders of roles that work on tickets',
  table: 'sys_user_has_role',
  filter: HELD_ROLES,
  adds: true,
  fills: { agents: AGENT },
  words: { permission: READ('sys_user_has_role', 'user_admin') },
  shows: showsPeople,
  rows: HeldRole,
  map: (rows, context) =>
    mapPeople(
      rows.map((row) => row.user),
      context,
    ),
});

export const companies = tableChanges({
  id: 'companies',
  title: 'Companies and accounts',
  table: 'core_company',
  more: ({ settings }) => [settings.tierField],
  fills: { organisations: fields('organisations', 'created_at tier tier_rank terms partner domain_hash') },
  words: { permission: READ('core_company', 'itil') },
  rows: Company,
  by: changedBy('sys_updated_on'),
  map: (rows, context) => ({ organisation: rows.map((row) => toOrganisation(row, context)) }),
});

export const slas = tableList({
  id: 'sla-definitions',
  title: 'SLA definitions',
  table: 'contract_sla',
  fills: {
    sla_policies: fields(
      'sla_policies',
      'active condition_fields condition_terms unread_conditions calendar_id updated_at sla_target',
    ),
    automations: fields('automations', 'condition_fields condition_terms unread_actions'),
  },
  words: { permission: READ('contract_sla', 'itil') },
  rows: SlaDefinition,
  async map(rows, context) {
    const words = await loadRuleWords(context);
    return joinMapped(
      rows
        .filter((row) => concernsTickets(row.collection ?? row.table))
        .map((row) => toSla(row, words, context.settings)),
    );
  },
});

export const schedules = tableList({
  id: 'schedules',
  title: 'Schedules of SLA definitions',
  table: 'cmn_schedule',
  fills: { calendars: fields('calendars', 'time_zone weekly holidays is_default') },
  words: { permission: READ('cmn_schedule', 'itil') },
  async shows({ session }) {
    const hidden = (table: string): Capability => ({ status: 'permission', detail: READ(table, 'itil') });
    if ((await session.slas()) === null) return hidden('contract_sla');
    return (await session.spans()) === null ? hidden('cmn_schedule_span') : available();
  },
  rows: Schedule,
  async map(rows, { session, until }) {
    const [uses, spans, below] = [
      usedSchedules(await session.slas()),
      await session.spans(),
      (await session.childSchedules()) ?? [],
    ];
    const zone = await session.timeZone();
    const [most, next] = [...uses.values()].sort((a, b) => b - a);
    return joinMapped(
      rows
        .filter((row) => uses.has(row.sys_id))
        .map((row) => {
          const own = [
            row.sys_id,
            ...below.filter((one) => one.schedule === row.sys_id).map((one) => one.child_schedule),
          ];
          // Most definitions run on it, and on no other as many.
          const isDefault = uses.get(row.sys_id) === most && most !== next;
          const mine = (spans ?? []).filter((span) => own.includes(span.schedule));
          return toHours(row, mine, { zone, isDefault, now: until, feed: 'schedules' });
        }),
    );
  },
});

const ON_TICKETS = ['task', ...TICKET_TABLES];
const CONDITIONS = 'active condition_fields condition_terms unread_conditions updated_at';

const DOES = fields('automations', CONDITIONS, 'actions action_terms unread_actions');

/** Rules that run on tickets; `of` = the field that says on which records one runs. */
function rulesOf<R>(
  feed: Pick<Parameters<typeof tableList<R>>[0], 'id' | 'title' | 'table' | 'rows' | 'fills'>,
  of: 'table' | 'collection',
  map: (row: R, words: RuleWords) => TelemetryRecord<'automation'>[],
) {
  return tableList<R>({
    ...feed,
    filter: isIn(of, ON_TICKETS),
    words: { permission: READ(feed.table, 'admin') },
    async map(rows, context) {
      const words = await loadRuleWords(context);
      return { automation: rows.flatMap((row) => map(row, words)) };
    },
  });
}

export const assignmentRules = rulesOf(
  {
    id: 'assignment-rules',
    title: 'Assignment rules',
    table: 'sysrule_assignment',
    rows: AssignmentRule,
    fills: { automations: DOES },
  },
  'table',
  (row, words) => [toRouting(row, words)],
);

export const businessRules = rulesOf(
  {
    id: 'business-rules',
    title: 'Business rules',
    table: 'sys_script',
    rows: BusinessRule,
    fills: { automations: [...DOES, 'vendor_default'] },
  },
  'collection',
  (row, words) => [toBusinessRule(row, words)],
);

export const notifications = rulesOf(
  {
    id: 'notifications',
    title: 'E-mail notifications',
    table: 'sysevent_email_action',
    rows: Notification,
    fills: { automations: [...DOES, 'vendor_default'] },
  },
  'collection',
  toNotification,
);

export const flows = tableList({
  id: 'flows',
  title: 'Flows',
  table: 'sys_hub_flow',
  filter: 'type=flow',
  fills: { automations: fields('automations', 'active vendor_default updated_at') },
  words: { permission: READ('sys_hub_flow', 'flow_operator') },
  rows: Flow,
  // What starts a flow and what it does stand in tables of their own, as code.
  map: (rows) => ({
    automation: rows.map((row) =>
      toAutomation({
        id: `flow:${row.sys_id}`,
        kind: 'automation',
        active: row.active === true,
        vendor_default: row.sys_customer_update === false,
        updated_at: row.sys_updated_on,
      }),
    ),
  }),
});

export const ticketFields = tableList({
  id: 'fields',
  title: 'Fields of tickets',
  table: 'sys_dictionary',
  filter: where(isIn('name', ON_TICKETS), 'elementISNOTEMPTY'),
  fills: { automations: fields('automations', CONDITIONS, 'required_fields vendor_default') },
  words: { permission: READ('sys_dictionary', 'personalize_dictionary') },
  rows: Field,
  map: (rows) => ({ automation: rows.map((row) => toTicketField(row)) }),
});

export const apps = tableList({
  id: 'apps',
  title: 'Installed applications',
  table: 'sys_store_app',
  fills: { integrations: fields('integrations', 'class active') },
  words: { permission: READ('sys_store_app', 'admin') },
  rows: App,
  map: (rows) => ({ integration: rows.flatMap((row) => toIntegrations(row)) }),
});

export const articles = tableChanges({
  id: 'articles',
  title: 'Knowledge articles',
  table: 'kb_knowledge',
  filter: 'workflow_state!=outdated',
  fills: {
    articles: fields(
      'articles',
      'created_at edited_at published public author_id editor_id category from_ticket_id promised_reply_s',
    ),
  },
  words: { permission: READ('kb_knowledge', 'knowledge_admin') },
  rows: Article,
  by: changedBy('sys_updated_on'),
  async map(rows, { session }) {
    const [staff, readers] = [await session.staff(), await session.baseReaders()];
    return { article: rows.map((row) => toArticle(row, staff, readers)) };
  },
});
