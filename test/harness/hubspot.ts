import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from './fake-vendor.ts';

/**
 * A made-up HubSpot account, written from the vendor's interface descriptions and guides and from what others have recorded of it. Ids, texts and names are
 * invented; canaries are planted in every text. Property values are text, as the vendor gives them.
 */
export const ORIGIN = 'https://api.hubapi.com';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';
export const BIG_COMPANY = '9007199254740995';

type Properties = Readonly<Record<string, string | null>>;
/** Value, instant and source of a version; a source with `#` names the user behind it. */
type Version = readonly [value: string, at: string, source: string];

export interface FakeObject {
  readonly id: string;
  readonly createdAt: string;
  readonly archivedAt?: string;
  properties: Properties;
  readonly history?: Readonly<Record<string, readonly Version[]>>;
}

function ticket(
  id: string,
  updated: string,
  properties: Properties,
  history: Readonly<Record<string, readonly Version[]>> = {},
  more: Partial<FakeObject> = {},
): FakeObject {
  const created = properties.createdate ?? '2026-02-21T09:00:00.000Z';
  return {
    id,
    createdAt: created,
    properties: {
      createdate: created,
      subject: 'Canary subject of jane@customer.example',
      content: 'Canary content',
      customer_note: 'Canary note of jane@customer.example',
      hs_pipeline: '0',
      hs_pipeline_stage: '1',
      hs_is_closed: 'false',
      hs_lastmodifieddate: updated,
      ...properties,
    },
    history: { hs_pipeline_stage: [[properties.hs_pipeline_stage ?? '1', created, 'CRM_UI#501']], ...history },
    ...more,
  };
}

/** Two of them share an instant, three others lie within one second, one lies in a week of its own. */
export function hubspotTickets(): FakeObject[] {
  return [
    ticket(
      '101',
      '2026-02-23T10:00:00.000Z',
      {
        hs_pipeline_stage: '4',
        hs_is_closed: 'true',
        closed_date: '2026-02-23T10:00:00.000Z',
        hs_ticket_priority: 'URGENT',
        hs_ticket_category: 'BILLING_ISSUE',
        hs_resolution: 'ISSUE_FIXED',
        hubspot_owner_id: '11',
        hubspot_team_id: '51',
        source_type: 'EMAIL',
        hs_object_source: 'CONVERSATIONS',
        hs_conversations_originating_thread_id: '7001',
        hs_tag_ids: '901',
        hs_merged_object_ids: '150;151',
        product_line: 'core',
        impact: 'high',
        escalated: 'true',
        first_agent_reply_date: '2026-02-21T09:30:00.000Z',
        hs_first_agent_message_sent_at: '2026-02-21T09:30:00.000Z',
        time_to_first_agent_reply: '1800000',
        time_to_close: '176400000',
        hs_time_to_first_response_in_operating_hours: '1800000',
        hs_time_to_close_in_operating_hours: '57600000',
        hs_time_to_first_response_sla_at: '2026-02-21T13:00:00.000Z',
        hs_time_to_first_response_sla_status: '3',
        hs_time_to_close_sla_at: '2026-02-22T09:00:00.000Z',
        hs_time_to_close_sla_status: '4',
        hs_applied_sla_rule_config_id: '77',
        hs_applied_sla_rule_config_at: '2026-02-21T09:00:01.000Z',
        acme_jira_issue_key: 'CANARY-77',
      },
      {
        hs_pipeline_stage: [
          ['4', '2026-02-23T10:00:00.000Z', 'CRM_UI#501'],
          ['6', '2026-02-22T08:00:00.000Z', 'CRM_UI#502'],
          ['2', '2026-02-21T09:30:00.000Z', 'AUTOMATION_PLATFORM'],
          ['1', '2026-02-21T09:00:00.000Z', 'CONVERSATIONS'],
        ],
        hubspot_owner_id: [
          ['11', '2026-02-22T08:00:00.000Z', 'CRM_UI#502'],
          ['12', '2026-02-21T09:05:00.000Z', 'AUTOMATION_PLATFORM'],
        ],
        hubspot_team_id: [
          ['51', '2026-02-22T08:00:00.500Z', 'CALCULATED'],
          ['50', '2026-02-21T09:05:00.200Z', 'CALCULATED'],
        ],
        hs_ticket_priority: [
          ['URGENT', '2026-02-22T08:00:00.000Z', 'CRM_UI#502'],
          ['LOW', '2026-02-21T09:00:00.000Z', 'CONVERSATIONS'],
        ],
        hs_tag_ids: [['901', '2026-02-22T08:00:00.000Z', 'CRM_UI#502']],
        escalated: [['true', '2026-02-22T08:00:00.000Z', 'CRM_UI#502']],
        impact: [['high', '2026-02-21T09:00:00.000Z', 'FORM']],
        hs_merged_object_ids: [
          ['150;151', '2026-02-22T11:00:00.000Z', 'CRM_UI#501'],
          ['150', '2026-02-22T10:00:00.000Z', 'CRM_UI#501'],
        ],
      },
    ),
    ticket('102', '2026-02-23T10:00:00.000Z', {
      hs_pipeline_stage: '2',
      source_type: 'PHONE',
      hs_object_source: 'CRM_UI',
      hs_created_by_user_id: '501',
      hs_time_to_first_response_sla_at: '2026-02-21T13:00:00.000Z',
      hs_time_to_first_response_sla_status: '1',
    }),
    ticket('103', '2026-03-02T08:00:00.100Z', {
      createdate: '2026-03-02T07:00:00.000Z',
      source_type: 'FORM',
      hs_object_source: 'FORM',
      hs_form_id: 'f0a1',
      hs_all_assigned_business_unit_ids: '3;4',
      hs_help_desk_onboarding_ticket: 'true',
    }),
    ticket('104', '2026-03-02T08:00:00.400Z', {
      createdate: '2026-03-02T07:00:00.000Z',
      hs_outbound_ticket: 'true',
      hs_object_source: 'CRM_UI',
    }),
    ticket(BIG, '2026-03-02T08:00:00.900Z', {
      createdate: '2026-03-02T07:00:00.000Z',
      hs_pipeline: '900',
      hs_pipeline_stage: '99999',
      hs_originating_generic_channel_id: '1007',
      hs_object_source: 'INTEGRATION',
    }),
    ticket('106', '2026-03-03T08:00:00.000Z', {
      createdate: '2026-03-03T07:00:00.000Z',
      hs_pipeline_stage: '3',
      source_type: 'CHAT',
      hs_object_source: 'CONVERSATIONS',
    }),
    ticket('107', '2026-03-06T08:00:00.000Z', {
      createdate: '2026-03-06T07:00:00.000Z',
      hs_pipeline: '900',
      hs_pipeline_stage: '6',
      hs_ticket_priority: 'MEDIUM',
    }),
  ];
}

