import { z } from 'zod';
import { defineTable, is, type RecordOf } from './columns.ts';

/**
 * Canonical telemetry: what every connector yields and every signal reads.
 * Ids are strings; instants are UTC; durations carry their unit; null means unknown, never zero and never "no".
 * No subject, body, personal name or e-mail address has a place here. `connection` is added by the store.
 */

export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export const CHANNELS = [
  'email',
  'web',
  'chat',
  'messaging',
  'voice',
  'social',
  'api',
  'portal',
  'monitoring',
  'other',
] as const;
export const TICKET_TYPES = ['question', 'incident', 'problem', 'task', 'change', 'other'] as const;
export const AUTHORS = ['customer', 'agent', 'machine'] as const;
export const ACTORS = ['customer', 'agent', 'automation', 'system'] as const;
export const EVENT_KINDS = [
  'status',
  'priority',
  'group',
  'assignee',
  'field',
  'tag',
  'link',
  'merge',
  'delete',
  'csat',
  'sla',
  'escalation',
] as const;
export const LINK_KINDS = ['problem', 'incident', 'issue', 'side_conversation', 'related'] as const;
export const SLA_METRICS = [
  'first_reply',
  'next_reply',
  'resolution',
  'agent_work',
  'requester_wait',
  'periodic_update',
  'pausable_update',
  'overall',
] as const;
const AUTOMATION_KINDS = [
  'trigger',
  'automation',
  'macro',
  'routing',
  'bot',
  'view',
  'form',
  'field',
  'acknowledgement',
  'queue',
  'dashboard',
] as const;
export const TOOL_CLASSES = [
  'collaboration',
  'telephony',
  'mail',
  'chat_bot',
  'crm_billing',
  'issue_tracker',
  'monitoring',
  'survey',
  'customer_success',
  'workforce_quality',
  'business_intelligence',
  'other',
] as const;

/** What a team can be for. */
export const TEAM_PURPOSES = [
  'support',
  'escalation',
  'premium',
  'engineering',
  'product',
  'success',
  'sales',
  'partner',
  'other',
] as const;

