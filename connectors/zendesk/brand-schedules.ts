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

function scheduleOf(rule: Rule): string | null {
  const action = (rule.actions ?? []).find((one) => one.field === 'set_schedule' || one.field === 'schedule_id');
  const value = Array.isArray(action?.value) ? action.value[0] : action?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function brandOf(rule: Rule): string | null {
  const brands = rule.conditions.filter((condition) => condition.field === 'brand_id');
  const [only] = brands;
  const alone = rule.conditions.every((condition) => condition.field === 'brand_id' || GIVEN.has(condition.field));
  if (only === undefined || brands.length > 1 || !alone || (only.operator !== null && only.operator !== 'is'))
    return null;
  return typeof only.value === 'string' || typeof only.value === 'number' ? String(only.value) : null;
}
