import { defineTable, is, type Table } from '../columns.ts';
import { TABLES } from '../telemetry.ts';

const ticketId = is.text('The ticket.');
const at = is.time('When it happened.');
const how = (doc: string) => is.maybeText(doc);

const status_span = defineTable({
  name: 'status_span',
  doc: 'A stay of a ticket in a status category.',
  key: ['ticket_id', 'from_at'],
  columns: {
    ticket_id: ticketId,
    status: is.text('Status category.'),
    from_at: is.time('Begin of the stay.'),
    to_at: is.maybeTime('End of the stay; null = still there at as_of.'),
  },
});

const owner_span = defineTable({
  name: 'owner_span',
  doc: 'A stay of a ticket with an assignee.',
  key: ['ticket_id', 'from_at'],
  columns: {
    ticket_id: ticketId,
    assignee_id: is.maybeText('The person; null = nobody owned it.'),
    from_at: is.time('Begin of the stay.'),
    to_at: is.maybeTime('End of the stay; null = still there at as_of.'),
    actor: is.maybeText('Kind of actor who set it; null = not recorded.'),
  },
});

const acknowledgement = defineTable({
  name: 'acknowledgement',
  doc: 'First automatic public message of a ticket.',
  key: ['ticket_id', 'at'],
  columns: {
    ticket_id: ticketId,
    at,
    promised_reply_s: is.maybeInt('Reply time that it states; null = it states none.'),
    promise_business_hours: is.maybeBool('Whether that time is in business hours; null = it states none.'),
  },
});

const fully_read = defineTable({
  name: 'fully_read',
  doc: 'A ticket of which messages of rules and templates are shown: the population of acknowledgements, templates and promises.',
  key: ['ticket_id'],
  columns: { ticket_id: ticketId },
});

const customer_match = defineTable({
  name: 'customer_match',
  doc: 'An organisation of a desk and a source of customers beside it (docs/sources-beside-a-desk.md).',
  key: ['organisation_id', 'customer_source'],
  columns: {
    organisation_id: is.text('The organisation of the desk.'),
    customer_source: is.text('Connection of the source of customers.'),
    customer_id: is.maybeText('The customer that it is; null = not joined.'),
    status: is.text('matched, ambiguous or unmatched.'),
    rule: is.maybeText('What told it: mapping, external_id or domain; null = nothing did.'),
    has_tickets: is.bool('It has a ticket.'),
  },
});

const issue_match = defineTable({
  name: 'issue_match',
  doc: 'An issue that tickets of a desk name, and the ticket of a tracker beside the desk that it is (docs/sources-beside-a-desk.md).',
  key: ['target_key', 'system'],
  columns: {
    target_key: is.text('What the tickets name, as in `link`.'),
    system: is.maybeText('System that it is in; null = not told.'),
    tickets: is.int('Tickets that name it.'),
    tracker: is.maybeText('Connection of the tracker; null = not joined.'),
    issue_id: is.maybeText('Its id there; null = not joined.'),
    status: is.text('matched, ambiguous or unmatched.'),
    known_until: is.maybeTime('Up to when the tracker was read; null = not joined, or not known.'),
    counts: is.bool('It is matched, and so are enough of the others.'),
  },
});

const touch = defineTable({
  name: 'touch',
  doc: 'An action of a human agent on a ticket.',
  key: ['ticket_id', 'at', 'kind', 'agent_id'],
  columns: {
    ticket_id: ticketId,
    at,
    agent_id: is.maybeText('Who acted; null = not recorded.'),
    kind: is.text('reply, note or change.'),
  },
});

const reply = defineTable({
  name: 'reply',
  doc: 'A public message of a human agent that answers; automatic replies and the opening message are none.',
  key: ['ticket_id', 'at', 'seq'],
  columns: {
    ticket_id: ticketId,
    at,
    seq: is.int('Order among messages of one instant.'),
    agent_id: is.maybeText('Who wrote; null = not recorded.'),
    template_id: is.maybeText('Template it was made with; null = none, or not shown.'),
    article_ids: is.maybeTexts('Articles it points to.'),
    ordinal: is.int('1 = first reply on the ticket.'),
    off_hours: is.maybeBool('Outside business hours; null without a calendar.'),
  },
});

const backlog_week = defineTable({
  name: 'backlog_week',
  doc: "People's open tickets just before a Monday 00:00 UTC of the horizon.",
  key: ['week_at'],
  columns: {
    week_at: is.time('The Monday.'),
    open_tickets: is.int('Open tickets.'),
    open_over_30d: is.int('Of them, older than 30 days.'),
    solved_28d: is.int('Solves in the 28 days before.'),
  },
});

const business_interval = defineTable({
  name: 'business_interval',
  doc: 'An opening of a calendar.',
  key: ['calendar_id', 'basis', 'opens_at'],
  columns: {
    calendar_id: is.text('The calendar.'),
    basis: is.text('true = the hours in force at the time; vendor = the latest hours over the whole history.'),
    opens_at: is.time('It opens.'),
    closes_at: is.time('It closes.'),
    cumulative_s: is.maybeReal('Open seconds of the calendar before it.'),
  },
});

const program = defineTable({
  name: 'program',
  doc: 'An account of the desk that is a program, though it is listed as a person.',
  key: ['agent_id'],
  columns: { agent_id: is.text('The account.'), how: how('stated, work or name: what tells it.') },
});

const source = defineTable({
  name: 'source',
  doc: 'A requester that is a program: monitoring, an importing tool.',
  key: ['requester_key'],
  columns: { requester_key: is.text('The requester, as a keyed hash.'), how: how('stated or work: what tells it.') },
});

