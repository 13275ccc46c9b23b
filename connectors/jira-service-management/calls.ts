import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { offset, onePage } from '../../src/kit/page/counted.ts';
import { cursor } from '../../src/kit/page/cursor.ts';
import type { Pager } from '../../src/kit/page/pager.ts';
import { Group, User } from './schema.ts';
import type { Settings } from './settings.ts';

/** What is known before the upper bound of a sync is. */
export type Early = EarlyContext<Settings>;

export const DESK_API = '/rest/servicedeskapi';

export function isCloud(settings: Settings): boolean {
  return settings.deployment === 'cloud';
}

/** The platform API: v3 on Cloud, v2 on Data Center, which has no later one. */
export function api(settings: Settings): string {
  return isCloud(settings) ? '/rest/api/3' : '/rest/api/2';
}

/** Lists of the platform: rows from `startAt` on, up to `total`; a page may be smaller than it was asked for, and says so. */
export const PAGES = offset({
  param: 'startAt',
  size: { param: 'maxResults', rows: 100 },
  total: 'total',
  given: 'maxResults',
});

/** Lists of the service desk API state no total: a page says itself whether it is the last. */
const COUNTED_DESK = offset({ param: 'start', size: { param: 'limit', rows: 50 }, given: 'limit' });
export const DESK_PAGES: Pager = {
  first: COUNTED_DESK.first,
  after(page) {
    const last = typeof page.data === 'object' && page.data !== null && 'isLastPage' in page.data;
    return last && page.data.isLastPage === true ? { kind: 'end' } : COUNTED_DESK.after(page);
  },
};

const BY_TOKEN = cursor({ at: 'nextPageToken', param: 'nextPageToken', size: { param: 'maxResults', rows: 100 } });
/** Search pages by token on Cloud, where the last page has none, and by count on Data Center. */
export const SEARCH_PAGES: Pager = {
  first: (ask, size) => (ask.path.endsWith('/search/jql') ? BY_TOKEN : PAGES).first(ask, size),
  after: (page) => (page.ask.path.endsWith('/search/jql') ? BY_TOKEN : PAGES).after(page),
};

/** Groups of the site. Cloud pages them; Data Center gives up to a thousand at once. */
export function groupList(settings: Settings) {
  return isCloud(settings)
    ? { path: '/rest/api/3/group/bulk', page: PAGES, at: 'values', rows: Group }
    : { path: '/rest/api/2/groups/picker', query: { maxResults: 1000 }, page: onePage(), at: 'groups', rows: Group };
}

/** Members of a group, also those who may no longer sign in. */
export function memberList(settings: Settings, group: Group) {
  const which = isCloud(settings) ? { groupId: group.id } : { groupname: group.name };
  const query = { ...which, includeInactiveUsers: 'true' };
  return { path: `${api(settings)}/group/member`, query, page: PAGES, at: 'values', rows: User };
}
