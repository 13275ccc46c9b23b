import { describeFeeds } from '../../test/conformance/feeds.ts';
import { githubRoutes, githubRows } from '../../test/harness/github-issues.ts';
import { githubCase } from '../../test/harness/github-issues-case.ts';

describeFeeds({
  ...githubCase,
  moving() {
    const live = githubRows();
    let times = 0;
    return {
      routes: githubRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_at: `2026-03-06T09:00:0${times % 10}Z` });
      },
    };
  },
  stamp: 'updated_at',
  enums: [
    'type',
    'state_reason',
    'author_association',
    'authorAssociation',
    'active_lock_reason',
    'event',
    '__typename',
  ],
  codes: [
    'name',
    'state',
    'state_reason',
    'event',
    'type',
    'author_association',
    'authorAssociation',
    'active_lock_reason',
    'slug',
    'endCursor',
    '__typename',
    'id',
    'full_name',
  ],
});
