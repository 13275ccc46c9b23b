import type { SetAside } from '../../src/domain/observability.ts';

interface NoteCount {
  readonly code: string;
  readonly path: string;
  readonly n: number;
  /** Places of the first of them. */
  readonly refs: string[];
  readonly detail: string;
}

const FIRST = 5;
/** Codes and columns are few; more than this would be a fault of ours, and is lumped. */
const MOST = 2_000;

function numberOf(ref: string): number {
  return Number(/\d+/.exec(ref)?.[0] ?? 0);
}

/** Rows come in the order of their tickets; people look from the top of the file. */
function keepFirst(refs: string[], ref: string): void {
  if (refs.length === FIRST && numberOf(ref) >= numberOf(refs[FIRST - 1] ?? '')) return;
  refs.push(ref);
  refs.sort((a, b) => numberOf(a) - numberOf(b));
  refs.length = Math.min(refs.length, FIRST);
}

/** Counts notes by code and place, in bounded memory. */
export class NoteTally {
  total = 0;
  private readonly counts = new Map<
    string,
    { code: string; path: string; n: number; refs: string[]; detail: string }
  >();

  add(note: SetAside & { readonly times?: number }): void {
    const { code, path, detail, times = 1 } = note;
    this.total += times;
    const key = this.counts.size < MOST ? `${code}\0${path}` : code;
    const found = this.counts.get(key) ?? { code, path, n: 0, refs: [], detail };
    found.n += times;
    keepFirst(found.refs, note.ref);
    this.counts.set(key, found);
  }

  count(code: string): number {
    return [...this.counts.values()].reduce((sum, one) => (one.code === code ? sum + one.n : sum), 0);
  }

  /** The commonest first. */
  list(): NoteCount[] {
    return [...this.counts.values()].sort((a, b) => b.n - a.n || (a.code + a.path < b.code + b.path ? -1 : 1));
  }
}