/** So many tickets, a minute apart, all in one week. */
export function manyTickets(count: number): FakeObject[] {
  return Array.from({ length: count }, (_, i) =>
    ticket(String(2000 + i), new Date(Date.parse('2026-03-01T00:00:00Z') + i * 60_000).toISOString(), {}),
  );
}

const DELETED = [
  ticket('108', '2026-03-05T08:00:00.000Z', {}, {}, { archivedAt: '2026-03-05T08:00:00.000Z' }),
  ticket('109', '2026-03-05T09:00:00.000Z', {}, {}, { archivedAt: '2026-03-05T09:00:00.000Z' }),
  ticket('110', '2026-03-05T09:00:00.000Z', {}, {}, { archivedAt: '2026-03-05T09:00:00.000Z' }),
];

function record(
  id: string,
  createdAt: string,
  properties: Properties,
  history: FakeObject['history'] = {},
): FakeObject {
  return { id, createdAt, properties, history };
}

function company(id: string, updated: string, more: Properties, history: FakeObject['history'] = {}): FakeObject {
  const created = '2025-05-01T00:00:00.000Z';
  const own = { name: 'Canary Ltd', phone: '203.0.113.77', createdate: created, hs_lastmodifieddate: updated, ...more };
  return record(id, created, own, history);
}

const COMPANIES = [
  company(
    BIG_COMPANY,
    '2026-03-01T00:00:00.000Z',
    {
      domain: 'Customer.example',
      support_tier: 'Premium',
      renewal_date: '2026-12-31',
      arr: '120000',
      health_score: 'green',
      type: 'PARTNER',
      industry: 'RETAIL',
      hubspot_owner_id: '12',
      hs_csm_sentiment: null,
    },
    {
      health_score: [
        ['green', '2026-02-20T00:00:00.000Z', 'CRM_UI#501'],
        ['green', '2026-02-10T00:00:00.000Z', 'IMPORT'],
        ['red', '2025-12-01T00:00:00.000Z', 'CRM_UI#501'],
      ],
      arr: [
        ['120000', '2026-02-18T00:00:00.000Z', 'CRM_UI#501'],
        ['90000', '2026-01-18T00:00:00.000Z', 'CRM_UI#501'],
        ['100000', '2025-05-01T00:00:00.000Z', 'CRM_UI#501'],
      ],
    },
  ),
  company('702', '2026-03-02T00:00:00.000Z', { domain: null, support_tier: '', type: 'PROSPECT', arr: 'unknown' }),
  company(
    '703',
    '2026-03-02T00:00:00.000Z',
    {
      ...{ support_tier: 'Basic', hs_next_renewal_date: '2027-01-01' },
      ...{ churn_date: '2026-02-27', last_upsell: '2025-11-03T00:00:00.000Z', health_score: 'red' },
    },
    {
      health_score: [['red', '2025-05-01T00:00:00.000Z', 'IMPORT']],
    },
  ),
];

export function deal(id: string, updated: string, more: Properties): FakeObject {
  const own = { dealname: 'Canary deal', amount: '4711', pipeline: 'default', dealstage: 'qualifiedtobuy' };
  return record(id, '2025-05-01T00:00:00.000Z', { hs_lastmodifieddate: updated, ...own, ...more });
}
const UPSOLD = { pipeline: 'default', dealstage: 'closedwon', dealtype: 'upsell' };
const EXISTING = { pipeline: 'default', dealstage: 'closedwon', dealtype: 'existingbusiness' };
const RENEWING = { pipeline: '55', dealstage: '551', dealtype: 'existingbusiness' };

