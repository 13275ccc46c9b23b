/** Something with a length, drawn as a bar and told beside it. */
export interface Bar {
  /** 0..1. */
  readonly share: number;
  readonly text: string;
}

export type Cell = string | Bar;

export interface Part {
  readonly title: string;
  /** Sentences before the table. */
  readonly lines: readonly string[];
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] } | null;
  readonly list: readonly string[];
}

/** What is to be said of a verdict, without width, colour or markup; terminal and Markdown draw it. */
export interface Sheet {
  readonly title: string;
  readonly lead: readonly string[];
  readonly parts: readonly Part[];
}

/** A part with what it has; the rest is empty. */
export function part(title: string, what: Partial<Omit<Part, 'title'>>): Part {
  return { title, lines: what.lines ?? [], table: what.table ?? null, list: what.list ?? [] };
}

/** A bar of `width` signs. */
export function drawBar(share: number, width: number): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
