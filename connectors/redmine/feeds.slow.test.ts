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
  oddPlaces: {
    'issue issue.journals.*.details.*.name [other letter case]':
      'names of custom fields are ids; the others are written in one way',
    'projects projects.*.enabled_modules.*.name [other letter case]':
      'names of custom fields are ids; the others are written in one way',
    'memberships memberships.*.group': 'a group that is not known counts as a person',
    'memberships memberships.*.group.id': 'a group that is not known counts as a person',
    'memberships memberships.*.roles': 'a group that is not known counts as a person',
    'memberships memberships.*.roles.*.id': 'a group that is not known counts as a person',
    'priorities issue_priorities.*.name': 'priorities without names are ranked by their places',
    'projects projects.*.id': 'settings name the projects that are read',
    'projects projects.*.identifier': 'settings name the projects that are read',
  },
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
