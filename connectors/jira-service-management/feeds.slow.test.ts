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
  oddPlaces: {
    'field *.schema.custom': 'fields are known by these words',
    'field *.schema.type': 'fields are known by these words',
    'groups values.*.groupId': 'the history names teams by their names where groups cannot be told apart',
    'groups values.*.name': 'the history names teams by their names where groups cannot be told apart',
    'search issues.*.fields': 'it holds the creation',
    'servicedesk values.*.projectId': 'service projects are asked for by these',
    'servicedesk values.*.projectKey': 'service projects are asked for by these',
    'status *.name': 'the category of a status without a name is that of its group',
  },
  enums: ['accountType', 'custom', 'value', 'rating', 'name'],
  codes: [
    ...['id', 'key', 'name', 'value', 'type', 'items', 'custom', 'accountId', 'accountType', 'groupId', 'projectKey'],
    ...['field', 'fieldId', 'from', 'to', 'fromString', 'toString', 'jql', 'nextPageToken'],
  ],
});