export const ticket = defineTable({
  name: 'ticket',
  doc: 'One support case as the helpdesk shows it at the last sync.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id as text.'),
    created_at: is.time('When the case was created.'),
    updated_at: is.maybeTime("The vendor's own last-change stamp; never used as an event time."),
    status: is.oneOf(STATUSES, 'Status category at the last sync.'),
    vendor_status: is.maybeText("The vendor's own status word."),
    priority_rank: is.maybeInt('1 most urgent .. 4 least urgent; null when unset or unknown.'),
    vendor_priority: is.maybeText("The vendor's own priority word."),
    type: is.maybeOneOf(TICKET_TYPES, 'Kind of work.'),
    channel: is.maybeOneOf(CHANNELS, 'Channel of origin.'),
    vendor_channel: is.maybeText("The vendor's own channel word."),
    form: is.maybeText('Id of the intake form.'),
    group_id: is.maybeText('Team now responsible.'),
    assignee_id: is.maybeText('Agent now responsible.'),
    requester_key: is.maybeText('Keyed hash of the requester; the key is not in the store.'),
    requester_is_agent: is.maybeBool('The requester is a member of the support organisation (internal ticket).'),
    organisation_id: is.maybeText('Customer organisation.'),
    brand: is.maybeText('Brand or desk inside one account.'),
    product: is.maybeText('Product value (a code, not free text).'),
    category: is.maybeText('Category or topic value (a code, not free text).'),
    severity: is.maybeText('Severity value where it is kept apart from priority.'),
    cause_code: is.maybeText('Resolution or cause code.'),
    support_line: is.maybeText('Support line (tier of the team) that holds it, in the word of the source.'),
    created_by: is.maybeOneOf(AUTHORS, 'Who opened it.'),
    created_on_behalf: is.maybeBool('An agent opened it for the requester; its first message is not a reply.'),
    calendar_id: is.maybeText(
      'Business calendar of this case; null = that of its last event of the field `schedule`, else the default one of the connection.',
    ),
    follow_up_of: is.maybeText('Closed case that this one continues (a hidden reopen).'),
    problem_id: is.maybeText('Problem record that this incident belongs to.'),
    merged_into: is.maybeText('Surviving case, when this one was merged away.'),
    deleted: is.bool('Deleted at the source.'),
    spam: is.bool('Marked as spam or suspended at the source.'),
    test: is.bool('Sample or test ticket.'),
    tags: is.maybeTexts('Allow-listed tags in clear, others as keyed hashes.'),
    reference_keys: is.maybeTexts('Keyed hashes of the addresses and names by which other systems point to it.'),
    filled_fields: is.maybeTexts('Ids of fields that carry a value other than the default at the last sync.'),
    billable_s: is.maybeInt('Billable or entitled time recorded, seconds.'),
    reported_first_reply_at: is.maybeTime("The vendor's own stamp of the first reply; kept beside the derived one."),
    reported_solved_at: is.maybeTime("The vendor's own stamp of the (last) resolution."),
    reported_closed_at: is.maybeTime("The vendor's own stamp of closure."),
    reported_reopens: is.maybeInt("The vendor's own count of reopens."),
    reported_reassignments: is.maybeInt("The vendor's own count of changes of the responsible group or person."),
    reported_replies: is.maybeInt("The vendor's own count of public agent replies."),
    reported_first_reply_calendar_s: is.maybeInt("The vendor's own first reply time, wall clock seconds."),
    reported_first_reply_business_s: is.maybeInt("The vendor's own first reply time, business seconds."),
    reported_first_resolution_calendar_s: is.maybeInt("The vendor's own first resolution time, wall clock seconds."),
    reported_first_resolution_business_s: is.maybeInt("The vendor's own first resolution time, business seconds."),
    reported_full_resolution_calendar_s: is.maybeInt("The vendor's own full resolution time, wall clock seconds."),
    reported_full_resolution_business_s: is.maybeInt("The vendor's own full resolution time, business seconds."),
    reported_waiting_customer_s: is.maybeInt(
      "The vendor's own time that the desk waited for the customer, wall clock seconds.",
    ),
    reported_waiting_other_s: is.maybeInt(
      "The vendor's own time on hold (waiting for a third party or another team), wall clock seconds.",
    ),
  },
});

const event = defineTable({
  name: 'event',
  doc: 'One change of a case. Values at creation are events too (`initial`).',
  key: ['id'],
  columns: {
    id: is.text('Unique inside the connection; stable over syncs.'),
    ticket_id: is.text('The case.'),
    at: is.time('When it happened.'),
    seq: is.int('Order among events of one case that share an instant.'),
    kind: is.oneOf(EVENT_KINDS, 'What changed.'),
    field: is.maybeText('For kind `field`: the field; null otherwise.'),
    from_value: is.maybeText('Value before: status category, priority rank, id or code; null = unset.'),
    to_value: is.maybeText('Value after; null = unset.'),
    initial: is.bool('Value given at creation, not a change.'),
    actor: is.maybeOneOf(
      ACTORS,
      'Who did it. `automation` = a rule of the desk, `system` = import, API token or the vendor.',
    ),
    actor_id: is.maybeText('Agent id when the actor is an agent.'),
    rule_id: is.maybeText('Automation that fired.'),
  },
});

