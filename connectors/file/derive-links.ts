import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { Plan } from './plan.ts';
import type { SourceRow } from './source-row.ts';

type Link = TelemetryRecord<'link'>;

/** Links of one ticket to other records, each target once; in an event log dated by the first row that shows it. */
export function deriveLinks(plan: Plan, id: string, rows: readonly SourceRow[]): Link[] {
  const links = new Map<string, Link>();
  for (const [i, link] of (plan.mapping.links ?? []).entries())
    for (const row of rows) {
      const target = row.values[`links.${i}`];
      if (typeof target !== 'string') continue;
      const key = `${id}:${link.column}:${target}`;
      if (links.has(key)) continue;
      const at = row.values['events.at'];
      links.set(key, {
        id: key,
        ticket_id: id,
        kind: link.kind,
        system: link.system ?? null,
        target_key: target,
        linked_at: typeof at === 'number' ? new Date(at) : null,
        responded_at: null,
        closed_at: null,
        closed_as: null,
        team: null,
      });
    }
  return [...links.values()];
}
