import type { OddKind } from './odd-cells.ts';

type Write = readonly [name: string, write: (ms: number) => unknown];

/** Ways in which vendors write one instant; more of them are tried where instants are read (src/kit/kit-parts.test.ts). */
export const SAME_INSTANTS: readonly OddKind[] = (
  [
    ['an offset without a colon', (ms) => `${shortIso(ms - 180 * 60_000)}-0300`],
    ['microseconds', (ms) => `${isoOf(ms).slice(0, 23)}000Z`],
    ['seconds since 1970', (ms) => ms / 1000],
    ['milliseconds since 1970 as text', (ms) => String(ms)],
  ] as readonly Write[]
).map(([name, write]) => ({ name: `an instant with ${name}`, keepsMeaning: true, bend: bendInstant(write) }));

/** What stands where an instant was and names none. */
export const NO_INSTANTS: readonly OddKind[] = (
  [
    ['a day', (ms) => isoOf(ms).slice(0, 10)],
    ['a time without a zone', (ms) => isoOf(ms).slice(0, 19)],
    ['the year 1', () => '0001-01-01T00:00:00Z'],
    ['a small number', () => 1],
  ] as readonly Write[]
).map(([name, write]) => ({ name: `${name} for an instant`, keepsMeaning: false, bend: bendInstant(write) }));

/** Numbers of these spans are instants in the fakes: the seconds, or milliseconds, of 2015 to 2040. */
const FROM_S = 1_420_000_000;
const TO_S = 2_210_000_000;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;
/** Durations come in this form too, as instants of 1970. */
const UTC_TEXT = /^(?!1970)\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** Without a zone, and without milliseconds where there are none. */
function shortIso(ms: number): string {
  return isoOf(ms).slice(0, -1).replace('.000', '');
}

function bendInstant(write: (ms: number) => unknown): OddKind['bend'] {
  return (value) => {
    const ms = instantOf(value);
    if (ms === null) return undefined;
    const other = write(ms);
    return other === value ? undefined : { value: other };
  };
}

/** Null for what is no instant. */
function instantOf(value: unknown): number | null {
  if (typeof value === 'string') {
    if (ISO.test(value)) return Date.parse(value);
    return UTC_TEXT.test(value) ? Date.parse(`${value.replace(' ', 'T')}Z`) : null;
  }
  if (typeof value !== 'number') return null;
  if (value > FROM_S && value < TO_S) return value * 1000;
  return value > FROM_S * 1000 && value < TO_S * 1000 ? value : null;
}