/** The first two are of a company that tells its own days. */
export function hubspotDeals(): FakeObject[] {
  return [
    deal('6001', '2026-03-01T00:00:00.000Z', { ...UPSOLD, closedate: '2026-02-25T10:00:00.000Z' }),
    deal('6002', '2026-03-01T00:00:00.000Z', { ...RENEWING, closedate: '2026-11-30T00:00:00.000Z' }),
    deal('6003', '2026-03-02T00:00:00.000Z', { ...EXISTING, closedate: '2026-01-20T15:00:00.000Z' }),
    deal('6004', '2026-03-02T00:00:00.100Z', { ...RENEWING, closedate: '2027-01-15T00:00:00.000Z' }),
    deal('6005', '2026-03-03T00:00:00.000Z', { dealtype: 'newbusiness', closedate: null }),
  ];
}

const EMAILS = [
  record('8001', '2026-02-21T09:20:00.000Z', {
    hs_timestamp: '2026-02-21T09:20:00.000Z',
    hs_email_direction: 'EMAIL',
    hs_email_status: 'SENT',
    hs_created_by_user_id: '502',
    hs_email_text: 'Canary text',
  }),
  record('8002', '2026-02-21T09:40:00.000Z', {
    hs_timestamp: '1771666800000',
    hs_email_direction: 'INCOMING_EMAIL',
    hs_email_status: null,
  }),
  record('8003', '2026-02-21T10:00:00.000Z', {
    hs_timestamp: '2026-02-21T10:00:00.000Z',
    hs_email_direction: 'FORWARDED_EMAIL',
    hubspot_owner_id: '11',
  }),
  record('8004', '2026-02-21T11:00:00.000Z', {
    hs_timestamp: '2026-02-21T11:00:00.000Z',
    hs_email_direction: 'EMAIL',
    hs_email_status: 'BOUNCED',
    hubspot_owner_id: '11',
  }),
  record('8005', '2026-02-21T12:00:00.000Z', {
    hs_timestamp: '2026-02-21T12:00:00.000Z',
    hs_email_direction: 'EMAIL',
    hs_email_status: 'SENT',
    hs_object_source: 'AUTOMATION_PLATFORM',
  }),
];

const OUTBOUND = record('8006', '2026-03-02T07:05:00.000Z', {
  hs_timestamp: '2026-03-02T07:05:00.000Z',
  hs_email_direction: 'EMAIL',
  hs_email_status: 'SENT',
  hs_created_by_user_id: '501',
});

const NOTES = [
  record('8101', '2026-02-21T10:30:00.000Z', {
    hs_timestamp: '2026-02-21T10:30:00.000Z',
    hs_note_body: 'Canary note',
    hubspot_owner_id: '12',
  }),
  record('8102', '2026-02-21T10:40:00.000Z', {
    hs_timestamp: '2026-02-21T10:40:00.000Z',
    hs_note_body: 'Canary note',
    hs_created_by_user_id: '999',
  }),
];

function survey(id: string, updated: string, more: Properties): FakeObject {
  const at = updated;
  return record(id, at, { hs_lastmodifieddate: updated, hs_submission_timestamp: at, hs_content: 'Canary', ...more });
}

const SURVEYS = [
  survey('9501', '2026-03-03T08:00:00.000Z', { hs_survey_type: 'CSAT', hs_value: '2', hs_response_group: 'PROMOTER' }),
  survey('9502', '2026-03-03T08:00:00.000Z', { hs_survey_type: 'CSAT', hs_value: '2', hs_response_group: 'DETRACTOR' }),
  survey('9503', '2026-03-04T08:00:00.000Z', { hs_survey_type: 'CES', hs_value: '4', hs_response_group: 'PASSIVE' }),
  survey('9504', '2026-03-04T09:00:00.000Z', { hs_survey_type: 'NPS', hs_value: '9', hs_response_group: 'PROMOTER' }),
  survey('9505', '2026-03-04T10:00:00.000Z', { hs_survey_type: 'CSAT', hs_value: '5', hs_response_group: 'PROMOTER' }),
];

type Target = readonly [id: string, label: string | null];
const LINKS: Readonly<Record<string, Readonly<Record<string, readonly Target[]>>>> = {
  'tickets contacts': { '101': [['900', null]], '102': [['901', null]] },
  'tickets companies': {
    '101': [
      ['702', null],
      [`@big:${BIG_COMPANY}`, 'Primary'],
    ],
    '102': [['703', null]],
  },
  'tickets emails': { '102': EMAILS.map(({ id }) => [id, null] as const), '104': [[OUTBOUND.id, null]] },
  'tickets notes': { '101': [['8101', null]], '102': [['8102', null]] },
  'companies deals': {
    [BIG_COMPANY]: [
      ['6001', null],
      ['6002', 'Primary company with deal'],
    ],
    '702': [
      ['6003', null],
      ['6004', null],
      ['6005', null],
    ],
    '703': [['6003', null]],
  },
  'deals companies': {
    '6001': [[`@big:${BIG_COMPANY}`, null]],
    '6002': [[`@big:${BIG_COMPANY}`, 'Deal with Primary Company']],
    // Another company helped to sell it.
    '6003': [
      ['703', null],
      ['702', 'Deal with Primary Company'],
    ],
    '6004': [['702', 'Deal with Primary Company']],
    '6005': [['702', 'Deal with Primary Company']],
  },
  'feedback_submissions tickets': {
    '9501': [['101', null]],
    '9502': [['102', null]],
    '9503': [['103', null]],
    '9504': [['103', null]],
  },
};

