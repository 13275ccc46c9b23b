import { translateWords } from './foreign-words.ts';

/** What the name of a column says, brought to plain words. */
export interface Header {
  readonly column: string;
  /** Lower-case English words without the record's own name ("Ticket", "Case"), units, zones and brackets of tools. */
  readonly words: readonly string[];
  /** The record's own name stood before them. */
  readonly record: boolean;
  readonly unit: 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days' | 'clock' | null;
  readonly clock: 'business' | 'calendar' | null;
  /** Zone that the header names, e.g. `Created (UTC)`. */
  readonly zone: string | null;
}

const RECORDS = new Set(['ticket', 'tickets', 'case', 'issue', 'incident', 'sr', 'request', 'conversation', 'bug']);
const UNITS: Readonly<Record<string, NonNullable<Header['unit']>>> = {
  ms: 'milliseconds',
  msec: 'milliseconds',
  millis: 'milliseconds',
  milliseconds: 'milliseconds',
  s: 'seconds',
  sec: 'seconds',
  secs: 'seconds',
  second: 'seconds',
  seconds: 'seconds',
  min: 'minutes',
  mins: 'minutes',
  minute: 'minutes',
  minutes: 'minutes',
  h: 'hours',
  hr: 'hours',
  hrs: 'hours',
  hour: 'hours',
  hours: 'hours',
  day: 'days',
  days: 'days',
};
const SHORT: Readonly<Record<string, string>> = {
  dt: 'date',
  ts: 'timestamp',
  datetime: 'time',
  no: 'number',
  nr: 'number',
  num: 'number',
  '#': 'number',
  csat: 'satisfaction',
  prio: 'priority',
  organisation: 'organization',
};
const PREFIXES = new Set(['sys', 'u', 'x', 'fields', 'hs', 'cf']);
/** Words written together, as databases do: createddate, ticketid. */
const JOINED =
  /^(ticket|case|issue|incident|creat(?:ed?|ion)|open(?:ed)?|clos(?:ed?|ure)|resolved?|resolution|solved?|updated?|modified|reported|response|due|submit(?:ted)?)(id|number|date|time|at|on|by|status|type|key)$/;
const BUSINESS = /\b(within |in )?(business|working|office|operational|service) (hours|hrs|time|minutes|days)\b/;

/** Issue trackers put the name of a field of one's own in brackets, in the language of the person who exports. */
const CUSTOM_FIELD =
  /^(?:custom field|cf|custom|benutzerdefinierte[sn]? felde?r?|champs? personnalisés?|campo personali[sz]z?ado|campo personalizzato|aangepast veld)\s*\(\s*(.+?)\s*\)\s*(?:\(\d+\))?$/i;

/** Whether the column is a field that the desk added to its tracker. */
export function isCustomField(column: string): boolean {
  return CUSTOM_FIELD.test(column);
}

const BRACKETED_ZONE = /\(\s*(UTC|GMT|[A-Z][A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)\s*\)/;

/** The name of a column without a zone in brackets and the arrow of a report that is sorted by it. */
export function bareName(column: string): string {
  return column
    .replace(BRACKETED_ZONE, ' ')
    .replace(/[↑↓▲▼]\s*$/u, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** As the last word of a duration: `full_resolution_time_in_minutes.business`. */
const LAST_BUSINESS = /(?<=\b(?:time|minutes|hours|seconds)) business$/;

/** The name without what tools put around it, and the zone in its brackets or at its end. */
function unwrap(column: string): { readonly text: string; readonly zone: string | null } {
  const text = column
    .replace(CUSTOM_FIELD, '$1')
    .replace(/\s*\[(list|txt|flag|int|dec|date|reg)\]$/i, '')
    .replace(/\s*\((ticket|tickets|case|contact|account|deal)\)$/i, '')
    .replace(/\.(display_value|value)$/i, '');
  const zone = BRACKETED_ZONE.exec(text)?.[1];
  if (zone !== undefined) return { text: text.replace(/\([^)]*\)/, ' '), zone: zone === 'GMT' ? 'UTC' : zone };
  const suffix = /[_ ](utc|gmt)$/i.exec(text);
  return suffix === null ? { text, zone: null } : { text: text.slice(0, suffix.index), zone: 'UTC' };
}

/** Lower-case words with camel humps and signs taken apart. */
function spell(text: string): string {
  return text
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/#|(?<!\p{L})n[°º]/gu, ' number ')
    .replace(/\bre[- ](open|assign)/g, 're$1')
    .replace(/\be[- ]mail/g, 'email')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function split(plain: string): { readonly words: readonly string[]; readonly record: boolean } {
  const spoken = translateWords(plain.split(/\s+/).filter((word) => word !== ''));
  let words = spoken
    .flatMap((word) => {
      const joined = JOINED.exec(word);
      return joined === null ? [word] : [joined[1] as string, joined[2] as string];
    })
    .map((word) => SHORT[word] ?? word);
  while (words.length > 1 && PREFIXES.has(words[0] as string)) words = words.slice(1);
  const record = RECORDS.has(words[0] ?? '');
  while (words.length > 1 && RECORDS.has(words[0] as string)) words = words.slice(1);
  return { words, record };
}

/** Reads a header: camel, snake and dotted forms, prefixes, brackets with units and zones. */
export function readHeader(column: string): Header {
  const { text, zone } = unwrap(column);
  const spelled = spell(text);
  const clock =
    BUSINESS.test(spelled) || LAST_BUSINESS.test(spelled)
      ? 'business'
      : /\b(calendar|elapsed|wall)\b/.test(spelled)
        ? 'calendar'
        : null;
  const timeless = spelled
    .replace(BUSINESS, ' ')
    .replace(LAST_BUSINESS, ' ')
    .replace(/\b(calendar|elapsed)( (hours|hrs|time|minutes|days))?\b/, ' ');
  const written = /\bhh? mm( ss)?\b/;
  const { words, record } = split(timeless.replace(written, ' '));
  let unit: Header['unit'] = written.test(timeless) ? 'clock' : null;
  const kept: string[] = [];
  for (const word of words) {
    const found = UNITS[word];
    if (found !== undefined) unit ??= found;
    else if (word !== 'in' && word !== 'within') kept.push(word);
  }
  return { column, words: kept.length > 0 ? kept : words, record, unit, clock, zone };
}

/** Some word of the header is among these. */
export function hasWord(header: Header, words: readonly string[]): boolean {
  return header.words.some((word) => words.includes(word));
}

/** The words stand one behind the other somewhere in the header. */
export function hasPhrase(header: Header, phrase: string): boolean {
  return ` ${header.words.join(' ')} `.includes(` ${phrase} `);
}
