import { cursor } from '../../src/kit/page/cursor.ts';
import { type PageAsk, walkPages } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import type { Context } from './account.ts';
import { type Discussion, Thread } from './schema.ts';
import type { Settings } from './settings.ts';

/** Discussions are in no other interface. */
const ACTOR = '__typename login ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId }';
const COMMENT = `id createdAt body authorAssociation isMinimized author { ${ACTOR} }`;
const COMMENTS = `pageInfo { hasNextPage endCursor } nodes { ${COMMENT} replies(first: 30) { nodes { ${COMMENT} } } }`;

const DISCUSSIONS = `query discussions($owner: String!, $name: String!, $cursor: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 25, after: $cursor, orderBy: { field: UPDATED_AT, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id number createdAt updatedAt closed closedAt answerChosenAt body authorAssociation author { ${ACTOR} }
        category { id isAnswerable } labels(first: 20) { nodes { name } } comments(first: 30) { ${COMMENTS} }
      }
    }
  }
}`;

const FURTHER_COMMENTS = `query comments($id: ID!, $cursor: String) {
  node(id: $id) { ... on Discussion { comments(first: 30, after: $cursor) { ${COMMENTS} } } }
}`;

/** Where the next page of a connection begins. */
function connection(at: string) {
  return cursor({
    at: `${at}.pageInfo.endCursor`,
    more: `${at}.pageInfo.hasNextPage`,
    param: 'variables.cursor',
    inBody: true,
  });
}

export const DISCUSSION_PLACE = 'data.repository.discussions';
export const DISCUSSION_PAGES = connection(DISCUSSION_PLACE);

export function graphql({ repository }: Settings, query: string = DISCUSSIONS) {
  const [owner, name] = repository.split('/');
  return { path: '/graphql', method: 'POST' as const, body: { query, variables: { owner, name, cursor: null } } };
}

const COMMENT_PLACE = 'data.node.comments';

/** All comments of a discussion; those of a short one came with it. Replies beyond thirty to one comment are not read. */
export async function readThreads(row: Discussion, context: Context): Promise<readonly Thread[]> {
  const first = row.comments?.nodes ?? [];
  if (row.comments?.pageInfo?.hasNextPage !== true) return first;
  const ask: PageAsk = {
    path: '/graphql',
    method: 'POST',
    body: { query: FURTHER_COMMENTS, variables: { id: row.id, cursor: null } },
  };
  const all: Thread[] = [];
  const place = { at: `${COMMENT_PLACE}.nodes`, place: 'discussions' };
  for await (const page of walkPages(context, connection(COMMENT_PLACE), ask, place))
    all.push(...parseEach(Thread, page.rows, 'discussions').kept);
  return all;
}
