import { type NumberStyle, plainNumber } from './number-columns.ts';
import { UNIT_SECONDS, UNIT_WORDS } from './parse-duration.ts';
import type { Plan } from './plan.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';
import type { TimeReading } from './time-columns.ts';
import { HOUR_MS, sameLocal } from './time-reading.ts';

/** The longest local day, when the clocks go back. */
const DAY_MS = 25 * 3_600_000;

/** Fields that end something. */
const ENDS = new Set(['ticket.first_reply_at', 'ticket.solved_at', 'ticket.closed_at', 'events.at']);

/** What a placeholder such as 0000-00-00 gives: earlier than any record, so that `checkTimes` names it. */
const NO_TIME_MS = -1e14;

function isEnd(target: string): boolean {
  return ENDS.has(target) || /^sla\.\d+\.due_at$/.test(target);
}

/**
 * SQL condition: this end is a bare day whose ticket was created at a time of that same day, so that its first instant would lie before the
 * creation; for a deadline any bare day, which includes its last hour. Null where the question does not arise.
 */
function shiftedWhen(plan: Plan, readings: ReadonlyMap<string, TimeReading>, target: string): string | null {
  const one = plan.by.get(target);
  const start = plan.by.get('ticket.created_at') ?? plan.by.get('events.at');
  if (one?.column == null || start?.column == null || one.column === start.column || !isEnd(target)) return null;
  const [end, from] = [readings.get(one.column), readings.get(start.column)];
  if (end === undefined || from === undefined || end.dateOnly === 0) return null;
  const bare = `${end.dateOnlySql} and ${from.sql} is not null and not ${from.dateOnlySql}`;
  if (target.startsWith('sla.')) return `(${bare})`;
  return `(${bare} and ${end.sql} <= ${from.sql} and ${end.sql} + ${DAY_MS} > ${from.sql})`;
}

/**
 * SQL of an instant whose local time comes twice when summer time ends: the first, unless that lies before the creation of its ticket and the
 * second does not.
 */
function placeTwice(plan: Plan, readings: ReadonlyMap<string, TimeReading>, reading: TimeReading): string {
  const start = plan.by.get('ticket.created_at')?.column;
  const from = start == null || start === reading.column ? undefined : readings.get(start);
  if (from === undefined || reading.twiceSql === 'false') return reading.sql;
  const twice = sameLocal('ms_at', `ms_at + ${HOUR_MS}`, plan.mapping.time_zone ?? 'UTC');
  const late = `coalesce(${from.sql} - ms_at between 1 and ${HOUR_MS}, false) and ${reading.twiceSql} and ${twice}`;
  return `list_transform([${reading.sql}], lambda ms_at: case when ${late} then ms_at + ${HOUR_MS} else ms_at end)[1]`;
}

/**
 * SQL of the epoch milliseconds of every bound time, by target. An end without a time of day is the last second of its day in the zone of
 * the file when the ticket was created at a time of that day (else it would end before it began), and the day's first instant otherwise;
 * a day that is not over at `now` ends there. A bare deadline is the last second of its day. Where both are bare days, durations are whole days.
 */
export function timeCells(
  plan: Plan,
  readings: ReadonlyMap<string, TimeReading>,
  now: Date,
): ReadonlyMap<string, string> {
  const zone = lit(plan.mapping.time_zone ?? 'UTC');
  const cells = new Map<string, string>();
  for (const one of plan.bindings) {
    const reading = one.kind === 'time' && one.column !== null ? readings.get(one.column) : undefined;
    if (reading === undefined) continue;
    const sql = placeTwice(plan, readings, reading);
    const when = shiftedWhen(plan, readings, one.target);
    const local = `timezone(${zone}, to_timestamp((${sql}) / 1000.0))`;
    const last = `epoch_ms(timezone(${zone}, date_trunc('day', ${local}) + interval 1 day)) - 1000`;
    // A deadline of today is still to come; what happened today happened by now.
    const end = one.target.startsWith('sla.') ? last : `greatest(${sql}, least(${last}, ${now.getTime()}))`;
    const at = when === null ? sql : `case when ${when} and ${sql} is not null then ${end} else ${sql} end`;
    cells.set(
      one.target,
      reading.placeholders === 0 ? at : `case when ${reading.placeholderSql} then ${NO_TIME_MS} else ${at} end`,
    );
  }
  return cells;
}

