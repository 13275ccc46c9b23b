import { describeFeeds } from '../../test/conformance/feeds.ts';
import { hubspotRoutes, hubspotTickets, manyTickets } from '../../test/harness/hubspot.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';

const BY_DEALS = 'what no property of the company tells is told by its deals';

describeFeeds({
  ...hubspotCase,
  moving() {
    const live = hubspotTickets();
    let times = 0;
    return {
      routes: hubspotRoutes(live),
      touch() {
        times += 1;
        const [first] = live;
        if (first !== undefined)
          first.properties = { ...first.properties, hs_lastmodifieddate: `2026-03-06T09:00:0${times % 10}.000Z` };
      },
    };
  },
  stamp: 'hs_lastmodifieddate',
  oddPlaces: {
    'company_properties results.*.name [an empty record]': BY_DEALS,
    'company_properties results.*.label [an empty record]': BY_DEALS,
    'company_properties results.*.type [an empty record]': BY_DEALS,
    'company_properties results.*.options [an empty record]': BY_DEALS,
    'company_batch results.*.properties [an empty record]': BY_DEALS,
    'company_batch results.*.propertiesWithHistory [an empty record]': BY_DEALS,
    'company_batch results.*.propertiesWithHistory.arr.*.value [an empty record]': BY_DEALS,
    'company_batch results.*.properties.renewal_date [an empty record]': BY_DEALS,
    'deal_batch results.*.properties.closedate [a day for an instant]': 'a deal closes on a day',
    'ticket_batch results.*.properties**': 'the vendor writes values as texts; what is none is unset',
    'email_batch results.*.properties**': 'the vendor writes values as texts; what is none is unset',
    'ticket_batch results.*.propertiesWithHistory': 'without any history values never changed',
    'ticket_batch results.*.propertiesWithHistory.hs_merged_object_ids**': 'what was merged away is told here alone',
    'ticket_batch results.*.propertiesWithHistory.hs_tag_ids.*.value': 'a tag without a value is none',
    'ticket_properties results.*.hubspotDefined': 'it tells which properties are followed',
    'workflow_batch results.*.enrollmentCriteria**':
      'branches are searched for filters; what holds none is passed over',
    'workflow_batch results.*.actions': 'branches are searched for filters; what holds none is passed over',
  },
  enums: [
    ...['hs_ticket_priority', 'source_type', 'hs_object_source', 'hs_email_direction', 'hs_email_status'],
    ...['sourceType', 'type', 'direction', 'clientType', 'statusType', 'ticketState', 'fieldType', 'operator'],
    ...['hs_survey_type', 'hs_response_group', 'hs_time_to_first_response_sla_status', 'hs_time_to_close_sla_status'],
  ],
  codes: [
    ...['hs_ticket_priority', 'hs_ticket_category', 'hs_resolution', 'product_line', 'impact', 'source_type'],
    ...['hs_object_source', 'sourceType', 'type', 'fieldType', 'name', 'property', 'property_name', 'operator'],
    ...['filterType', 'filterBranchType', 'eventTypeId', 'objectTypeId', 'actionTypeId', 'direction', 'clientType'],
    ...['statusType', 'createdBy', 'ticketState', 'values', 'staticValue', 'value', 'support_tier', 'health_score'],
    ...['industry', 'hs_survey_type', 'hs_response_group', 'hs_email_direction', 'hs_email_status', 'category'],
    ...['subCategory', 'id', 'hs_form_id', 'hs_tag_ids', 'hs_merged_object_ids', 'hs_all_assigned_business_unit_ids'],
    ...[
      'numberDisplayHint',
      'renewal_date',
      'hs_next_renewal_date',
      'churn_date',
      'last_upsell',
      'after',
      'portalId',
      'accountType',
    ],
  ],
  many: () => hubspotRoutes(manyTickets(250)),
  quotas: [{ route: 'tickets', perMinute: 240 }],
});
