import { canonicalJson } from '../domain/canonical-json.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { SqlValue } from '../domain/sql-session.ts';
import type { LoadedSignal, RulesLock } from '../signals/index.ts';
import type { TrustsPack } from '../store/duckdb/pack/pack-sandbox.ts';

/** Given by the measurement itself, whatever the pack says. */
const OF_THE_MEASUREMENT = new Set(['from', 'as_of']);

function same(own: SignalDefinition['params'], given: Readonly<Record<string, SqlValue>>): boolean {
  return Object.entries(given)
    .filter(([key]) => !OF_THE_MEASUREMENT.has(key))
    .every(([key, value]) => canonicalJson(own[key] ?? null) === canonicalJson(value));
}

/**
 * Trusts the SQL of signals whose logic is the one that the lock beside them holds, together with the parameters written in them. The same SQL
 * with other parameters is somebody else's.
 */
export function trustLocked(signals: readonly LoadedSignal[], lock: RulesLock): TrustsPack {
  const locked = new Map<string, SignalDefinition['params'][]>();
  for (const { definition, hash } of signals) {
    const entry = lock[definition.id];
    if (entry?.hash !== hash || entry.version !== definition.version) continue;
    locked.set(definition.sql, [...(locked.get(definition.sql) ?? []), definition.params]);
  }
  return async (sql, params) =>
    params === null ? locked.has(sql) : locked.get(sql)?.some((own) => same(own, params)) === true;
}
