import { parseDuration } from '../parse-duration.ts';
import { known } from '../sql.ts';
import type { Field } from './draft.ts';
import { hasPhrase, hasWord, isCustomField } from './header.ts';
import { type Column, type Look, percent, rowsWord } from './look.ts';
import type { OpenOption } from './open-point.ts';

type Measure = 'first_reply' | 'first_resolution' | 'full_resolution' | 'waiting_customer' | 'waiting_other';
type Unit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days' | 'clock' | 'iso';

const REPLIED = ['reply', 'response', 'replied', 'responded', 'answer', 'respond'];
const RESOLVED = [
  'resolution',
  'resolve',
  'resolved',
  'close',
  'closed',
  'solve',
  'solved',
  'fix',
  'completion',
  'ttr',
  'closure',
  'solution',
];

/** What a column of numbers or clocks measures, by its name; null when it is no duration that we know. */
function measureOf(column: Column): Measure | null {
  const { header } = column;
  const timed = header.unit !== null || hasWord(header, ['time', 'duration', 'ttr', 'frt', 'mttr', 'elapsed']);
  if (
    !timed ||
    hasWord(header, [
      'sla',
      'target',
      'due',
      'average',
      'avg',
      'remaining',
      'open',
      'age',
      'next',
      'every',
      'diff',
      'difference',
    ])
  )
    return null;
  if (hasWord(header, ['frt']) || (hasWord(header, REPLIED) && hasWord(header, ['first', 'initial'])))
    return 'first_reply';
  if (hasWord(header, ['wait', 'waiting', 'pending', 'hold'])) {
    if (hasWord(header, ['agent', 'customer', 'pending'])) return 'waiting_customer';
    return hasWord(header, ['hold', 'vendor']) ? 'waiting_other' : null;
  }
  if (hasWord(header, ['first', 'initial']) && hasWord(header, RESOLVED)) return 'first_resolution';
  return hasWord(header, RESOLVED) ? 'full_resolution' : null;
}

const SECONDS: Readonly<Record<Exclude<Unit, 'clock' | 'iso'>, number>> = {
  milliseconds: 0.001,
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};

/**
 * Durations that the vendor computed. Unit and clock come from the header, from the form of the values, or from the stamps of the same
 * rows (a duration that equals the difference of two stamps is in that unit and on the wall clock); what none of them tells is asked,
 * without the units in which tickets would have taken longer than they lived. Negative ones are what is left of a target and no duration.
 */
export async function findDurations(look: Look): Promise<void> {
  for (const column of look.free()) {
    const measure = measureOf(column);
    if (measure === null || !isDuration(column)) continue;
    const day = dayOf(look, column);
    if (day !== null) {
      look.reasons.set(
        column.column,
        `may be the time of day of "${day}" rather than a duration: name both under \`joined\` and hours are counted`,
      );
      continue;
    }
    if (column.negative || isClockOfTarget(column)) {
      look.reasons.set(
        column.column,
        `${column.negative ? 'has negative values' : 'a clock that a tracker shows'}: what is left of a target, not a duration`,
      );
      continue;
    }
    await chooseDuration(look, column, measure);
  }
}

/** "Custom field (Time to resolution)": service desks built upon a tracker write the rest of a target there, below zero where it was missed. */
function isClockOfTarget(column: Column): boolean {
  return isCustomField(column.column) && hasPhrase(column.header, 'time to') && column.clockShare >= 0.9;
}

/** The column of bare days that this one of h:mm belongs to ("Date closed" and "Time closed"); null when there is none. */
function dayOf(look: Look, column: Column): string | null {
  if (column.clockShare < 0.9 || !hasWord(column.header, ['time'])) return null;
  const rest = (words: readonly string[], without: string): string =>
    words.filter((word) => word !== without).join(' ');
  const twin = look.columns.find(
    (other) =>
      look.readings.get(other.column)?.dateOnly === look.readings.get(other.column)?.values &&
      look.readings.has(other.column) &&
      hasWord(other.header, ['date']) &&
      rest(other.header.words, 'date') === rest(column.header.words, 'time'),
  );
  return twin?.column ?? null;
}

