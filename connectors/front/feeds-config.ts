import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { customerRoleOf } from '../../src/kit/recognise-customer.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { NamedRow } from '../../src/kit/vendor-schema.ts';
import { type Context, isList, loadDesk, PAGES, readOne, type Session, tierFieldOf, WHOLE } from './account.ts';
import { toAgent, toArticle, toCalendar, toIntegration, toOrganisation, toQueue } from './map-config.ts';
import { toField, toRule, toTemplate, toView } from './map-rules.ts';
import {
  Account,
  Article,
  ArticleContent,
  Channel,
  CustomField,
  Inbox,
  idIn,
  KnowledgeBase,
  KnowledgeBaseContent,
  Rule,
  Shift,
  Team,
  Teammate,
  Template,
  View,
} from './schema.ts';
import { type Settings, statedOf } from './settings.ts';

const { list, tree } = feedsOf<Settings, Session>();

/** What a refusal means: the scope of the call, which the vendor names. */
const scope = (name: string) => ({ words: { permission: `Give the API token the scope \`${name}\`.` } });

const teammates = list({
  ...WHOLE,
  ...scope('teammates:read'),
  id: 'teammates',
  title: 'Teammates',
  fills: { agents: ['role', 'department', 'active', 'human'] },
  path: '/teammates',
  rows: Teammate,
  async map(rows, { session, settings }) {
    const teams = (await session.teams()) ?? [];
    const of = (id: string) => teams.filter(({ members }) => members.includes(id));
    return { agent: rows.map((row) => toAgent(row, of(row.id), settings)) };
  },
});

const teams = list({
  ...WHOLE,
  ...scope('teams:read'),
  id: 'teams',
  title: 'Teams',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  path: '/teams',
  rows: Team,
  async map(rows, { session, settings }) {
    const members = (await session.teams()) ?? [];
    return {
      team: rows.map((row) => toTeam(row, statedOf(settings))),
      membership: toMemberships(members.flatMap((team) => team.members.map((id) => [id, team.id] as const))),
    };
  },
});

const inboxes = list({
  ...WHOLE,
  ...scope('inboxes:read'),
  id: 'inboxes',
  title: 'Inboxes',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  path: '/inboxes',
  rows: Inbox,
  async map(rows, context) {
    const { session, settings } = context;
    const named = new Map(((await session.teams()) ?? []).map(({ id, name }) => [id, name]));
    const access = await readChildren(context, 'inboxes', rows, {
      ...WHOLE,
      path: (inbox) => `/inboxes/${inbox.id}/teammates`,
      rows: NamedRow,
    });
    return {
      team: rows.map((row) => toQueue(row, named.get(idIn(row._links?.related?.owner) ?? '') ?? null, settings)),
      membership: toMemberships(
        rows.flatMap((row) => (access.of.get(row) ?? []).map((agent) => [agent.id, row.id] as const)),
      ),
      rejected: access.rejected,
    };
  },
});

const shifts = list({
  ...WHOLE,
  ...scope('shifts:read'),
  id: 'shifts',
  title: 'Shifts',
  fills: { calendars: ['time_zone', 'weekly'] },
  path: '/shifts',
  rows: Shift,
  map: (rows, { settings }) => joinMapped(rows.map((row) => toCalendar(row, rows.length === 1, settings))),
});

const accounts = list({
  ...PAGES,
  ...scope('accounts:read'),
  id: 'accounts',
  title: 'Accounts',
  fills: {
    organisations: fields('organisations', 'created_at tier tier_rank terms domain_hash has_contract has_health'),
  },
  path: '/accounts',
  rows: Account,
  async shows({ session, settings }) {
    const own = await session.accountFields();
    const has = (...roles: string[]) => own?.some(({ name }) => roles.includes(customerRoleOf(name) ?? '')) === true;
    return available({
      lacks: {
        organisations: [
          ...(tierFieldOf(settings, own ?? []) === null ? ['tier', 'tier_rank'] : []),
          ...(own?.some(isList) === true ? [] : ['terms']),
          ...(has('renewal', 'value') ? [] : ['has_contract']),
          ...(has('health') ? [] : ['has_health']),
        ],
      },
      detail:
        own === null ? 'The API token lacks `custom_fields:read`, so that fields of accounts are not shown.' : null,
    });
  },
  async map(rows, context) {
    const own = await context.session.accountFields();
    return { organisation: rows.map((row) => toOrganisation(row, own, context)) };
  },
});

const customFields = list({
  ...WHOLE,
  ...scope('custom_fields:read'),
  id: 'custom-fields',
  title: 'Custom fields of conversations',
  fills: { automations: ['condition_fields', 'condition_terms', 'unread_conditions'] },
  path: '/conversations/custom_fields',
  rows: CustomField,
  map: (rows) => ({ automation: rows.map(toField) }),
});

const rules = list({
  ...WHOLE,
  ...scope('rules:read'),
  id: 'rules',
  title: 'Rules',
  fills: { automations: ['active', 'shared', 'actions', 'action_terms', 'unread_actions'] },
  path: '/company/rules',
  rows: Rule,
  async map(rows, context) {
    const desk = await loadDesk(context);
    return { automation: rows.map((row) => toRule(row, desk)) };
  },
});

const views = list({
  ...PAGES,
  ...scope('views:read'),
  id: 'views',
  title: 'Views that people share',
  fills: { automations: ['active', 'condition_fields', 'condition_terms', 'unread_conditions'] },
  path: '/views',
  rows: View,
  map: async (rows, context) => ({ automation: await each(rows, (row) => toView(row, context)) }),
});

const templates = list({
  ...WHOLE,
  ...scope('message_templates:read'),
  id: 'message-templates',
  title: 'Message templates',
  fills: { automations: ['active', 'shared', 'actions'] },
  path: '/message_templates',
  rows: Template,
  map: (rows) => ({ automation: rows.map(toTemplate) }),
});

const channels = list({
  ...WHOLE,
  ...scope('channels:read'),
  id: 'channels',
  title: 'Channels',
  fills: { integrations: ['class', 'active'] },
  path: '/channels',
  rows: Channel,
  map: (rows) => ({ integration: rows.map(toIntegration) }),
});

const articles = tree({
  ...WHOLE,
  ...scope('knowledge_bases:read'),
  id: 'articles',
  title: 'Articles of knowledge bases',
  fills: {
    articles: fields('articles', 'created_at edited_at published public editor_id category promised_reply_s'),
  },
  path: '/knowledge_bases',
  nodes: KnowledgeBase,
  branches: [],
  leaves: { ...PAGES, path: (base) => `/knowledge_bases/${base.id}/articles`, rows: Article },
  async map(rows, [base], context): Promise<Mapped> {
    const shown = base !== undefined && /^external$/i.test(base.type ?? '') && (await isPublished(base.id, context));
    const contents = await each(rows, (row) =>
      readOne(context, `/knowledge_base_articles/${row.id}/content`, ArticleContent, 'articles'),
    );
    return {
      article: rows.flatMap((row, i) => contents[i]?.kept.map((content) => toArticle(row, content, shown)) ?? []),
      rejected: contents.flatMap(({ rejected }) => rejected),
    };
  },
});

async function isPublished(id: string, context: Context): Promise<boolean> {
  const { kept } = await readOne(context, `/knowledge_bases/${id}/content`, KnowledgeBaseContent, 'articles');
  return /^published$/i.test(kept[0]?.status ?? '');
}

/** Configuration, in the order in which it is read. */
export const CONFIG = [
  teammates,
  teams,
  inboxes,
  shifts,
  accounts,
  customFields,
  rules,
  views,
  templates,
  channels,
  articles,
];
