import { valuesOf } from '../../src/kit/rule-terms.ts';
import type { Rule } from './schema-config.ts';
import type { Settings } from './settings.ts';

/** Conditions beside the brand that hold for every new ticket anyway. */
const GIVEN = new Set(['update_type', 'status', 'schedule_id', 'set_schedule']);

/**
 * Schedule that every ticket of a brand gets, by brand id: from the settings, else from active triggers that set one on the condition of one brand
 * and nothing else that would choose between tickets. Of several such triggers of a brand the last wins, as at the vendor.
 */
export function brandSchedules(settings: Settings, triggers: readonly Rule[]): ReadonlyMap<string, string> {
  const schedules = new Map<string, string>();
  for (const rule of triggers) {
    const schedule = rule.active === false ? null : scheduleOf(rule);
    const brand = brandOf(rule);
    if (schedule !== null && brand !== null) schedules.set(brand, schedule);
  }
  for (const [brand, schedule] of Object.entries(settings.brandSchedules)) schedules.set(brand, schedule);
  return schedules;
}

function scheduleOf({ actions }: Rule): string | null {
  return valuesOf(actions.find(({ field }) => /^(set_schedule|schedule_id)$/.test(field))?.value)[0] ?? null;
}

function brandOf({ conditions }: Rule): string | null {
  const [only, ...others] = conditions.filter(({ field }) => !GIVEN.has(field));
  const isOne = only?.field === 'brand_id' && others.length === 0 && (only.operator ?? 'is') === 'is';
  const [brand = null, ...more] = isOne ? valuesOf(only.value) : [];
  return more.length === 0 ? brand : null;
}