function isDuration(column: Column): boolean {
  return column.known > 0 && (column.numberShare >= 0.9 || column.clockShare >= 0.9 || column.isoShare >= 0.9);
}

async function chooseDuration(look: Look, column: Column, measure: Measure): Promise<void> {
  const { header } = column;
  const written = writtenUnit(column);
  const matched = written === null || header.clock === null ? await matchStamps(look, column, measure, written) : null;
  const units = written === null ? unitsOf(column) : [written];
  const able = matched === null ? await unitsWithin(look, column, measure, units) : [matched.unit];
  if (able.length === 0) {
    look.reasons.set(column.column, 'is longer than the tickets lived by their own stamps: not how long they took');
    return;
  }
  const unit = written ?? matched?.unit ?? null;
  const hasTwin = unit !== null && hasBusinessTwin(look, column, measure);
  const clock = header.clock ?? (matched !== null || hasTwin ? 'calendar' : null);
  if (unit === null || clock === null) {
    ask(look, column, measure, able, clock);
    return;
  }
  if (Object.values(look.draft.durations).some((one) => one.measure === measure && one.clock === clock)) return;
  look.draft.durations[column.column] = { measure, column: column.column, unit, clock };
  const byHeader = header.clock === null ? 'unit from the header; its twin is in business hours' : 'the header says so';
  look.record(
    `durations.${column.column}`,
    { column: column.column },
    `computed by the vendor: ${matched?.why ?? byHeader}; ${rowsWord(column.known)}`,
  );
}

/** The unit that the form of the values or the header tells. A header of clocks over plain numbers tells none. */
function writtenUnit({ clockShare, isoShare, header }: Column): Unit | null {
  if (clockShare >= 0.9) return 'clock';
  if (isoShare >= 0.9) return 'iso';
  return header.unit === 'clock' ? null : header.unit;
}

/** Another column of the same measure is in business hours, so that this one is on the wall clock. */
function hasBusinessTwin(look: Look, { column }: Column, measure: Measure): boolean {
  return look.columns.some(
    (other) => other.column !== column && other.header.clock === 'business' && measureOf(other) === measure,
  );
}

/** Twenty years: more is an absurd duration for the import, too. */
const LONGEST_S = 20 * 365 * 86_400;

/** Units in which the greatest value can be how long a ticket took. */
function unitsOf(column: Column): Unit[] {
  const fits = (unit: keyof typeof SECONDS): boolean => (column.greatest ?? 0) * SECONDS[unit] <= LONGEST_S;
  const few = (column.greatest ?? 0) < 1e6 ? [] : (['milliseconds'] as const);
  const units = (['minutes', 'hours', 'seconds', 'days', ...few] as const).filter(fits);
  return units.length > 0 ? units : ['milliseconds'];
}

function ask(look: Look, column: Column, measure: Measure, units: readonly Unit[], clock: string | null): void {
  const clocks = clock === null ? ['calendar', 'business'] : [clock];
  const options: OpenOption[] = units.flatMap((one) =>
    clocks.map((other) => ({
      label: `${one === 'clock' ? 'as written' : one}, ${other === 'business' ? 'business hours' : 'wall clock'}`,
      evidence: column.greatest === null ? '' : `the greatest value would be ${spell(column.greatest, one)}`,
      patch: [
        { path: ['durations', column.column], value: { measure, column: column.column, unit: one, clock: other } },
      ],
    })),
  );
  look.take(column.column);
  look.reasons.set(column.column, 'is a duration whose unit or clock nothing tells: open point');
  look.points.push({
    id: `duration:${column.column}`,
    target: 'durations',
    question: `"${column.column}" is a duration: ${[...(units.length > 1 ? ['in which unit'] : []), ...(clock === null ? ['on which clock'] : [])].join(', and ')}?`,
    options: [...options, { label: 'leave it out', evidence: '', patch: [] }],
    samples: look.samples(column),
  });
}

function spell(value: number, unit: Unit): string {
  if (unit === 'clock' || unit === 'iso') return String(value);
  const hours = (value * SECONDS[unit]) / 3600;
  return hours < 48 ? `${Number(hours.toFixed(1))} hours` : `${Number((hours / 24).toFixed(1))} days`;
}