const owner = (id: string, userId: number | null, firstName: string, more: FakeRow = {}): FakeRow => ({
  id,
  email: 'canary@acme.example',
  firstName,
  lastName: 'Canaryman',
  type: 'PERSON',
  userId,
  userIdIncludingInactive: userId,
  createdAt: '2025-01-01T00:00:00.000Z',
  updatedAt: '2025-01-01T00:00:00.000Z',
  archived: false,
  teams: [{ id: '50', name: 'Support Tier 1 of the Canary', primary: true }],
  ...more,
});

const OWNERS = [
  owner('11', 501, 'Ann', { teams: [{ id: '51', name: 'Canary Escalations', primary: true }] }),
  owner('12', 502, 'Bob'),
  owner('13', 503, 'Sync bot', { teams: null }),
];
const FORMER = [owner('14', null, 'Cleo', { archived: true, userIdIncludingInactive: 504, teams: [] })];

const stage = (id: string, label: string, ticketState: string): FakeRow => ({
  id,
  label,
  displayOrder: Number(id),
  archived: false,
  createdAt: 0,
  updatedAt: '2025-01-01T00:00:00Z',
  metadata: { ticketState, isClosed: String(ticketState === 'CLOSED') },
});
const PIPELINES = [
  {
    id: '0',
    label: 'Support Pipeline',
    createdAt: 0,
    stages: [
      stage('1', 'New', 'OPEN'),
      stage('2', 'Waiting on contact', 'OPEN'),
      stage('3', 'Waiting on us', 'OPEN'),
      stage('4', 'Closed', 'CLOSED'),
    ],
  },
  { id: '900', label: 'Escalations', stages: [stage('5', 'Working', 'OPEN'), stage('6', 'With engineering', 'OPEN')] },
];

const dealStage = (id: string, label: string, probability: string): FakeRow => ({
  id,
  label,
  displayOrder: 0,
  archived: false,
  metadata: { probability, isClosed: String(probability === '0.0' || probability === '1.0') },
});
const DEAL_PIPELINES = [
  {
    id: 'default',
    label: 'Canary sales',
    stages: [
      dealStage('qualifiedtobuy', 'Canary', '0.4'),
      dealStage('closedwon', 'Canary', '1.0'),
      dealStage('closedlost', 'Canary', '0.0'),
    ],
  },
  {
    id: '55',
    label: 'Canary renewals',
    // People rename stages.
    stages: [dealStage('551', 'Closed lost', '0.5'), dealStage('552', 'Open', '1.0'), dealStage('553', 'Won', '0.0')],
  },
];

