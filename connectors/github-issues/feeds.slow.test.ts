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
  oddPlaces: {
    'graphql data.repository.discussions.nodes.*.comments.nodes':
      'a list of messages that cannot be read must not become none: the discussion is set aside',
    'graphql data.repository.discussions.nodes.*.comments.nodes.*.replies.nodes':
      'a list of messages that cannot be read must not become none: the discussion is set aside',
    'issues *.type': 'the only field that it had filled',
    'templates *.type [other letter case]': 'the vendor writes this word in one way; another is an unknown word',
    'timeline *.label [a text where a record or list was]': 'old replies give the name of a label alone',
  },
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
