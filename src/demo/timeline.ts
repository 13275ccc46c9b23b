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

export function readTimeline(ticket: SimTicket, now: number): Timeline {
  const spans: StatusSpan[] = [];
  const solvedAt: number[] = [];
  const repliesAt: number[] = [];
  const customerAt: number[] = [];
  const assignedAt: number[] = [];
  const prioritySteps: { at: number; priority: string }[] = [];
  const groupSteps: { at: number; group: string }[] = [];
  let status: Status = 'new';
  let since = ticket.createdAt;
  let reopens = 0;
  let closedAt: number | null = null;
  let commentedAt: number | null = null;
  for (const [index, audit] of ticket.audits.entries()) {
    for (const event of audit.events) {
      if (event.kind === 'comment') {
        commentedAt = audit.at;
        if (!event.public) continue;
        if (event.author.role === 'end-user') customerAt.push(audit.at);
        else if (index > 0) repliesAt.push(audit.at);
      } else if (event.kind === 'change' || event.kind === 'create') {
        const value = event.kind === 'change' ? event.to : event.value;
        if (typeof value !== 'string') continue;
        if (event.field === 'priority') prioritySteps.push({ at: audit.at, priority: value });
        else if (event.field === 'group_id') groupSteps.push({ at: audit.at, group: value });
        else if (event.field === 'assignee_id') assignedAt.push(audit.at);
        else if (event.field === 'status' && event.kind === 'change') {
          spans.push({ status, from: since, to: audit.at });
          if (status === 'solved' && value !== 'closed' && value !== 'deleted') reopens++;
          status = value as Status;
          since = audit.at;
          if (status === 'solved') solvedAt.push(audit.at);
          if (status === 'closed') closedAt = audit.at;
        }
      }
    }
  }
  spans.push({ status, from: since, to: now });
  return {
    spans,
    solvedAt,
    closedAt,
    reopens,
    repliesAt,
    customerAt,
    commentedAt,
    requesterAt: findLast(ticket.audits, (audit) => audit.author === ticket.requester)?.at ?? null,
    assignedAt,
    statusAt: since,
    groupStations: groupSteps.length,
    assigneeStations: assignedAt.length,
    prioritySteps,
    groupSteps,
  };
}

function findLast(audits: readonly SimAudit[], test: (audit: SimAudit) => boolean): SimAudit | undefined {
  for (let index = audits.length - 1; index >= 0; index--) {
    const audit = audits[index];
    if (audit !== undefined && test(audit)) return audit;
  }
  return undefined;
}