const option = (value: string, label: string) => ({ value, label, hidden: false, displayOrder: 1 });
const SLA_OPTIONS = [
  option('0', 'Active SLA'),
  option('1', 'Overdue'),
  option('2', 'Due soon'),
  option('3', 'SLA completed on time'),
  option('4', 'SLA completed late'),
];
const property = (name: string, label: string, type: string, own: boolean, more: FakeRow = {}): FakeRow => ({
  name,
  label,
  type,
  fieldType: type === 'enumeration' ? 'select' : 'text',
  description: 'Canary description',
  groupName: 'ticketinformation',
  hubspotDefined: own ? undefined : true,
  calculated: false,
  externalOptions: false,
  options: [],
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const TICKET_PROPERTIES = [
  property('hs_ticket_category', 'Category', 'enumeration', false, { options: [option('BILLING_ISSUE', 'Billing')] }),
  property('hs_resolution', 'Resolution', 'enumeration', false),
  property('hs_tag_ids', 'Ticket tags', 'enumeration', false, { options: [option('901', 'escalated')] }),
  property('hs_time_to_first_response_sla_status', 'SLA status', 'enumeration', false, { options: SLA_OPTIONS }),
  property('hs_time_to_close_in_operating_hours', 'Time', 'number', false, { numberDisplayHint: 'duration' }),
  property('hs_time_to_first_response_in_operating_hours', 'Time', 'number', false, { numberDisplayHint: 'duration' }),
  property('product_line', 'Product', 'enumeration', true),
  property('impact', 'Severity', 'enumeration', true),
  property('escalated', 'Escalated', 'bool', true, { fieldType: 'booleancheckbox' }),
  property('customer_note', 'Canary note', 'string', true),
  property('acme_jira_issue_key', 'Jira issue', 'string', true),
];
const DEAL_PROPERTIES = [
  property('dealtype', 'Deal Type', 'enumeration', false, {
    options: [
      option('newbusiness', 'New Business'),
      option('existingbusiness', 'Existing Business'),
      option('upsell', 'Upsell'),
    ],
  }),
  property('amount', 'Amount', 'number', false),
];
const COMPANY_PROPERTIES = [
  property('type', 'Type', 'enumeration', false),
  property('support_tier', 'Support tier', 'enumeration', true),
  property('renewal_date', 'Renewal date', 'date', true),
  property('hs_next_renewal_date', 'Next renewal date', 'date', false),
  property('arr', 'ARR', 'number', true),
  property('health_score', 'Health score', 'enumeration', true),
  property('churn_date', 'Churn date', 'date', true),
  property('last_upsell', 'Last upsell', 'datetime', true),
  property('hs_csm_sentiment', 'CSM sentiment', 'enumeration', false),
];

const FORMS = [
  {
    id: 'f0a1',
    name: 'Canary form',
    archived: false,
    updatedAt: '2026-02-01T00:00:00.000Z',
    fieldGroups: [
      { fields: [{ objectTypeId: '0-1', name: 'email', required: true, hidden: false }] },
      {
        fields: [
          { objectTypeId: '0-5', name: 'content', required: true, hidden: false },
          { objectTypeId: '0-5', name: 'product_line', required: true, hidden: false },
          { objectTypeId: '0-5', name: 'impact', required: false, hidden: false },
        ],
      },
    ],
  },
  { id: 'f0a2', name: 'Canary newsletter', fieldGroups: [{ fields: [{ objectTypeId: '0-1', name: 'email' }] }] },
];

const filter = (name: string, operator: string, values: readonly string[] = []) => ({
  filterType: 'PROPERTY',
  property: name,
  operation: { operator, operationType: 'ENUMERATION', values, includeObjectsWithNoValueSet: false },
});
const both = (filters: readonly unknown[], more: FakeRow = {}) => ({
  filterBranchType: 'OR',
  filters: [],
  filterBranches: [{ filterBranchType: 'AND', filters, filterBranches: [], ...more }],
});
const step = (actionTypeId: string, fields: FakeRow, more: FakeRow = {}) => ({
  type: 'SINGLE_CONNECTION',
  actionId: '1',
  actionTypeVersion: 0,
  actionTypeId,
  fields,
  ...more,
});
const set = (name: string, staticValue: string) =>
  step('0-5', { property_name: name, value: { type: 'STATIC_VALUE', staticValue } });
const flow = (id: string, objectTypeId: string, more: FakeRow): FakeRow => ({
  id,
  name: 'Canary workflow',
  isEnabled: true,
  flowType: 'WORKFLOW',
  objectTypeId,
  updatedAt: '2026-02-01T00:00:00.000Z',
  ...more,
});
const FLOWS = [
  flow('301', '0-5', {
    enrollmentCriteria: {
      type: 'LIST_BASED',
      listFilterBranch: both([filter('hs_ticket_priority', 'IS_ANY_OF', ['URGENT', 'HIGH'])], {
        filterBranches: [
          {
            filterBranchType: 'ASSOCIATION',
            objectTypeId: '0-2',
            filters: [filter('support_tier', 'IS_ANY_OF', ['Premium'])],
          },
        ],
      }),
      reEnrollmentTriggersFilterBranches: [both([filter('mystery', 'IS_KNOWN')])],
    },
    actions: [
      step('0-11', { user_ids: ['501'], team_ids: ['51'], target_property: 'hubspot_owner_id' }),
      set('hs_pipeline_stage', '6'),
      step('0-8', { user_ids: ['501'], subject: 'Canary', body: '<p>Canary of jane@customer.example</p>' }),
    ],
  }),
  flow('302', '0-1', { enrollmentCriteria: {}, actions: [] }),
  flow('303', '0-5', {
    isEnabled: false,
    enrollmentCriteria: {
      type: 'EVENT_BASED',
      eventFilterBranches: [
        {
          eventTypeId: '4-655002',
          filters: [filter('hs_name', 'IS_EQUAL_TO', ['hs_pipeline_stage']), filter('hs_value', 'IS_ANY_OF', ['4'])],
        },
      ],
      refinementCriteria: both([filter('product_line', 'IS_NONE_OF', ['core']), filter('customer_note', 'IS_KNOWN')]),
    },
    actions: [
      step('0-1', { delta: '60', time_unit: 'MINUTES' }),
      {
        type: 'LIST_BRANCH',
        listBranches: [{ filterBranch: both([filter('hs_time_to_close_sla_status', 'IS_ANY_OF', ['1'])]) }],
      },
      step('0-4', { content_id: '5' }),
      step('0-3', { subject: 'Canary task' }),
      step('1-9911', { message: 'Canary' }),
    ],
  }),
];

const ARTICLES = [
  {
    id: 821,
    type: 'KNOWLEDGE_ARTICLE',
    url: 'https://help.canary.example/a',
    title: 'Canary title',
    description: 'Canary text',
    authorFullName: 'Ann Canaryman',
    publishedDate: Date.parse('2025-06-01T00:00:00Z'),
    category: 'Canary billing',
    isPrivate: false,
  },
  { id: 822, type: 'KNOWLEDGE_ARTICLE', publishedDate: Date.parse('2025-07-01T00:00:00Z'), isPrivate: true },
  { id: 823, type: 'SITE_PAGE', publishedDate: Date.parse('2025-07-01T00:00:00Z') },
];

const ARTICLE_LINK = '<p>Canary, see <a href="https://help.canary.example/A/?utm_source=canary">this</a>.</p>';

interface FakeThread {
  readonly id: string;
  readonly ticket: string;
  readonly spam: boolean;
  readonly messages: readonly FakeRow[];
}
const said = (id: string, at: string, createdBy: string | null, more: FakeRow): FakeRow => ({
  id,
  type: 'MESSAGE',
  createdAt: at,
  createdBy,
  direction: 'OUTGOING',
  channelId: '1002',
  channelAccountId: '4',
  conversationsThreadId: '7001',
  archived: false,
  attachments: [],
  client: { clientType: 'HUBSPOT' },
  recipients: [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'canary@customer.example' } }],
  senders: [{ actorId: createdBy, name: 'Canary', deliveryIdentifier: { value: 'canary@acme.example' } }],
  subject: 'Canary subject',
  text: 'Canary text, see https://canary.atlassian.net/browse/CORE-17',
  richText: '<p>Canary</p>',
  truncationStatus: 'NOT_TRUNCATED',
  status: { statusType: 'SENT' },
  ...more,
});
const THREADS: readonly FakeThread[] = [
  {
    id: '7001',
    ticket: '101',
    spam: false,
    messages: [
      said('m1', '2026-02-21T08:59:58.000Z', 'V-900', { direction: 'INCOMING' }),
      said('m2', '2026-02-21T09:00:10.000Z', 'S-hubspot', { text: 'Canary. We will reply within 4 business hours.' }),
      said('m3', '2026-02-21T09:30:00.000Z', 'A-501', { richText: ARTICLE_LINK }),
      said('m4', '2026-02-21T09:31:00.000Z', 'A-502', { type: 'COMMENT', direction: undefined, channelId: undefined }),
      said('m5', '2026-02-21T09:32:00.000Z', 'A-501', { type: 'THREAD_STATUS_CHANGE', newStatus: 'CLOSED' }),
      said('m6', '2026-02-21T09:40:00.000Z', 'A-501', { status: { statusType: 'FAILED' } }),
      said('m7', '2026-02-21T09:50:00.000Z', 'A-504', { client: { clientType: 'INTEGRATION', integrationAppId: 9 } }),
    ],
  },
  {
    id: '7002',
    ticket: '106',
    spam: true,
    messages: [
      said('m8', '2026-03-03T07:00:00.000Z', null, {
        type: 'WELCOME_MESSAGE',
        direction: undefined,
        channelId: '1000',
      }),
      said('m9', '2026-03-03T07:00:05.000Z', 'E-jane@customer.example', { direction: 'INCOMING', channelId: '1000' }),
      said('m10', '2026-03-03T07:00:06.000Z', 'B-77', { channelId: '1000' }),
      said('m11', '2026-03-03T07:10:00.000Z', 'A-503', { channelId: '1000' }),
    ],
  },
  { id: '7003', ticket: '106', spam: true, messages: [] },
  { id: '7004', ticket: '106', spam: true, messages: [] },
];

