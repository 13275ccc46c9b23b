import { available } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { readOne } from '../../src/kit/feed/read-one.ts';
import { firstIds, seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { fields } from '../../src/kit/fields.ts';
import { customerRoleOf } from '../../src/kit/recognise-customer.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { NamedRow } from '../../src/kit/vendor-schema.ts';
import { type Context, PAGES, type Session, WHOLE } from './account.ts';
import { listsOf, loadDesk, tierFieldOf } from './desk.ts';
import { toAgent, toArticle, toCalendar, toIntegration, toOrganisation, toQueue } from './map-config.ts';
import { toField, toRule, toTemplate, toView } from './map-rules.ts';
import * as schema from './schema.ts';
import type { Settings } from './settings.ts';

const { list, tree } = feedsOf<Settings, Session>();

/** A feed by its name and path; a refusal means the scope of the call, which the vendor names. */
const head = (id: string, title: string, scope: string, path = `/${id}`, page = WHOLE) => ({
  ...{ id, title, path, ...page },
  words: { permission: `Give the API token the scope \`${scope}\`.` },
});

const teammates = list({
  ...head('teammates', 'Teammates', 'teammates:read'),
  fills: { agents: ['role', 'department', 'active', 'human'] },
  rows: schema.Teammate,
  async map(rows, { session, settings }) {
    const teams = (await session.teams()) ?? [];
    const of = (id: string) => teams.filter(({ members }) => members.some((one) => one.id === id));
    return { agent: rows.map((row) => toAgent(row, of(row.id), settings)) };
  },
});

const QUEUES = { agents: fields('agents', 'team membership purpose tier') };

const teams = list({
  ...head('teams', 'Teams', 'teams:read'),
  fills: QUEUES,
  rows: NamedRow,
  async map(rows, { session, settings }) {
    const known = (await session.teams()) ?? [];
    const members = known.flatMap((team) => team.members.map(({ id }) => [id, team.id] as const));
    return { team: rows.map((row) => toTeam(row, statedOf(settings))), membership: toMemberships(members) };
  },
});

const inboxes = list({
  ...head('inboxes', 'Inboxes', 'inboxes:read'),
  fills: QUEUES,
  rows: schema.Inbox,
  below: {
    access: {
      ask: ({ id }) => ({ path: `/inboxes/${id}/teammates` }),
      lacks: { agents: ['membership'] },
      words: 'Who may use an inbox is not shown. Give the API token the scope `teammates:read`.',
    },
  },
  async map(rows, context, sees) {
    const known = new Map(((await context.session.teams()) ?? []).map(({ id, name }) => [id, name]));
    const path = ({ id }: schema.Inbox) => `/inboxes/${id}/teammates`;
    const { of, rejected } = await readChildren(context, 'inboxes', (await sees('access')) ? rows : [], {
      ...WHOLE,
      path,
      rows: schema.Bare,
    });
    const nameOf = (row: schema.Inbox) => known.get(schema.linkedId(row, 'owner') ?? '') ?? null;
    return {
      team: rows.map((row) => toQueue(row, nameOf(row), context.settings)),
      membership: toMemberships(rows.flatMap((row) => (of.get(row) ?? []).map(({ id }) => [id, row.id] as const))),
      rejected,
    };
  },
});

const shifts = list({
  ...head('shifts', 'Shifts', 'shifts:read'),
  fills: { calendars: ['time_zone', 'weekly'] },
  rows: schema.Shift,
  map: (rows, { settings }) => joinMapped(rows.map((row) => toCalendar(row, rows.length === 1, settings))),
});

const accounts = list({
  ...head('accounts', 'Accounts', 'accounts:read', '/accounts', PAGES),
  fills: {
    organisations: fields(
      'organisations',
      'created_at tier tier_rank terms domain_hash external_keys has_contract has_health',
    ),
  },
  rows: schema.Account,
  async shows({ session, settings }) {
    const shown = await session.accountFields();
    const own = shown ?? [];
    const lacks = (has: boolean, ...names: string[]) => (has ? [] : names);
    const meant = (...roles: string[]) => own.some(({ name }) => roles.includes(customerRoleOf(name) ?? ''));
    return available({
      lacks: {
        organisations: [
          ...lacks(tierFieldOf(settings, own) !== null, 'tier', 'tier_rank'),
          ...lacks(listsOf(own).length > 0, 'terms'),
          ...lacks(meant('renewal', 'value'), 'has_contract'),
          ...lacks(meant('health'), 'has_health'),
        ],
      },
      detail: shown === null ? 'The API token lacks `custom_fields:read`: fields of accounts are not shown.' : null,
    });
  },
  async map(rows, context) {
    const own = await context.session.accountFields();
    return { organisation: rows.map((row) => toOrganisation(row, own, context)) };
  },
});

const customFields = list({
  ...head('custom-fields', 'Custom fields', 'custom_fields:read', '/conversations/custom_fields'),
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions'] },
  rows: schema.CustomField,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const rules = list({
  ...head('rules', 'Rules', 'rules:read', '/company/rules'),
  // Whether a rule is switched on is not told.
  fills: { automations: ['shared', 'actions', 'action_terms', 'unread_actions'] },
  rows: schema.Rule,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.map((row) => toRule(row, desk)) };
  },
});

const views = list({
  ...head('views', 'Views that people share', 'views:read', '/views', PAGES),
  fills: { automations: ['active', 'condition_fields', 'condition_terms', 'unread_conditions'] },
  rows: schema.View,
  async map(rows, context) {
    const tags = await context.session.tags();
    return { automation: rows.map((row) => toView(row, tags, context)) };
  },
});

const templates = list({
  ...head('message-templates', 'Message templates', 'message_templates:read', '/message_templates'),
  fills: { automations: ['active', 'shared', 'actions'] },
  rows: schema.Template,
  map: (rows) => ({ automation: rows.map(toTemplate) }),
});

const channels = list({
  ...head('channels', 'Channels', 'channels:read'),
  fills: { integrations: ['class', 'active'] },
  rows: schema.Channel,
  map: (rows) => ({ integration: rows.map(toIntegration) }),
});

/** Whether the contents of knowledge bases and articles are shown, without which it is not known who may read them. */
async function contentsOf(context: Context): Promise<Capability> {
  const bases = (await firstIds(context, { path: '/knowledge_bases' }, '_results')) ?? [];
  const [first] = bases;
  const below = first === undefined ? null : `/knowledge_bases/${first}/articles`;
  const rows = below === null ? [] : ((await firstIds(context, { path: below }, '_results')) ?? []);
  const open =
    (await seesBelow(context, bases, (id) => ({ path: `/knowledge_bases/${id}/content` }))) &&
    (await seesBelow(context, rows, (id) => ({ path: `/knowledge_base_articles/${id}/content` })));
  return open
    ? available()
    : { status: 'permission', detail: 'Give the API token the scope `knowledge_bases:read` for their contents too.' };
}

const articles = tree({
  ...head('articles', 'Articles of knowledge bases', 'knowledge_bases:read', '/knowledge_bases'),
  fills: { articles: fields('articles', 'created_at edited_at published public editor_id category promised_reply_s') },
  nodes: schema.KnowledgeBase,
  branches: [],
  shows: contentsOf,
  leaves: { ...PAGES, path: (base) => `/knowledge_bases/${base.id}/articles`, rows: schema.Article },
  async map(rows, [base], context) {
    const path = `/knowledge_bases/${base?.id}/content`;
    const [about] = (await readOne(context, 'articles', path, schema.KnowledgeBaseContent)).kept;
    const shown = /^external$/i.test(base?.type ?? '') && /^published$/i.test(about?.status ?? '');
    const contents = await each(rows, ({ id }) =>
      readOne(context, 'articles', `/knowledge_base_articles/${id}/content`, schema.ArticleContent),
    );
    return {
      article: rows.flatMap((row, i) => contents[i]?.kept.map((content) => toArticle(row, content, shown)) ?? []),
      rejected: contents.flatMap(({ rejected }) => rejected),
    };
  },
});

/** Configuration, in the order in which it is read. */
export const CONFIG = [
  ...[teammates, teams, inboxes, shifts, accounts, customFields, rules, views, templates, channels, articles],
];
