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

/** What the wall clock of a zone shows at an instant, as if it were UTC; milliseconds. */
function wallMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(at));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/**
 * First instant of a calendar day in a zone; `midnight` is 00:00 of that day as if it were UTC. Where clocks jump over midnight, the
 * instant behind the jump.
 */
export function startOfDay(midnight: Date, zone: string): Date {
  const wanted = midnight.getTime();
  if (zone === 'UTC') return midnight;
  // Both offsets that may hold around that night; the earlier instant that shows the day or a later one is its start.
  const offsets = [-DAY_MS, DAY_MS].map((shift) => wallMs(wanted + shift, zone) - (wanted + shift));
  const candidates = [...new Set(offsets.map((offset) => wanted - offset))].sort((a, b) => a - b);
  for (const at of candidates)
    if (wallMs(at, zone) >= wanted && wallMs(at - MINUTE_MS, zone) < wanted) return new Date(at);
  return new Date(candidates[candidates.length - 1] ?? wanted);
}