const message = defineTable({
  name: 'message',
  doc: 'One message or note on a case, without its text.',
  key: ['id'],
  columns: {
    id: is.text('Unique inside the connection.'),
    ticket_id: is.text('The case.'),
    at: is.time('When it was written.'),
    seq: is.int('Order among messages of one case; 0 = the opening message.'),
    author: is.maybeOneOf(AUTHORS, 'Who wrote it.'),
    author_id: is.maybeText('Agent id when the author is an agent.'),
    public: is.bool('The requester can see it; false = internal note.'),
    channel: is.maybeOneOf(CHANNELS, 'Channel it went through.'),
    auto_reply: is.bool('Sent by a rule (acknowledgement); never a reply.'),
    template_id: is.maybeText(
      'Macro or template used; where a source tells it apart from the message, see `message_template`.',
    ),
    article_ids: is.maybeTexts('Knowledge articles linked in it; null when links are not recorded.'),
    promised_reply_s: is.maybeInt('Reply time stated in it, seconds; null when none is stated or texts are not read.'),
    promise_business_hours: is.maybeBool('The stated time is in business hours.'),
    through_api: is.maybeBool(
      'Written through the programming interface rather than on a screen or by mail; null when the source does not tell.',
    ),
  },
});

const message_template = defineTable({
  name: 'message_template',
  doc: 'The template of a message that one reading of the source gives and another reading tells the template of.',
  key: ['message_id'],
  columns: {
    message_id: is.text('The message.'),
    ticket_id: is.text('The case.'),
    at: is.time('When the message was written.'),
    template_id: is.text('Macro or template used.'),
  },
});

const ticket_sample = defineTable({
  name: 'ticket_sample',
  doc: 'A case that was read more closely than the others: some of what a stream can tell is known of these cases only.',
  key: ['ticket_id', 'stream'],
  columns: {
    ticket_id: is.text('The case.'),
    stream: is.oneOf(
      ['messages'],
      'What was read whole. `messages`: messages of rules and templates too, which the vendor shows case by case only.',
    ),
    at: is.time('Moment up to which it was read.'),
  },
});

const sla_policy = defineTable({
  name: 'sla_policy',
  doc: 'A service-level policy as configured.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    active: is.bool('In force.'),
    scope: is.oneOf(['ticket', 'group'], 'Customer-facing policy or internal objective of a group (OLA).'),
    is_default: is.bool('Untouched default of the vendor (no edit, no condition).'),
    condition_fields: is.texts('Fields its conditions look at: priority, tier, product, severity, channel, group, ...'),
    condition_terms: is.maybeTexts(
      'Conditions as terms (docs/recognition.md): `tag:<tag>`, `org:<field>=<value>`, `field:<name>=<value>`, `group:<id>` ...; `!` in front = excluded. Null when the source shows no conditions.',
    ),
    unread_conditions: is.maybeInt('Conditions that were not understood: what they select is unknown.'),
    tier: is.maybeText('Customer tier that the policy selects, when one.'),
    calendar_id: is.maybeText('Calendar it runs on.'),
    position: is.maybeInt('Order of evaluation.'),
    updated_at: is.maybeTime('Last edit.'),
  },
});

const sla_target = defineTable({
  name: 'sla_target',
  doc: 'One target of a policy.',
  key: ['policy_id', 'metric', 'priority_key'],
  columns: {
    policy_id: is.text('The policy.'),
    metric: is.oneOf(SLA_METRICS, 'What is promised.'),
    priority_key: is.text('Priority rank as text, or `any`.'),
    target_s: is.int('Seconds.'),
    business_hours: is.bool('Clock: business hours (true) or wall clock.'),
  },
});

const sla_clock = defineTable({
  name: 'sla_clock',
  doc: 'One run of a service-level clock on a case.',
  key: ['id'],
  columns: {
    id: is.text('Unique inside the connection, e.g. ticket:metric:instance.'),
    ticket_id: is.text('The case.'),
    metric: is.oneOf(SLA_METRICS, 'What is measured.'),
    scope: is.oneOf(['ticket', 'group'], 'Customer-facing or internal objective.'),
    instance: is.int('1 = first run of this metric on the case.'),
    policy_id: is.maybeText('Policy that set the target.'),
    target_s: is.maybeInt('Target, seconds.'),
    business_hours: is.maybeBool('Clock of the target.'),
    started_at: is.maybeTime('When the clock started.'),
    applied_at: is.maybeTime('When the target was set on the case.'),
    breach_at: is.maybeTime('When the target ran out (or will).'),
    fulfilled_at: is.maybeTime('When the promise was kept or the run ended.'),
    paused_s: is.maybeInt('Time paused, seconds.'),
    voided: is.bool('A later policy change withdrew this run.'),
    met: is.maybeBool('Outcome; null while undecided or unknown.'),
  },
});

