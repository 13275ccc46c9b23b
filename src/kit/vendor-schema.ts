import { z } from 'zod';

/** Vendor id as text; numbers become their digits. Fractions and the empty text are refused. */
export const VendorId = z
  .union([z.string().min(1), z.int()])
  .transform(String)
  .meta({ description: 'id' });

/** As VendorId, but null, absent, '' and non-positive numbers (vendors write -1 for "system") give null. */
export const MaybeId = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined || value === '' || Number(value) <= 0 ? null : String(value),
  );

/** ISO-8601 instant with offset or `Z`, as UTC Date. */
export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** As Instant, but null, absent and '' give null. */
export const MaybeInstant = z
  .union([Instant, z.literal('')])
  .nullish()
  .transform((value) => (value instanceof Date ? value : null));

/** Null for null, absent and ''. */
export const MaybeText = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

/** Null for null and absent. */
export const MaybeNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
export const MaybeBool = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);
/** Whole number, or null for null and absent. */
export const MaybeInt = z
  .int()
  .nullish()
  .transform((value) => value ?? null);

/** Envelope of a page whose rows are under `key`: `rows` is that list, other known keys come from `shape`, more are ignored. */
export function envelope<S extends z.ZodRawShape>(key: string, shape: S) {
  return z.looseObject(shape).transform((page, context) => {
    const rows: unknown = (page as Record<string, unknown>)[key];
    if (Array.isArray(rows)) return { ...(page as z.infer<z.ZodObject<S>>), rows: rows as unknown[] };
    context.addIssue({ code: 'custom', path: [key], message: 'an array', input: undefined });
    return z.NEVER;
  });
}
