import { z } from 'zod';
import { type Ask, absent, type Route } from '../desk.ts';
import type { Lists } from '../lists.ts';

/** As much of a search as the connector asks: changed after one second and before another. */
const Search = z.looseObject({
  query: z.looseObject({ value: z.array(z.looseObject({ operator: z.enum(['<', '>']), value: z.number() })) }),
  pagination: z.looseObject({ per_page: z.int().min(1), starting_after: z.string().optional() }),
});

function whole(path: string, at: string): Route {
  return {
    path: new RegExp(`^${path}$`),
    async answer({ url }, lists) {
      if (!lists.has(at)) throw absent(url.pathname);
      return { [at]: await lists.all(at) };
    },
  };
}

/** Numbered pages. */
function paged(path: string, list: string): Route {
  return {
    path: new RegExp(`^${path}$`),
    async answer({ url }, lists) {
      if (!lists.has(list)) throw absent(url.pathname);
      const page = Number(url.searchParams.get('page') ?? 1);
      const size = Number(url.searchParams.get('per_page') ?? 50);
      const total = Math.ceil((await lists.count(list)) / size);
      return { data: await lists.page(list, (page - 1) * size, size), pages: { page, total_pages: total } };
    },
  };
}

async function search({ url, body }: Ask, lists: Lists): Promise<unknown> {
  if (!lists.has('conversations')) throw absent(url.pathname);
  const { query, pagination } = Search.parse(body);
  const bound = (operator: string, none: number) => query.value.find((one) => one.operator === operator)?.value ?? none;
  const span = [bound('>', -1) + 1, bound('<', 4_102_444_800)] as const;
  const from = Number(pagination.starting_after ?? 0);
  const { rows, more } = await lists.between('conversations', span, from, pagination.per_page);
  return {
    conversations: rows,
    pages: more ? { next: { starting_after: String(from + rows.length) } } : {},
  };
}

async function partsOf({ parts: [id = ''] }: Ask, lists: Lists): Promise<unknown> {
  const parts = lists.has('parts') ? await lists.where('parts', 'conversation_id', [id]) : [];
  return { id, conversation_parts: { conversation_parts: parts, total_count: parts.length } };
}

/** The calls of `connectors/intercom`, in the forms that its schemas read. */
export const INTERCOM_ROUTES: readonly Route[] = [
  { path: /^\/me$/, answer: async () => ({ id: 'warehouse', type: 'admin' }) },
  whole('/teams', 'teams'),
  whole('/admins', 'admins'),
  paged('/companies', 'companies'),
  { path: /^\/conversations\/search$/, answer: search },
  { path: /^\/conversations\/(?!attributes$)([^/]+)$/, answer: partsOf },
];
