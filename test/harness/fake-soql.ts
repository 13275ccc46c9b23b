import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import type { FakeRow } from './fake-vendor.ts';

/** An object of a made-up org: its fields as a description shows them, and its rows. */
export interface FakeObject {
  readonly fields: readonly FakeRow[];
  readonly rows: readonly FakeRow[];
  /** Record types as the description names them. */
  readonly recordTypes?: readonly FakeRow[];
  /** Path of the query below the version. @defaultValue query */
  readonly path?: string;
  /** Rows a page, whatever is asked for. @defaultValue 20 */
  readonly page?: number;
}
export type FakeOrg = Readonly<Record<string, FakeObject>>;

const BASE = '/services/data/v60.0';

/**
 * Fields by short marks: `Name`, `Status:picklist`, `Severity__c:picklist:Severity`, `ParentId:reference::Parent:Case` with the relationship and what it points to behind the label.
 * What ends in `__c` is custom.
 */
export function described(...marks: readonly string[]): FakeRow[] {
  return marks.map((mark) => {
    const [name = '', type = 'string', label = '', relationship = '', target = ''] = mark.split(':');
    return {
      name,
      type: type === '' ? 'string' : type,
      label: label === '' ? name : label,
      custom: name.endsWith('__c'),
      nillable: !/^Required_/.test(name),
      createable: true,
      defaultedOnCreate: false,
      relationshipName: relationship === '' ? null : relationship,
      referenceTo: target === '' ? [] : [target],
      inlineHelpText: null,
      picklistValues: [],
    };
  });
}

interface Asked {
  readonly select: readonly string[];
  readonly below: readonly string[];
  readonly from: string;
  readonly where: readonly string[];
  readonly order: readonly string[];
  readonly limit: number;
}

function parse(q: string): Asked | null {
  const below = [...q.matchAll(/\(SELECT [^)]*? FROM (\w+)\)/g)].map(([, name]) => name as string);
  const plain = q.replace(/, \(SELECT [^)]*? FROM FeedComments\)/, '');
  const match = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (.+?))?(?: LIMIT (\d+))?$/.exec(plain);
  if (match === null) return null;
  const [, select = '', from = '', where, order, limit] = match;
  return {
    select: select.split(', '),
    below: below.filter((name) => name === 'FeedComments'),
    from,
    where: where?.split(' AND ') ?? [],
    order: order?.split(', ') ?? [],
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
  };
}

function valueAtPath(row: FakeRow, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], row);
}

function holds(row: FakeRow, condition: string): boolean {
  const match = /^([\w.]+) (=|!=|>=|IN) (.+)$/.exec(condition);
  if (match === null) throw new Error(`the fake does not know the condition ${condition}`);
  const [, field = '', operator, literal = ''] = match;
  const value = valueAtPath(row, field) ?? null;
  if (operator === 'IN') return /^\(SELECT /.test(literal) || literal.includes(`'${String(value)}'`);
  if (operator === '>=') return Date.parse(String(value)) >= Date.parse(literal);
  const wanted =
    literal === 'null' ? null : /^(?:true|false)$/.test(literal) ? literal === 'true' : literal.slice(1, -1);
  return (value === wanted) === (operator === '=');
}

function shown(row: FakeRow, { select, below, from }: Asked): FakeRow {
  const out: FakeRow = { attributes: { type: from, url: `${BASE}/sobjects/${from}/${String(row.Id)}` } };
  for (const path of select) {
    const keys = path.split('.');
    let place = out;
    for (const [i, key] of keys.slice(0, -1).entries()) {
      if ((valueAtPath(row, keys.slice(0, i + 1).join('.')) ?? null) === null) {
        place[key] ??= null;
        break;
      }
      place[key] ??= {};
      place = place[key] as FakeRow;
    }
    const parent = keys.length === 1 ? row : valueAtPath(row, keys.slice(0, -1).join('.'));
    if (parent !== null && parent !== undefined) place[keys.at(-1) as string] = valueAtPath(row, path) ?? null;
  }
  for (const name of below) out[name] = nested(row, name, 0, from);
  return structuredClone(out);
}

/** A list inside a record comes in pages too: of one row here. */
function nested(row: FakeRow, name: string, from: number, object: string): unknown {
  const all = row[name] as { readonly records: readonly FakeRow[] } | null | undefined;
  if (all === null || all === undefined) return null;
  const done = from + 1 >= all.records.length;
  const locator = Buffer.from(JSON.stringify({ inside: keyOf(row), name, from: from + 1 })).toString('base64url');
  return {
    totalSize: all.records.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `${BASE}/query/${object}-${locator}` }),
    records: all.records.slice(from, from + 1),
  };
}

const refuse = (errorCode: string) => new FakeStatus(400, [{ message: 'Canary message', errorCode }]);

