import { z } from 'zod';
import type { Message } from '../../src/domain/telemetry.ts';
import { compareIds, type Step, viaOf } from './attribute.ts';
import type { Directory } from './directory.ts';
import type { Context } from './pages.ts';
import { type ChildEvent, shownTo } from './schema-events.ts';
import { countersOf } from './ticket-counters.ts';
import { wayOf } from './words.ts';

const EVIDENCE = ['owned', 'note', 'changed', 'listed', 'counter'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** What the recognition carries from sync to sync: former agents with what told them, and everybody who was ever listed as an agent. */
export const FormerState = {
  former: z.record(z.string(), z.array(z.enum(EVIDENCE))).optional(),
  staff: z.array(z.string()).optional(),
};

/** Fields that only people of the desk can change on a ticket that exists. */
const STAFF_FIELDS = new Set([
  'assignee_id',
  'group_id',
  'priority',
  'type',
  'ticket_type_id',
  'problem_id',
  'ticket_form_id',
]);
/** Updates by people who may still turn out to be former agents; the oldest are let go. */
const MOST_KEPT = 20_000;

/**
 * Recognises people of the desk who are no longer in its list of agents, from what only they can have done: they owned a ticket, wrote an
 * internal note, changed a field that customers cannot, were in the list before, or the vendor counts their comments as replies.
 * Nobody is recognised where agents cannot be listed. A private comment that came by mail is no note: the vendor hides mail of strangers so.
 */
export function createFormerAgents(
  directory: Directory,
  context: Context,
  before: { former?: Record<string, Evidence[]> | undefined; staff?: string[] | undefined },
) {
  const { agents, machines } = directory;
  const former = new Map<string, Set<Evidence>>(
    Object.entries(before.former ?? {}).map(([id, by]) => [id, new Set(by)] as const),
  );
  const staff = new Set([...(before.staff ?? []), ...(agents?.keys() ?? [])]);
  const kept: Step[] = [];
  const opened = new Map<string, string | null>();
  const replies = new Map<string, number>();
  const counters = countersOf(context.http);
  const isStranger = (id: string | null): id is string =>
    id !== null && agents !== null && !agents.has(id) && !machines.has(id);
  for (const id of before.staff ?? []) if (isStranger(id)) tell(former, id, 'listed');

  const take = (known: ReadonlySet<string>): Step[] => {
    const again = kept.filter((step) => authorsOf(step).some((id) => former.has(id) && !known.has(id)));
    for (const step of again) kept.splice(kept.indexOf(step), 1);
    return again;
  };
  const weigh = (step: Step): void => {
    for (const child of step.children)
      for (const [id, by] of evidenceOf(child, step)) if (isStranger(id)) tell(former, id, by);
  };
  /** Whether an update may turn out to be by one of them: not by the customer whose ticket it is. */
  const isDoubtful = (step: Step): boolean => {
    const { ticketId } = step.update;
    const own = counters.get(ticketId)?.requester ?? opened.get(ticketId) ?? null;
    return !step.opening && authorsOf(step).some((id) => isStranger(id) && !former.has(id) && id !== own);
  };
  /** The one stranger without whose comments the vendor's own count of replies does not come out; null where there is no such one. */
  const counted = (ticket: string, steps: readonly Step[]): string | null => {
    const count = counters.get(ticket)?.replies ?? 0;
    const [only, ...more] = new Set(steps.flatMap(authorsOf).filter(isStranger));
    if (only === undefined || more.length > 0 || count === 0 || !opened.has(ticket)) return null;
    return (replies.get(ticket) ?? 0) + steps.length === count ? only : null;
  };

  return {
    /** Looks at a page before it is mapped; gives earlier updates that have to be mapped anew, since their author turned out to be one. */
    look(steps: readonly Step[]): Step[] {
      if (agents === null) return [];
      const known = new Set(former.keys());
      for (const step of steps) {
        if (step.opening) opened.set(step.update.ticketId, step.update.updaterId);
        weigh(step);
      }
      const again = take(known);
      for (const step of steps) if (isDoubtful(step)) kept.push(step);
      if (kept.length > MOST_KEPT) kept.splice(0, kept.length - MOST_KEPT);
      return again;
    },
    /** Takes note of mapped messages, for the comparison with the vendor's own counter. */
    note(messages: readonly Message[]) {
      for (const message of messages)
        if (message.author === 'agent' && message.public && message.seq !== 0)
          replies.set(message.ticket_id, (replies.get(message.ticket_id) ?? 0) + 1);
    },
    /** At the end of the log: people whose comments the vendor itself counts as replies. Gives updates to map anew. */
    close(): Step[] {
      const known = new Set(former.keys());
      const byTicket = new Map<string, Step[]>();
      for (const step of kept.filter(hasPublicComment))
        byTicket.set(step.update.ticketId, [...(byTicket.get(step.update.ticketId) ?? []), step]);
      for (const [ticket, steps] of byTicket) {
        const only = counted(ticket, steps);
        if (only !== null) tell(former, only, 'counter');
      }
      return take(known);
    },
    ids: () => [...former.keys()],
    state: () => ({
      former: Object.fromEntries(
        [...former].sort(([a], [b]) => compareIds(a, b)).map(([id, by]) => [id, EVIDENCE.filter((one) => by.has(one))]),
      ),
      staff: [...staff].sort(compareIds),
    }),
  };
}

function tell(former: Map<string, Set<Evidence>>, id: string, by: Evidence): void {
  former.set(id, (former.get(id) ?? new Set()).add(by));
}

function authorsOf(step: Step): string[] {
  const ids = [step.update.updaterId, ...step.children.map((child) => child.author_id)];
  return [...new Set(ids.filter((id) => id !== null))];
}

function isComment(child: ChildEvent): boolean {
  return child.kind === 'Comment' || child.comment_present === true;
}

function hasPublicComment(step: Step): boolean {
  return step.children.some((child) => isComment(child) && shownTo(child) === true);
}

/** Who is shown to belong to the desk by one part of an update. */
function evidenceOf(child: ChildEvent, step: Step): [string | null, Evidence][] {
  const { changes } = child;
  const found: [string | null, Evidence][] = changes
    .filter(({ field }) => field === 'assignee_id')
    .flatMap(({ from, to }) => [from, to].map((id): [string | null, Evidence] => [userId(id), 'owned']));
  const { word, isRule, isSystem, isApi } = wayOf(viaOf(child, step));
  if (isRule || isSystem) return found;
  const author = child.author_id ?? step.update.updaterId;
  const hidden = isComment(child) && shownTo(child) === false;
  if (hidden && !isApi && !/^e?mail$/.test(word)) found.push([author, 'note']);
  const byHand = !step.opening && !isApi;
  if (byHand && changes.some(({ field, initial }) => !initial && STAFF_FIELDS.has(field)))
    found.push([step.update.updaterId, 'changed']);
  return found;
}

function userId(value: unknown): string | null {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^[1-9]\d*$/.test(text) ? text : null;
}
