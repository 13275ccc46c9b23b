import type { Stage } from '../stage.ts';
import type { TimeReading } from '../time-columns.ts';
import { type Draft, emptyDraft, type Field } from './draft.ts';
import { type Header, readHeader } from './header.ts';
import type { OpenPoint } from './open-point.ts';
import type { ColumnProfile, Profile } from './profile.ts';

/** A column with what its header and its values say. */
export interface Column extends ColumnProfile {
  readonly header: Header;
}

/** What is known of a file while its mapping is being proposed, and what was chosen so far. */
export class Look {
  readonly stage: Stage;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly missing: Profile['missing'];
  readonly points: OpenPoint[] = [];
  draft: Draft = emptyDraft('tickets');
  key = '';
  /** Share of keys in which a column has one value on all rows. */
  constant: ReadonlyMap<string, number> = new Map();
  /** Columns that hold times, and how they are read; an undecided order of day and month is read day first for comparisons. */
  readings: ReadonlyMap<string, TimeReading> = new Map();
  /** Why a column is left out, where the reason is known. */
  readonly reasons = new Map<string, string>();
  /** Words in a column of times that are none, by column. */
  readonly odd = new Map<string, readonly string[]>();
  /** Words of chosen columns that have no meaning yet. */
  readonly unknown: { readonly target: string; readonly column: string; readonly word: string; readonly n: number }[] =
    [];
  private readonly taken = new Set<string>();

  constructor(stage: Stage, profile: Profile) {
    this.stage = stage;
    this.rows = profile.rows;
    this.missing = profile.missing;
    this.columns = profile.columns.map((column) => ({ ...column, header: readHeader(column.column) }));
    for (const { column } of this.columns) {
      const value = column.endsWith('.link') ? this.column(`${column.slice(0, -'.link'.length)}.value`) : undefined;
      if (value === undefined) continue;
      this.taken.add(column);
      this.reasons.set(column, `the address of what "${value.column}" names`);
    }
  }

  get mode(): Draft['mode'] {
    return this.draft.mode;
  }

  get missingWords(): string[] {
    return this.missing.map((one) => one.word);
  }

  column(name: string): Column | undefined {
    return this.columns.find((column) => column.column === name);
  }

  /** Columns that no field reads yet and that hold something. */
  free(): Column[] {
    return this.columns.filter((column) => !this.taken.has(column.column) && column.known > 0);
  }

  isFree(column: string): boolean {
    return !this.taken.has(column);
  }

  take(column: string): void {
    this.taken.add(column);
    const [stem, other] = column.endsWith('.display_value')
      ? [column.slice(0, -'.display_value'.length), 'value']
      : [column.slice(0, -'.value'.length), 'display_value'];
    const twin = column.endsWith('value') ? this.column(`${stem}.${other}`) : undefined;
    if (twin === undefined || this.taken.has(twin.column)) return;
    this.taken.add(twin.column);
    this.reasons.set(twin.column, `"${column}" written another way`);
  }

  ticket(name: string, field: Field, why: string): void {
    this.draft.ticket[name] = field;
    this.record(`ticket.${name}`, field, why);
  }

  event(name: string, field: Field, why: string): void {
    this.draft.events[name] = field;
    this.record(`events.${name}`, field, why);
  }

  record(place: string, field: Field, why: string): void {
    this.draft.notes[place] = why;
    if (field.column !== undefined) this.take(field.column);
  }

  has(name: string): boolean {
    return this.draft.ticket[name] !== undefined;
  }

  /** SQL of a time field in epoch milliseconds, when it is chosen and can be read. */
  sqlOf(field: Field | undefined): string | null {
    return field?.column === undefined ? null : (this.readings.get(field.column)?.sql ?? null);
  }

  /** Values for the screen of their owner. */
  samples(column: Column, n = 4): string[] {
    return column.top.slice(0, n).map((one) => one.value.slice(0, 60));
  }
}

export function percent(share: number | undefined): string {
  const value = (share ?? 0) * 100;
  return `${value >= 99.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`;
}

export function rowsWord(n: number): string {
  return `${n} ${n === 1 ? 'row' : 'rows'}`;
}