const WeeklyInterval = z.strictObject({
  /** Minutes from Sunday 00:00 local time. */
  start_minute: z.int().min(0).max(10_080),
  end_minute: z.int().min(0).max(10_080),
});
const Holiday = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

const calendar = defineTable({
  name: 'calendar',
  doc: 'Business hours of one validity period.',
  key: ['id', 'valid_from'],
  columns: {
    id: is.text('Vendor id.'),
    time_zone: is.text('IANA zone.'),
    weekly: is.json(
      z.array(WeeklyInterval),
      'Weekly intervals, minutes from Sunday 00:00 local; split shifts are two intervals.',
    ),
    holidays: is.json(z.array(Holiday), 'Closed days, local dates, both ends included.'),
    valid_from: is.time('Start of validity (epoch when always).'),
    valid_to: is.maybeTime('End of validity; null = still valid.'),
    is_default: is.bool('Default calendar of the connection.'),
  },
});

const csat = defineTable({
  name: 'csat',
  doc: 'One satisfaction survey on a case.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    ticket_id: is.text('The case.'),
    offered_at: is.maybeTime('When it was offered.'),
    answered_at: is.maybeTime('When it was answered; null = not answered.'),
    score: is.maybeReal('0 worst .. 1 best.'),
    scale: is.maybeText('Scale of the vendor, e.g. good/bad, 1-5.'),
    reason_code: is.maybeText('Reason code; never free text.'),
  },
});

const article = defineTable({
  name: 'article',
  doc: 'One knowledge article, without its text.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    created_at: is.time('First written.'),
    edited_at: is.maybeTime('Last change of the text.'),
    verified_at: is.maybeTime('Last verification.'),
    published: is.maybeBool('Not a draft; null where the source does not say.'),
    public: is.maybeBool('Readable by customers; null where the source does not say who reads it.'),
    author_id: is.maybeText('Agent who wrote it.'),
    editor_id: is.maybeText('Agent who changed it last.'),
    category: is.maybeText('Section.'),
    from_ticket_id: is.maybeText('Case it was written from.'),
    promised_reply_s: is.maybeInt('Reply time that the article states, seconds.'),
    helpful_votes: is.maybeInt('Readers who found it helpful, of all time up to the last sync.'),
    unhelpful_votes: is.maybeInt('Readers who did not, of all time up to the last sync.'),
    views_total: is.maybeInt('Views of all time up to the last sync; those of a day are in `article_view`.'),
  },
});

const article_view = defineTable({
  name: 'article_view',
  doc: 'Traffic of one article on one day; article_id `*` = the whole help centre.',
  key: ['article_id', 'day'],
  columns: {
    article_id: is.text('The article, or `*`.'),
    day: is.time('Start of the UTC day.'),
    views: is.int('Views.'),
    unique_users: is.maybeInt('Distinct visitors, bots excluded.'),
  },
});

const help_centre_count = defineTable({
  name: 'help_centre_count',
  doc: 'Use of the whole help centre in a span of days, as a report of the vendor counts it.',
  key: ['day'],
  columns: {
    day: is.time('Start of the first day, as the report writes it, taken as UTC.'),
    days: is.int('Length of the span: 1 or 7 days.'),
    visits: is.maybeInt('Visits.'),
    visitors: is.maybeInt('Distinct visitors of the span.'),
    searches: is.maybeInt('Searches.'),
    searches_without_result: is.maybeInt('Searches that found nothing.'),
    articles_opened: is.maybeInt('Articles opened.'),
  },
});

