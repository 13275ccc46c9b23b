import type { Observability } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { parseNeed, STATE_STREAMS } from '../load/needs.ts';

export type Lack = { readonly reason: 'plan' | 'permission' | 'retention' | 'stream'; readonly detail: string };

export interface Observed {
  /** Connections that show everything the signal needs, sorted. */
  readonly connections: readonly string[];
  /** Why the others cannot be used, by connection. */
  readonly lacking: ReadonlyMap<string, Lack>;
}

export interface MeasureWindow {
  readonly from: Date;
  readonly to: Date;
}

/** Share of the window by which a stream may end early and still be taken as covering it. */
const TAIL_TOLERANCE = 0.1;

function lackOfField(stream: string, field: string): string {
  if (field === 'open_tickets') return 'the source shows closed tickets only: open work cannot be judged';
  const [column, value] = field.split(':');
  return value === undefined
    ? `${stream} carries no "${field}" there`
    : `${stream} never says ${column} "${value}" there, so that none of them means nothing`;
}

function lackOf(text: string, rows: readonly Observability[], window: MeasureWindow): Lack | null {
  const need = parseNeed(text);
  const row = rows.find((candidate) => candidate.stream === need?.stream);
  if (need === null || row === undefined) return { reason: 'stream', detail: `${text} is not collected` };
  if (row.status !== 'available') {
    const reason = row.status === 'absent' || row.status === 'failed' ? 'stream' : row.status;
    return { reason, detail: `${need.stream}: ${row.detail ?? `not available (${row.status})`}` };
  }
  if (need.field !== null && !row.fields.includes(need.field))
    return { reason: 'stream', detail: lackOfField(need.stream, need.field) };
  const state = STATE_STREAMS.has(need.stream);
  const start = state ? window.to : window.from;
  if (row.since !== null && row.since > start)
    return { reason: 'retention', detail: `${need.stream} is known only from ${row.since.toISOString().slice(0, 10)}` };
  const tail = TAIL_TOLERANCE * (window.to.getTime() - window.from.getTime());
  if (!state && row.until !== null && row.until.getTime() < window.to.getTime() - tail)
    return {
      reason: 'retention',
      detail: `${need.stream} was last read up to ${row.until.toISOString().slice(0, 10)}`,
    };
  return null;
}

const SEVERITY = ['permission', 'plan', 'retention', 'stream'] as const;

/** The lack that is easiest to act on first: permission, plan, retention, then streams that do not exist. */
export function firstToMend(lacks: readonly Lack[]): Lack | null {
  for (const reason of SEVERITY) {
    const found = lacks.find((lack) => lack.reason === reason);
    if (found !== undefined) return found;
  }
  return null;
}

function judge(definition: SignalDefinition, rows: readonly Observability[], window: MeasureWindow): Lack | null {
  const missing = (needs: readonly string[]): Lack[] =>
    needs.map((need) => lackOf(need, rows, window)).filter((lack) => lack !== null);
  const required = firstToMend(missing(definition.needs));
  if (required !== null || definition.needs_any === undefined) return required;
  const alternatives = definition.needs_any.map(missing);
  return alternatives.some((lacks) => lacks.length === 0) ? null : firstToMend(alternatives.flat());
}

/**
 * Which connections can show what a signal needs, over its window.
 * A behaviour stream must reach back to the start of the window and up to its end (10 % of the window is forgiven); a state stream must
 * have been seen by its end. Nothing is concluded from a number of rows. No connection at all gives an empty result.
 */
export function observe(
  definition: SignalDefinition,
  observability: readonly Observability[],
  window: MeasureWindow,
): Observed {
  const names = [...new Set(observability.map((row) => row.connection))].sort();
  const lacking = new Map<string, Lack>();
  for (const name of names) {
    const lack = judge(
      definition,
      observability.filter((row) => row.connection === name),
      window,
    );
    if (lack !== null) lacking.set(name, lack);
  }
  return { connections: names.filter((name) => !lacking.has(name)), lacking };
}
