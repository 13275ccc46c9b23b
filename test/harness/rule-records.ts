import type { Meaning } from '../../src/domain/meaning.ts';
import type { SqlRow } from '../../src/domain/sql-session.ts';
import type { TelemetryBatch, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import { at } from './records.ts';

/** A rule of a desk by its terms; nothing of it is unread. */
export function aRule(
  id: string,
  conditions: readonly string[],
  actions: readonly string[],
  more: Partial<TelemetryRecord<'automation'>> = {},
): TelemetryRecord<'automation'> {
  return {
    id,
    kind: 'trigger',
    active: true,
    shared: true,
    vendor_default: false,
    condition_fields: [],
    actions: [],
    condition_terms: [...conditions],
    unread_conditions: 0,
    action_terms: [...actions],
    unread_actions: 0,
    required_fields: null,
    required_to_solve: null,
    last_fired_at: null,
    fired_count: null,
    users_count: null,
    scheduled: null,
    updated_at: null,
    ...more,
  };
}

/** A policy by its terms. */
export function aPolicy(
  id: string,
  conditions: readonly string[],
  more: Partial<TelemetryRecord<'sla_policy'>> = {},
): TelemetryRecord<'sla_policy'> {
  return {
    id,
    active: true,
    scope: 'ticket',
    is_default: false,
    condition_fields: [],
    condition_terms: [...conditions],
    unread_conditions: 0,
    tier: null,
    calendar_id: null,
    position: null,
    updated_at: null,
    ...more,
  };
}

/** The first reply that a policy promises, hours of the wall clock, whatever the priority. */
export function aReplyTarget(policy: string, hours: number): TelemetryRecord<'sla_target'> {
  return {
    policy_id: policy,
    metric: 'first_reply',
    priority_key: 'any',
    target_s: hours * 3600,
    business_hours: false,
  };
}

export function anOrganisation(
  id: string,
  terms: readonly string[] | null,
  more: Partial<TelemetryRecord<'organisation'>> = {},
): TelemetryRecord<'organisation'> {
  return {
    id,
    created_at: null,
    tier: null,
    tier_rank: null,
    terms: terms === null ? null : [...terms],
    partner: null,
    domain_hash: null,
    external_keys: null,
    has_contract: null,
    has_health: null,
    health_changed_at: null,
    health_rank: null,
    renews_at: null,
    value_band: null,
    churned_at: null,
    expanded_at: null,
    ...more,
  };
}

/** Answers of the measure views at 1 March 2026 over records of a connection named `desk`. */
export async function askViews(
  records: TelemetryBatch,
  sql: string,
  meanings: readonly Meaning[] = [],
): Promise<SqlRow[]> {
  const store = await openMemoryStore({ meanings });
  try {
    await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
    return await store.telemetry.measure(
      { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-01-01T00:00:00Z') },
      (session) => session.query(sql),
    );
  } finally {
    await store.close();
  }
}
