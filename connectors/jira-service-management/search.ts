import type { Since } from '../../src/kit/feed/since.ts';
import type { Query } from '../../src/kit/page/pager.ts';
import { isCloud } from './calls.ts';
import type { FieldRoles } from './field-roles.ts';
import type { Settings } from './settings.ts';

const FIELDS = [
  'created',
  'updated',
  'status',
  'priority',
  'issuetype',
  'project',
  'assignee',
  'reporter',
  'creator',
  'labels',
  'resolution',
  'resolutiondate',
  'issuelinks',
];

/** What is asked of each issue: the vendor gives ids alone unless fields are named, and texts are not asked for. */
export function searchOf(roles: FieldRoles, settings: Settings): Query {
  const own = [
    ...roles.codes.values(),
    ...roles.slas.keys(),
    roles.team,
    roles.organisations,
    roles.requestType,
    roles.rating,
    roles.ratedAt,
  ];
  const fields = [...new Set([...FIELDS, ...own.filter((field) => field !== null)])].join(',');
  const properties = isCloud(settings) ? { properties: 'request.channel.type' } : {};
  return { fields, expand: 'changelog', ...properties };
}

const MINUTE_MS = 60_000;

/**
 * The search by the last change. Instants are milliseconds since 1970: a text would be read on the clock of the user's profile. The vendor compares whole
 * minutes and shows changes late, so that the last ten minutes are read again.
 */
export function writeSearch(projectIds: readonly string[]): Since {
  return {
    param: 'jql',
    field: 'fields.updated',
    order: {},
    overlapS: 600,
    grainS: 60,
    write(at) {
      const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
      return `project in (${projectIds.join(', ')}) AND updated >= ${minute} ORDER BY updated ASC, key ASC`;
    },
  };
}
