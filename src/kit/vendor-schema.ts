import { z } from 'zod';
import { instantOf, namesNoInstant } from './instants.ts';
import { REFUSED, readAs, readerOf } from './quick-schema.ts';

// The kinds that a row holds many of are read by hand where they are as usual (`readAs`): by their schema a sync takes a sixth longer.

/** Vendor id as text; numbers become their digits. Fractions and the empty text are refused. */
export const VendorId = readAs(
  z
    .union([z.int(), z.string().min(1)])
    .transform(String)
    .meta({ description: 'id' }),
  (value) => {
    if (typeof value === 'string') return value === '' ? REFUSED : value;
    return Number.isSafeInteger(value) ? String(value) : REFUSED;
  },
);

/** As VendorId, but null, absent, '' and non-positive numbers (vendors write -1 for "system") give null. */
export const MaybeId = readAs(
  z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => idOrNull(value)),
  (value) =>
    value === null || value === undefined || typeof value === 'string' || Number.isFinite(value)
      ? idOrNull(value as string | number | null | undefined)
      : REFUSED,
);

function idOrNull(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return value > 0 ? String(value) : null;
  // Most ids begin with a digit that no number up to 0 begins with; only the others are worth a conversion.
  return isFromOneOn(value.charCodeAt(0)) || !(Number(value) <= 0) ? value : null;
}

const isFromOneOn = (code: number): boolean => code >= 49 && code <= 57;

/** An instant in any form that says which one it is (`instantOf`), as UTC Date. */
export const Instant = readAs(
  z.unknown().transform((value, context): Date => {
    const at = instantOf(value);
    if (at !== null) return at;
    context.addIssue({ code: 'custom', message: 'an instant' });
    return z.NEVER;
  }),
  (value) => instantOf(value) ?? REFUSED,
);

/** As Instant, but null, absent and what programs write for none (`namesNoInstant`) give null. */
export const MaybeInstant = readAs(
  z
    .unknown()
    .optional()
    .transform((value, context): Date | null => {
      const at = maybeInstantOf(value);
      if (at !== REFUSED) return at;
      context.addIssue({ code: 'custom', message: 'an instant' });
      return z.NEVER;
    }),
  maybeInstantOf,
);

function maybeInstantOf(value: unknown): Date | null | typeof REFUSED {
  if (value === null || value === undefined) return null;
  return instantOf(value) ?? (namesNoInstant(value) ? null : REFUSED);
}

/** Null for null, absent and ''; a number is its digits. */
export const MaybeText = readAs(
  z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value === undefined || value === null || value === '' ? null : String(value))),
  (value) => {
    if (typeof value === 'string') return value === '' ? null : value;
    return value === undefined || value === null ? null : REFUSED;
  },
);

/** As MaybeText, of a word that the vendor chooses: in small letters. */
export const MaybeWord = MaybeText.transform((word) => word?.toLowerCase() ?? null);

/** Null for null, absent and ''; a number that comes as text is a number. */
export const MaybeNumber = z
  .union([z.number(), numeric(z.number())])
  .nullish()
  .transform((value) => value ?? null);
/** True, false, also as text in any case; null for null, absent and ''. */
export const MaybeBool = readAs(
  z
    .union([z.boolean(), z.literal(''), z.string().regex(/^\s*(?:true|false)\s*$/i)])
    .nullish()
    .transform((value) => (typeof value === 'string' ? (value === '' ? null : /true/i.test(value)) : (value ?? null))),
  (value) => {
    if (typeof value === 'boolean') return value;
    return value === undefined || value === null ? null : REFUSED;
  },
);
/**
 * As the schema, but null and absent are `otherwise`. A record whose cell cannot be read is refused then, as keeping it would say just that: for cells on
 * which it rests what a record means at all, e.g. whether the customer sees a message.
 */
export function orElse<T, const E>(schema: z.ZodType<T | null>, otherwise: E) {
  return schema.optional().transform((value): T | E => value ?? otherwise);
}

/** True or false, `otherwise` where nothing is said; what cannot be read refuses the record (`orElse`). */
export function flag(otherwise: boolean) {
  return orElse<boolean, boolean>(MaybeBool, otherwise);
}

