import { ENOUGH_MATCHED, isEnough, type JoinedSource } from '../../domain/joined-source.ts';
import type { Observability } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { parseNeed, STATE_STREAMS } from '../load/needs.ts';
import { tellMatched } from './joined-with.ts';

/** `match`: a source beside the desk would show it, and too few of the records of the desk were found there. */
type Lack = {
  readonly reason: 'plan' | 'permission' | 'retention' | 'stream' | 'match';
  readonly detail: string;
};

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

/** Fields that tell when something happened: a source that was not read up to the end of the window leaves them unknown. */
const DATED: ReadonlySet<string> = new Set([
  ...['health_changed_at', 'churned_at', 'expanded_at'],
  ...['responded_at', 'closed_at', 'closed_as'],
]);

/** Whether sources beside the desk show a field that the desk itself does not; null = there is no such source. */
function lackBeside(
  stream: string,
  field: string,
  joined: readonly JoinedSource[],
  window: MeasureWindow,
): Lack | 'shown' | null {
  const offered = joined.filter((one) => one.stream === stream && one.fields.includes(field));
  const matched = offered.filter(isEnough);
  const latest = latestBound(window);
  if (matched.some(({ until }) => !DATED.has(field) || until === null || until >= latest)) return 'shown';
  const [old] = matched;
  if (old !== undefined)
    return {
      reason: 'retention',
      detail: `${old.source} was last read up to ${old.until?.toISOString().slice(0, 10)}`,
    };
  const [few] = offered;
  if (few === undefined) return null;
  return { reason: 'match', detail: `${tellMatched(few)} could be matched, and it takes ${100 * ENOUGH_MATCHED} %` };
}

function latestBound({ from, to }: MeasureWindow): Date {
  return new Date(to.getTime() - TAIL_TOLERANCE * (to.getTime() - from.getTime()));
}

function lackOf(
  text: string,
  rows: readonly Observability[],
  window: MeasureWindow,
  joined: readonly JoinedSource[],
): Lack | null {
  const need = parseNeed(text);
  const row = rows.find((candidate) => candidate.stream === need?.stream);
  if (need === null || row === undefined) return { reason: 'stream', detail: `${text} is not collected` };
  if (row.status !== 'available') {
    const reason = row.status === 'absent' || row.status === 'failed' ? 'stream' : row.status;
    return { reason, detail: `${need.stream}: ${row.detail ?? `not available (${row.status})`}` };
  }
  if (need.field !== null && !row.fields.includes(need.field)) {
    const beside = lackBeside(need.stream, need.field, joined, window);
    if (beside !== 'shown') return beside ?? { reason: 'stream', detail: lackOfField(need.stream, need.field) };
  }
  const state = STATE_STREAMS.has(need.stream);
  const start = state ? window.to : window.from;
  if (row.since !== null && row.since > start)
    return { reason: 'retention', detail: `${need.stream} is known only from ${row.since.toISOString().slice(0, 10)}` };
  if (!state && row.until !== null && row.until < latestBound(window))
    return {
      reason: 'retention',
      detail: `${need.stream} was last read up to ${row.until.toISOString().slice(0, 10)}`,
    };
  return null;
}

const SEVERITY = ['permission', 'plan', 'retention', 'match', 'stream'] as const;

/** The lack that is easiest to act on first: permission, plan, retention, customers or issues to be matched, then streams that do not exist. */
export function firstToMend(lacks: readonly Lack[]): Lack | null {
  for (const reason of SEVERITY) {
    const found = lacks.find((lack) => lack.reason === reason);
    if (found !== undefined) return found;
  }
  return null;
}

/** Of things that are all needed: more matches alone help only where nothing else is missing. */
function firstOfAll(lacks: readonly Lack[]): Lack | null {
  return firstToMend(lacks.filter(({ reason }) => reason !== 'match')) ?? firstToMend(lacks);
}

function judge(
  definition: SignalDefinition,
  rows: readonly Observability[],
  window: MeasureWindow,
  joined: readonly JoinedSource[],
): Lack | null {
  const missing = (needs: readonly string[]): Lack[] =>
    needs.map((need) => lackOf(need, rows, window, joined)).filter((lack) => lack !== null);
  const required = firstOfAll(missing(definition.needs));
  if (required !== null || definition.needs_any === undefined) return required;
  const alternatives = definition.needs_any.map(missing);
  if (alternatives.some((lacks) => lacks.length === 0)) return null;
  const each = alternatives.map(firstOfAll).filter((lack) => lack !== null);
  return each.find(({ reason }) => reason === 'match') ?? firstToMend(alternatives.flat());
}

/** Whether a source collects every stream of some way to measure the signal, visible or not: a file of counts has no say on tickets. */
function isParty({ needs, needs_any = [[]] }: SignalDefinition, rows: readonly Observability[]): boolean {
  const collected = new Set<string>(rows.map(({ stream }) => stream));
  return needs_any.some((more) => [...needs, ...more].every((need) => collected.has(need.split('.')[0] ?? need)));
}

/**
 * Which connections can show what a signal needs, over its window.
 * A behaviour stream must reach back to the start of the window and up to its end (10 % of the window is forgiven); a state stream must
 * have been seen by its end. A field that the connection itself does not show may be shown by a source beside it (`joined`). Nothing is concluded from a
 * number of rows. A connection that does not collect such streams at all is no party to the signal, where another is. No connection at all gives an
 * empty result.
 */
export function observe(
  definition: SignalDefinition,
  observability: readonly Observability[],
  window: MeasureWindow,
  joined: readonly JoinedSource[] = [],
): Observed {
  const all = [...new Set(observability.map((row) => row.connection))].sort();
  const parties = all.filter((name) =>
    isParty(
      definition,
      observability.filter((row) => row.connection === name),
    ),
  );
  const names = parties.length === 0 ? all : parties;
  const lacking = new Map<string, Lack>();
  for (const name of names) {
    const lack = judge(
      definition,
      observability.filter((row) => row.connection === name),
      window,
      joined.filter(({ desk }) => desk === name),
    );
    if (lack !== null) lacking.set(name, lack);
  }
  return { connections: names.filter((name) => !lacking.has(name)), lacking };
}
