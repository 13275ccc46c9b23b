import { lit } from './sql.ts';
import { monthFirst, plainSql, splitOffset, type TimeShape, type Wording } from './time-shapes.ts';

/** SQL expressions over `raw` for the values of one time column; the conditions are never null. */
export interface TimeSql {
  /** Epoch milliseconds UTC; null where missing or unreadable. */
  readonly ms: string;
  readonly dateOnly: string;
  readonly placeholder: string;
  /** The value carries its own offset from UTC. */
  readonly offset: string;
}

/** Days that programs write for "none": the zero of their calendar, or its end. */
const EMPTY_DAYS = [
  '0001-01-01',
  '1753-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1969-12-31',
  '1970-01-01',
  '2099-12-31',
];
/** No real stamp lies behind it. */
const LAST_YEAR = 2900;
/** The same in numbers: zero, one before, the first second of year 1 and the last of 9999, in seconds and milliseconds. */
const EMPTY_NUMBERS = [
  '0',
  '0.0',
  '-1',
  '-62135596800',
  '-62135596800000',
  '253402300799',
  '253402300799000',
  '253402300799999',
];
const EMPTY_SERIALS = ['0', '0.0', '1', '1.0', '-1', '2958465', '2958465.0'];
/** Dates that no calendar has: 0000-00-00, 00/00/0000, 1900-01-00. */
const NO_DATE = '^0{1,4}[-/.]0{1,2}[-/.]0{1,4}|^1900[-/.]0?1[-/.]00';

const isTrue = (condition: string): string => `coalesce(${condition}, false)`;

function zoned(naive: string, zone: string): string {
  if (zone === 'UTC') return `epoch_ms(${naive})`;
  return `epoch_ms(timezone(${lit(zone)}, ${naive}))`;
}

function isEmptyDay(value: string, stamp: string): string {
  const days = EMPTY_DAYS.map((day) => `date ${lit(day)}`).join(', ');
  return isTrue(
    `regexp_matches(${value}, ${lit(NO_DATE)}) or cast(${stamp} as date) in (${days}) or year(${stamp}) >= ${LAST_YEAR}`,
  );
}

/** Numbers that are times: each has its own length, so that they cannot be taken for one another. */
const NUMBERS: Readonly<Partial<Record<TimeShape['order'], readonly [form: string, toMs: (value: string) => string]>>> =
  {
    epoch_s: ['[0-9]{10}([.][0-9]+)?', (v) => `cast(round(try_cast(${v} as decimal(38, 9)) * 1000) as bigint)`],
    epoch_ms: ['[0-9]{13}([.][0-9]+)?', (v) => `cast(try_cast(${v} as decimal(38, 9)) as bigint)`],
    epoch_us: ['[0-9]{16}', (v) => `try_cast(${v} as bigint) // 1000`],
    epoch_ns: ['[0-9]{19}', (v) => `try_cast(${v} as bigint) // 1000000`],
  };

function hasClock(pattern: string): boolean {
  return /%[HIkl]/.test(pattern);
}

function parse(value: string, patterns: readonly string[]): string {
  return patterns.length === 0
    ? 'cast(null as timestamp)'
    : `try_strptime(${value}, [${patterns.map(lit).join(', ')}])`;
}

/** Reads values of the given shapes. An offset counts value by value; the zone is that of values without one. */
export function writeTimeSql(
  value: string,
  wording: Wording,
  shapes: readonly TimeShape[],
  swap: boolean,
  zone: string,
): TimeSql {
  const plain = wording === 'plain' ? value : plainSql(value, wording);
  const offsets = shapes.some((s) => s.offset && s.pattern !== '');
  const { body, minutes } = offsets ? splitOffset(plain) : { body: plain, minutes: 'cast(null as integer)' };
  const patterns = [
    ...new Set(
      shapes.flatMap((s) =>
        s.pattern === '' ? [] : [s.order === 'numeric' && swap ? monthFirst(s.pattern) : s.pattern],
      ),
    ),
  ];
  const stamp = parse(body, patterns);
  const parts: string[] = [];
  const isNumber: string[] = [];
  for (const [order, one] of Object.entries(NUMBERS)) {
    if (one === undefined || !shapes.some((s) => s.order === order)) continue;
    const matches = `regexp_full_match(${value}, ${lit(one[0])})`;
    parts.push(`case when ${matches} then ${one[1](value)} end`);
    isNumber.push(matches);
  }
  const serial = shapes.some((s) => s.order === 'serial');
  if (serial) {
    const days = `case when regexp_full_match(${value}, '[0-9]{5}([.][0-9]+)?') then try_cast(${value} as double) end`;
    parts.push(zoned(`make_timestamp(cast(round((${days} - 25569) * 86400000) as bigint) * 1000)`, zone));
  }
  if (offsets)
    parts.push(
      `case when ${minutes} is not null then epoch_ms(${stamp}) - ${minutes} * 60000 else ${zoned(stamp, zone)} end`,
    );
  else if (patterns.length > 0) parts.push(zoned(stamp, zone));
  const days = patterns.filter((pattern) => !hasClock(pattern));
  const empty = [
    ...(patterns.length > 0 ? [isEmptyDay(value, stamp)] : []),
    ...(isNumber.length > 0 ? [isTrue(`${value} in (${EMPTY_NUMBERS.map(lit).join(', ')})`)] : []),
    ...(serial ? [isTrue(`${value} in (${EMPTY_SERIALS.map(lit).join(', ')})`)] : []),
  ];
  const dayOnly = [
    ...(days.length > 0 ? [`${parse(plain, days)} is not null`] : []),
    ...(serial ? [isTrue(`regexp_full_match(${value}, '[0-9]{5}([.]0+)?')`)] : []),
  ];
  return {
    ms: parts.length === 0 ? 'cast(null as bigint)' : `coalesce(${parts.join(', ')})`,
    dateOnly: dayOnly.length === 0 ? 'false' : `(${dayOnly.join(' or ')})`,
    placeholder: empty.length === 0 ? isTrue(`regexp_matches(${value}, ${lit(NO_DATE)})`) : `(${empty.join(' or ')})`,
    offset: `(${[`${minutes} is not null`, ...isNumber.map(isTrue)].join(' or ')})`,
  };
}

/** Reads values under a declared strptime pattern. With %z or %Z each value carries its offset, which is applied; no zone is needed. */
export function writePatternSql(value: string, pattern: string, zone: string): TimeSql {
  const last = / ?%[zZ]$/.exec(pattern);
  if (last !== null) {
    const { body, minutes } = splitOffset(value);
    const stamp = parse(body, [pattern.slice(0, last.index)]);
    return {
      ms: `case when ${minutes} is not null then epoch_ms(${stamp}) - ${minutes} * 60000 end`,
      dateOnly: 'false',
      placeholder: isEmptyDay(value, stamp),
      offset: 'true',
    };
  }
  const stamp = `try_strptime(${value}, ${lit(pattern)})`;
  const offset = /%z/i.test(pattern);
  return {
    ms: offset ? `epoch_ms(${stamp})` : zoned(stamp, zone),
    dateOnly: hasClock(pattern) ? 'false' : isTrue(`${stamp} is not null`),
    placeholder: isEmptyDay(value, stamp),
    offset: offset ? 'true' : 'false',
  };
}
