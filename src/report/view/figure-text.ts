import { count, percent, short } from '../numbers.ts';

function singular(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  if (noun.endsWith('sses')) return noun.slice(0, -2);
  return noun.endsWith('s') && !noun.endsWith('ss') ? noun.slice(0, -1) : noun;
}

/** One of a unit that is written for many: `kinds of team` -> `kind of team`, `rules and views` -> `rule or view`. */
function oneOf(unit: string): string {
  return unit
    .split(' and ')
    .map((part) => part.replace(/\S+(?=$| (?:of|in|a)(?: |$))/, singular))
    .join(' or ');
}

/** A figure in its unit: `84 %`, `3 desks`, `1 desk`, `0.62 A`. */
export function sayFigure(value: number, unit: string): string {
  if (unit === 'share') return percent(value);
  return `${Number.isInteger(value) ? count(value) : short(value, 3)} ${value === 1 ? oneOf(unit) : unit}`;
}

/** A duration in seconds for reading: `40 s`, `59 min`, `8 h`, `3.5 days`. */
function sayDuration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 120) return `${short(seconds, 0)} s`;
  if (size < 7_200) return `${short(seconds / 60, 0)} min`;
  return size < 172_800 ? `${short(seconds / 3_600, 1)} h` : `${short(seconds / 86_400, 1)} days`;
}

interface Extra {
  readonly name: string;
  readonly text: string;
  readonly value: number | null;
  /** The clock that a duration was told by; null for what is no such duration. */
  readonly clock: 'calendar' | 'business' | null;
}

/** A further figure of an estimator, its name in words; null where there is none. A name that ends in `_s` is of seconds. */
export function sayExtra(key: string, value: number | string | null): Extra | null {
  if (value === null) return null;
  const clock = /_(calendar|business)_s$/.exec(key)?.[1] ?? null;
  const isDuration = /_s$/.test(key);
  const name = key
    .replace(/_(calendar|business)_s$/, ', by the $1 clock')
    .replace(/_s$/, '')
    .replaceAll('_', ' ');
  if (typeof value === 'string') return { name, text: value, value: null, clock: null };
  const isShare = /(^|_)share(_|$)/.test(key);
  const text = isDuration ? sayDuration(value) : isShare ? percent(value) : short(value, 3);
  return { name, text, value, clock: clock === 'calendar' || clock === 'business' ? clock : null };
}
