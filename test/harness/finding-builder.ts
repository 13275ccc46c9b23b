import type { LevelAnswer } from '../../src/domain/assessment.ts';
import type { Finding } from '../../src/domain/finding.ts';

export const AS_OF = new Date('2026-09-30T00:00:00Z');
const DAY_MS = 86_400_000;

export function daysBefore(days: number, from: Date = AS_OF): Date {
  return new Date(from.getTime() - days * DAY_MS);
}

/** A measured finding whose window closed `ageDays` before AS_OF. */
export function measured(
  signal: string,
  q2: number | null,
  q3: number | null,
  over: { ageDays?: number; asOf?: Date } = {},
): Finding {
  const to = daysBefore(over.ageDays ?? 0, over.asOf);
  return {
    signal,
    version: 1,
    status: 'measured',
    reason: null,
    detail: null,
    estimate: q2,
    unit: 'share',
    n: 100,
    n_effective: 80,
    interval: [0.1, 0.9],
    pass: { q2, q3 },
    window: { from: daysBefore(90, to).toISOString(), to: to.toISOString() },
    excluded: {},
    extra: {},
    sample: [],
    carried_from: null,
  };
}

/** A finding that says why there is none. */
export function unmeasured(
  signal: string,
  status: Exclude<Finding['status'], 'measured'> = 'not_observable',
  reason: string = 'stream',
): Finding {
  return { ...measured(signal, null, null), status, reason, estimate: null, n: 0, interval: null, pass: null };
}

export function answer(criterion: string, value: LevelAnswer['value'], over: Partial<LevelAnswer> = {}): LevelAnswer {
  return {
    model: 'six-stage',
    criterion,
    respondent: 'r1',
    role: 'support_lead',
    value,
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: AS_OF,
    expires_at: daysBefore(-365),
    ...over,
  };
}
