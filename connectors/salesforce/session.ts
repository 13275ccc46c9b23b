import { z } from 'zod';
import { orRefusal } from '../../src/kit/capability.ts';
import { each } from '../../src/kit/each.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byKey, readVisible } from '../../src/kit/feed/read-all.ts';
import { once, oncePer } from '../../src/kit/once.ts';
import { askPage } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { listOfGood } from '../../src/kit/vendor-schema.ts';
import { type AccountFields, accountFields, type CaseFields, caseFields } from './fields.ts';
import { type SaleFields, saleFields } from './sale-fields.ts';
import {
  ArticleName,
  CaseStatus,
  type Description,
  Field,
  Knowledge,
  longId,
  MilestoneType,
  ObjectRight,
  RecordTypeInfo,
  Root,
  Tracked,
} from './schema.ts';
import type { Settings } from './settings.ts';
import { API, type Early, published, QUERY, SOQL, visible } from './soql.ts';
import { readStaff, type Staff } from './staff.ts';

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the org or the user does not show it. */
export interface Session {
  /** Fields of an object that the user may see. */
  readonly fieldsOf: (object: string) => Promise<readonly Field[] | null>;
  /** Those of `wanted` that the object has; where it cannot be described, all that every org has. `?` behind a name = not every org has it. */
  readonly select: (object: string, wanted: readonly string[]) => Promise<string>;
  /** Whether an object can be read: `absent` = the org has none, or the user may not know of it. */
  readonly shown: (object: string) => Promise<'yes' | 'absent' | 'refused'>;
  readonly caseFields: () => Promise<CaseFields>;
  readonly accountFields: () => Promise<AccountFields>;
  /** How opportunities are told apart; null where they are not shown, or nothing tells. */
  readonly saleFields: () => Promise<SaleFields | null>;
  readonly statuses: () => Promise<readonly CaseStatus[]>;
  /** Whether the fields of an object may be looked up. */
  readonly describes: (object: string) => Promise<boolean>;
  readonly milestoneTypes: () => Promise<ReadonlyMap<string, MilestoneType> | null>;
  readonly staff: () => Promise<Staff>;
  /** Fields of an object whose changes the org keeps. */
  readonly tracked: (object: 'Case' | 'Account') => Promise<ReadonlySet<string> | null>;
  /** Languages of articles; null = they are not shown. */
  readonly languages: () => Promise<readonly string[] | null>;
  /** Ids of articles by the name in their address, in small letters. */
  readonly articleNames: () => Promise<ReadonlyMap<string, string> | null>;
  /** Whether the user sees cases of others; null = it cannot be told. */
  readonly seesAll: () => Promise<boolean | null>;
}
export type Context = FeedContext<Settings, Session>;

export async function readRoot({ http, signal }: Early) {
  return http.getJson({ path: API, schema: Root, signal });
}

export function openSession(context: Early): Session {
  const described = oncePer((object: string) => describe(context, object));
  const fieldsOf = async (object: string) => (await described(object))?.fields ?? null;
  const select = async (object: string, wanted: readonly string[]) => {
    // What every org has need not be looked up.
    const looked = wanted.some((name) => name.endsWith('?'));
    const there = await each(wanted, async (name) => !looked || name === 'Id' || isThere(fieldsOf, object, name));
    return [...new Set(wanted.filter((_name, i) => there[i]).map((name) => name.replace('?', '')))].join(', ');
  };
  const shown = oncePer((object: string) => askOne(context, object));
  const languages = once(() => readLanguages(context));
  return {
    fieldsOf,
    describes: async (object) => (await fieldsOf(object)) !== null,
    select,
    shown,
    caseFields: once(async () => caseFields(await fieldsOf('Case'), context.settings)),
    accountFields: once(async () => accountFields(await fieldsOf('Account'), context.settings)),
    saleFields: once(async () => {
      const opportunity = (await shown('Opportunity')) === 'yes' ? await described('Opportunity') : null;
      return opportunity && saleFields(opportunity, context.settings);
    }),
    statuses: once(
      async () => (await visible(context, 'Id, ApiName, MasterLabel, IsClosed', 'CaseStatus', CaseStatus)) ?? [],
    ),
    milestoneTypes: once(async () =>
      byKey(await visible(context, 'Id, Name, RecurrenceType', 'MilestoneType', MilestoneType), 'Id'),
    ),
    staff: once(() => readStaff(context, select)),
    tracked: oncePer((object) => readTracked(context, object)),
    languages,
    articleNames: once(async () => {
      const select = 'Id, KnowledgeArticleId, UrlName';
      const read = (language: string) =>
        visible(context, select, 'KnowledgeArticleVersion', ArticleName, published('Online', language));
      const all = await each((await languages()) ?? [FIRST_LANGUAGE], read);
      if (all.includes(null)) return null;
      const found = all.flatMap((rows) => rows ?? []);
      return new Map(found.map((row) => [row.UrlName.toLowerCase(), row.KnowledgeArticleId]));
    }),
    seesAll: once(() => readSight(context)),
  };
}