const bot_count = defineTable({
  name: 'bot_count',
  doc: 'Conversations that a bot took part in, counted over a span of days by a report of the vendor.',
  key: ['day'],
  columns: {
    day: is.time('Start of the first day, as the report writes it, taken as UTC.'),
    days: is.int('Length of the span: 1 or 7 days.'),
    sessions: is.maybeInt('Conversations that a bot took part in.'),
    sessions_handed_over: is.maybeInt('Of these: a person took over.'),
    sessions_solved: is.maybeInt('Of these: solved without a person, by the count of the vendor.'),
  },
});

const bot_session = defineTable({
  name: 'bot_session',
  doc: 'One conversation that a bot took part in.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    started_at: is.time('Start.'),
    handed_over: is.bool('A person took over.'),
    requester_key: is.maybeText('Keyed hash of the person.'),
    ticket_id: is.maybeText('Case that came out of it.'),
    topic: is.maybeText('Topic code.'),
  },
});

const automation = defineTable({
  name: 'automation',
  doc: 'One piece of desk configuration that acts, asks or shows.',
  key: ['kind', 'id'],
  columns: {
    id: is.text('Vendor id.'),
    kind: is.oneOf(AUTOMATION_KINDS, 'What it is.'),
    active: is.bool('Switched on.'),
    shared: is.bool('Not personal to one agent.'),
    vendor_default: is.bool('Shipped by the vendor and never edited.'),
    condition_fields: is.texts(
      'Fields it looks at (canonical words: priority, tier, product, severity, channel, group, organisation, sla_breach, contract, health, sentiment, skill, ...).',
    ),
    actions: is.texts(
      'What it does (canonical words: set_priority, set_group, set_assignee, notify_requester, notify_agent, notify_target, escalate, set_field, offer_survey, ...).',
    ),
    condition_terms: is.maybeTexts(
      'Conditions as terms (docs/recognition.md); `!` in front = excluded, `by:<word>` = grouped or sorted by. Null when the source shows no conditions.',
    ),
    unread_conditions: is.maybeInt('Conditions that were not understood: whom the rule concerns is unknown.'),
    action_terms: is.maybeTexts(
      'What it sets or reaches as terms: `group:<id>`, `tag:<tag>`, `priority:<rank>`, `notify:<whom>` ...',
    ),
    unread_actions: is.maybeInt('Actions that were not understood.'),
    required_fields: is.maybeTexts('For forms and fields: fields required to submit.'),
    required_to_solve: is.maybeTexts('For forms and fields: fields required to solve.'),
    last_fired_at: is.maybeTime('Last known firing or opening; null when unknown.'),
    fired_count: is.maybeInt('Firings or openings reported for the last 30 days; null when unknown.'),
    users_count: is.maybeInt('Distinct people who opened it in the last 30 days (views, dashboards).'),
    scheduled: is.maybeBool('Sent on a schedule (dashboards, reports).'),
    updated_at: is.maybeTime('Last edit.'),
  },
});

const agent = defineTable({
  name: 'agent',
  doc: 'One member of the support organisation, by id only.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    role: is.maybeOneOf(['admin', 'agent', 'light', 'bot', 'integration'], 'Role at the desk.'),
    department: is.maybeOneOf(
      ['support', 'engineering', 'product', 'success', 'sales', 'management', 'partner', 'other'],
      'Where the person works.',
    ),
    active: is.bool('Account in use.'),
    human: is.maybeBool('A person, not a bot or integration user; null where no name is shown and nothing else tells.'),
    created_at: is.maybeTime('Account creation.'),
  },
});

const team = defineTable({
  name: 'team',
  doc: 'One group or queue.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    active: is.bool('In use.'),
    purpose: is.maybeOneOf(TEAM_PURPOSES, 'What it is for, from configuration or naming.'),
    tier: is.maybeInt('1 = first line; null when unknown.'),
  },
});

