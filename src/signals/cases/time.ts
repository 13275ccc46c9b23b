import { PlumblineError } from '../../errors/plumbline-error.ts';

const UNIT_MS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

function bad(text: string, expected: string): never {
  throw new PlumblineError('BAD_RULES', `"${text}" is not ${expected}.`, 'See "Times" in docs/writing-signals.md.');
}

/** `1d4h`, `-30m`, `-90d+5m` in milliseconds; terms after a sign carry that sign. */
export function parseDuration(text: string): number {
  const terms = [...text.matchAll(/([+-]?)(\d+(?:\.\d+)?)([wdhms])/g)];
  if (terms.length === 0 || terms.map((term) => term[0]).join('') !== text)
    bad(text, 'a duration such as 5m, 1d4h or -3d');
  let sign = 1;
  return terms.reduce((total, [, mark, amount, unit]) => {
    if (mark !== '') sign = mark === '-' ? -1 : 1;
    return total + sign * Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  }, 0);
}

function onePoint(text: string, asOf: Date): number {
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
    const at = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
    return Number.isNaN(at) ? bad(text, 'an instant') : at;
  }
  return asOf.getTime() + parseDuration(text);
}

/** Saturday goes back to Friday, Sunday on to Monday. */
function toWorkday(at: number): number {
  const day = new Date(at).getUTCDay();
  if (day === 6) return at - (UNIT_MS.d ?? 0);
  return day === 0 ? at + (UNIT_MS.d ?? 0) : at;
}

/**
 * The instant of copy `i` of `n`: `-10d` (from asOf), an ISO date or instant, or `A..B`, which spreads the copies evenly inside the range.
 * `@10:00` puts it at that time of day (UTC), `workdays` moves it off Saturday and Sunday.
 */
export function parseInstant(text: string, asOf: Date, i: number, n: number): Date {
  const [span = '', ...flags] = text.trim().split(/\s+/);
  const [start, end] = span.split('..');
  if (start === undefined || start === '') bad(text, 'a time');
  const first = onePoint(start, asOf);
  let at = end === undefined ? first : first + ((onePoint(end, asOf) - first) * (i + 0.5)) / n;
  for (const flag of flags) {
    const clock = /^@(\d{1,2}):(\d{2})$/.exec(flag);
    if (clock !== null) at = new Date(at).setUTCHours(Number(clock[1]), Number(clock[2]), 0, 0);
    else if (flag === 'workdays') at = toWorkday(at);
    else bad(text, 'a time; flags are @HH:MM and workdays');
  }
  return new Date(Math.round(at / 1000) * 1000);
}
