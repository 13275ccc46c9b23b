import { z } from 'zod';

/** Something with a length (0..1), drawn as a bar and told beside it. */
const Bar = z.strictObject({ share: z.number(), text: z.string() });

export const Cell = z.union([z.string(), Bar]);
export type Cell = z.infer<typeof Cell>;

export const Part = z.strictObject({
  title: z.string(),
  /** Sentences before the table. */
  lines: z.array(z.string()),
  table: z.strictObject({ head: z.array(z.string()), rows: z.array(z.array(Cell)) }).nullable(),
  list: z.array(z.string()),
});
export type Part = z.infer<typeof Part>;

/** What is to be said of a verdict, without width, colour or markup; terminal, Markdown and page draw it. */
export const SheetView = z.strictObject({ title: z.string(), lead: z.array(z.string()), parts: z.array(Part) });
export type Sheet = z.infer<typeof SheetView>;

/** A part with what it has; the rest is empty. */
export function part(title: string, what: Partial<Omit<Part, 'title'>>): Part {
  return { title, lines: what.lines ?? [], table: what.table ?? null, list: what.list ?? [] };
}

/** A bar of `width` signs. */
export function drawBar(share: number, width: number): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
