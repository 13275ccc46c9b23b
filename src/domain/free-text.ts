import { z } from 'zod';
import { hasHidden } from '../errors/index.ts';

const HIDDEN = 'holds a control or bidirectional character; type it again without it';
const MAIL = /\S[@\uff20]\S/;

function seen(text: string): boolean {
  return !hasHidden(text) && !text.includes('\t');
}

/** Text of several lines that a person types, such as a comment or a reason; at most `most` characters. */
export function freeText(most: number): z.ZodString {
  return z.string().max(most).refine(seen, HIDDEN);
}

/** Text of one line that a person types, such as a name; 1 to `most` characters. */
export function oneLine(most: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(most)
    .refine((text) => seen(text) && !text.includes('\n'), HIDDEN);
}

/** Path of the first text below a value that holds a hidden character; null = none. */
export function hiddenAt(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return seen(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = seen(key) ? hiddenAt(inner, at) : at;
    if (found !== null) return found;
  }
  return null;
}

/** Who answered or checked. Never an address: it would be shown in every report. docs/decisions/2026-11-28-respondents-are-no-addresses.md */
export const PersonId = oneLine(60).refine(
  (text) => !MAIL.test(text),
  'is an e-mail address; use initials or a name for the seat, e.g. lead-1',
);

/** In which role somebody answers, e.g. `support_lead`. */
export const RoleName = oneLine(60).refine(
  (text) => !MAIL.test(text),
  'is an e-mail address; name the role, e.g. support_lead',
);
