import { namesOfPrograms, type Rest } from '../../src/kit/feed/rests.ts';
import { DESCRIBE, readOn, SETUP } from './calls.ts';
import type { Session } from './session.ts';

const USERS = 'Users are not shown. Give the integration user the permission "View All Users" in its permission set.';
const SAID = ['emails', 'comments', 'posts', 'attached-articles', 'chats', 'calls', 'messaging-sessions'];
const describes =
  (object: string) =>
  (session: Session): Promise<boolean> =>
    session.describes(object);

/** What rests on objects beside those of the feeds, which an integration user may not be granted. */
export const RESTS: readonly Rest<Session>[] = [
  namesOfPrograms(async (session) => (await session.staff()).users, ['tickets', ...SAID], USERS),
  {
    on: async (session) => (await session.staff()).users,
    lacks: { tickets: ['requester_is_agent'], agents: ['membership'] },
    words: USERS,
  },
  {
    on: async (session) => (await session.staff()).seesMembers,
    lacks: { agents: ['role', 'department', 'membership'] },
    words: `Groups, their members or roles are not shown. ${SETUP}`,
  },
  {
    on: async (session) => (await session.shown('CaseHistory')) !== 'refused',
    feeds: ['tickets', 'satisfaction'],
    lacks: { events: ['from_value'], csat: ['answered_at'] },
    words: `The field history of cases is not shown. ${readOn('cases')}`,
  },
  {
    on: (session) => session.tracked('Case'),
    feeds: ['tickets'],
    lacks: {},
    words: `Which fields of cases keep a history is not shown. ${SETUP}`,
  },
  {
    on: async (session) => (await session.shown('Entitlement')) !== 'refused',
    lacks: { organisations: ['terms'] },
    words: `Entitlements are not shown. ${readOn('entitlements')}`,
  },
  {
    on: async (session) => (await session.shown('Opportunity')) !== 'refused',
    feeds: ['accounts', 'entitlements'],
    lacks: {},
    words: `Opportunities are not shown, which tell renewals, losses and upgrades of customers. ${readOn('opportunities')}`,
  },
  {
    on: async (session) => (await session.shown('Opportunity')) !== 'yes' || session.describes('Opportunity'),
    feeds: ['accounts', 'entitlements'],
    lacks: {},
    words: DESCRIBE('Opportunity'),
  },
  {
    on: (session) => session.articleNames(),
    feeds: SAID,
    lacks: { messages: ['article_ids'] },
    words: 'Articles are not shown, so that links to them cannot be told. Give the integration user "View Articles".',
  },
  {
    on: (session) => session.languages(),
    feeds: ['articles'],
    lacks: {},
    words: `Languages of the knowledge base are not shown: articles in others than English are left out. ${SETUP}`,
  },
  {
    on: describes('Case'),
    feeds: ['tickets'],
    lacks: {
      tickets: ['category', 'product', 'form', 'calendar_id', 'merged_into', 'deleted'],
      events: ['field'],
      links: ['kind:issue'],
    },
    words: DESCRIBE('Case'),
  },
  {
    on: describes('EmailMessage'),
    lacks: { messages: ['template_id', 'promised_reply_s', 'promise_business_hours'] },
    words: DESCRIBE('EmailMessage'),
  },
  namesOfPrograms(describes('User'), ['tickets', ...SAID], DESCRIBE('User')),
  {
    on: describes('User'),
    lacks: { agents: ['role', 'department', 'membership'] },
    words: DESCRIBE('User'),
  },
  {
    on: describes('CaseMilestone'),
    feeds: ['milestones', 'tickets'],
    lacks: { sla_clocks: ['policy_id', 'target_s', 'business_hours', 'paused_s'] },
    words: DESCRIBE('CaseMilestone'),
  },
  {
    on: describes('KnowledgeArticleVersion'),
    feeds: ['articles'],
    lacks: { articles: ['author_id', 'category', 'from_ticket_id'] },
    words: DESCRIBE('KnowledgeArticleVersion'),
  },
  {
    on: describes('Account'),
    lacks: { organisations: ['terms', 'partner', 'renews_at'] },
    words: DESCRIBE('Account'),
  },
];