async function askOne(context: Early, object: string): ReturnType<Session['shown']> {
  const ask = SOQL.first({ path: QUERY, query: { select: 'Id', from: object } }, 1);
  const asked = await orRefusal(() => askPage(context, ask, { at: 'records', place: object }), [400, 403, 404]);
  if (asked.found !== null) return 'yes';
  return asked.refusal.meaning === 'absent' ? 'absent' : 'refused';
}

const Described = z.looseObject({ fields: z.array(z.unknown()), recordTypeInfos: listOfGood(RecordTypeInfo) });

async function describe({ http, signal }: Early, object: string): Promise<Description | null> {
  const path = `${API}/sobjects/${object}/describe`;
  const { found } = await orRefusal(() => http.getJson({ path, schema: Described, signal }), [400, 403, 404]);
  if (found === null) return null;
  const { fields, recordTypeInfos } = found.data;
  return {
    fields: parseEach(Field, fields, object).kept,
    recordTypes: new Map(recordTypeInfos.map((one) => [one.recordTypeId, one.name])),
  };
}

/**
 * Whether an object has a field that the user may see. What is behind a lookup (`Case.IsStopped?`) is looked for where the lookup points to; without a
 * mark, the lookup alone decides. Where an object cannot be described it has what is not marked.
 */
async function isThere(fieldsOf: Session['fieldsOf'], object: string, wanted: string): Promise<boolean> {
  const optional = wanted.endsWith('?');
  const fields = await fieldsOf(object);
  if (fields === null) return !optional;
  const [first = '', ...deeper] = wanted.replace('?', '').split('.');
  if (deeper.length === 0) return fields.some((field) => field.name === first);
  const lookup = fields.find((field) => field.relationshipName === first);
  if (lookup === undefined || !optional) return lookup !== undefined;
  const target = lookup.referenceTo?.length === 1 ? lookup.referenceTo[0] : undefined;
  return target !== undefined && isThere(fieldsOf, target, `${deeper.join('.')}?`);
}

/** Whether changes of a field are kept stands in the definition of the field. */
async function readTracked(context: Early, object: string): Promise<ReadonlySet<string> | null> {
  const query = {
    select: 'QualifiedApiName, IsFieldHistoryTracked',
    from: 'FieldDefinition',
    where: `EntityDefinition.QualifiedApiName = '${object}'`,
  };
  const rows = await readVisible(context, { path: QUERY, query, page: SOQL, at: 'records', rows: Tracked });
  // Lookups are defined by the name of the relationship or by that of their id.
  const kept = (rows ?? []).filter((row) => row.IsFieldHistoryTracked === true);
  return rows === null || rows.length === 0
    ? null
    : new Set(kept.map((row) => row.QualifiedApiName.replace(/Id$/, '')));
}

/** The language that most knowledge bases begin with. */
export const FIRST_LANGUAGE = 'en_US';

/** Articles have to be asked for language by language. */
async function readLanguages({ http, signal }: Early): Promise<readonly string[] | null> {
  const path = `${API}/knowledgeManagement/settings`;
  const { found } = await orRefusal(() => http.getJson({ path, schema: Knowledge, signal }), [400, 403, 404]);
  if (found === null) return null;
  const all = (found.data.languages ?? []).filter((one) => one.active !== false).map((one) => one.name);
  const first = found.data.defaultLanguage ?? FIRST_LANGUAGE;
  return [...new Set([first, ...all])].filter((name) => /^\w+$/.test(name));
}

async function readSight(context: Early): Promise<boolean | null> {
  const { data } = await readRoot(context);
  const id = /\/(\w{15,18})$/.exec(data.identity ?? '')?.[1];
  if (id === undefined) return null;
  const rights = await visible(
    context,
    'Id, PermissionsViewAllRecords',
    'ObjectPermissions',
    ObjectRight,
    `SobjectType = 'Case' AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${longId(id)}')`,
  );
  if (rights === null || rights.length === 0) return null;
  return rights.some((row) => row.PermissionsViewAllRecords === true);
}
