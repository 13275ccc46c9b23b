import { z } from 'zod';
import { type Ask, absent, type Route } from '../desk.ts';
import type { Lists, Row } from '../lists.ts';

const CRM = '/crm/v3/objects';

const Search = z.looseObject({
  filterGroups: z.array(
    z.looseObject({
      filters: z.array(z.looseObject({ propertyName: z.string(), operator: z.string(), value: z.string() })),
    }),
  ),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(1),
});
const Batch = z.looseObject({
  inputs: z.array(z.looseObject({ id: z.string() })),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
});

/** What the vendor gives unasked. */
const DEFAULTS = ['createdate', 'hs_lastmodifieddate', 'hs_object_id'];
const FAR_S = 4_102_444_800;

function picked(all: unknown, names: readonly string[]): Row {
  const has = typeof all === 'object' && all !== null ? (all as Row) : {};
  return Object.fromEntries(names.filter((name) => has[name] !== undefined).map((name) => [name, has[name]]));
}

/** An object as it is asked for: other properties may be free text. */
function shown(row: Row, names: readonly string[], past: readonly string[] = []): Row {
  return {
    ...row,
    properties: picked(row.properties, [...DEFAULTS, ...names]),
    ...(past.length === 0 ? {} : { propertiesWithHistory: picked(row.propertiesWithHistory, past) }),
  };
}

function needed(lists: Lists, list: string, { url }: Ask): void {
  if (!lists.has(list)) throw absent(url.pathname);
}

/** A list by a cursor that counts rows. */
function paged(path: string, list: (url: URL) => string): Route {
  return {
    path: new RegExp(`^${path}$`),
    async answer(ask, lists) {
      const name = list(ask.url);
      needed(lists, name, ask);
      const from = Number(ask.url.searchParams.get('after') ?? 0);
      const size = Number(ask.url.searchParams.get('limit') ?? 100);
      const results = await lists.page(name, from, size);
      const next = from + results.length;
      return { results, ...(next < (await lists.count(name)) ? { paging: { next: { after: String(next) } } } : {}) };
    },
  };
}

async function search(ask: Ask, lists: Lists): Promise<unknown> {
  const [list = ''] = ask.parts;
  needed(lists, list, ask);
  const { filterGroups, properties, limit } = Search.parse(ask.body);
  const filters = filterGroups[0]?.filters ?? [];
  const edge = (operator: string) =>
    filters.find((one) => one.propertyName === 'hs_lastmodifieddate' && one.operator === operator)?.value;
  const behind = filters.find((one) => one.propertyName === 'hs_object_id')?.value ?? '0';
  const span = [Number(edge('GTE') ?? 0) / 1000, Number(edge('LTE') ?? FAR_S * 1000) / 1000] as const;
  const { rows, total } = await lists.behind(list, span, behind, limit);
  return {
    total,
    results: rows.map((row) => shown(row, properties)),
    ...(total > rows.length ? { paging: { next: { after: String(rows.length) } } } : {}),
  };
}

async function batch(ask: Ask, lists: Lists): Promise<unknown> {
  const [object = ''] = ask.parts;
  const list = ask.url.searchParams.get('archived') === 'true' ? `deleted_${object}` : object;
  needed(lists, list, ask);
  const { inputs, properties, propertiesWithHistory } = Batch.parse(ask.body);
  const rows = await lists.where(
    list,
    'id',
    inputs.map(({ id }) => id),
  );
  return { results: rows.map((row) => shown(row, properties, propertiesWithHistory)) };
}

async function associated(ask: Ask, lists: Lists): Promise<unknown> {
  const list = ask.parts.join('_');
  needed(lists, list, ask);
  const { inputs } = Batch.parse(ask.body);
  const rows = await lists.where(
    list,
    'from_id',
    inputs.map(({ id }) => id),
  );
  const ids = [...new Set(rows.map((row) => String(row.from_id)))];
  return {
    results: ids.map((id) => ({
      from: { id },
      to: rows.filter((row) => row.from_id === id).map((row) => ({ toObjectId: row.to_id, associationTypes: [] })),
    })),
  };
}

/** Whether anything of a kind may be seen beside tickets: where it is told which belongs to which. */
async function seen(ask: Ask, lists: Lists): Promise<unknown> {
  needed(lists, `tickets_${ask.parts[0] ?? ''}`, ask);
  return { results: [] };
}

/** The calls of `connectors/hubspot`, in the forms that its schemas read. */
export const HUBSPOT_ROUTES: readonly Route[] = [
  {
    path: /^\/account-info\/v3\/details$/,
    answer: async () => ({ portalId: 'warehouse', accountType: 'STANDARD' }),
  },
  paged('/crm/v3/owners', (url) => (url.searchParams.get('archived') === 'true' ? 'former_owners' : 'owners')),
  paged('/crm/v3/pipelines/tickets', () => 'pipelines'),
  paged('/crm/v3/properties/tickets', () => 'ticket_properties'),
  paged('/crm/v3/properties/companies', () => 'company_properties'),
  { path: new RegExp(`^${CRM}/(tickets|companies)/search$`), answer: search },
  { path: new RegExp(`^${CRM}/(tickets|companies)/batch/read$`), answer: batch },
  paged(`${CRM}/tickets`, () => 'deleted_tickets'),
  { path: new RegExp(`^${CRM}/(contacts|companies|emails|notes)$`), answer: seen },
  { path: /^\/crm\/v4\/associations\/(\w+)\/(\w+)\/batch\/read$/, answer: associated },
];
