/** How numbers and instants are written on every screen; words come from the views. */

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const INSTANT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const NO_BREAK = '\u00a0';
const COUNT = new Intl.NumberFormat('en-GB');

/** `12 Mar 2026` of a date or an instant, UTC. */
export function dayText(at: string | Date): string {
  return DAY.format(typeof at === 'string' ? new Date(at) : at);
}

/** The last day before an end that is no part of the span: `31 Mar 2026` of midnight of the first of April. */
export function lastDayText(end: string): string {
  return dayText(new Date(Date.parse(end) - 1));
}

/** `12 Mar 2026, 14:05 UTC`; breaks between day and time only. */
export function instantText(at: string | Date | null): string {
  if (at === null) return '–';
  const [day, time] = INSTANT.format(typeof at === 'string' ? new Date(at) : at).split(', ');
  return `${day?.replaceAll(' ', NO_BREAK) ?? ''}, ${time ?? ''}${NO_BREAK}UTC`;
}

export function countText(n: number): string {
  return COUNT.format(n);
}

/** `34 %` of a share; below half a per cent but not nothing: `< 1 %`. */
export function percentText(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return '< 1 %';
  if (percent === 100 && share < 1) return '> 99 %';
  return `${String(percent)} %`;
}

/** `+3.2`, `−0.4`, `0`: one decimal, with its sign. */
export function signedText(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return '0';
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** `support_lead` as `Support lead`. */
export function roleText(role: string): string {
  const words = role.replaceAll(/[_-]+/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
