import { describeFeeds } from '../../test/conformance/feeds.ts';
import { jiraIssues, jiraRoutes } from '../../test/harness/jira-service-management.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';

describeFeeds({
  ...jiraCase,
  moving() {
    const live = jiraIssues();
    let times = 0;
    return {
      routes: jiraRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0]?.fields as object, { updated: `2026-03-06T09:0${times % 10}:00.000+0000` });
      },
    };
  },
  stamp: 'updated',
  enums: ['accountType', 'custom', 'value', 'rating', 'name'],
  codes: [
    ...['id', 'key', 'name', 'value', 'type', 'items', 'custom', 'accountId', 'accountType', 'groupId', 'projectKey'],
    ...['field', 'fieldId', 'from', 'to', 'fromString', 'toString', 'jql', 'nextPageToken'],
  ],
});
