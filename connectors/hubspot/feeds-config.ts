import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { askPage, valueAt } from '../../src/kit/page/pager.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context, Session } from './account.ts';
import { ARTICLE_PAGES, ARTICLES, PAGES, readBatch, SITE_SEARCH } from './calls.ts';
import { isArticle, loadDesk } from './desk.ts';
import { companyFields, isOfDesk } from './fields.ts';
import { GRANT } from './grants.ts';
import { toAgent, toArticle, toField, toForm } from './map-config.ts';
import { type RuleWords, TICKETS, toRule } from './map-rules.ts';
import { Article, Flow, Form, Owner, Property } from './schema.ts';
import type { Settings } from './settings.ts';

const { list } = feedsOf<Settings, Session>();

export function ownerFeed(id: string, title: string, archived: boolean) {
  return list({
    id,
    title,
    fills: { agents: fields('agents', 'role department created_at active human team membership purpose tier') },
    words: { permission: GRANT('crm.objects.owners.read') },
    path: '/crm/v3/owners',
    query: { archived },
    at: 'results',
    page: PAGES,
    rows: Owner,
    async shows({ session }) {
      const seen = (await session.users()) !== null;
      return available({ lacks: { agents: seen ? [] : ['role'] } });
    },
    async map(rows, { session, settings }) {
      const users = await session.users();
      const teams = new Map(rows.flatMap((row) => row.teams.map((team) => [team.id, team] as const)));
      return {
        agent: rows.map((row) => toAgent(row, users, settings)),
        team: [...teams.values()].map((team) => toTeam(team, statedOf(settings))),
        membership: toMemberships(rows.flatMap((row) => row.teams.map((team) => [row.id, team.id] as const))),
      };
    },
  });
}

export const properties = list({
  id: 'ticket-properties',
  title: 'Ticket properties',
  fills: { automations: fields('automations', 'condition_fields condition_terms unread_conditions updated_at') },
  words: { permission: GRANT('tickets') },
  path: '/crm/v3/properties/tickets',
  at: 'results',
  page: onePage(),
  rows: Property,
  map: (rows) => ({ automation: rows.filter(isOfDesk).map(toField) }),
});

export const forms = list({
  id: 'forms',
  title: 'Forms that make tickets',
  fills: { automations: ['condition_fields', 'required_fields', 'updated_at'] },
  words: { permission: GRANT('forms') },
  path: '/marketing/v3/forms',
  at: 'results',
  page: PAGES,
  rows: Form,
  map: (rows) => ({ automation: rows.flatMap((row) => toForm(row) ?? []) }),
});

export const workflows = list({
  id: 'workflows',
  title: 'Ticket workflows',
  fills: {
    automations: fields(
      'automations',
      'active condition_fields condition_terms unread_conditions actions action_terms unread_actions updated_at',
    ),
  },
  words: { permission: GRANT('automation'), absent: 'This account has no workflows.' },
  path: '/automation/v4/flows',
  at: 'results',
  page: PAGES,
  rows: Flow,
  below: {
    whole: {
      ask: ({ id }) => ({
        path: '/automation/v4/flows/batch/read',
        method: 'POST',
        body: { inputs: [{ flowId: id, type: 'FLOW_ID' }] },
      }),
      lacks: {},
      vital: true,
      words: GRANT('automation'),
    },
  },
  async map(rows, context) {
    const own = rows.filter((row) => row.objectTypeId === TICKETS);
    if (own.length === 0) return {};
    // The list gives the head of each alone.
    const inputs = own.map(({ id }) => ({ flowId: id, type: 'FLOW_ID' }));
    const whole = await readBatch(context, { path: '/automation/v4/flows/batch/read', inputs }, 100, Flow, 'workflows');
    const words = await loadRuleWords(context);
    return { automation: whole.kept.map((row) => toRule(row, words)), rejected: whole.rejected };
  },
});

async function loadRuleWords(context: Context): Promise<RuleWords> {
  const { session, settings } = context;
  const teams = ((await session.owners()) ?? []).flatMap((owner) =>
    owner.teams.map((team) => [team.id, team] as const),
  );
  return {
    desk: await loadDesk(context),
    companies: companyFields(settings, (await session.companyProperties()) ?? []),
    teams: new Map(teams),
  };
}

export const articles = list({
  id: 'articles',
  title: 'Published knowledge articles',
  fills: { articles: ['published', 'public', 'category'] },
  words: { permission: GRANT('content') },
  path: SITE_SEARCH,
  query: ARTICLES,
  at: 'results',
  page: ARTICLE_PAGES,
  rows: Article,
  async shows(context) {
    const ask = { path: SITE_SEARCH, query: { ...ARTICLES, limit: 1, offset: 0 } };
    const { data } = await askPage(context, ask, { at: 'results', place: 'articles' });
    if (Number(valueAt(data, 'total')) !== 0) return available();
    // A search that finds nothing does not say that there is nothing.
    return {
      status: 'absent',
      detail:
        'The search of the site finds no knowledge article. Where there are some, Service > Knowledge base > Export has them.',
    };
  },
  // Pages of the site are found by the same search.
  map: (rows, context) => joinMapped(rows.filter(isArticle).map((row) => toArticle(row, context))),
});
