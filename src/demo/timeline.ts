import type { SimAudit, SimTicket, Status } from './world.ts';

export interface StatusSpan {
  readonly status: Status;
  readonly from: number;
  /** End of the stay; the simulated now when it still lasts. */
  readonly to: number;
}

/** One ticket's life, read from its log alone: every figure that the vendor reports is derived from this. */
export interface Timeline {
  readonly spans: readonly StatusSpan[];
  readonly solvedAt: readonly number[];
  readonly closedAt: number | null;
  readonly reopens: number;
  /** Public comments by staff after the opening one. */
  readonly repliesAt: readonly number[];
  /** Public comments by the requester's side, the opening one included when it is theirs. */
  readonly customerAt: readonly number[];
  readonly commentedAt: number | null;
  readonly requesterAt: number | null;
  readonly assignedAt: readonly number[];
  readonly statusAt: number;
  readonly groupStations: number;
  readonly assigneeStations: number;
  readonly prioritySteps: readonly { readonly at: number; readonly priority: string }[];
  readonly groupSteps: readonly { readonly at: number; readonly group: string }[];
}

interface Step<T> {
  readonly at: number;
  readonly value: T;
}

export function readTimeline(ticket: SimTicket, now: number): Timeline {
  const comments = listComments(ticket);
  const open = comments.filter((comment) => comment.public);
  const statuses = listValues(ticket, 'status').filter((step) => step.changed) as (Step<Status> & { changed: true })[];
  const groupSteps = listValues(ticket, 'group_id').map((step) => ({ at: step.at, group: step.value }));
  const assignedAt = listValues(ticket, 'assignee_id').map((step) => step.at);
  const born = listValues(ticket, 'status').find((step) => !step.changed)?.value ?? 'new';
  const entries = [{ at: ticket.createdAt, value: born as Status }, ...statuses];
  const spans = entries.map((entry, index) => ({
    status: entry.value,
    from: entry.at,
    to: entries[index + 1]?.at ?? now,
  }));
  return {
    spans,
    solvedAt: statuses.filter((step) => step.value === 'solved').map((step) => step.at),
    closedAt: statuses.find((step) => step.value === 'closed')?.at ?? null,
    reopens: spans.filter((span, index) => span.status === 'solved' && isUnsolved(spans[index + 1]?.status)).length,
    repliesAt: open.filter((comment) => comment.byStaff && !comment.opening).map((comment) => comment.at),
    customerAt: open.filter((comment) => !comment.byStaff).map((comment) => comment.at),
    commentedAt: comments.at(-1)?.at ?? null,
    requesterAt: findLast(ticket.audits, (audit) => audit.author === ticket.requester)?.at ?? null,
    assignedAt,
    statusAt: spans.at(-1)?.from ?? ticket.createdAt,
    groupStations: groupSteps.length,
    assigneeStations: assignedAt.length,
    prioritySteps: listValues(ticket, 'priority').map((step) => ({ at: step.at, priority: step.value })),
    groupSteps,
  };
}

function isUnsolved(status: Status | undefined): boolean {
  return status === 'new' || status === 'open' || status === 'pending' || status === 'hold';
}

function listComments(ticket: SimTicket): { at: number; public: boolean; byStaff: boolean; opening: boolean }[] {
  return ticket.audits.flatMap((audit, index) =>
    audit.events.flatMap((event) =>
      event.kind === 'comment'
        ? [
            {
              at: audit.at,
              public: event.public,
              byStaff: event.author.role !== 'end-user',
              opening: index === 0,
            },
          ]
        : [],
    ),
  );
}

/** Values that a field took, at creation and later; emptied values are left out. */
function listValues(ticket: SimTicket, field: string): (Step<string> & { changed: boolean })[] {
  return ticket.audits.flatMap((audit) =>
    audit.events.flatMap((event) => {
      if ((event.kind !== 'change' && event.kind !== 'create') || event.field !== field) return [];
      const value = event.kind === 'change' ? event.to : event.value;
      return typeof value === 'string' ? [{ at: audit.at, value, changed: event.kind === 'change' }] : [];
    }),
  );
}

function findLast(audits: readonly SimAudit[], test: (audit: SimAudit) => boolean): SimAudit | undefined {
  for (let index = audits.length - 1; index >= 0; index--) {
    const audit = audits[index];
    if (audit !== undefined && test(audit)) return audit;
  }
  return undefined;
}