/** Whole number, also as text; null for null, absent and ''. */
export const MaybeInt = z
  .union([z.int(), numeric(z.int())])
  .nullish()
  .transform((value) => value ?? null);

/** A whole number that has to be there, also as text. */
export const Whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** A number as text, by the schema of the number; '' gives null. */
function numeric<T>(schema: z.ZodType<T>) {
  return z.string().transform((text, context): T | null => {
    if (text.trim() === '') return null;
    const read = schema.safeParse(Number(text));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'a number' });
    return z.NEVER;
  });
}

/** A code: a whole number, also as text, as its digits; null for null, absent and ''. */
export const Code = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(String);
export const MaybeCode = z
  .union([Code, z.literal('')])
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

/** Null for null and absent. */
export function maybe<S extends z.ZodType>(schema: S) {
  return readAs(
    schema.nullish().transform((value): z.output<S> | null => (value ?? null) as z.output<S> | null),
    (value) => (value === undefined || value === null ? null : REFUSED),
  );
}

/** A list; none for null and absent: a record whose list cannot be read is refused. Where it should be kept instead, `maybeListOf`. */
export function listOf<S extends z.ZodType>(item: S) {
  return z
    .array(item)
    .nullish()
    .transform((value): z.output<S>[] => (value ?? []) as z.output<S>[]);
}

/** A list; null for null and absent, so that a record is kept without a list that cannot be read. Of one that can, elements that do not fit are left out. */
export function maybeListOf<S extends z.ZodType>(item: S) {
  return maybe(z.array(item));
}

/** The items of a list that fit; others are passed over. For what only helps to understand a record. `at` = the list comes wrapped under a key. */
export function listOfGood<S extends z.ZodType>(item: S, at?: string) {
  // Optional, or a record without the key would be refused.
  return z
    .unknown()
    .optional()
    .transform((value): z.output<S>[] => {
      const list = at === undefined ? value : (value as Record<string, unknown> | null | undefined)?.[at];
      return (Array.isArray(list) ? list : []).flatMap((one): z.output<S>[] => {
        const parsed = item.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      });
    });
}

/** Several keys of one kind: `z.looseObject({ id: VendorId, ...keys(MaybeText, 'email', 'phone') })`. */
export function keys<S extends z.ZodType, const N extends string>(kind: S, ...names: readonly N[]): Record<N, S> {
  return Object.fromEntries(names.map((name) => [name, kind])) as Record<N, S>;
}

/** Ids, texts, and values by name, of which a vendor may leave any out. */
export const Ids = listOf(VendorId);
export const Texts = listOf(z.string());
export const MaybeTexts = maybeListOf(z.string());
export const MaybeIds = maybeListOf(VendorId);
export const MaybeRecord = maybe(z.record(z.string(), z.unknown()));

/** Something with a name, which is looked at and dropped. */
export const NamedRow = z.looseObject({ id: VendorId, name: MaybeText });

/** Envelope of a page whose rows are under `key`: `rows` is that list, other known keys come from `shape`, more are ignored. */
export function envelope<S extends z.ZodRawShape>(key: string, shape: S) {
  return z.looseObject(shape).transform((page, context) => {
    const rows: unknown = (page as Record<string, unknown>)[key];
    if (Array.isArray(rows)) return { ...(page as z.infer<z.ZodObject<S>>), rows: rows as unknown[] };
    context.addIssue({ code: 'custom', path: [key], message: 'an array', input: undefined });
    return z.NEVER;
  });
}

export type Row = Readonly<Record<string, unknown>>;

/** An object with any keys, as it is. */
export const AnyRow = z.custom<Row>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** What `schema` reads of a row, finished with the row as the vendor wrote it: where only the account knows what its keys mean. */
export function withRow<S extends z.ZodType, T>(schema: S, finish: (known: z.output<S>, row: Row) => T) {
  const whole = z.unknown().transform((row, context): T => {
    const read = schema.safeParse(row);
    if (read.success) return finish(read.data, row as Row);
    context.issues.push(...(read.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  });
  return readAs(whole, (row) => {
    const known = readerOf(schema)(row);
    return known === REFUSED ? REFUSED : (finish(known as z.output<S>, row as Row) as Awaited<T>);
  });
}
