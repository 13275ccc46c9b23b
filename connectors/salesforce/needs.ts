import { type Feed, hiddenBy } from '../../src/kit/feed/feed.ts';
import type { Context } from './session.ts';

/** A feed that cannot be read without some other objects: where one of them is not shown it is hidden, and says which. */
export const needs = (feed: Feed<Context>, ...objects: readonly string[]): Feed<Context> =>
  hiddenBy(feed, async ({ session }) => {
    for (const object of objects)
      if ((await session.shown(object)) !== 'yes')
        return {
          status: 'permission',
          detail: `${feed.title}: give the integration user Read and View All on ${object}.`,
        };
    return null;
  });
