import type { SetAside } from '../../src/domain/observability.ts';

/** Lines that could not become rows, by reason. */
export interface MalformedReason {
  readonly reason: string;
  readonly n: number;
  /** Places of the first of them. */
  readonly firstRefs: readonly string[];
  /** What to do about it. */
  readonly remedy: string;
}

/** Listed one by one; beyond that, lines are only counted. */
const LISTED = 1_000;
const FIRST = 5;

/** Counts what the readers of files set aside or put right, in bounded memory. */
export class RowTally {
  readonly malformed: SetAside[] = [];
  malformedRows = 0;
  readonly notes: string[] = [];
  private readonly reasons = new Map<string, { n: number; firstRefs: string[]; remedy: string }>();
  private readonly counts = new Map<string, number>();

  /** A line that is no row. `detail` adds what is particular to this one; its content never. */
  setAside(ref: string, reason: string, remedy: string, detail = '', path = ''): void {
    this.malformedRows += 1;
    const found = this.reasons.get(reason) ?? { n: 0, firstRefs: [], remedy };
    found.n += 1;
    if (found.firstRefs.length < FIRST) found.firstRefs.push(ref);
    this.reasons.set(reason, found);
    if (this.malformed.length < LISTED)
      this.malformed.push({ stream: 'rows', ref, code: 'MALFORMED_ROW', path, detail: `${reason}${detail}` });
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  /** Something put right without loss, told once with its number. */
  count(what: string, n = 1): void {
    if (n > 0) this.counts.set(what, (this.counts.get(what) ?? 0) + n);
  }

  reasonsFound(): MalformedReason[] {
    return [...this.reasons].map(([reason, one]) => ({ reason, ...one })).sort((a, b) => b.n - a.n);
  }

  notesFound(): string[] {
    return [...this.notes, ...[...this.counts].map(([what, n]) => `${what}: ${n}.`)];
  }
}
