import { PLANTED } from './plant-personal-text.ts';

/** Texts that are no free text by their form: numbers, instants, times of day, ids, addresses of pages. */
const FORMAL = /^(?:[\d\s:.TZ+-]*|\d{1,2}:\d{2} [ap]m|@big:\d+|https?:\/\/\S+|true|false)$/;

let next = 0;

/** A text with personal text in its place, unless its key or its form says that it is a code. */
export function plantCanaries(value: unknown, key: string, codes: readonly string[]): unknown {
  if (typeof value !== 'string' || codes.includes(key) || FORMAL.test(value)) return value;
  return PLANTED[next++ % PLANTED.length];
}