const tier_term = defineTable({
  name: 'tier_term',
  doc: 'A term that stands for a customer tier.',
  key: ['term'],
  columns: {
    term: is.text('The term (docs/recognition.md).'),
    tier: is.text('The tier.'),
    tier_rank: is.maybeInt('1 = best; null = the order is unknown.'),
    how: how('What tells it.'),
  },
});

const field_role = defineTable({
  name: 'field_role',
  doc: 'A ticket field by what it is used for.',
  key: ['field', 'role'],
  columns: {
    field: is.text('The field.'),
    role: is.text('severity, product, category, cause, tier or reason.'),
    how: how('stated, source, work or name: what tells it.'),
  },
});

const ticket_field = defineTable({
  name: 'ticket_field',
  doc: 'A stay of a ticket with a value of a field that has a role. Of a ticket without a row nothing is known.',
  key: ['ticket_id', 'field', 'role', 'from_at'],
  columns: {
    ticket_id: ticketId,
    field: is.text('The field.'),
    role: is.text('Its role.'),
    value: is.maybeText('The value, a code or a keyed hash; null = unset.'),
    from_at: is.maybeTime('Since when; null = not known.'),
    until_at: is.maybeTime('Until when; null = still.'),
    set_by: is.maybeText('Kind of actor; null = not recorded.'),
    actor_id: is.maybeText('Who; null = not recorded.'),
    rule_id: is.maybeText('Rule that set it; null = none, or not recorded.'),
    initial: is.maybeBool('It came with the ticket.'),
  },
});

const escalation = defineTable({
  name: 'escalation',
  doc: 'An escalation of a ticket (not: handed to the next line).',
  key: ['ticket_id', 'at', 'seq'],
  columns: {
    ticket_id: ticketId,
    at,
    seq: is.int('Order among events of one instant.'),
    ordinal: is.int('1 = first escalation of the ticket.'),
    actor: is.maybeText('Kind of actor; null = not recorded.'),
    actor_id: is.maybeText('Who; null = not recorded.'),
    rule_id: is.maybeText('Rule that did it; null = none, or not recorded.'),
    by: is.text('mark or move.'),
    to_team: is.maybeText('Team it went to; null = to none.'),
  },
});

const team_ticket = defineTable({
  name: 'team_ticket',
  doc: 'A ticket reached a team, the first time.',
  key: ['ticket_id', 'team_id'],
  columns: {
    ticket_id: ticketId,
    team_id: is.text('The team.'),
    at: is.maybeTime('When; null = not recorded.'),
    how: how('birth, hand-over or taken; null = not recorded.'),
    from_team: is.maybeText('Team it came from; null = from none.'),
    actor: is.maybeText('Kind of actor; null = not recorded.'),
  },
});

const recognised = defineTable({
  name: 'recognised',
  doc: 'One thing learnt about the desk.',
  key: ['kind', 'subject', 'meaning'],
  columns: {
    kind: is.text('bot, tier, team, field or escalation.'),
    subject: is.text('What it is about: an id or a term.'),
    meaning: is.text('What it is.'),
    how: how('What tells it.'),
    support: is.maybeInt('Cases that say so; null where cases do not tell.'),
    base: is.maybeInt('Cases looked at; null where cases do not tell.'),
  },
});

const unread = defineTable({
  name: 'unread',
  doc: 'One thing looked at and not understood.',
  key: ['kind', 'subject', 'detail'],
  columns: {
    kind: is.text('rule, policy, view, team, tag, field, status or bot.'),
    subject: is.text('Its id or term.'),
    detail: is.maybeText('What was not understood.'),
  },
});

/** A recorded table as it was known at as_of, with what recognition adds to it. */
function asOf(name: keyof typeof TABLES, more: Table['columns'] = {}): Table {
  const table: Table = TABLES[name];
  return { ...table, columns: { ...table.columns, ...more } };
}

const teamMore: Table['columns'] = {
  purpose_from: is.maybeText('stated, work or name: what tells the purpose; null without one.'),
  tickets: is.maybeInt('Tickets that reached it in the year before as_of.'),
  born_share: is.maybeReal('Share of them that began there; null = nothing to divide by, here and below.'),
  handed_share: is.maybeReal('Share of them that others handed over.'),
  top_share: is.maybeReal('Share of its tickets of known tier that are of the highest.'),
  top_reached: is.maybeReal('Share of all tickets of the highest tier that reached it.'),
  marked_share: is.maybeReal('Share of its tickets that carry a mark of escalation.'),
  marked_reached: is.maybeReal('Share of all marked tickets that reached it.'),
  replied_share: is.maybeReal('Share of the tickets worked on there that it answered itself.'),
  inside_share: is.maybeReal("Share of its members' actions that are notes and changes."),
};

const RECORDED_VIEWS: readonly Table[] = [
  ...(
    [
      'event',
      'message',
      'message_template',
      'ticket_sample',
      'sla_policy',
      'sla_target',
      'calendar',
      'csat',
      'article',
      'article_view',
      'help_centre_count',
      'bot_session',
      'bot_count',
      'automation',
      'agent',
      'membership',
      'organisation',
      'link',
      'integration',
    ] as const
  ).map((name) => asOf(name)),
  asOf('sla_clock', {
    recomputed: is.bool('Worked out on the first reply of a person, since a program had stopped it.'),
  }),
  asOf('team', teamMore),
];

/** Views that hold no ticket columns; those of tickets are in ticket-views.ts. */
export const VIEWS_BESIDE_TICKETS: readonly Table[] = [
  ...RECORDED_VIEWS,
  status_span,
  owner_span,
  acknowledgement,
  fully_read,
  touch,
  reply,
  backlog_week,
  business_interval,
  customer_match,
  issue_match,
  program,
  source,
  tier_term,
  field_role,
  ticket_field,
  escalation,
  team_ticket,
  recognised,
  unread,
];
