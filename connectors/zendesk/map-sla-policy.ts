import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { conditionTerms } from './condition-terms.ts';
import type { Directory } from './directory.ts';
import { conditionWords, tierTag } from './map-rules.ts';
import type { EarlyContext } from './pages.ts';
import { type Condition, PolicyMetric, type SlaPolicy } from './schema-config.ts';
import type { Settings } from './settings.ts';
import { METRICS, priorityRank } from './words.ts';

type Target = TelemetryRecord<'sla_target'>;

export interface MappedPolicy {
  readonly policy: TelemetryRecord<'sla_policy'>;
  readonly targets: Target[];
  readonly rejected: SetAside[];
}

/**
 * Policy and targets. The vendor counts ticket targets in minutes and group targets in seconds (its own example: one hour is 3600).
 * A policy has no calendar of its own: it runs on the ticket's schedule.
 */
export function toPolicy(
  source: SlaPolicy,
  scope: 'ticket' | 'group',
  directory: Directory,
  context: EarlyContext,
): MappedPolicy {
  const { settings } = context;
  const looked = conditionTerms(source.filter, directory, context);
  const { kept, rejected } = parseEach(
    PolicyMetric,
    source.policy_metrics,
    'sla-policies',
    (_item, i) => `${source.id}/${i}`,
  );
  const targets = kept.flatMap((metric): Target[] => {
    const canonical = metricOf(metric.metric);
    const seconds =
      metric.target_in_seconds ?? (metric.target === null ? null : metric.target * (scope === 'group' ? 1 : 60));
    if (canonical === null || seconds === null) return [];
    const rank = priorityRank(metric.priority);
    return [
      {
        policy_id: source.id,
        metric: canonical,
        priority_key: rank === null ? 'any' : String(rank),
        target_s: Math.round(seconds),
        business_hours: metric.business_hours ?? false,
      },
    ];
  });
  return {
    policy: {
      ...blank('sla_policy'),
      id: source.id,
      active: targets.length > 0,
      scope,
      is_default: isVendorDefault(source),
      condition_fields: conditionWords(source.filter, directory, settings),
      condition_terms: looked.terms,
      unread_conditions: looked.unread,
      tier: tierOf(source.filter, directory, settings),
      position: source.position === null ? null : Math.round(source.position),
      updated_at: source.updated_at ?? source.created_at,
    },
    targets,
    rejected,
  };
}

function metricOf(word: string): Target['metric'] | null {
  if (word === 'first_reply_time') return 'first_reply';
  if (word === 'next_reply_time') return 'next_reply';
  return METRICS[word] ?? null;
}

/** No condition and never edited. */
function isVendorDefault(source: SlaPolicy): boolean {
  if (source.filter.length > 0) return false;
  return (
    source.updated_at === null ||
    source.created_at === null ||
    source.updated_at.getTime() === source.created_at.getTime()
  );
}

function tierOf(conditions: readonly Condition[], directory: Directory, settings: Settings): string | null {
  for (const condition of conditions) {
    const tag = tierTag(condition, directory, settings);
    if (tag !== null) return tag;
    if (!conditionWords([condition], directory, settings).includes('tier')) continue;
    const value = Array.isArray(condition.value) ? condition.value[0] : condition.value;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