const membership = defineTable({
  name: 'membership',
  doc: 'An agent belongs to a team.',
  key: ['agent_id', 'team_id'],
  columns: { agent_id: is.text('Agent.'), team_id: is.text('Team.') },
});

const organisation = defineTable({
  name: 'organisation',
  doc: 'One customer organisation, by id only.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    created_at: is.maybeTime('First seen.'),
    tier: is.maybeText('Customer tier or plan.'),
    tier_rank: is.maybeInt('1 = highest tier.'),
    terms: is.maybeTexts(
      'What else is recorded of it, as terms: `org:<field>=<value>` of code fields, `tag:<tag>`. Null when the source shows neither.',
    ),
    partner: is.maybeBool('A partner rather than a customer.'),
    domain_hash: is.maybeText('Keyed hash of its mail domain.'),
    external_keys: is.maybeTexts('Keyed hashes of the ids by which other systems know it.'),
    has_contract: is.maybeBool('A contract, renewal or value field is filled; null = no such field exists.'),
    has_health: is.maybeBool('A health or risk field is filled; null = no such field exists.'),
    health_changed_at: is.maybeTime('Last change of the health value.'),
    health_rank: is.maybeInt(
      '1 = may leave, 2 = to be watched, 3 = well; null = no value, or one whose words or scale are not understood.',
    ),
    renews_at: is.maybeTime('Day on which the contract renews or ends, as known at the last sync.'),
    value_band: is.maybeInt(
      'Power of ten of what the contract is worth, in whatever currency: 0 = below 1,000 .. 5 = from 10 million. Null = not stated.',
    ),
    churned_at: is.maybeTime('Day on which it left or gave notice.'),
    expanded_at: is.maybeTime('Day on which it last bought more.'),
  },
});

export const link = defineTable({
  name: 'link',
  doc: 'A case is connected with a record elsewhere.',
  key: ['id'],
  columns: {
    id: is.text('Unique inside the connection.'),
    ticket_id: is.text('The case.'),
    kind: is.oneOf(LINK_KINDS, 'What it points to.'),
    system: is.maybeText('System of the other record, e.g. jira, github; null = the desk itself.'),
    target_key: is.maybeText('Id or keyed hash of the other record.'),
    linked_at: is.maybeTime('When the link was made.'),
    responded_at: is.maybeTime('First human answer on the other record.'),
    closed_at: is.maybeTime('When the other record was closed.'),
    closed_as: is.maybeOneOf(['fixed', 'duplicate', 'rejected', 'other'], 'How it was closed.'),
    team: is.maybeText('Team that owns the other record.'),
  },
});

const integration = defineTable({
  name: 'integration',
  doc: 'A tool connected with the desk.',
  key: ['id'],
  columns: {
    id: is.text('Vendor id.'),
    class: is.oneOf(TOOL_CLASSES, 'Class of tool.'),
    active: is.bool('Installed and enabled.'),
    last_traffic_at: is.maybeTime('Last record authored or received; null when unknown.'),
    traffic_tickets: is.maybeInt('Cases with traffic in the last 90 days, when the vendor reports it.'),
  },
});

export const TABLES = {
  ticket,
  event,
  message,
  message_template,
  ticket_sample,
  sla_policy,
  sla_target,
  sla_clock,
  calendar,
  csat,
  article,
  article_view,
  help_centre_count,
  bot_session,
  bot_count,
  automation,
  agent,
  team,
  membership,
  organisation,
  link,
  integration,
} as const;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
export type TelemetryRecord<T extends TableName = TableName> = RecordOf<(typeof TABLES)[T]>;
/** Records of one page or batch, by table. A later record of the same key replaces an earlier one. */
export type TelemetryBatch = { [T in TableName]?: TelemetryRecord<T>[] };

export type Ticket = TelemetryRecord<'ticket'>;
export type TicketEvent = TelemetryRecord<'event'>;
export type Message = TelemetryRecord<'message'>;
