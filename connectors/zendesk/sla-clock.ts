import { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { compareIds } from './attribute.ts';
import type { MetricEvent } from './schema-events.ts';
import { METRICS } from './words.ts';

type Clock = TelemetryRecord<'sla_clock'>;

/** One step of a clock as it is carried between pages: [id, unix second, kind, target seconds, business hours, policy]. */
export const ClockStep = z.tuple([
  z.string(),
  z.int(),
  z.enum(['a', 'p', 'f', 's', 'b', 'x']),
  z.number().nullable(),
  z.boolean().nullable(),
  z.string().nullable(),
]);
export type ClockStep = z.infer<typeof ClockStep>;

const KINDS: Readonly<Record<string, ClockStep[2]>> = {
  activate: 'a',
  pause: 'p',
  fulfill: 'f',
  apply_sla: 's',
  apply_group_sla: 's',
  breach: 'b',
};

interface ClockKey {
  readonly ticketId: string;
  readonly metric: string;
  readonly instance: number;
  readonly scope: 'ticket' | 'group';
}

/** Which run of which clock an event belongs to, as one text; null for events that are no step of a clock (measure, update_status). */
export function clockKeyOf(event: MetricEvent): string | null {
  if (KINDS[event.type] === undefined || event.instance_id < 1) return null;
  if (event.metric !== 'reply_time' && METRICS[event.metric] === undefined) return null;
  const group = event.type === 'apply_group_sla' || event.metric === 'group_ownership_time' || event.group_sla != null;
  return [event.ticket_id, event.metric, event.instance_id, group ? 'group' : 'ticket'].join(':');
}

export function readClockKey(key: string): ClockKey {
  const [ticketId = '', metric = '', instance = '', scope = ''] = key.split(':');
  return { ticketId, metric, instance: Number(instance), scope: scope === 'group' ? 'group' : 'ticket' };
}

export function toStep(event: MetricEvent): ClockStep {
  const kind = event.type === 'breach' && event.deleted === true ? 'x' : (KINDS[event.type] ?? 'a');
  const sla = event.sla ?? event.group_sla ?? null;
  const target = sla?.target_in_seconds ?? (typeof sla?.target === 'number' ? sla.target * 60 : null);
  return [
    event.id,
    Math.floor(event.time.getTime() / 1000),
    kind,
    target,
    sla?.business_hours ?? null,
    sla?.policy?.id ?? null,
  ];
}

/** Adds a step; a step of the same id is replaced, which is how the vendor withdraws a breach. */
export function addStep(steps: readonly ClockStep[], step: ClockStep): ClockStep[] {
  const others = steps.filter(([id]) => id !== step[0]);
  return [...others, step].sort((a, b) => a[1] - b[1] || compareIds(a[0], b[0]));
}

const NOTHING = {
  started: null as number | null,
  pausedAt: null as number | null,
  pausedS: 0,
  applied: null as number | null,
  target: null as number | null,
  business: null as boolean | null,
  policy: null as string | null,
  breach: null as number | null,
  fulfilled: null as number | null,
};
type Fold = typeof NOTHING;

/** The run has ended and did not begin again. */
export function isSettled(steps: readonly ClockStep[]): boolean {
  return foldSteps(steps).fulfilled !== null;
}

/**
 * One clock from all its steps, whatever order they arrived in; null while no target was ever set on it (then it is no promise).
 * `target_s` is the target in force when the run ended or its target ran out, as the clock itself was told: never that of today's policy.
 * Instants UTC; `paused_s` wall clock. `breach_at` is the vendor's breach, else start + target + pauses for wall-clock targets; in
 * business hours a breach that did not happen has no instant here. `met` is null while the clock runs unbreached.
 */
export function foldClock(key: string, steps: readonly ClockStep[]): Clock | null {
  const fold = foldSteps(steps);
  if (fold.applied === null && fold.breach === null && !steps.some(([, , kind]) => kind === 'x')) return null;
  const { ticketId, metric, instance, scope } = readClockKey(key);
  const canonical = metric === 'reply_time' ? (instance === 1 ? 'first_reply' : 'next_reply') : METRICS[metric];
  if (canonical === undefined) return null;
  const inTime = fold.fulfilled !== null && (fold.breach === null || fold.breach > fold.fulfilled);
  const due = dueAt(fold);
  return {
    id: key,
    ticket_id: ticketId,
    metric: canonical,
    scope,
    instance,
    policy_id: fold.policy,
    target_s: fold.target === null ? null : Math.round(fold.target),
    business_hours: fold.business,
    started_at: instant(fold.started),
    applied_at: instant(fold.applied),
    breach_at: instant(fold.breach ?? due),
    fulfilled_at: instant(fold.fulfilled),
    paused_s: fold.started === null ? null : fold.pausedS,
    voided: fold.target === null && fold.breach === null,
    met: inTime ? true : fold.breach !== null ? false : null,
  };
}

function foldSteps(steps: readonly ClockStep[]): Fold {
  const fold: Fold = { ...NOTHING };
  for (const [, at, kind, target, business, policy] of steps) {
    if (kind === 'a' || kind === 'f') move(fold, at, kind === 'f');
    else if (kind === 'p') fold.pausedAt ??= fold.started === null ? null : at;
    else if (kind === 'b') fold.breach = fold.breach === null ? at : Math.min(fold.breach, at);
    else if (kind === 's') {
      fold.applied ??= at;
      if (!takesTarget(fold)) continue;
      fold.target = target;
      fold.business = business;
      fold.policy = policy;
    }
  }
  return fold;
}

/** Not where the run is over, or its target ran out and stands: what was promised then is not changed by a later edit of the policy. */
function takesTarget(fold: Fold): boolean {
  return fold.fulfilled === null && (fold.breach === null || fold.target === null);
}

/** A run begins or goes on, or it ends: either ends its pause. One that goes on after it ended had not ended. */
function move(fold: Fold, at: number, isEnd: boolean): void {
  if (!isEnd) fold.started ??= at;
  fold.fulfilled = isEnd ? at : null;
  if (fold.pausedAt === null) return;
  fold.pausedS += at - fold.pausedAt;
  fold.pausedAt = null;
}

function dueAt(fold: Fold): number | null {
  if (fold.started === null || fold.target === null || fold.business !== false || fold.pausedAt !== null) return null;
  return fold.started + Math.round(fold.target) + fold.pausedS;
}

function instant(second: number | null): Date | null {
  return second === null ? null : new Date(second * 1000);
}
