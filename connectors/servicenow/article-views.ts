import { z } from 'zod';
import { available } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import { type Feed, pageOf } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { askPage } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { AT, probeTable, tablePath, utc, where } from './calls.ts';
import { ArticleUse, FirstUse } from './schema.ts';
import type { Context } from './session.ts';

const ID = 'article-views';
const DAY_MS = 86_400_000;
/** Views further back say nothing of the present. */
const MOST_DAYS = 365;
const VIEWED = 'viewed=true';

const codec = checkpointCodec(ID, z.strictObject({ from: z.iso.date().nullable() }), { from: null });

/** Views of articles by day: the vendor adds them up for each day, so that no use of a single person is read. The last day is read again with the next sync. */
export const articleViews: Feed<Context> = {
  id: ID,
  title: 'Views of articles',
  kind: 'history',
  adds: false,
  provides: { article_views: fields('article_views', 'article_id day views') },
  probe: (context) =>
    probeTable(context, 'kb_use', VIEWED, { permission: 'Give the user the role knowledge_admin.' }, async () => {
      // The sums are a call of their own, which may be closed while the table is open.
      await readUses(context, new Date(context.until.getTime() - 60_000), context.until);
      return available({ since: new Date(Math.max(firstMs(context), startAt(context.settings).getTime())) });
    }),
  async *read(context, checkpoint) {
    const { from } = codec.read(checkpoint);
    const untilMs = context.until.getTime();
    let day = from === null ? await firstDay(context) : Date.parse(from);
    if (day === null) {
      yield pageOf({}, [], 0, codec.write({ from: null }));
      return;
    }
    for (; day <= untilMs; day += DAY_MS) {
      const end = Math.min(day + DAY_MS, untilMs);
      const rows = await readUses(context, new Date(day), new Date(end));
      const { kept, rejected } = parseEach(ArticleUse, rows, ID);
      const views = new Map<string, number>();
      for (const { groupby_fields: by, stats } of kept) {
        const article = by?.find((one) => one.field === 'article')?.value ?? null;
        const count = stats.sum?.times_viewed || stats.count;
        if (article !== null && count !== null) views.set(article, Math.round(count));
      }
      const total = [...views.values()].reduce((sum, one) => sum + one, 0);
      const at = new Date(day);
      const counted = [...views, ['*', total] as const];
      yield pageOf(
        { article_view: counted.map(([id, count]) => ({ article_id: id, day: at, views: count, unique_users: null })) },
        rejected,
        rows.length,
        codec.write({ from: dayOf(Math.min(day + DAY_MS, startOfDay(untilMs))) }),
      );
    }
  },
};

const startOfDay = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const firstMs = ({ until }: Context) => startOfDay(until.getTime()) - MOST_DAYS * DAY_MS;

/** The first day with a view; null = there is none yet. */
async function firstDay(context: Context): Promise<number | null> {
  const from = new Date(Math.max(firstMs(context), startAt(context.settings).getTime()));
  const query = {
    sysparm_query: where(
      VIEWED,
      `sys_created_on>=${utc(from)}`,
      `sys_created_on<=${utc(context.until)}`,
      'ORDERBYsys_created_on',
    ),
    sysparm_fields: 'sys_created_on',
    sysparm_limit: 1,
  };
  const { rows } = await askPage(context, { path: tablePath('kb_use'), query }, { at: AT, place: ID });
  const [first] = parseEach(FirstUse, rows, ID).kept;
  return first === undefined ? null : startOfDay(first.sys_created_on.getTime());
}

const Sums = z.looseObject({ result: z.unknown() });

/** Sums by article. Where there is nothing to add up the vendor may give one sum instead of a list. */
async function readUses(context: Context, from: Date, end: Date): Promise<readonly unknown[]> {
  const { data } = await context.http.getJson({
    ...usesOf(from, end),
    schema: Sums.nullable(),
    signal: context.signal,
  });
  return Array.isArray(data?.result) ? data.result : [];
}

function usesOf(from: Date, end: Date) {
  return {
    path: '/api/now/stats/kb_use',
    query: {
      sysparm_query: where(VIEWED, `sys_created_on>=${utc(from)}`, `sys_created_on<${utc(end)}`),
      sysparm_count: 'true',
      sysparm_sum_fields: 'times_viewed',
      sysparm_group_by: 'article',
    },
  };
}
