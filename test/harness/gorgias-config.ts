/** What the made-up Gorgias account is set up with: fields, rules, macros, views and integrations, in the forms of the vendor's reference. */
export const gorgiasFields = [
  [301, 'Canary reason', 'text', 'dropdown', 'contact_reason'],
  [302, 'Canary remark', 'text', 'input', null],
  [303, 'Product', 'text', 'dropdown', null],
  [304, 'Canary resolution', 'text', 'dropdown', 'resolution'],
  [305, 'Severity', 'text', 'dropdown', null],
  [306, 'Canary amount', 'number', 'input_number', null],
].map(([id, label, data_type, input_type, managed_type]) => ({
  id,
  object_type: 'Ticket',
  label,
  description: 'Canary',
  priority: id,
  required: id === 301,
  managed_type,
  definition: { data_type, input_settings: { input_type, choices: ['Canary'] } },
  deactivated_datetime: null,
  created_datetime: '2026-01-01T00:00:00.123456',
  updated_datetime: '2026-01-02T00:00:00.123456',
}));

const rule = (id: number, code: string, more: object = {}) => ({
  id,
  name: 'Canary rule',
  description: 'Canary',
  code,
  code_ast: { type: 'Program', body: [] },
  event_types: 'ticket-created',
  priority: 10,
  deactivated_datetime: null,
  created_datetime: '2026-01-01T00:00:00.123456',
  updated_datetime: '2026-01-02T00:00:00.123456',
  ...more,
});

export const gorgiasRules = [
  rule(
    701,
    `
if (eq(ticket.channel, 'chat') && notContainsAny(ticket.tags.name, ['escalated', 'canary jane']) && duringBusinessHours(ticket.created_datetime)) {
  if (containsAny(message.body_text, ['canary if (eq(ticket.status, "open"))'])) {
    Action('replyToTicket', { body_text: 'Canary {{ticket.customer.firstname}}. We\\'ll reply within 8 hours.', body_html: '<p>Canary</p>' });
    Action('setTeamAssignee', { assignee_team: { id: 52, name: 'Canary escalations' } })
  }
}
`,
  ),
  rule(
    702,
    `if (eq(ticket.priority, 'critical') || isEmpty(ticket.assignee_user.id)) {
  Action('addTags', { tags: 'escalated, canary' });
} else {
  Action('setStatus', { status: 'closed' });
  Action('dance', {});
}`,
    { event_types: 'ticket-updated,ticket-message-created', deactivated_datetime: '2026-02-01T00:00:00' },
  ),
  rule(
    703,
    `if (eq(ticket.custom_fields[303].value, 'api') && !eq(ticket.assignee_team.id, 51) && gteTimedelta(ticket.created_datetime, '1d') && eq(ticket.custom_fields[302].value, 'canary remark')) {
  Action('setPriority', { priority: 'high' });
  Action('setAssignee', { assignee_user: null });
  Action('setCustomFieldValue', { custom_field_id: 304, value: 'refund' });
  Action('sendEmail', { to: 'canary@acme.example', body_text: 'Canary' });
}`,
    { event_types: 'ticket-created,ticket-updated' },
  ),
  // A rule that the vendor manages does not show its code.
  rule(704, '', { code: null }),
];

export const gorgiasMacros = [
  {
    id: 601,
    name: 'Canary order status',
    intent: 'shipping/status',
    usage: 12,
    actions: [
      { name: 'setResponseText', title: 'Canary', type: 'user', arguments: { body_text: 'Canary text' } },
      { name: 'addTags', title: 'Canary', type: 'user', arguments: { tags: 'canary, escalated' } },
      { name: 'setStatus', title: 'Canary', type: 'user', arguments: { status: 'closed' } },
      { name: 'setAssignee', title: 'Canary', type: 'user', arguments: { assignee_user: { id: 11, name: 'Canary' } } },
    ],
    archived_datetime: null,
    created_datetime: '2026-01-01T00:00:00.123456',
    updated_datetime: '2026-01-02T00:00:00.123456',
  },
  { id: 602, name: 'Canary old', actions: [], archived_datetime: '2026-02-01T00:00:00' },
];

const view = (id: number, filters: string, more: object = {}) => ({
  id,
  name: 'Canary view',
  slug: 'canary',
  category: 'user',
  type: 'ticket-list',
  visibility: 'public',
  filters,
  fields: ['details', 'tags'],
  order_by: 'updated_datetime',
  order_dir: 'desc',
  search: 'Canary',
  shared_with_users: [],
  deactivated_datetime: null,
  created_datetime: '2026-01-01T00:00:00.123456',
  ...more,
});

export const gorgiasViews = [
  view(
    401,
    "eq(ticket.assignee_user.id, '{{current_user.id}}') && eq(ticket.status, 'open') && eq(ticket.spam, false)",
    {
      category: 'system',
    },
  ),
  view(402, "containsAny(ticket.tags.name, ['escalated']) && eq(ticket.channel, 'mystery')", {
    visibility: 'private',
    order_by: 'priority',
  }),
  view(403, "eq(customer.name, 'Canary')", { type: 'customer-list' }),
];

export const gorgiasIntegrations = [
  [801, 'email', 'help@acme.example', null],
  [802, 'http', 'Canary alerts', { id: 1, url: 'https://events.pagerduty.com/canary', headers: { token: 'canary' } }],
  [803, 'shopify', 'canary-shop', null],
].map(([id, type, name, http]) => ({
  id,
  type,
  name,
  description: 'Canary',
  http,
  deactivated_datetime: id === 803 ? '2026-02-01T00:00:00' : null,
  created_datetime: '2026-01-01T00:00:00.123456',
  updated_datetime: '2026-01-02T00:00:00.123456',
}));
