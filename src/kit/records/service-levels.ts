import type { SLA_METRICS, TelemetryRecord } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import { conditionFacts, type Understood } from '../rule-terms.ts';

type Policy = TelemetryRecord<'sla_policy'>;
type Target = TelemetryRecord<'sla_target'>;
type Clock = TelemetryRecord<'sla_clock'>;
export type SlaMetric = (typeof SLA_METRICS)[number];

/** A promise of a policy. */
interface TargetFacts {
  readonly metric: SlaMetric;
  /** Priority that it is for; null = any. */
  readonly rank: number | null;
  /** Null and 0 = nothing is promised. */
  readonly seconds: number | null;
  readonly businessHours: boolean;
}

type PolicyFacts = Pick<Policy, 'id' | 'active' | 'is_default'> &
  Partial<Pick<Policy, 'scope' | 'tier' | 'calendar_id' | 'position' | 'updated_at'>> & {
    /** Null = the source shows no conditions. */
    readonly conditions: readonly Understood[] | null;
    readonly targets: readonly TargetFacts[];
  };

/** A policy and its targets. */
export function toPolicy({ conditions, targets, ...facts }: PolicyFacts): {
  readonly sla_policy: [Policy];
  readonly sla_target: Target[];
} {
  return {
    sla_policy: [{ ...blank('sla_policy'), scope: 'ticket', ...conditionFacts(conditions), ...facts }],
    sla_target: targets.flatMap(({ metric, rank, seconds, businessHours }): Target[] =>
      seconds === null || seconds <= 0
        ? []
        : [
            {
              policy_id: facts.id,
              metric,
              priority_key: rank === null ? 'any' : String(rank),
              target_s: Math.round(seconds),
              business_hours: businessHours,
            },
          ],
    ),
  };
}

type ClockFacts = Pick<Clock, 'ticket_id' | 'metric'> &
  Partial<Omit<Clock, 'met'>> & {
    /** What the vendor says of the outcome: true = missed. Null = it says nothing. */
    readonly missed: boolean | null;
  };

/**
 * One run of a target. The vendor's word goes before the times: missed where it says so, met where it says no and the run has ended. Where it says
 * nothing, a run that has ended was met when it ended by its due time. One that goes on and is not missed is undecided.
 */
export function toClock({ missed, ...facts }: ClockFacts): Clock {
  const { instance = 1, breach_at: due = null, fulfilled_at: done = null } = facts;
  const kept = missed === false ? true : due === null || done === null ? null : done <= due;
  return {
    ...blank('sla_clock'),
    id: `${facts.ticket_id}:${facts.metric}:${instance}`,
    scope: 'ticket',
    instance,
    voided: false,
    ...facts,
    met: missed === true ? false : done === null ? null : kept,
  };
}
