import type { Capability } from '../../src/kit/connector.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import type { Context } from './session.ts';
import { byStamp, QUERY, SOQL } from './soql.ts';

export const SETUP = 'Give the integration user the permission "View Setup and Configuration" in its permission set.';
export const readOn = (what: string) => `Give the integration user Read and View All on ${what} in its permission set.`;
export const DESCRIBE = (what: string) =>
  `Which fields ${what} has is not shown. Give the integration user Read on it, and on its fields, in its permission set.`;
const NONE = 'The org has no such object, or the integration user has no right to read it.';
/** The org does not take a query as the object reference describes it. */
export const REFUSED: Capability = { status: 'absent', detail: 'The org refuses the query for it.' };
export const words = (permission: string) => ({ permission, absent: NONE });

export const FIRST_DAY = '1999-01-01';
const startOf = ({ settings }: Context): Date => startAt(settings, FIRST_DAY);

/** A query for all rows of an object, with those of the fields that the org has. */
export function allOf(from: string, fields: readonly string[], more: Readonly<Record<string, string>> = {}) {
  return {
    path: QUERY,
    at: 'records',
    page: SOQL,
    query: async ({ session }: Context) => ({ select: await session.select(from, fields), from, order: 'Id', ...more }),
  };
}

/** As allOf, by the last change. */
export function changedOf(from: string, fields: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { query, ...call } = allOf(from, fields);
  return {
    ...call,
    query: async (context: Context) => {
      const { order: _byStamp, ...asked } = await query(context);
      return { ...asked, ...more };
    },
    by: byStamp('SystemModstamp'),
    start: startOf,
  };
}

/** Codes of queries that are not taken; a query that takes too long, say, is none of them. */
const UNASKED = /^(?:MALFORMED_QUERY|INVALID_QUERY_FILTER_OPERATOR|INVALID_OPERATION|QUERY_TOO_COMPLICATED)$/;

/**
 * A feed that not every org lets be asked in this way: some objects take queries of users with wider rights only, and answer others with 400. That hides
 * the feed; it is no failure of the sync.
 */
export function mayRefuse(feed: Feed<Context>, hidden: Capability): Feed<Context> {
  return {
    ...feed,
    async probe(context) {
      try {
        return await feed.probe(context);
      } catch (error) {
        if (isRefusal(error, [400]) && UNASKED.test(error.vendorCode ?? '')) return hidden;
        throw error;
      }
    },
  };
}
