import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { type Feed, joinMapped, pageOf } from '../../src/kit/feed/feed.ts';
import { type Fills, fields as fieldsOf } from '../../src/kit/fields.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { onePage } from '../../src/kit/page/counted.ts';
import { walkPages } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toMemberships, toTeam } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { allOf, DESCRIBE, mayRefuse, REFUSED, readOn, SETUP, words } from './calls.ts';
import {
  HOURS,
  toArticle,
  toCaseField,
  toConfigured,
  toEmployee,
  toFlow,
  toHours,
  toIntegration,
  toProcess,
} from './map-config.ts';
import { needs } from './needs.ts';
import { Article, BusinessHours, Configured, Field, Group, Package, SlaProcess, User } from './schema.ts';
import { type Context, FIRST_LANGUAGE, type Session } from './session.ts';
import type { Settings } from './settings.ts';
import { API, names, published, QUERY, SOQL } from './soql.ts';

const { list } = feedsOf<Settings, Session>();

const people = list({
  id: 'users',
  title: 'Users',
  fills: { agents: ['role', 'department', 'created_at', 'active', 'human'] },
  words: words('Give the integration user the permission "View All Users" in its permission set.'),
  ...allOf('User', names('Id Name UserType IsActive CreatedDate'), { where: "UserType = 'Standard'" }),
  rows: User,
  async map(rows, { session, settings }) {
    const staff = await session.staff();
    const seesFields = await session.describes('User');
    // The list that all share has further fields of each user.
    return { agent: rows.map((row) => toEmployee(staff.users?.get(row.Id) ?? row, staff, settings, seesFields)) };
  },
});

const queues = list({
  id: 'queues',
  title: 'Queues of cases',
  fills: { agents: ['team', 'membership', 'purpose', 'tier'] },
  words: words('Give the integration user a permission set with Read on cases; queues are then visible.'),
  ...allOf('Group', names('Id Name Type RelatedId'), { where: "Type = 'Queue'" }),
  rows: Group,
  async map(rows, { session, settings }) {
    const staff = await session.staff();
    const own = rows.filter((row) => staff.queues?.has(row.Id) === true);
    return {
      team: own.map((row) => toTeam({ id: row.Id, name: row.Name }, statedOf(settings))),
      membership: toMemberships(
        own.flatMap((row) =>
          [...(staff.members.get(row.Id) ?? [])]
            .filter((id) => staff.users?.has(id) === true)
            .map((agent) => [agent, row.Id] as const),
        ),
      ),
    };
  },
});

const hours = list({
  id: 'business-hours',
  title: 'Business hours',
  fills: { calendars: ['time_zone', 'weekly', 'is_default'] },
  words: words(SETUP),
  ...allOf('BusinessHours', ['Id', 'IsActive', 'IsDefault', 'TimeZoneSidKey', ...HOURS], { where: 'IsActive = true' }),
  rows: BusinessHours,
  map: (rows) => joinMapped(rows.map(toHours)),
});

const processes = list({
  id: 'entitlement-processes',
  title: 'Entitlement processes',
  fills: {
    sla_policies: fieldsOf(
      'sla_policies',
      'active condition_fields condition_terms unread_conditions calendar_id updated_at',
    ),
  },
  words: words(SETUP),
  ...allOf('SlaProcess', names('Id IsActive SObjectType? IsVersionDefault? BusinessHoursId? LastModifiedDate')),
  rows: SlaProcess,
  // Processes of cases are told from others by a field that not every org has.
  shows: async ({ session }) =>
    (await session.describes('SlaProcess')) ? available() : { status: 'permission', detail: DESCRIBE('SlaProcess') },
  map: (rows) => joinMapped(rows.map(toProcess)),
});

const fields = list({
  id: 'case-fields',
  title: 'Fields of cases',
  fills: { automations: fieldsOf('automations', 'condition_fields condition_terms unread_conditions required_fields') },
  words: words(readOn('cases')),
  path: `${API}/sobjects/Case/describe`,
  at: 'fields',
  page: onePage(),
  rows: Field,
  map: (rows) => ({ automation: rows.map(toCaseField) }),
});

type Configuration = Parameters<typeof toConfigured>[1];

/** Configuration of which the interface shows that it is there. */
function configured(
  id: string,
  title: string,
  kind: Configuration,
  call: ReturnType<typeof allOf>,
  fills: Fills['automations'],
): Feed<Context> {
  return list({
    id,
    title,
    fills: { automations: fills ?? [] },
    words: words(SETUP),
    ...call,
    rows: Configured,
    map: (rows) => ({ automation: rows.flatMap((row) => toConfigured(row, kind)) }),
  });
}