const SIZE = 2;
const route = (path: string): RegExp => new RegExp(`^${path}$`);
const refused = (message: string) => new FakeStatus(400, { status: 'error', message, category: 'VALIDATION_ERROR' });

/** Pages of two by a cursor. */
function paged(rows: readonly unknown[], url: URL): unknown {
  if (Number(url.searchParams.get('limit') ?? 10) > 100) return refused('Page size must not exceed 100');
  const from = Number(url.searchParams.get('after') ?? 0);
  const next = from + SIZE < rows.length ? { paging: { next: { after: String(from + SIZE), link: 'https://x' } } } : {};
  return structuredClone({ results: rows.slice(from, from + SIZE), ...next });
}
const cursorList = (name: string, path: string, rows: (url: URL) => readonly unknown[]): FakeRoute => ({
  name,
  path: route(path),
  answer: (url) => paged(rows(url), url),
});

interface SearchBody {
  readonly filterGroups: readonly {
    readonly filters: readonly { readonly propertyName: string; readonly operator: string; readonly value: string }[];
  }[];
  readonly properties?: readonly string[];
  readonly sorts?: readonly { readonly propertyName: string; readonly direction: string }[];
  readonly limit: number;
}

const DEFAULTS = ['createdate', 'hs_lastmodifieddate', 'hs_object_id'];
function shown(
  { id, createdAt, properties, history = {} }: FakeObject,
  asked: readonly string[],
  past: readonly string[],
) {
  const names = [...new Set([...DEFAULTS, ...asked])];
  const all: Properties = { ...properties, hs_object_id: id };
  const told = past.map((name) => {
    const versions = (history[name] ?? []).map(([value, timestamp, source]) => {
      const [sourceType, user] = source.split('#');
      const by = user === undefined ? {} : { sourceId: `userId:${user}`, updatedByUserId: Number(user) };
      return { value, timestamp, sourceType, ...by };
    });
    return [name, versions] as const;
  });
  return {
    id,
    createdAt,
    updatedAt: properties.hs_lastmodifieddate ?? createdAt,
    archived: false,
    properties: Object.fromEntries(names.map((name) => [name, all[name] ?? null])),
    ...(past.length === 0 ? {} : { propertiesWithHistory: Object.fromEntries(told) }),
  };
}