/** Rows that are looked at to compare durations with stamps. */
const COMPARED = 5_000;

interface Gap {
  readonly text: string;
  /** From the creation of the ticket to the end that was asked for. */
  readonly seconds: number;
}

/** Values of a column beside how long their own ticket took by its stamps; the later of several ends. */
async function gapsOf(look: Look, column: Column, ends: readonly (Field | undefined)[]): Promise<readonly Gap[]> {
  const start = look.sqlOf(look.draft.ticket.created_at);
  const stops = ends.map((end) => look.sqlOf(end)).filter((sql) => sql !== null);
  if (start === null || stops.length === 0 || look.mode === 'events') return [];
  const value = known(column.column, [...look.missingWords, ...column.doubtful.map((one) => one.word)]);
  const rows = await look.stage.query(
    `select v, gap from (select ${value} as v, (greatest(${stops.join(', ')}) - ${start}) / 1000.0 as gap, row_nr from raw)
     where v is not null and gap is not null order by row_nr limit ${COMPARED}`,
  );
  return rows.map((row) => ({ text: String(row.v), seconds: Number(row.gap) }));
}

function secondsOf(text: string, unit: Unit): number | null {
  return parseDuration(unit === 'clock' || unit === 'iso' ? text : text.replace(',', '.'), unit, 24);
}

/** The unit in which the duration equals the difference of two stamps of its own row, on the wall clock, on nearly all rows. */
async function matchStamps(
  look: Look,
  column: Column,
  measure: Measure,
  written: Unit | null,
): Promise<{ unit: Unit; why: string } | null> {
  const { first_reply_at, solved_at, closed_at } = look.draft.ticket;
  const ends =
    measure === 'first_reply' ? [first_reply_at] : measure === 'full_resolution' ? [solved_at, closed_at] : [];
  const units = written === null ? (['minutes', 'hours', 'seconds', 'days', 'milliseconds'] as const) : [written];
  for (const end of ends) {
    const gaps = await gapsOf(look, column, [end]);
    for (const unit of units) {
      const step = unit === 'clock' || unit === 'iso' ? 60 : Math.min(SECONDS[unit], 3600);
      const read = gaps.flatMap(({ text, seconds }) => {
        const s = secondsOf(text, unit);
        return s === null ? [] : [{ seconds, same: Math.abs(s - seconds) <= step }];
      });
      const same = read.filter((one) => one.same).length;
      const telling = read.filter((one) => one.seconds > 2 * step).length;
      if (telling >= 3 && same >= read.length * 0.95)
        return {
          unit,
          why: `${percent(same / read.length)} of ${read.length} values equal the time from creation to "${end?.column}" in ${unit === 'clock' ? 'h:mm' : unit}, on the wall clock`,
        };
    }
  }
  return null;
}

/** Shares of rows from which on a column cannot be what it is called: answers behind the end do come, solutions behind it do not. */
const TOO_LONG = { first_reply: 0.5, other: 0.1 };

/** Units in which the durations fit into the life of their tickets: on whichever clock, none is longer than that. */
async function unitsWithin(
  look: Look,
  column: Column,
  measure: Measure,
  units: readonly Unit[],
): Promise<readonly Unit[]> {
  const gaps = await gapsOf(look, column, [look.draft.ticket.solved_at, look.draft.ticket.closed_at]);
  if (gaps.length < 3) return units;
  const most = gaps.length * TOO_LONG[measure === 'first_reply' ? 'first_reply' : 'other'];
  return units.filter((unit) => {
    const step = unit === 'clock' || unit === 'iso' ? 60 : Math.max(60, SECONDS[unit]);
    return gaps.filter(({ text, seconds }) => (secondsOf(text, unit) ?? 0) > seconds + step).length <= most;
  });
}

/** A column that looks like a duration for the list of what is not used. */
export function looksLikeDuration(column: Column): boolean {
  return (
    isDuration(column) &&
    (column.header.unit !== null ||
      hasWord(column.header, ['duration', 'elapsed', 'age']) ||
      hasPhrase(column.header, 'time'))
  );
}
