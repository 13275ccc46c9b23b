import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { fields } from '../../src/kit/fields.ts';
import { API, countRows, LISTED, readPage, searchFor } from './pages.ts';
import { ArticleLinks, ArticleRow } from './schema.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';

const { list } = feedsOf<Settings, Session>();

const GRANT = 'Grant SeeClass and ShowArticle to the API user, globally or on the classes that agents use.';

/** Without a limit RT gives no article at all. */
const ARTICLES = {
  path: `${API}/articles`,
  query: {
    fields: 'id,Class,Created,LastUpdated,Creator,LastUpdatedBy,Disabled',
    'fields[Creator]': 'id',
    'fields[LastUpdatedBy]': 'id',
  },
  ...searchFor({ field: 'id', operator: '>', value: '0' }),
};

export const countArticles = (context: Context): Promise<number | null> => countRows(context, ARTICLES);

/** Articles, without their text. RT has no drafts and no customers' view: a class can be shown to everyone, which REST does not tell. */
export const articles = list({
  id: 'articles',
  title: 'Articles',
  fills: { articles: fields('articles', 'edited_at published author_id editor_id category from_ticket_id') },
  words: { permission: GRANT, absent: 'This RT has no articles in REST 2.0.' },
  ...ARTICLES,
  ...LISTED,
  rows: ArticleRow,
  below: {
    article: {
      ask: ({ id }) => ({ path: `${API}/article/${id}` }),
      lacks: { articles: ['from_ticket_id'] },
      words: 'Articles are not shown one by one. Grant SeeClass and ShowArticle to the API user, globally.',
    },
  },
  async shows(context): Promise<Capability> {
    const total = await countArticles(context);
    const classes = await readPage(context, { path: `${API}/classes/all` });
    // RT ships with a class, so a list without any means that the rights are missing.
    if ((total ?? 0) === 0 && classes.rows.length === 0)
      return { status: 'permission', detail: `No class of articles is visible. ${GRANT}` };
    return { status: 'available', ...(total === null ? {} : { total }) };
  },
  async map(rows, context) {
    const links = await each(rows, ({ id }) => readShown(context, { path: `${API}/article/${id}` }, ArticleLinks));
    return { article: rows.map((row, i) => toArticle(row, links[i] ?? null)) };
  },
});

function toArticle(row: ArticleRow, links: ArticleLinks | null): TelemetryRecord<'article'> {
  // "Extract article" in a ticket makes the article refer to it; the other direction is a ticket that used the article.
  const source = links?._hyperlinks.find(({ ref, type }) => ref === 'refers-to' && type === 'ticket');
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.Created,
    edited_at: row.LastUpdated,
    published: row.Disabled !== '1',
    author_id: row.Creator,
    editor_id: row.LastUpdatedBy,
    category: row.Class,
    from_ticket_id: source?.id ?? null,
  };
}
