import type { Mapped } from '../../src/kit/feed/feed.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toPolicy as policyRecords, type SlaMetric } from '../../src/kit/records/service-levels.ts';
import { valuesOf } from '../../src/kit/rule-terms.ts';
import { readCondition, tierTag } from './condition-terms.ts';
import type { Desk } from './field-terms.ts';
import { isUntouched } from './map-rules.ts';
import { type Condition, PolicyMetric, type SlaPolicy } from './schema-config.ts';
import { METRICS, priorityRank } from './words.ts';

/**
 * Policy and targets. The vendor counts ticket targets in minutes and group targets in seconds (its own example: one hour is 3600).
 * A policy has no calendar of its own: it runs on the ticket's schedule.
 */
export function toPolicy(source: SlaPolicy, scope: 'ticket' | 'group', desk: Desk): Mapped {
  const nameOf = (_item: unknown, i: number) => `${source.id}/${i}`;
  const { kept, rejected } = parseEach(PolicyMetric, source.policy_metrics, 'sla-policies', nameOf);
  const targets = kept.flatMap((target) => {
    const metric = metricOf(target.metric);
    const seconds =
      target.target_in_seconds ?? (target.target === null ? null : target.target * (scope === 'group' ? 1 : 60));
    const rank = priorityRank(target.priority);
    return metric === null ? [] : [{ metric, rank, seconds, businessHours: target.business_hours ?? false }];
  });
  const records = policyRecords({
    id: source.id,
    active: targets.some(({ seconds }) => seconds !== null && seconds > 0),
    scope,
    is_default: source.filter.length === 0 && isUntouched(source),
    conditions: source.filter.flatMap((one) => readCondition(one, desk)),
    tier: tierOf(source.filter, desk),
    position: source.position === null ? null : Math.round(source.position),
    updated_at: source.updated_at ?? source.created_at,
    targets,
  });
  return { ...records, rejected };
}

function metricOf(word: string): SlaMetric | null {
  if (word === 'first_reply_time') return 'first_reply';
  if (word === 'next_reply_time') return 'next_reply';
  return METRICS[word] ?? null;
}

/** The first tier that conditions select, by a tag or by a field. */
function tierOf(conditions: readonly Condition[], desk: Desk): string | null {
  const tiers = conditions.flatMap((condition) => {
    const looks = readCondition(condition, desk).some(({ word }) => word === 'tier');
    return tierTag(condition, desk) ?? (looks ? valuesOf(condition.value).slice(0, 1) : []);
  });
  return tiers[0] ?? null;
}
