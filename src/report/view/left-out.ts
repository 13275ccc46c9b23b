import type { ImportedDay } from '../../domain/explanation.ts';
import type { Finding } from '../../domain/finding.ts';
import { count, percent } from '../numbers.ts';

/** Share from which on what a signal leaves out is said without being asked. */
const MUCH_LEFT_OUT = 0.2;

interface LeftOut {
  /** 0..1 of the tickets or other units that the signal could have looked at. */
  readonly share: number;
  /** The greatest part of it, in the word of the population or the reason. */
  readonly mostly: string;
}

function largest(parts: Readonly<Record<string, number>>): string {
  return Object.entries(parts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

/**
 * What a measured signal leaves out: tickets that are not people's (by population), and of the rest those that it could not use (by
 * reason). Null for signals that were not measured or leave out nothing.
 */
export function leftOutOf(finding: Finding): LeftOut | null {
  if (finding.status !== 'measured') return null;
  const { human = 0, ...others } = finding.population ?? {};
  const out = Object.values(others).reduce((sum, n) => sum + n, 0);
  const excluded = Object.values(finding.excluded).reduce((sum, n) => sum + n, 0);
  const kept = out === 0 ? 1 : human / (human + out);
  const used = excluded === 0 ? 1 : finding.n / (finding.n + excluded);
  const share = 1 - kept * used;
  if (share === 0) return null;
  return { share, mostly: 1 - kept >= 1 - used ? largest(others) : largest(finding.excluded) };
}

/** "4 signals leave out more than 20 % of tickets: N10 (58 % migration), ..."; null when none does. */
export function sayLeftOut(findings: readonly Finding[]): string | null {
  const much = findings.flatMap((finding) => {
    const left = leftOutOf(finding);
    return left === null || left.share <= MUCH_LEFT_OUT ? [] : [{ id: finding.signal.split('-')[0] ?? '', ...left }];
  });
  if (much.length === 0) return null;
  const list = much
    .map(({ id, share, mostly }) => `${id} (${percent(share)} ${mostly.replaceAll('_', ' ')})`)
    .join(', ');
  return `${much.length === 1 ? '1 signal leaves' : `${much.length} signals leave`} out more than ${percent(MUCH_LEFT_OUT)} of tickets: ${list}`;
}

/** Tickets of the window by population, people's first; null when the signal does not look at people's tickets alone. */
export function sayPopulation(finding: Finding): string | null {
  if (finding.population === undefined) return null;
  const { human = 0, ...others } = finding.population;
  const all = Object.values(others).reduce((sum, n) => sum + n, human);
  const parts = Object.entries(others).map(([word, n]) => `${count(n)} ${word} (${percent(n / all)})`);
  return parts.length === 0
    ? `all ${count(all)} tickets of the window are of people`
    : `${count(human)} of ${count(all)} tickets of the window are of people; left out ${parts.join(', ')}`;
}

const MOST_DAYS = 6;

/** "150 tickets look like an import and are left out of signals: desk 2026-01-05 (120), ..."; null without any. */
export function sayImported(days: readonly ImportedDay[]): string | null {
  if (days.length === 0) return null;
  const all = days.reduce((sum, { tickets }) => sum + tickets, 0);
  const shown = days.slice(0, MOST_DAYS).map((one) => `${one.connection} ${one.day} (${count(one.tickets)})`);
  const more = days.length - MOST_DAYS;
  return `${all === 1 ? '1 ticket looks' : `${count(all)} tickets look`} like an import and ${all === 1 ? 'is' : 'are'} left out of signals: ${shown.join(', ')}${more > 0 ? ` and ${more} more days` : ''}`;
}
