import { formatInstant } from './calendar.ts';
import { listCustomFields } from './custom-fields.ts';
import { showStatusId } from './statuses.ts';
import { readTimeline, type StatusSpan } from './timeline.ts';
import { showId } from './vendor-json.ts';
import type { SimTicket, Status, World } from './world.ts';

/** Some changes of the system reach a ticket without touching `updated_at`: the export's own stamp is later then. */
export function stampGenerated(ticket: SimTicket, now: number): number {
  return ticket.id % 53 === 0 ? Math.min(ticket.updatedAt + 86_400 * 2, now - 120) : ticket.updatedAt;
}

/** A ticket of the incremental export. */
export function showTicket(world: World, ticket: SimTicket, url: string): Record<string, unknown> {
  const { rating } = ticket;
  return {
    url: `${url}/api/v2/tickets/${ticket.id}.json`,
    id: ticket.id,
    external_id: null,
    via: {
      channel: ticket.channel,
      source: {
        from: ticket.followUpOf === null ? {} : { ticket_id: ticket.followUpOf },
        to: {},
        rel: ticket.followUpOf === null ? null : 'follow_up',
      },
    },
    created_at: formatInstant(ticket.createdAt),
    updated_at: formatInstant(ticket.updatedAt),
    generated_timestamp: stampGenerated(ticket, world.now),
    type: ticket.type,
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: describe(ticket),
    priority: ticket.priority,
    status: ticket.status,
    recipient:
      ticket.channel === 'email' ? `${world.words.mailboxes.desk}@${world.practices.account.subdomain}.example` : null,
    requester_id: showId(ticket.requester.id),
    submitter_id: showId(ticket.submitter.id),
    assignee_id: ticket.assignee === null ? null : showId(ticket.assignee.user.id),
    organization_id: ticket.requester.organisation?.id ?? null,
    group_id: ticket.group?.id ?? null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    forum_topic_id: null,
    problem_id: ticket.problem?.id ?? null,
    has_incidents: ticket.incidents.length > 0,
    is_public: true,
    due_at: null,
    tags: [...ticket.tags],
    custom_fields: listCustomFields(world).map(({ id, type }) => ({
      id,
      value: type === 'checkbox' ? ticket.fields.get(id) === '1' : (ticket.fields.get(id) ?? null),
    })),
    satisfaction_rating:
      rating === null
        ? { score: 'unoffered' }
        : { score: rating.score, id: rating.id, ...(rating.comment === null ? {} : { comment: rating.comment }) },
    sharing_agreement_ids: [],
    custom_status_id: showStatusId(ticket.status, ticket.escalatedStatus),
    followup_ids: [],
    ticket_form_id: ticket.formId,
    brand_id: world.brandId,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: ticket.channel === 'native_messaging',
    ...(ticket.followUpOf === null ? {} : { via_followup_source_id: ticket.followUpOf }),
  };
}

function describe(ticket: SimTicket): string {
  const comment = ticket.audits[0]?.events.find((event) => event.kind === 'comment');
  return comment?.kind === 'comment' ? comment.text : '';
}

/** Totals that the vendor keeps beside each ticket, all derived from its log. */
export function showMetricSet(world: World, ticket: SimTicket, url: string): Record<string, unknown> {
  const timeline = readTimeline(ticket, world.now);
  const until = (at: number | null | undefined): { calendar: number | null; business: number | null } =>
    at === null || at === undefined
      ? { calendar: null, business: null }
      : {
          calendar: Math.floor((at - ticket.createdAt) / 60),
          business: Math.floor(world.calendar.openBetween(ticket.createdAt, at) / 60),
        };
  const within = (statuses: readonly Status[]): { calendar: number; business: number } => {
    const spans = timeline.spans.filter((span) => statuses.includes(span.status));
    const sum = (measure: (span: StatusSpan) => number): number =>
      Math.floor(spans.reduce((total, span) => total + measure(span), 0) / 60);
    return {
      calendar: sum((span) => span.to - span.from),
      business: sum((span) => world.calendar.openBetween(span.from, span.to)),
    };
  };
  const instant = (at: number | null | undefined): string | null =>
    at === null || at === undefined ? null : formatInstant(at);
  const done = ticket.status === 'solved' || ticket.status === 'closed';
  const firstReply = timeline.repliesAt[0];
  const lastSolve = timeline.solvedAt.at(-1) ?? timeline.closedAt;
  return {
    url: `${url}/api/v2/ticket_metrics/${metricSetId(ticket)}.json`,
    id: metricSetId(ticket),
    ticket_id: ticket.id,
    created_at: formatInstant(ticket.createdAt),
    updated_at: formatInstant(ticket.updatedAt),
    group_stations: timeline.groupStations,
    assignee_stations: timeline.assigneeStations,
    reopens: timeline.reopens,
    replies: timeline.repliesAt.length,
    assignee_updated_at: instant(timeline.assignedAt.at(-1)),
    requester_updated_at: instant(timeline.requesterAt ?? ticket.createdAt),
    status_updated_at: instant(timeline.statusAt),
    custom_status_updated_at: instant(timeline.statusAt),
    initially_assigned_at: instant(timeline.assignedAt[0]),
    assigned_at: instant(timeline.assignedAt.at(-1)),
    solved_at: done ? instant(lastSolve) : null,
    latest_comment_added_at: instant(timeline.commentedAt),
    reply_time_in_minutes: until(firstReply),
    reply_time_in_seconds: { calendar: firstReply === undefined ? null : firstReply - ticket.createdAt },
    first_resolution_time_in_minutes: until(timeline.solvedAt[0] ?? timeline.closedAt),
    full_resolution_time_in_minutes: until(done ? lastSolve : null),
    agent_wait_time_in_minutes: within(['pending']),
    requester_wait_time_in_minutes: within(['new', 'open', 'hold']),
    on_hold_time_in_minutes: within(['hold']),
  };
}

function metricSetId(ticket: SimTicket): number {
  return 360_800_000_003 + ticket.id * 3;
}
