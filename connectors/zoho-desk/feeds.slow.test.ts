import { describeFeeds } from '../../test/conformance/feeds.ts';
import { zohoDeskRoutes, zohoTickets } from '../../test/harness/zoho-desk.ts';
import { zohoDeskCase } from '../../test/harness/zoho-desk-case.ts';

describeFeeds({
  ...zohoDeskCase,
  moving() {
    const live = zohoTickets();
    let times = 0;
    return {
      routes: zohoDeskRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { modifiedTime: `2026-03-06T09:00:0${times % 10}.000Z` });
      },
    };
  },
  stamp: 'modifiedTime',
  oddPlaces: {
    'assignment_rule targets.*.teamId': 'a share without a team goes to nobody',
    'fields data.*.displayLabel': 'the history names fields by their labels',
    'history data.*.eventInfo.*.propertyValue**':
      'values of changes are looked at as they are; what is not understood is passed over',
    'history data.*.eventName [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
    'tags data.*.name': 'tags without names are none',
    'ticket accountId': 'the only field that it had filled',
  },
  enums: [
    ...[
      'status',
      'statusType',
      'priority',
      'classification',
      'channel',
      'type',
      'direction',
      'visibility',
      'eventName',
    ],
    ...['source', 'rating', 'rolePermissionType', 'permission', 'ruleType', 'condition', 'fieldModule', 'propertyType'],
  ],
  codes: [
    ...['id', 'apiName', 'displayLabel', 'type', 'status', 'statusType', 'priority', 'classification', 'channel'],
    ...[
      'category',
      'cf_impact',
      'cf_cause',
      'cf_plan',
      'propertyName',
      'propertyValue',
      'previousValue',
      'updatedValue',
    ],
    ...['eventName', 'source', 'direction', 'visibility', 'fieldName', 'condition', 'value', 'fieldModule', 'day'],
    ...['sysName', 'systemName', 'startTime', 'endTime', 'from', 'to', 'rating', 'rolePermissionType', 'permission'],
    ...['ruleType', 'ruleGroupStatus', 'propertyType', 'permalink', 'webUrl', 'website', 'url', 'executeOptions'],
    ...['agents', 'derivedAgents', 'associatedDepartmentIds', 'firstResponseTime', 'resolutionTime'],
  ],
});
