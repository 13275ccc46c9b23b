import { lit } from './sql.ts';

/**
 * Shape of a written time: digits as 9, letters of a month as `Mon`/`Month`, AM/PM as `PM`, an offset as `Z`.
 * The order of day and month is the only thing a shape leaves open.
 */
type TimeOrder = 'iso' | 'numeric' | 'named' | 'epoch_s' | 'epoch_ms' | 'epoch_us' | 'epoch_ns' | 'serial';

export interface TimeShape {
  readonly order: TimeOrder;
  /** strptime pattern of the text without its offset; for `numeric` with day first. Empty for numbers. */
  readonly pattern: string;
  /** The text carries its own offset from UTC. */
  readonly offset: boolean;
}

const CLOCKS: readonly (readonly [RegExp, string])[] = [
  [/^$/, ''],
  [/^9{1,2}[:.]99$/, '%H:%M'],
  [/^9{1,2}:99:99$/, '%H:%M:%S'],
  [/^9{1,2}\.99\.99$/, '%H.%M.%S'],
  [/^9{1,2}:99:99\.9{1,3}$/, '%H:%M:%S.%g'],
  [/^9{1,2}:99:99\.9{4,6}$/, '%H:%M:%S.%f'],
  [/^9{1,2}:99:99\.9{7,9}$/, '%H:%M:%S.%n'],
  [/^9{1,2} ?PM$/, '%I %p'],
  [/^9{1,2}:99 ?PM$/, '%I:%M %p'],
  [/^9{1,2}:99:99 ?PM$/, '%I:%M:%S %p'],
  [/^9{1,2}:99:99\.9{1,3} ?PM$/, '%I:%M:%S.%g %p'],
];

const DATES: readonly (readonly [RegExp, TimeOrder, (found: RegExpExecArray) => string])[] = [
  [/^9999-99?-99?/, 'iso', () => '%Y-%m-%d'],
  [/^9999\/99?\/99?/, 'iso', () => '%Y/%m/%d'],
  [/^9999\.99?\.99?/, 'iso', () => '%Y.%m.%d'],
  [/^99?([/.-])99?\1(9999|99)(?!9)/, 'numeric', (m) => `%d${m[1]}%m${m[1]}${m[2] === '99' ? '%y' : '%Y'}`],
  [/^99?([ /.-])(Month|Mon)(,? |\1)9999(?!9)/, 'named', (m) => `%d${m[1]}%${letter(m[2])}${m[3]}%Y`],
  [/^9999([ /.-])(Month|Mon)\1(99?)(?!9)/, 'named', (m) => `%Y${m[1]}%${letter(m[2])}${m[1]}%d`],
  [/^(Month|Mon)([ /-])99?(,? |,|\2)9999(?!9)/, 'named', (m) => `%${letter(m[1])}${m[2]}%d${m[3]}%Y`],
];

function letter(word: string | undefined): string {
  return word === 'Mon' ? 'b' : 'B';
}

const MONTHS = 'january|february|march|april|june|july|august|september|october|november|december';
const SHORT_MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DAYS = 'mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday';

/** Zones by letters that mean one offset only, in minutes. CST, IST, BST and others have several meanings and are not read. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MDT: -360,
  PST: -480,
  PDT: -420,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  JST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
};

const ZONE = `(?:(?:UTC|GMT)? ?[+-][0-9]{2}(?::?[0-9]{2})?|(?:UTC|GMT)[+-][0-9]{1,2}|${Object.keys(ZONES).join('|')})`;
/** An offset stands behind a clock only: "2026-01-05" has none. */
const ZONED = `^(.*(?:[:.]|T[0-9]{2,4})[0-9]{2}(?:[.][0-9]+)?(?: ?[AaPp][Mm])?) ?(${ZONE})$`;

