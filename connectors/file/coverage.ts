import type { StreamName } from '../../src/domain/observability.ts';
import { canJudge } from './derive-clocks.ts';
import { tellsOffers } from './derive-csat.ts';
import { namesEffect } from './derive-replies.ts';
import { isStateOfNow } from './derive-status.ts';
import { trackedFields } from './derive-ticket.ts';
import type { Plan } from './plan.ts';

/** Columns of `ticket` that each mapped field fills. */
const TICKET_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'vendor_status'],
  priority: ['priority_rank', 'vendor_priority'],
  channel: ['channel', 'vendor_channel'],
  group: ['group_id'],
  assignee: ['assignee_id'],
  requester: ['requester_key'],
  organisation: ['organisation_id'],
  problem: ['problem_id'],
  solved_at: ['reported_solved_at'],
  closed_at: ['reported_closed_at'],
  first_reply_at: ['reported_first_reply_at', 'reported_first_reply_calendar_s'],
  reopens: ['reported_reopens'],
  reassignments: ['reported_reassignments'],
  replies: ['reported_replies'],
  filled: ['filled_fields'],
};

/** Columns of `ticket` that a duration or an activity fills. */
function reportedColumns(plan: Plan): string[] {
  const columns = (plan.mapping.durations ?? []).map((one) =>
    one.measure.startsWith('waiting') ? `reported_${one.measure}_s` : `reported_${one.measure}_${one.clock}_s`,
  );
  if (namesEffect(plan, 'first_reply', 'reply'))
    columns.push('reported_first_reply_at', 'reported_first_reply_calendar_s');
  if (namesEffect(plan, 'reply')) columns.push('reported_replies');
  return columns;
}

const ABSENT: Readonly<Record<Exclude<StreamName, 'tickets'>, string>> = {
  events: 'The file has one row a ticket: changes over time are not in it. Import the audit or event log instead.',
  messages:
    'The file has no messages: first replies, touches and promises cannot be seen. Connect the helpdesk itself.',
  sla_policies: 'The file has no service-level policies. Connect the helpdesk itself.',
  sla_clocks: 'The file has no service-level outcome, or the mapping does not name it under `sla`.',
  calendars: 'The file has no business hours: only wall-clock durations can be told.',
  csat: 'The file has no satisfaction surveys.',
  articles: 'The file has no knowledge articles.',
  article_views: 'The file has no help-centre traffic.',
  bot_sessions: 'The file has no bot conversations.',
  automations: 'The file has no desk configuration.',
  agents: 'The file has no directory of agents and teams.',
  organisations: 'The file has no directory of customer organisations.',
  links: 'The file has no links to other records, or the mapping does not name them under `links`.',
  integrations: 'The file does not tell which tools are connected.',
};

type Choice =
  | { readonly constant: string }
  | { readonly values: Readonly<Record<string, string | null>>; readonly default?: string | null | undefined };

/** Canonical words that a mapped column can give: a word that the mapping does not name is never recorded. */
function wordsOf(column: string, choice: Choice | undefined): string[] {
  if (choice === undefined) return [];
  const words = 'constant' in choice ? [choice.constant] : [...Object.values(choice.values), choice.default ?? null];
  return [...new Set(words)].filter((word) => word !== null).map((word) => `${column}:${word}`);
}

/** Columns of `ticket` that a mapping fills; a field that the mapping does not name is not there. */
function ticketColumns(plan: Plan): string[] {
  const fields = new Set<string>(['id', 'created_at']);
  for (const field of Object.keys(plan.mapping.ticket))
    for (const column of TICKET_COLUMNS[field] ?? [field]) fields.add(column);
  for (const column of reportedColumns(plan)) fields.add(column);
  for (const word of wordsOf('created_by', plan.mapping.ticket.created_by)) fields.add(word);
  if (plan.mode === 'events') fields.add('updated_at');
  return [...fields].sort();
}

/** Event kinds that rows of an event log can show; `actor`, and with it `touch`, when the mapping says who acted: every row is an action. */
function eventFields(plan: Plan): string[] {
  const kinds = new Set<string>(trackedFields(plan).map((one) => one.kind));
  const milestone = ['solved_at', 'closed_at'].some((field) => plan.by.get(`ticket.${field}`)?.backFilled === true);
  const shown = plan.by.get('ticket.status')?.column != null && !isStateOfNow(plan);
  if (shown || milestone || namesEffect(plan, 'resolves', 'closes')) kinds.add('status');
  if (plan.mapping.waiting !== undefined) kinds.add('field');
  if (plan.mapping.events?.actor !== undefined) kinds.add('actor').add('touch');
  for (const word of wordsOf('actor', plan.mapping.events?.actor)) kinds.add(word);
  return [...kinds].sort();
}

function clockFields(plan: Plan): string[] {
  const sla = plan.mapping.sla ?? [];
  const judged = sla.filter((one) => canJudge(plan, one));
  const fields = ['metric', 'started_at'];
  if (judged.length > 0) fields.push('fulfilled_at', 'met');
  if (judged.some((one) => one.met === undefined)) fields.push('breach_at');
  if (sla.some((one) => one.target !== undefined)) fields.push('target_s');
  return fields.sort();
}

/** Instants of a survey that the file does not date are filled with the ticket's end: they count rows, and are not recorded fields. */
function csatFields(plan: Plan): string[] {
  const fields = ['scale', 'score'];
  if (plan.mapping.satisfaction?.answered_at !== undefined) fields.push('answered_at');
  if (tellsOffers(plan)) fields.push('offered_at');
  return fields.sort();
}

/**
 * What a mapped file shows of each evidence stream, and why not of the others. A stream is never inferred from its rows, with one
 * exception: a file without a single open ticket (`openTickets` 0) is an export of closed work and does not show `tickets.open_tickets`.
 */
export function coverStreams(
  plan: Plan,
  openTickets: number,
): {
  provides: Partial<Record<StreamName, readonly string[]>>;
  absent: Partial<Record<StreamName, string>>;
  timeZone: string | null;
} {
  const provides: Partial<Record<StreamName, readonly string[]>> = {
    tickets: openTickets > 0 ? [...ticketColumns(plan), 'open_tickets'].sort() : ticketColumns(plan),
  };
  if (plan.mode === 'events') provides.events = eventFields(plan);
  if ((plan.mapping.sla ?? []).length > 0) provides.sla_clocks = clockFields(plan);
  if (plan.mapping.satisfaction !== undefined) provides.csat = csatFields(plan);
  const linked = [...new Set((plan.mapping.links ?? []).map((link) => `kind:${link.kind}`))].sort();
  if (linked.length > 0)
    provides.links = ['kind', ...linked, ...(plan.mode === 'events' ? ['linked_at'] : []), 'target_key'];
  const absent: Partial<Record<StreamName, string>> = {};
  for (const [stream, why] of Object.entries(ABSENT) as [StreamName, string][])
    if (provides[stream] === undefined) absent[stream] = why;
  return { provides, absent, timeZone: plan.mapping.time_zone ?? null };
}
