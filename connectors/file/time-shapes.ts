import { lit } from './sql.ts';

/**
 * Shape of a written time: digits as 9, letters of a month as `Mon`/`Month`, AM/PM as `PM`, an offset as `Z`.
 * The order of day and month is the only thing a shape leaves open.
 */
export type TimeOrder = 'iso' | 'numeric' | 'named' | 'epoch_s' | 'epoch_ms';

export interface TimeShape {
  readonly order: TimeOrder;
  /** strptime pattern; for `numeric` with day first. */
  readonly pattern: string;
  /** The text carries its own offset from UTC. */
  readonly offset: boolean;
}

const CLOCKS: readonly (readonly [RegExp, string])[] = [
  [/^$/, ''],
  [/^9{1,2}:99$/, '%H:%M'],
  [/^9{1,2}:99:99$/, '%H:%M:%S'],
  [/^9{1,2}:99:99\.9{1,3}$/, '%H:%M:%S.%g'],
  [/^9{1,2}:99:99\.9{4,6}$/, '%H:%M:%S.%f'],
  [/^9{1,2}:99:99\.9{7,9}$/, '%H:%M:%S.%n'],
  [/^9{1,2}:99 ?PM$/, '%I:%M %p'],
  [/^9{1,2}:99:99 ?PM$/, '%I:%M:%S %p'],
];

const DATES: readonly (readonly [RegExp, TimeOrder, (found: RegExpExecArray) => string])[] = [
  [/^9999-99?-99?/, 'iso', () => '%Y-%m-%d'],
  [/^9999\/99?\/99?/, 'iso', () => '%Y/%m/%d'],
  [/^9999\.99?\.99?/, 'iso', () => '%Y.%m.%d'],
  [/^99?([/.-])99?\1(9999|99)(?!9)/, 'numeric', (m) => `%d${m[1]}%m${m[1]}${m[2] === '99' ? '%y' : '%Y'}`],
  [
    /^99?([ -])(Month|Mon)\1(9999|99)(?!9)/,
    'named',
    (m) => `%d${m[1]}%${m[2] === 'Mon' ? 'b' : 'B'}${m[1]}${m[3] === '99' ? '%y' : '%Y'}`,
  ],
  [/^(Month|Mon) 99?,? 9999/, 'named', (m) => `%${m[1] === 'Mon' ? 'b' : 'B'} %d${m[0].includes(',') ? ',' : ''} %Y`],
];

const MONTHS = 'january|february|march|april|june|july|august|september|october|november|december';
const SHORT_MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';

/** SQL expression: the shape of a text. */
export function shapeSql(expression: string): string {
  const steps: readonly (readonly [string, string])[] = [
    ['\\s+', ' '],
    [`(?i)\\b(${MONTHS})\\b`, 'Month'],
    [`(?i)\\b(${SHORT_MONTHS})\\b`, 'Mon'],
    ['(?i)\\b(am|pm)\\b', 'PM'],
    ['(?i)([0-9])(am|pm)$', '\\1PM'],
    ['[0-9]', '9'],
  ];
  return steps.reduce(
    (inner, [pattern, by]) => `regexp_replace(${inner}, ${lit(pattern)}, ${lit(by)}, 'g')`,
    `trim(${expression})`,
  );
}

/** What a shape means, or null when it is no time that we know. Two-digit years are read only under an explicit pattern. */
export function readShape(shape: string): TimeShape | null {
  if (/^9{10}$/.test(shape)) return { order: 'epoch_s', pattern: '', offset: true };
  if (/^9{13}$/.test(shape)) return { order: 'epoch_ms', pattern: '', offset: true };
  for (const [date, order, write] of DATES) {
    const found = date.exec(shape);
    if (found === null) continue;
    const day = write(found);
    if (day.includes('%y')) return null;
    const rest = shape.slice(found[0].length);
    const zone = /(?:Z| ?UTC| ?[+-]99(?::?99)?)$/.exec(rest);
    const clock = zone === null ? rest : rest.slice(0, zone.index);
    const glue = /^(T| |, | at )/.exec(clock)?.[0] ?? '';
    const hit = CLOCKS.find(([pattern]) => pattern.test(clock.slice(glue.length)));
    if (hit === undefined || (glue === '') !== (hit[1] === '') || (zone !== null && hit[1] === '')) return null;
    const time = hit[1].endsWith('%p') && !clock.includes(' PM') ? hit[1].replace(' %p', '%p') : hit[1];
    return { order, pattern: `${day}${glue}${time}`, offset: zone !== null };
  }
  return null;
}

/** The pattern with month first. */
export function monthFirst(pattern: string): string {
  return pattern.replace(/^%d(.)%m/, '%m$1%d');
}
