import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import { toIntegration } from '../../src/kit/records/integrations.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { toAutomation } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import { type Context, isList, nameOf } from './account.ts';
import type { Article, Collection, Field, Organisation, Rating, User, Webhook, Workflow } from './schema.ts';
import { WORDS } from './words.ts';

type Automation = TelemetryRecord<'automation'>;

/** A member of the desk. `program` = the vendor says that it is one. */
export async function toAgent(row: User, program: boolean, context: Context): Promise<TelemetryRecord<'agent'>> {
  const { session, settings } = context;
  const [teams, members] = [(await session.teams()) ?? [], await session.members()];
  return agentRecord(
    {
      id: row.id,
      name: nameOf(row),
      role: WORDS.role(row.role),
      active: true,
      teams: teams.filter((team) => members.get(team.id)?.has(row.id) === true),
      created_at: row.createdAt,
      program,
    },
    statedOf(settings),
  );
}

const HOLDS: Patterns<Holds> = [
  [/^number$/i, 'number'],
  [/^date$/i, 'date'],
];

/** A custom field by the hints of its name and type (docs/recognition.md). Required ones are asked for before a reply or an end. */
export function toField(row: Field): Automation {
  return fieldRecord({
    id: row.id,
    name: row.id,
    title: row.name,
    holds: isList(row) ? 'code' : (firstFit(HOLDS, row.type) ?? 'text'),
    required_to_solve: row.required === true ? [row.id] : [],
  });
}

/** A workflow: of its conditions and actions nothing is shown. Manual ones are run by people. */
export function toWorkflow(row: Workflow): Automation {
  const manual = /^manual$/i.test(row.type ?? '');
  return toAutomation({
    id: row.id,
    kind: manual ? 'macro' : 'trigger',
    active: /^active$/i.test(row.status ?? ''),
    updated_at: row.modifiedAt,
  });
}

export const savedReplyId = (id: string): string => `saved:${id}`;

export function toSavedReply({ id }: { readonly id: string }): Automation {
  return toAutomation({ id: savedReplyId(id), kind: 'macro', active: true, actions: ['comment'] });
}

/** What a webhook serves is told by its host, which is not kept. */
export function toWebhook(row: Webhook): TelemetryRecord<'integration'> {
  const active = row.state === null || /^enabled$/i.test(row.state);
  return toIntegration({ id: `webhook:${row.id}`, active, url: row.url });
}

export function toOrganisation(row: Organisation, { pseudonymise }: Context): TelemetryRecord<'organisation'> {
  const { id, createdAt: created_at, domains } = row;
  return organisationRecord({ id, created_at, domain: domains[0] }, { settings: {}, pseudonymise });
}

export function toArticle(row: Article, collection: Collection): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.createdAt,
    edited_at: row.updatedAt,
    published: row.status === null ? null : /^published$/i.test(row.status),
    public: WORDS.forCustomers(collection.visibility),
    author_id: row.createdBy,
    editor_id: row.updatedBy,
    category: collection.id,
  };
}

/** An answer to a reply. */
export function toRating(row: Rating): TelemetryRecord<'csat'> {
  const score = WORDS.rating(row.ratingId);
  const { threadid: id, id: ticket_id, ratingCreatedAt: answered_at } = row;
  return { ...blank('csat'), id, ticket_id, answered_at, score, scale: 'great/okay/not good' };
}