/** Months and days of the week of six languages as English writes them, without what follows the day ("de", a dot). */
const MONTHS_ELSEWHERE: readonly (readonly [english: string, foreign: string])[] = [
  ['January', 'januar|jänner|jan[.]|janvier|janv|enero|ene|gennaio|gen|januari|janeiro'],
  ['February', 'februar|feb[.]|février|fevrier|févr|fevr|febrero|febbraio|februari|fevereiro|fev'],
  ['March', 'märz|maerz|mär|mrz|mars|marzo|maart|mrt|março|marco'],
  ['April', 'avril|avr|abril|abr|aprile'],
  ['May', 'mai|mayo|maggio|mag|mei|maio'],
  ['June', 'juni|juin|junio|giugno|giu|junho'],
  ['July', 'juli|juillet|juil|julio|luglio|lug|julho'],
  ['August', 'août|aout|agosto|ago|augustus'],
  ['September', 'septembre|septiembre|settembre|setembro|sett|set'],
  ['October', 'oktober|okt|octobre|octubre|ottobre|ott|outubro|out'],
  ['November', 'novembre|noviembre|novembro'],
  ['December', 'dezember|dez|décembre|decembre|déc|diciembre|dic|dicembre|dezembro'],
];
const DAYS_ELSEWHERE =
  'montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira';

type Step = readonly [pattern: string, by: string];

/** Ways of writing that mean the same, brought to one. */
const PLAIN: readonly Step[] = [
  ['[\\s\u00a0\u2009\u202f]+', ' '],
  [`(?i)^(?:${DAYS})\\.?,? `, ''],
  [' [(][^()]*[)]$', ''],
  ['(?i)([0-9])(?:st|nd|rd|th)\\b', '\\1'],
  ['(?i)\\b([ap])\\. ?m\\b\\.?', '\\1m'],
  ['(?i)\\bsept\\b', 'Sep'],
  [`(?i)\\b(${SHORT_MONTHS})\\. ?`, '\\1 '],
  ['(:[0-9]{2}),([0-9]+)', '\\1.\\2'],
  ['(?i)([0-9]),? (?:at|@|-) ([0-9]{1,2}[:.])', '\\1 \\2'],
  ['([0-9]), ?([0-9]{1,2}[:.][0-9]{2})', '\\1 \\2'],
  // ctime: the year stands last.
  [`(?i)^((?:${SHORT_MONTHS}) [0-9]{1,2}) ([0-9]{1,2}:[0-9:]+) ([0-9]{4})$`, '\\1 \\3 \\2'],
  // With the month as a word two digits can only be the year: 00-69 are of this century.
  ['^([0-9]{1,2}[ /.-][A-Za-z]{3,9}[ /.-])([0-6][0-9])( |$)', '\\120\\2\\3'],
  ['^([0-9]{1,2}[ /.-][A-Za-z]{3,9}[ /.-])([7-9][0-9])( |$)', '\\119\\2\\3'],
];

function replaceAll(expression: string, steps: readonly Step[]): string {
  return steps.reduce(
    (inner, [pattern, by]) => `regexp_replace(${inner}, ${lit(pattern)}, ${lit(by)}, 'g')`,
    `trim(${expression})`,
  );
}

/** Before everything else, where a column holds such a word (`HAS_WORD`): most columns of times have none. */
const SPOKEN: readonly Step[] = [
  ['[\\s\u00a0\u2009\u202f]+', ' '],
  ['(?i) uhr$', ''],
  [`(?i)^(?:${DAYS_ELSEWHERE})[.]?,? (?:den )?([0-9])`, '\\1'],
  ['(?i)([0-9])[.]? (?:de )?([\\p{L}]{3,}[.]?),? (?:de |del )?([0-9]{2,4})', '\\1 \\2 \\3'],
  ['(?i)([0-9]),? (?:um|à|a las|alle|om|às|alle ore) ([0-9]{1,2}[:.h])', '\\1 \\2'],
  // 9h05 is 9:05 where French is written.
  ['(?i)( [0-9]{1,2}) ?h ?([0-9]{2})$', '\\1:\\2'],
  ...MONTHS_ELSEWHERE.map(
    ([english, foreign]): Step => [`(?i)([0-9][ /.-])(?:${foreign})[.]?([ /.-][0-9])`, `\\1${english}\\2`],
  ),
];
const HAS_WORD = '(?i)[0-9](?:[.]? |[/.-])\\p{L}{3}|[0-9],? (?:de|um|à|om|às|a las) |^\\p{L}{2}|[0-9]h[0-9]';

/** How much of its writing a column of times has to lose: nothing, what English writes, or words of other languages as well. */
export type Wording = 'plain' | 'odd' | 'spoken';

/** SQL condition: the value holds words that `spoken` is for. Asked once a column: the steps are many, and the SQL of a time is long. */
export function isSpokenSql(expression: string): string {
  return `regexp_matches(${expression}, ${lit(HAS_WORD)})`;
}

