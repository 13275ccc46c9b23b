import { wallMs, zoneOffsetMs } from '../domain/zone-clock.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Whether there is a zone of this IANA name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name);
  } catch {
    // The only thing that throws here is an unknown name.
    return false;
  }
}

/**
 * First instant of a calendar day in a zone; `midnight` is 00:00 of that day as if it were UTC. Where clocks jump over midnight, the
 * instant behind the jump.
 */
export function startOfDay(midnight: Date, zone: string): Date {
  const wanted = midnight.getTime();
  if (zone === 'UTC') return midnight;
  // Both offsets that may hold around that night; the earlier instant that shows the day or a later one is its start.
  const offsets = [-DAY_MS, DAY_MS].map((shift) => zoneOffsetMs(wanted + shift, zone));
  const candidates = [...new Set(offsets.map((offset) => wanted - offset))].sort((a, b) => a - b);
  for (const at of candidates)
    if (wallMs(at, zone) >= wanted && wallMs(at - MINUTE_MS, zone) < wanted) return new Date(at);
  return new Date(candidates[candidates.length - 1] ?? wanted);
}
