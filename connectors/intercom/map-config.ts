import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { promiseOfArticle } from '../../src/kit/records/texts.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { type Context, holdsCode, isOperator } from './account.ts';
import type { Admin, Article, Attribute, Company, Team, TicketType } from './schema.ts';
import type { Settings } from './settings.ts';

/** The vendor lists teammates who have access now: who left is named by parts only. */
export function toAgent(admin: Admin, teams: readonly Team[] | null, settings: Settings): TelemetryRecord<'agent'> {
  const own = (teams ?? []).filter((team) => team.admin_ids.includes(admin.id) || admin.team_ids.includes(team.id));
  return agentRecord(
    { id: admin.id, name: admin.name, role: roleOf(admin), active: true, teams: own, program: isOperator(admin) },
    statedOf(settings),
  );
}

/** Without a seat in the inbox a teammate can read and write notes only. */
function roleOf(admin: Admin): TelemetryRecord<'agent'>['role'] {
  if (/admin|owner/i.test(admin.role?.name ?? '')) return 'admin';
  if (admin.has_inbox_seat === null) return null;
  return admin.has_inbox_seat ? 'agent' : 'light';
}

export function toOrganisation(row: Company, context: Context): TelemetryRecord<'organisation'> {
  const { settings, pseudonymise } = context;
  const tier = row.plan?.name ?? null;
  const codes = Object.entries({ plan: tier, industry: row.industry });
  const facts = {
    id: row.id,
    created_at: row.created_at,
    tier,
    terms: [
      ...codes.flatMap(([name, value]) => (value === null ? [] : [`org:${name}=${value}`])),
      ...(row.tags ?? []).map((tag) => `tag:${keptTag(pseudonymise, settings.clearTags, tag)}`),
    ],
    externalIds: [row.company_id],
    has_contract: row.monthly_spend === null ? null : row.monthly_spend > 0,
  };
  return organisationRecord(facts, context);
}

/** An article of the help centre. The text is looked at for a stated reply time and dropped. */
export function toArticle(row: Article): TelemetryRecord<'article'> {
  return {
    ...articleFacts(row),
    id: row.id,
    published: row.state === null ? null : /^published$/i.test(row.state),
    public: true,
    category: row.parent_ids[0] ?? null,
  };
}

/** An internal article: for teammates and Fin, numbered apart from those of the help centre; it has no drafts. */
export function toInternalArticle(row: Article): TelemetryRecord<'article'> {
  return { ...articleFacts(row), id: `internal:${row.id}`, published: true, public: false };
}

function articleFacts(row: Article) {
  return {
    ...blank('article'),
    created_at: row.created_at,
    edited_at: row.updated_at,
    author_id: row.created_by_id ?? row.author_id,
    editor_id: row.updated_by_id,
    promised_reply_s: promiseOfArticle(row.body),
  };
}

const HOLDS: Readonly<Record<string, Holds>> = { integer: 'number', decimal: 'number', datetime: 'date' };

/** An attribute of conversations. Teammates have to fill required ones before they close a conversation. */
export function toField(row: Attribute): TelemetryRecord<'automation'> {
  return fieldRecord({
    id: `attribute:${row.id}`,
    name: row.name,
    title: row.name,
    holds: HOLDS[row.data_type?.toLowerCase() ?? ''] ?? (holdsCode(row) ? 'code' : 'text'),
    active: row.archived !== true,
    required_fields: [],
    required_to_solve: row.required === true ? [row.name] : [],
    updated_at: row.updated_at,
  });
}

/** The form that customers fill for a type of ticket; what a customer has to write in any case asks nothing. */
export function toForm(row: TicketType): TelemetryRecord<'automation'> {
  const asked = row.ticket_type_attributes.filter((one) => one.archived !== true);
  const shown = asked.filter((one) => one.visible_to_contacts === true);
  const required = shown.filter((one) => one.required_to_create_for_contacts === true && !/^_default_/.test(one.name));
  return formRecord({
    id: `ticket-type:${row.id}`,
    active: row.archived !== true,
    shown: shown.map((one) => one.name),
    required: required.map((one) => one.name),
    updated_at: row.updated_at,
  });
}