/** SQL expression: a written time in its plain form. */
export function plainSql(expression: string, wording: Exclude<Wording, 'plain'>): string {
  return replaceAll(expression, wording === 'spoken' ? [...SPOKEN, ...PLAIN] : PLAIN);
}

/** SQL expressions over a plain time: its text without the offset, and the offset in minutes, null where it has none. */
export function splitOffset(plain: string): { readonly body: string; readonly minutes: string } {
  const zone = `regexp_extract(${plain}, ${lit(ZONED)}, 2)`;
  const named = Object.entries(ZONES).map(([name, minutes]) => `when ${lit(name)} then ${minutes}`);
  const sign = `case when ${zone} like '%-%' then -1 else 1 end`;
  const hours = `cast(regexp_extract(${zone}, '[+-]([0-9]{1,2})', 1) as integer)`;
  const rest = `coalesce(try_cast(regexp_extract(${zone}, '[+-][0-9]{2}:?([0-9]{2})$', 1) as integer), 0)`;
  return {
    body: `regexp_replace(${plain}, ${lit(ZONED)}, '\\1')`,
    minutes: `(case ${zone} when '' then null ${named.join(' ')} else ${sign} * (${hours} * 60 + ${rest}) end)`,
  };
}

/** SQL expression: the shape of a text. */
export function shapeSql(expression: string, wording: Exclude<Wording, 'plain'>): string {
  return replaceAll(plainSql(expression, wording), [
    [`(?i)\\b(${MONTHS})\\b`, 'Month'],
    [`(?i)\\b(${SHORT_MONTHS})\\b`, 'Mon'],
    ['(?i)\\b(am|pm)\\b', 'PM'],
    ['(?i)([0-9])(am|pm)\\b', '\\1PM'],
    ['[0-9]', '9'],
  ]);
}

/** Numbers that may be times when a mapping says that their column is one. Serial: days since 1899-12-30, as spreadsheets count. */
export function readNumberShape(shape: string): TimeShape | null {
  if (/^9{10}(\.9+)?$/.test(shape)) return { order: 'epoch_s', pattern: '', offset: true };
  if (/^9{13}(\.9+)?$/.test(shape)) return { order: 'epoch_ms', pattern: '', offset: true };
  if (/^9{16}$/.test(shape)) return { order: 'epoch_us', pattern: '', offset: true };
  if (/^9{19}$/.test(shape)) return { order: 'epoch_ns', pattern: '', offset: true };
  if (/^9{5}(\.9+)?$/.test(shape)) return { order: 'serial', pattern: '', offset: false };
  return null;
}

const ZONE_SHAPE = new RegExp(`^(.*(?:[:.]|T9{2,4})99(?:\\.9+)?(?: ?PM)?)( ?)(${ZONE.replaceAll('[0-9]', '9')})$`);

/** What a shape means, or null when it is no time that we know. A numeric date with a year of two digits has %y. */
export function readShape(shape: string): TimeShape | null {
  if (/^9{10}$/.test(shape) || /^9{13}$/.test(shape)) return readNumberShape(shape);
  const zone = ZONE_SHAPE.exec(shape);
  const text = zone?.[1] ?? shape;
  if (/^9{8}T9{4}(99)?$/.test(text))
    return { order: 'iso', pattern: `%Y%m%dT%H%M${text.length > 13 ? '%S' : ''}`, offset: zone !== null };
  for (const [date, order, write] of DATES) {
    const found = date.exec(text);
    if (found === null) continue;
    const rest = text.slice(found[0].length);
    const glue = /^(T| |, )/.exec(rest)?.[0] ?? '';
    const clock = rest.slice(glue.length);
    const hit = CLOCKS.find(([pattern]) => pattern.test(clock));
    if (hit === undefined || (glue === '') !== (hit[1] === '')) continue;
    const dotted = clock === '99.99' || clock === '9.99' ? '%H.%M' : hit[1];
    const time = dotted.endsWith('%p') && !clock.includes(' PM') ? dotted.replace(' %p', '%p') : dotted;
    return { order, pattern: `${write(found)}${glue}${time}`, offset: zone !== null };
  }
  return null;
}

/** A numeric date whose year has two digits: only a declared order may settle it. */
export function isShortYear(shape: TimeShape): boolean {
  return shape.pattern.includes('%y');
}

/** The pattern with month first. */
export function monthFirst(pattern: string): string {
  return pattern.replace(/^%d(.)%m/, '%m$1%d');
}
