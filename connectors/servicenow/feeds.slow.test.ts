import { describeFeeds } from '../../test/conformance/feeds.ts';
import { serviceNowIncidents, serviceNowRoutes } from '../../test/harness/servicenow.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';

describeFeeds({
  ...serviceNowCase,
  moving() {
    const live = serviceNowIncidents();
    let times = 0;
    return {
      routes: serviceNowRoutes(live),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { sys_updated_on: `2026-03-06 09:00:0${times % 10}` });
      },
    };
  },
  stamp: 'sys_updated_on',
  oddPlaces: {
    'contract_sla result.*.start_condition': 'cells are texts; what is none is empty, as for users who may not see it',
    'incident result.*.hold_reason': 'cells are texts; what is none is empty, as for users who may not see it',
    'sys_script**': 'cells are texts; what is none is empty, as for users who may not see it',
    'sysrule_assignment**': 'cells are texts; what is none is empty, as for users who may not see it',
    'sys_audit result.*.documentkey':
      'rows of the log may be hidden: what it began as is worked back from these; without them it cannot be told yet',
    'sys_audit result.*.fieldname':
      'rows of the log may be hidden: what it began as is worked back from these; without them it cannot be told yet',
    'sys_audit result.*.sys_created_on':
      'rows of the log may be hidden: what it began as is worked back from these; without them it cannot be told yet',
    'sys_audit result.*.sys_id':
      'rows of the log may be hidden: what it began as is worked back from these; without them it cannot be told yet',
    'sys_audit_delete result.*.documentkey': 'deleted tickets are told here alone',
    'sys_audit_delete result.*.sys_created_on': 'deleted tickets are told here alone',
    'asmt_assessment_instance result.*.taken_on':
      'an answer that does not say when it was given was given by its last change',
    'sys_audit_delete result.*.payload': 'deleted tickets are told here alone',
    'sys_audit_delete result.*.tablename': 'deleted tickets are told here alone',
  },
  enums: [
    'state',
    'oldvalue',
    'newvalue',
    'priority',
    'contact_type',
    'stage',
    'target',
    'type',
    'workflow_state',
    'datatype',
    'hold_reason',
  ],
  codes: [
    ...[
      'value',
      'tablename',
      'fieldname',
      'element',
      'user',
      'user_name',
      'sys_created_by',
      'sys_updated_by',
      'number',
    ],
    ...['caller_id.user_name', 'opened_by.user_name', 'contact.user_name', 'role.name', 'label', 'language', 'field'],
    ...['state', 'stage', 'contact_type', 'target', 'type', 'datatype', 'workflow_state', 'time_zone', 'repeat_type'],
    ...['start_date_time', 'end_date_time', 'yearly_type', 'trigger_table', 'collection', 'table', 'internal_type'],
    ...[
      'start_condition',
      'condition',
      'filter_condition',
      'template',
      'recipient_fields',
      'generation_type',
      'payload',
    ],
    ...['category', 'close_code', 'rank_tier', 'industry', 'roles', 'scale', 'oldvalue', 'newvalue'],
  ],
});
