import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { SignalDefinition } from '../../domain/signal.ts';

/**
 * SHA-256 of what decides the number: SQL (white space folded), estimator, params, needs, window, sample, lines and flags.
 * Titles, descriptions, remedies and remarks may change without a new version.
 */
export function logicHash(signal: SignalDefinition): string {
  const { id, estimator, params, needs, needs_any, window, min_sample, existence_only, one_sided, diagnostic, kind } =
    signal;
  const logic = {
    id,
    estimator,
    params,
    needs: [...needs].sort(),
    needs_any: needs_any?.map((set) => [...set].sort()),
    window,
    min_sample,
    lines: { partial: signal.lines.partial, full: signal.lines.full },
    existence_only,
    one_sided,
    diagnostic,
    kind,
    sql: signal.sql.replace(/\s+/g, ' ').trim(),
  };
  return createHash('sha256').update(canonicalJson(logic)).digest('hex');
}
