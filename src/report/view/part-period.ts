import { wallMs } from '../../domain/zone-clock.ts';

const DAY_MS = 86_400_000;

interface Span {
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
}

/** First day of a week (`2026-06-29`) or a month (`2026-06`) and of the next one, as if they were UTC, milliseconds; null for any other word. */
function boundsOf(by: string, value: string): readonly [number, number] | null {
  if (by === 'month' && /^\d{4}-\d{2}$/.test(value)) {
    const [year = 0, month = 0] = value.split('-').map(Number);
    return [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)];
  }
  if (by !== 'week' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const monday = Date.parse(value);
  return [monday, monday + 7 * DAY_MS];
}

const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

/**
 * What of a week or a month of the zone a span holds, in words: `so far, to 2026-06-29`, `only from 2025-12-30 on`; null where it holds all of it and for
 * what is no week and no month. A span that begins within a day counts as begun with it, since a desk begins with its first ticket; one that
 * ends within a day has not ended with it. Pure.
 */
export function sayPart(by: string, value: string, { from, to }: Span, zone: string): string | null {
  const bounds = boundsOf(by, value);
  if (bounds === null) return null;
  const begun = dayOf(wallMs(Date.parse(from), zone));
  const ended = wallMs(Date.parse(to), zone);
  const late = begun > dayOf(bounds[0]);
  const early = ended < bounds[1];
  const last = dayOf(wallMs(Date.parse(to) - 1, zone));
  if (late && early) return `only from ${begun} to ${last}`;
  if (late) return `only from ${begun} on`;
  return early ? `so far, to ${last}` : null;
}
