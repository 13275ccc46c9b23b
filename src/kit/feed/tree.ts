import type { z } from 'zod';
import { orRefusal } from '../capability.ts';
import type { ConnectorContext } from '../connector.ts';
import { askPage, type PageAsk, type Pager, walkPages } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';
import { type Call, type Feed, type FeedHead, type Mapped, pageOf, placeOfCall, probeCall } from './feed.ts';
import { seesBelow } from './visible-parts.ts';

/** One level of a tree: where the children of a node are. Null = this node has none of them. */
interface Branch<N> {
  readonly path: (node: N) => string | null;
  readonly query?: PageAsk['query'];
  readonly at?: string;
  readonly page: Pager;
}

interface TreeFeed<C, N, L> extends FeedHead<C>, Omit<Call<C>, 'path' | 'query'> {
  /** Where the nodes of the first level are. */
  readonly path: string;
  readonly query?: PageAsk['query'];
  /** A node of any level. */
  readonly nodes: z.ZodType<N>;
  /** Levels below the first, from the top; the last stands for further levels of the same kind when `deeper` says where they are. */
  readonly branches: readonly Branch<N>[];
  readonly deeper?: Branch<N>;
  readonly leaves: Branch<N> & { readonly rows: z.ZodType<L> };
  map(rows: readonly L[], parents: readonly N[], context: C): Mapped | Promise<Mapped>;
}

/** A tree cannot be deeper than this; a helpdesk that says so goes in circles. */
const DEEPEST = 20;

/**
 * Configuration whose records hang below others, as articles below folders below categories. Read whole each time, one branch after the other. A node
 * that is gone by the time its children are asked for (404 twice) is passed over.
 */
export function tree<C extends ConnectorContext<unknown>, N, L>(feed: TreeFeed<C, N, L>): Feed<C> {
  const { id, title, fills, adds = false } = feed;

  async function* pagesOf(
    context: C,
    branch: Omit<Branch<N>, 'path'>,
    path: string,
  ): AsyncGenerator<readonly unknown[]> {
    const ask: PageAsk = {
      path,
      ...(branch.query === undefined ? {} : { query: branch.query }),
      ...(feed.origin === undefined ? {} : { origin: feed.origin }),
    };
    const pages = walkPages(context, branch.page, ask, placeOfCall(branch, id));
    const { found: first } = await orRefusal(() => pages.next(), [404]);
    if (first === null || first.done === true) return;
    yield first.value.rows;
    for await (const page of pages) yield page.rows;
  }

  async function* below(context: C, parents: readonly N[], level: number): AsyncGenerator<ReturnType<typeof pageOf>> {
    const node = parents.at(-1) as N;
    const branch = feed.branches[level];
    const nodes = branch === undefined ? feed.deeper : branch;
    const path = nodes?.path(node) ?? null;
    if (branch === undefined) yield* leaves(context, parents);
    if (nodes === undefined || path === null || parents.length >= DEEPEST) return;
    for await (const rows of pagesOf(context, nodes, path)) {
      const { kept, rejected } = parseEach(feed.nodes, rows, id);
      if (rejected.length > 0) yield pageOf({}, rejected, 0);
      for (const child of kept) yield* below(context, [...parents, child], level + 1);
    }
  }

  async function* leaves(context: C, parents: readonly N[]) {
    const path = feed.leaves.path(parents.at(-1) as N);
    if (path === null) return;
    for await (const rows of pagesOf(context, feed.leaves, path)) {
      const { kept, rejected } = parseEach(feed.leaves.rows, rows, id);
      yield pageOf(await feed.map(kept, parents, context), rejected, rows.length);
    }
  }

  /** Whether the levels below the first may be read, and their leaves: looked at below the first nodes of each. */
  async function opens(context: C): Promise<boolean> {
    let nodes = await nodesAt(context, feed, askAt(feed, feed.path));
    for (const branch of [...feed.branches, feed.leaves]) {
      const places = nodes.flatMap((node) => branch.path(node) ?? []);
      if (!(await seesBelow(context, places, (path) => askAt(branch, path)))) return false;
      if (branch === feed.leaves) break;
      const next: N[] = [];
      for (const path of places.slice(0, 3)) next.push(...(await nodesAt(context, branch, askAt(branch, path))));
      nodes = next;
    }
    const deeper = feed.deeper;
    if (deeper === undefined) return true;
    return seesBelow(
      context,
      nodes.flatMap((node) => deeper.path(node) ?? []),
      (path) => askAt(deeper, path),
    );
  }

  function askAt(branch: Omit<Branch<N>, 'path'>, path: string): PageAsk {
    return branch.page.first({
      path,
      ...(branch.query === undefined ? {} : { query: branch.query }),
      ...(feed.origin === undefined ? {} : { origin: feed.origin }),
    });
  }

  async function nodesAt(context: C, branch: Omit<Branch<N>, 'path'>, ask: PageAsk): Promise<readonly N[]> {
    const { found } = await orRefusal(() => askPage(context, ask, placeOfCall(branch, id)));
    return found === null ? [] : parseEach(feed.nodes, found.rows, id).kept;
  }

  return {
    id,
    title,
    kind: 'config',
    provides: fills,
    adds,
    async probe(context) {
      const shown = await probeCall<C>(context, feed, feed);
      if (shown.status !== 'available') return shown;
      return (await opens(context)) ? shown : { status: 'permission', detail: feed.words.permission };
    },
    async *read(context) {
      for await (const rows of pagesOf(context, feed, feed.path)) {
        const { kept, rejected } = parseEach(feed.nodes, rows, id);
        if (rejected.length > 0) yield pageOf({}, rejected, 0);
        for (const node of kept) yield* below(context, [node], 0);
      }
    },
  };
}