/** What was done about bare days, in words for the screen: one sentence for every column that has some. */
export async function describeBareDays(
  stage: Stage,
  plan: Plan,
  readings: ReadonlyMap<string, TimeReading>,
): Promise<string[]> {
  const notes: string[] = [];
  for (const one of plan.bindings) {
    const when = one.kind === 'time' ? shiftedWhen(plan, readings, one.target) : null;
    if (when === null || one.column === null) continue;
    const [row] = await stage.query(`select count(*) as n from raw where ${when}`);
    const n = Number(row?.n ?? 0);
    if (n === 0) continue;
    const what = one.target.startsWith('sla.') ? 'deadline' : plan.mode === 'events' ? 'row' : 'ticket';
    const ends = n === 1 ? `1 ${what} ends at the end of its day` : `${n} ${what}s end at the end of their day`;
    notes.push(`${one.column} has no time of day: ${ends}.`);
  }
  return notes;
}

const FACTORS: Partial<Record<string, number>> = { milliseconds: 0.001, seconds: 1, minutes: 60, hours: 3600 };

/** SQL of the seconds of h:mm(:ss), of a text such as 3h 20m, and of both together (2 days 03:04:05); null for anything else. */
function wordedSeconds(value: string): string {
  const clock = `regexp_extract(${value}, '[0-9]+:[0-9]{2}(:[0-9]{2})?')`;
  const part = (i: number): string => `coalesce(try_cast(split_part(${clock}, ':', ${i}) as double), 0)`;
  const units = Object.entries(UNIT_WORDS).map(([unit, words]) => {
    const number = `regexp_extract(${value}, ${lit(`(?i)([0-9]+(?:[.,][0-9]+)?)\\s*(?:${words})(?:[^\\p{L}]|$)`)}, 1)`;
    return `coalesce(try_cast(replace(${number}, ',', '.') as double), 0) * ${UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS]}`;
  });
  return `case when regexp_matches(${value}, '^[0-9].*(:|\\p{L})') then ${[`${part(1)} * 3600`, `${part(2)} * 60`, part(3), ...units].join(' + ')} end`;
}

/**
 * SQL of the milliseconds at which the vendor's wall-clock durations end, one for every such column with a time of creation: numbers in
 * their unit, h:mm(:ss) and texts with their own units. Other ways of writing give null.
 */
export function endsOfDurations(
  plan: Plan,
  cells: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, NumberStyle>,
): string[] {
  const created = cells.get('ticket.created_at') ?? cells.get('events.at');
  if (created === undefined) return [];
  return plan.bindings.flatMap((one) => {
    const given = /^durations\.(\d+)$/.exec(one.target);
    const field = given === null ? undefined : plan.mapping.durations?.[Number(given[1])];
    if (field === undefined || field.clock !== 'calendar' || one.column === null || one.duration === null) return [];
    const value = known(one.column, one.missing);
    const { unit, hoursPerDay } = one.duration;
    const factor = unit === 'days' ? hoursPerDay * 3600 : (FACTORS[unit] ?? null);
    const number = plainNumber(value, numbers.get(one.column) ?? 'point');
    const bare = factor === null ? [] : [`try_cast(${number} as double) * ${factor}`];
    const seconds = `coalesce(${[...bare, wordedSeconds(value), 'null'].join(', ')})`;
    return [`(${created}) + (${seconds}) * 1000`];
  });
}
