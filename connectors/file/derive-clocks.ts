import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { durationTarget, type TicketView } from './build-ticket.ts';
import { namesEffect } from './derive-replies.ts';
import type { Mapping } from './mapping-schema.ts';
import type { Plan } from './plan.ts';
import type { SourceRow } from './source-row.ts';

type SlaClock = TelemetryRecord<'sla_clock'>;
type SlaField = NonNullable<Mapping['sla']>[number];

/** Moments of one ticket that an outcome is judged by; epoch milliseconds, null = has not happened or is not known. */
export interface TicketMoments {
  readonly created: number;
  readonly firstReply: number | null;
  /** The last entry into solved, or into closed where nothing was solved. */
  readonly resolved: number | null;
  /** The end of the ticket; null while it is under way. */
  readonly ended: number | null;
  readonly finished: boolean;
  /** End of the data, inclusive. */
  readonly until: number;
}

interface Outcome {
  readonly met: boolean | null;
  readonly fulfilled: number | null;
  readonly due: number | null;
  readonly target_s: number | null;
}

/** The outcome as the file states it. While a ticket is under way "not yet missed" is no outcome; "missed" stays so. */
function stated(sla: SlaField, met: boolean, now: TicketMoments): Outcome {
  const fulfilled = sla.metric === 'first_reply' ? now.firstReply : now.ended;
  const decided = now.finished || (sla.metric === 'first_reply' && now.firstReply !== null);
  return { met: !decided && met && sla.last_row_only !== false ? null : met, fulfilled, due: null, target_s: null };
}

/**
 * Whether the file can tell of any ticket when the moment of this entry came. An outcome that the file states needs no moment; a mapping
 * without first replies has no deadline of them. A deadline beside ends that are never dated says nothing, on finished and on open tickets.
 */
export function canJudge(plan: Plan, sla: SlaField): boolean {
  if (sla.met !== undefined || sla.metric === 'first_reply') return true;
  const named = (field: string): boolean => plan.by.get(`ticket.${field}`)?.column != null;
  if (named('solved_at') || named('closed_at') || durationTarget(plan, 'full_resolution', 'calendar') !== null)
    return true;
  return plan.mode === 'events' && (named('status') || namesEffect(plan, 'resolves', 'closes'));
}

/**
 * The outcome against a deadline: kept when the moment of the metric came by then, missed when it came later or when the deadline passed
 * while the ticket was under way; undecided before. Where the moment is not known, of a finished ticket or of a whole file, the deadline is
 * not kept either: one that passed without a fulfilment reads as missed.
 */
function against(plan: Plan, sla: SlaField, due: number, target_s: number | null, now: TicketMoments): Outcome {
  const moment = sla.metric === 'first_reply' ? now.firstReply : now.resolved;
  if (moment !== null) return { met: moment <= due, fulfilled: moment, due, target_s };
  if (now.finished || !canJudge(plan, sla)) return { met: null, fulfilled: null, due: null, target_s };
  return { met: due < now.until ? false : null, fulfilled: null, due, target_s };
}

/**
 * Service-level outcomes of one ticket, one for every entry of `sla` that its rows fill. Deadlines from a target run on the wall clock from
 * creation. In an event log the last row states the outcome; deadlines and targets are the last known ones.
 */
export function deriveClocks(
  plan: Plan,
  id: string,
  view: TicketView,
  last: SourceRow,
  moments: TicketMoments,
): SlaClock[] {
  const seen = new Map<string, number>();
  return (plan.mapping.sla ?? []).flatMap((sla, i) => {
    const outcome = outcomeOf(plan, i, view, last, moments);
    if (outcome === null) return [];
    const instance = (seen.get(sla.metric) ?? 0) + 1;
    seen.set(sla.metric, instance);
    return [
      {
        id: `${id}:${sla.metric}:${instance}`,
        ticket_id: id,
        metric: sla.metric,
        scope: 'ticket' as const,
        instance,
        policy_id: null,
        target_s: outcome.target_s,
        business_hours: null,
        started_at: new Date(moments.created),
        applied_at: null,
        breach_at: outcome.due === null ? null : new Date(outcome.due),
        fulfilled_at: outcome.fulfilled === null ? null : new Date(outcome.fulfilled),
        paused_s: null,
        voided: false,
        met: outcome.met,
      },
    ];
  });
}

function outcomeOf(plan: Plan, i: number, view: TicketView, last: SourceRow, moments: TicketMoments): Outcome | null {
  const sla = plan.mapping.sla?.[i];
  if (sla === undefined) return null;
  const met = last.values[`sla.${i}.met`];
  if (typeof met === 'boolean') return stated(sla, met, moments);
  const due = view.cell(`sla.${i}.due_at`);
  if (typeof due === 'number') return against(plan, sla, due, null, moments);
  const target = view.cell(`sla.${i}.target`);
  return typeof target === 'number' ? against(plan, sla, moments.created + target * 1000, target, moments) : null;
}