const OF_CASE = "SobjectType = 'Case'";
const CHANGED = ['Id', 'LastModifiedDate'] as const;
/** What a macro does is an answer; with which words is not looked at. */
const MACRO = fieldsOf('automations', 'active actions action_terms unread_actions updated_at');
const configuration = [
  configured(
    'record-types',
    'Record types of cases',
    'form',
    allOf('RecordType', [...CHANGED, 'IsActive'], { where: OF_CASE }),
    ['active', 'updated_at'],
  ),
  configured(
    'assignment-rules',
    'Assignment rules',
    'routing',
    allOf('AssignmentRule', [...CHANGED, 'Active'], { where: OF_CASE }),
    ['active', 'updated_at'],
  ),
  configured('macros', 'Macros', 'macro', allOf('Macro', CHANGED), MACRO),
  configured('quick-texts', 'Quick texts', 'macro', allOf('QuickText', CHANGED), MACRO),
  configured(
    'email-templates',
    'E-mail templates',
    'macro',
    allOf('EmailTemplate', [...CHANGED, 'IsActive', 'LastUsedDate']),
    [...MACRO, 'last_fired_at'],
  ),
];

const flows = list({
  id: 'flows',
  title: 'Flows that run on cases',
  fills: { automations: ['active', 'updated_at'] },
  words: words(SETUP),
  ...allOf(
    'FlowDefinitionView',
    names('DurableId IsActive LastModifiedDate TriggerType TriggerObjectOrEventLabel? TriggerObjectOrEventId?'),
    { where: 'TriggerType != null', order: 'DurableId' },
  ),
  rows: Configured,
  map: (rows) => ({ automation: rows.flatMap(toFlow) }),
});

const ARTICLE = names(
  'Id KnowledgeArticleId PublishStatus CreatedDate ArticleCreatedDate? LastModifiedDate LastPublishedDate',
  'CreatedById ArticleCreatedById? LastModifiedById IsVisibleInPkb IsVisibleInCsp RecordTypeId? SourceId?',
);
/** The vendor gives versions of one status in one language at a time. What is published counts for an article that is being changed, too. */
const articles: Feed<Context> = {
  ...list({
    id: 'articles',
    title: 'Knowledge articles',
    fills: {
      articles: fieldsOf('articles', 'edited_at published public author_id editor_id category from_ticket_id'),
    },
    words: words('Give the integration user the permission "View Articles" and the feature licence Knowledge User.'),
    ...allOf('KnowledgeArticleVersion', ARTICLE, { where: published('Online', 'en_US') }),
    rows: Article,
    map: async (rows, { session }) => {
      const seesFields = await session.describes('KnowledgeArticleVersion');
      return { article: rows.map((row) => toArticle(row, seesFields)) };
    },
  }),
  async *read(context) {
    const { session } = context;
    const select = await session.select('KnowledgeArticleVersion', ARTICLE);
    const languages = (await session.languages()) ?? [FIRST_LANGUAGE];
    const seesFields = await session.describes('KnowledgeArticleVersion');
    const known = new Set<string>();
    for (const status of ['Online', 'Draft'] as const)
      for (const language of languages) {
        const query = { select, from: 'KnowledgeArticleVersion', where: published(status, language), order: 'Id' };
        const place = { at: 'records', place: 'articles' };
        for await (const page of walkPages(context, SOQL, { path: QUERY, query }, place)) {
          const { kept, rejected } = parseEach(Article, page.rows, 'articles');
          const fresh = kept.filter((row) => !known.has(row.KnowledgeArticleId));
          for (const row of fresh) known.add(row.KnowledgeArticleId);
          const latest = [...groupBy(fresh, (row) => row.KnowledgeArticleId).values()].flatMap((rows) => rows[0] ?? []);
          const article = latest.map((row) => toArticle(row, seesFields));
          yield pageOf({ article }, rejected, page.rows.length);
        }
      }
  },
};

const packages = list({
  id: 'packages',
  title: 'Installed packages',
  fills: { integrations: ['class', 'active'] },
  words: words('Give the integration user the permission "Download AppExchange Packages".'),
  path: `${API}/tooling/query`,
  query: { select: 'Id, SubscriberPackage.Name', from: 'InstalledSubscriberPackage' },
  at: 'records',
  page: SOQL,
  rows: Package,
  map: (rows) => ({ integration: rows.map(toIntegration) }),
});

/** Configuration of the desk, read whole each time. */
export const CONFIGURATION: readonly Feed<Context>[] = [
  ...[people, needs(queues, 'QueueSobject'), hours, fields],
  ...[processes, ...configuration, flows, articles, packages].map((feed) => mayRefuse(feed, REFUSED)),
];
