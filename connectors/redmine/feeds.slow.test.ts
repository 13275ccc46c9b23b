import { describeFeeds } from '../../test/conformance/feeds.ts';
import { redmineIssues, redmineRoutes } from '../../test/harness/redmine.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';

describeFeeds({
  ...redmineCase,
  moving() {
    const live = redmineIssues();
    let times = 0;
    return {
      routes: redmineRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { updated_on: `2026-03-06T09:00:0${times % 10}Z` });
      },
    };
  },
  stamp: 'updated_on',
  enums: ['name', 'property', 'field_format', 'issues_visibility', 'customized_type'],
  codes: [
    'name',
    'value',
    'old_value',
    'new_value',
    'identifier',
    'property',
    'field_format',
    'customized_type',
    'permissions',
  ],
  unfilled: { 'tickets.brand': 'only where projects are desks; here they are customers' },
});