/** Fields behind a lookup are refused too when the object that it points to has none of that name. */
function isKnown(org: FakeOrg, object: string, path: string): boolean {
  const [first = '', ...deeper] = path.split('.');
  const fields = org[object]?.fields ?? [];
  if (deeper.length === 0) return fields.some((field) => field.name === first);
  const lookup = fields.find((field) => field.relationshipName === first);
  const target = (lookup?.referenceTo as readonly string[] | undefined)?.[0];
  if (lookup === undefined) return false;
  return target === undefined || org[target] === undefined || isKnown(org, target, deeper.join('.'));
}

function keyOf(row: FakeRow): unknown {
  return row.Id ?? row.DurableId ?? row.QualifiedApiName;
}

/** Pages name the rows that were found when the query was asked, as the vendor's locators do; rows are read when a page is. */
function page(asked: Asked, object: FakeObject, ids: readonly unknown[], from: number, path: string): unknown {
  const size = object.page ?? 20;
  const rows = ids
    .slice(from, from + size)
    .map((id) => object.rows.find((row) => keyOf(row) === id))
    .filter((row) => row !== undefined);
  const done = from + size >= ids.length;
  const locator = Buffer.from(JSON.stringify({ asked, ids, from: from + size })).toString('base64url');
  return {
    totalSize: ids.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `${BASE}/${path}/${asked.from}-${locator}` }),
    records: rows.map((row) => shown(row, asked)),
  };
}

/** What a locator leads to: a further page of a query, or of a list inside a record. */
function located(locator: string, name: string, object: FakeObject, path: string): unknown {
  const { asked, ids, from, inside, name: list } = JSON.parse(Buffer.from(locator, 'base64url').toString('utf8'));
  const holder = inside === undefined ? undefined : object.rows.find((row) => keyOf(row) === inside);
  return holder === undefined
    ? page(asked, object, ids, from, path)
    : structuredClone(nested(holder, list, from, name));
}

/** Routes of an org: one for the queries of each object, and one for the descriptions. */
export function soqlRoutes(org: FakeOrg): FakeRoute[] {
  const objectOf = (url: URL): string => {
    const q = url.searchParams.get('q') ?? '';
    return parse(q)?.from ?? /\/([A-Za-z]\w*)-[\w-]+$/.exec(url.pathname)?.[1] ?? '';
  };
  const answer = (url: URL): unknown => {
    const name = objectOf(url);
    const object = org[name];
    if (object === undefined) return refuse('INVALID_TYPE');
    const path = url.pathname.includes('/tooling/') ? 'tooling/query' : 'query';
    if (path !== (object.path ?? 'query')) return refuse('INVALID_TYPE');
    const locator = /\/[A-Za-z]\w*-([\w-]+)$/.exec(url.pathname)?.[1];
    if (locator !== undefined) return located(locator, name, object, path);
    const asked = parse(url.searchParams.get('q') ?? '');
    if (asked === null) return refuse('MALFORMED_QUERY');
    const all = url.pathname.endsWith('/queryAll');
    const visible = object.rows.filter((row) => all || row.IsDeleted !== true);
    const counted = asked.select[0] === 'COUNT()';
    const named = [
      ...(counted ? [] : asked.select),
      ...asked.where.map((one) => one.split(' ')[0] as string),
      ...asked.order,
    ];
    if (!named.every((one) => isKnown(org, name, one))) return refuse('INVALID_FIELD');
    const found = visible
      .filter((row) => asked.where.every((one) => holds(row, one)))
      .toSorted((a, b) => compare(a, b, asked.order))
      .slice(0, asked.limit);
    if (counted) return { totalSize: found.length, done: true, records: [] };
    const ids = found.map(keyOf);
    return page(asked, object, ids, 0, path);
  };
  const queries = [...Object.keys(org), '?'].map(
    (name): FakeRoute => ({
      name,
      path: /^\/services\/data\/v60\.0\/(?:tooling\/)?query(?:All)?(?:\/|$)/,
      takes: (url) => (name === '?' ? org[objectOf(url)] === undefined : objectOf(url) === name),
      answer,
    }),
  );
  return [
    ...queries,
    {
      name: 'describe',
      path: /\/sobjects\/\w+\/describe$/,
      answer(url) {
        const name = url.pathname.split('/').at(-2) ?? '';
        const object = org[name];
        if (object === undefined) return new FakeStatus(404, [{ message: 'Canary', errorCode: 'NOT_FOUND' }]);
        const recordTypeInfos = structuredClone(object.recordTypes ?? []);
        return { fields: structuredClone(object.fields), recordTypeInfos, name, label: 'Canary' };
      },
    },
  ];
}

function compare(a: FakeRow, b: FakeRow, order: readonly string[]): number {
  for (const field of order) {
    const [left, right] = [String(valueAtPath(a, field)), String(valueAtPath(b, field))];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
