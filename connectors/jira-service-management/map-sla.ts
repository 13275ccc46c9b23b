import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toClock } from '../../src/kit/records/service-levels.ts';
import type { Desk } from './desk.ts';
import { type Cycle, type Issue, Sla } from './schema.ts';

type Clock = TelemetryRecord<'sla_clock'>;

/** Each cycle of an SLA is a clock of its own. An ongoing one that has run out is missed already; one that has not is undecided. */
export function toClocks(row: Issue, { roles }: Desk) {
  const fields = [...roles.slas].filter(([field]) => row.fields[field] !== null && row.fields[field] !== undefined);
  const read = fields.map(([field, metric]) => {
    const { kept, rejected } = parseEach(Sla, [row.fields[field]], 'tickets', () => `${row.id}`);
    const cycles = kept.flatMap((sla) => [
      ...sla.completedCycles,
      ...(sla.ongoingCycle === null ? [] : [sla.ongoingCycle]),
    ]);
    const clocks = cycles.map((cycle, i): Clock => clockOf(cycle, `${row.id}:${field}`, i + 1, row.id, metric));
    return { clocks, rejected };
  });
  return { kept: read.flatMap((one) => one.clocks), rejected: read.flatMap((one) => one.rejected) };
}

function clockOf(cycle: Cycle, id: string, instance: number, ticketId: string, metric: Clock['metric']): Clock {
  const goalMs = cycle.goalDuration?.millis ?? null;
  return toClock({
    id: `${id}:${instance}`,
    ticket_id: ticketId,
    metric,
    instance,
    target_s: goalMs === null ? null : Math.round(goalMs / 1000),
    started_at: cycle.startTime,
    breach_at: cycle.breachTime,
    fulfilled_at: cycle.stopTime,
    missed: cycle.breached,
  });
}