/** By ids, rising, two at a time; only what a search of the vendor is asked for here. */
function search(name: string, object: string, rows: () => readonly FakeObject[]): FakeRoute {
  return {
    name,
    path: route(`/crm/v3/objects/${object}/search`),
    async answer(_url, request) {
      const body = (await request.json()) as SearchBody;
      const filters = body.filterGroups[0]?.filters ?? [];
      if (request.method !== 'POST' || body.limit > 200 || filters.length > 6) return refused('invalid search');
      if ((body.sorts ?? []).some((one) => one.propertyName !== 'hs_object_id')) return refused('unknown sort');
      const meets = ({ id, properties }: FakeObject) =>
        filters.every(({ propertyName, operator, value }) => {
          const own =
            propertyName === 'hs_object_id' ? BigInt(id) : BigInt(Date.parse(String(properties[propertyName])));
          const bound = BigInt(value);
          return operator === 'GT' ? own > bound : operator === 'GTE' ? own >= bound : own <= bound;
        });
      const found = rows()
        .filter(meets)
        .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
      const size = Math.min(SIZE, body.limit);
      const results = found.slice(0, size).map((row) => shown(row, body.properties ?? [], []));
      const next = found.length > size ? { paging: { next: { after: String(size) } } } : {};
      return structuredClone({ total: found.length, results, ...next });
    },
  };
}

interface BatchBody {
  readonly inputs: readonly { readonly id: string; readonly after?: string }[];
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
}

function batch(name: string, object: string, rows: (url: URL) => readonly FakeObject[]): FakeRoute {
  return {
    name,
    path: route(`/crm/v3/objects/${object}/batch/read`),
    async answer(url, request) {
      const { inputs, properties = [], propertiesWithHistory: past = [] } = (await request.json()) as BatchBody;
      if (request.method !== 'POST' || inputs.length > (past.length > 0 ? 50 : 100)) return refused('too many inputs');
      const found = inputs.flatMap(({ id }) => rows(url).find((row) => row.id === id) ?? []);
      const reply = { status: 'COMPLETE', results: found.map((row) => shown(row, properties, past)) };
      if (found.length === inputs.length) return structuredClone(reply);
      const errors = [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: 'Could not get some objects' }];
      return new FakeStatus(207, structuredClone({ ...reply, numErrors: 1, errors }));
    },
  };
}

/** Of tickets and of deals: the primary company, and any. */
function typeOf(from: string, label: string | null): number {
  const [primary, any] = from === 'deals' ? [5, 341] : [26, 339];
  return label === null ? any : primary;
}

