import type { TOOL_CLASSES } from '../domain/telemetry.ts';

type ToolClass = (typeof TOOL_CLASSES)[number];

/** Product names by class of tool, as they appear in the names of apps, webhooks and targets. First row that fits wins. */
const NAMES: readonly (readonly [ToolClass, RegExp])[] = [
  [
    'issue_tracker',
    /jira|github|gitlab|linear\b|azure ?devops|asana|trello|shortcut|clickup|youtrack|bugzilla|monday\.com|redmine|pivotal/i,
  ],
  [
    'monitoring',
    /pagerduty|opsgenie|datadog|new ?relic|sentry|statuspage|splunk|grafana|prometheus|victorops|nagios|zabbix|site24x7|pingdom|incident\.io/i,
  ],
  [
    'survey',
    /nicereply|simplesat|surveymonkey|delighted|survicate|customer thermometer|qualtrics|medallia|typeform|asknicely|wootric|promoter/i,
  ],
  ['customer_success', /gainsight|totango|churnzero|planhat|vitally|catalyst|custify|supportlogic/i],
  [
    'workforce_quality',
    /tymeshift|assembled|playvox|maestroqa|klaus|zendesk (?:wfm|qa)|workforce|verint|nice cxone wfm|evaluagent|scorebuddy/i,
  ],
  [
    'business_intelligence',
    /geckoboard|tableau|power ?bi|looker|fivetran|snowflake|bigquery|metabase|redshift|domo\b|explore|klipfolio|databox/i,
  ],
  [
    'telephony',
    /aircall|talkdesk|twilio|ringcentral|dialpad|five9|amazon connect|genesys|vonage|8x8|cloudtalk|zendesk talk|\btruly\b|\bphone\b|\bcall(?:s|ing)?\b/i,
  ],
  [
    'collaboration',
    /slack|microsoft teams|\bteams\b|google chat|discord|mattermost|zoom|webex|side conversation|confluence|notion/i,
  ],
  [
    'chat_bot',
    /answer ?bot|\bbot\b|ultimate|\bada\b|forethought|solvvy|netomi|intercom|livechat|drift|whatsapp|messenger|sunshine|chatgpt|openai|\bai\b/i,
  ],
  [
    'crm_billing',
    /salesforce|hubspot|pipedrive|dynamics|stripe|zuora|chargebee|shopify|netsuite|\bcrm\b|recurly|quickbooks|magento|woocommerce|zoho|sugar/i,
  ],
  [
    'mail',
    /mailchimp|sendgrid|outlook|gmail|office ?365|\bimap\b|\bsmtp\b|front_mail|mailgun|exchange|\bmail\b|email/i,
  ],
];

/** Class of a tool judged by its name or host; `other` when no name is known. */
export function toolClass(name: string): ToolClass {
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}
