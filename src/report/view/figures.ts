import { z } from 'zod';

export const FigureRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  /** `84 %`, `2.5 h`, `–` = cannot be known, never zero. */
  text: z.string(),
  n: z.int(),
  left_out: z.array(z.strictObject({ reason: z.string(), n: z.int(), words: z.string() })),
  /** Who worked it out, where that differs; null otherwise. */
  source_words: z.string().nullable(),
  definition: z.string(),
  /** Where it differs from the vendor's own screen, and why; null where that is not known. */
  differs: z.string().nullable(),
});
export type FigureRow = z.infer<typeof FigureRow>;

/** Plain service figures of a span, unscored. Days, weeks and months are those of `zone`. */
export const FiguresView = z.strictObject({
  window: z.strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    first_day: z.iso.date(),
    last_day: z.iso.date(),
  }),
  zone: z.strictObject({ id: z.string(), sentence: z.string() }),
  groups: z.array(z.strictObject({ id: z.string(), title: z.string(), rows: z.array(FigureRow) })),
  /** By `week`, `month`, `team`, `channel`, `priority`, `line`, `age`; the values in order. */
  breakdowns: z.array(
    z.strictObject({
      by: z.string(),
      title: z.string(),
      values: z.array(z.strictObject({ value: z.string(), rows: z.array(FigureRow) })),
    }),
  ),
  /** Hours of the week: tickets that came in and people's replies. `weekday` 1 = Monday. Null where replies and arrivals are not recorded. */
  week: z
    .strictObject({
      cells: z.array(
        z.strictObject({ weekday: z.int(), hour: z.int(), arrivals: z.int(), replies: z.int().nullable() }),
      ),
      sentence: z.string(),
    })
    .nullable(),
});
export type FiguresView = z.infer<typeof FiguresView>;