/** One target a page. */
function associations(from: string, to: string): FakeRoute {
  return {
    name: `${from}_${to}`,
    path: route(`/crm/v4/associations/${from}/${to}/batch/read`),
    async answer(_url, request) {
      const { inputs } = (await request.json()) as BatchBody;
      if (request.method !== 'POST' || inputs.length > 1000) return refused('too many inputs');
      const of = LINKS[`${from} ${to}`] ?? {};
      const none = inputs.filter(({ id }) => of[id] === undefined);
      const results = inputs.flatMap(({ id, after }) => {
        const targets = of[id];
        if (targets === undefined) return [];
        const place = Number(after ?? 0);
        const some = targets.slice(place, place + 1).map(([toObjectId, label]) => ({
          toObjectId: toObjectId.startsWith('@big:') ? toObjectId : Number(toObjectId),
          associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: typeOf(from, label), label }],
        }));
        const next = place + 1 < targets.length ? { paging: { next: { after: String(place + 1) } } } : {};
        return [{ from: { id }, to: some, ...next }];
      });
      if (none.length === 0) return structuredClone({ status: 'COMPLETE', results });
      const errors = none.map(({ id }) => ({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No company is associated with ${id}.`,
      }));
      return new FakeStatus(207, structuredClone({ status: 'COMPLETE', results, numErrors: none.length, errors }));
    },
  };
}

const plain = (name: string, object: string, rows: readonly FakeObject[]): FakeRoute =>
  cursorList(name, `/crm/v3/objects/${object}`, () => rows.map((row) => shown(row, [], [])));
const THREAD_PATH = '/conversations/v3/conversations/threads';

/** Rows of the account, for those who render it in another form. */
export const hubspotRows = () =>
  structuredClone({
    tickets: hubspotTickets(),
    deleted: DELETED,
    companies: COMPANIES,
    owners: OWNERS,
    pipelines: PIPELINES,
    deals: hubspotDeals(),
    ticketProperties: TICKET_PROPERTIES,
    companyProperties: COMPANY_PROPERTIES,
    links: LINKS,
  });

export interface AccountOptions {
  readonly deals?: readonly FakeObject[];
  /** What is otherwise of the companies' property of health, and its value at the first company. */
  readonly health?: { readonly property: FakeRow; readonly value: string };
}

/** A fresh account. `own` are its live tickets, which a test may change while they are read. */
export function hubspotRoutes(
  own: FakeObject[] = hubspotTickets(),
  { deals = hubspotDeals(), health }: AccountOptions = {},
): readonly FakeRoute[] {
  const companyProperties = COMPANY_PROPERTIES.map((one) =>
    one.name === 'health_score' ? { ...one, ...health?.property } : one,
  );
  const companies = COMPANIES.map((one, i) =>
    i === 0 && health !== undefined ? { ...one, properties: { ...one.properties, health_score: health.value } } : one,
  );
  return [
    fixedReply('me', route('/account-info/v3/details'), {
      portalId: 62515,
      accountType: 'STANDARD',
      timeZone: 'US/Eastern',
      uiDomain: 'app.hubspot.com',
    }),
    cursorList('owners', '/crm/v3/owners', (url) => (url.searchParams.get('archived') === 'true' ? FORMER : OWNERS)),
    cursorList('users', '/settings/v3/users', () => [
      { id: '501', email: 'canary@acme.example', superAdmin: true },
      { id: '502', email: 'canary@acme.example', superAdmin: false },
      { id: '503', superAdmin: false },
    ]),
    fixedReply('pipelines', route('/crm/v3/pipelines/tickets'), { results: PIPELINES }),
    fixedReply('ticket_properties', route('/crm/v3/properties/tickets'), { results: TICKET_PROPERTIES }),
    fixedReply('company_properties', route('/crm/v3/properties/companies'), { results: companyProperties }),
    cursorList('channels', '/conversations/v3/conversations/channels', () => [
      { id: '1000', name: 'Live chat' },
      { id: '1002', name: 'Email' },
      { id: '1007', name: 'WhatsApp' },
    ]),
    cursorList('forms', '/marketing/v3/forms', () => FORMS),
    cursorList('workflows', '/automation/v4/flows', () =>
      FLOWS.map(({ actions: _a, enrollmentCriteria: _e, ...head }) => head),
    ),
    {
      name: 'workflow_batch',
      path: route('/automation/v4/flows/batch/read'),
      async answer(_url, request) {
        const { inputs } = (await request.json()) as { inputs: readonly { flowId: string; type: string }[] };
        const wanted = inputs.filter((one) => one.type === 'FLOW_ID').map((one) => one.flowId);
        return structuredClone({ status: 'COMPLETE', results: FLOWS.filter((one) => wanted.includes(String(one.id))) });
      },
    },
    {
      name: 'articles',
      path: route('/cms/v3/site-search/search'),
      answer(url) {
        const from = Number(url.searchParams.get('offset') ?? 0);
        const limit = Number(url.searchParams.get('limit') ?? 10);
        if (limit > 100) return refused('limit');
        const results = structuredClone(ARTICLES.slice(from, from + limit));
        return { total: ARTICLES.length, offset: from, limit, page: 0, results };
      },
    },
    search('companies', 'companies', () => companies),
    batch('company_batch', 'companies', () => companies),
    search('deals', 'deals', () => deals),
    batch('deal_batch', 'deals', () => deals),
    plain('deal_list', 'deals', deals),
    associations('companies', 'deals'),
    associations('deals', 'companies'),
    fixedReply('deal_pipelines', route('/crm/v3/pipelines/deals'), { results: DEAL_PIPELINES }),
    fixedReply('deal_properties', route('/crm/v3/properties/deals'), { results: DEAL_PROPERTIES }),
    plain('company_list', 'companies', COMPANIES),
    plain('contact_list', 'contacts', []),
    plain('email_list', 'emails', EMAILS),
    plain('note_list', 'notes', NOTES),
    search('tickets', 'tickets', () => own),
    batch('ticket_batch', 'tickets', (url) => (url.searchParams.get('archived') === 'true' ? DELETED : own)),
    cursorList('deleted_tickets', '/crm/v3/objects/tickets', () =>
      DELETED.map(({ archivedAt, ...row }) => ({ ...shown(row, [], []), archived: true, archivedAt })),
    ),
    associations('tickets', 'contacts'),
    associations('tickets', 'companies'),
    associations('tickets', 'emails'),
    associations('tickets', 'notes'),
    batch('email_batch', 'emails', () => [...EMAILS, OUTBOUND]),
    batch('note_batch', 'notes', () => NOTES),
    cursorList('threads', THREAD_PATH, (url) =>
      THREADS.filter((one) => [null, one.ticket].includes(url.searchParams.get('associatedTicketId'))).map(
        ({ id, spam }) => ({
          id,
          spam,
          status: 'CLOSED',
          archived: false,
          inboxId: '9',
          associatedContactId: '900',
          createdAt: '2026-02-21T08:59:58.000Z',
        }),
      ),
    ),
    {
      name: 'messages',
      path: route(`${THREAD_PATH}/\\d+/messages`),
      answer: (url) =>
        paged((THREADS.find((one) => one.id === url.pathname.split('/')[5])?.messages ?? []).toReversed(), url),
    },
    search('surveys', 'feedback_submissions', () => SURVEYS),
    associations('feedback_submissions', 'tickets'),
  ];
}
