import type { z } from 'zod';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';

/** What a column of the row contract holds. `cluster` = a time (put into its ISO week) or a text. */
export type CellType = 'text' | 'int' | 'real' | 'bool' | 'time' | 'cluster';

export interface CellContract {
  readonly type: CellType;
  /** A row without it is left out and counted as `unknown`. */
  readonly required: boolean;
  readonly meaning: string;
  /** A cluster that is only told apart from others, never shown: a time stays one, since turning a million of them into text is dear. */
  readonly opaque?: true;
}

/** Small aggregates by name, as `reduce` asked for them. */
export type Reduced = Readonly<Record<string, readonly SqlRow[]>>;

export type Lines = SignalDefinition['lines'];
export type Figures = Readonly<Record<string, number | string | null>>;

/** The number and what it is worth; `summary` is one sentence for people, without lines or interval. */
export interface Measured {
  readonly kind: 'measured';
  readonly estimate: number;
  /** Units behind the estimate. */
  readonly n: number;
  /** What counts against min_sample: n, unless the estimator says otherwise (weeks, the smaller side ...). */
  readonly sampleSize: number;
  readonly nEffective: number | null;
  /** 95 % interval in the unit of the estimate; null where the estimate is a plain count. */
  readonly interval: readonly [number, number] | null;
  /** P(passes lines.partial), P(passes lines.full); null where the signal has no such line. */
  readonly q2: number | null;
  readonly q3: number | null;
  readonly extra: Figures;
  readonly summary: string;
}

/** Too little to say anything. Missing, never "bad". */
interface TooLittle {
  readonly kind: 'insufficient';
  readonly n: number;
  readonly sampleSize: number;
  readonly extra: Figures;
}

export type Estimate = Measured | TooLittle;

/**
 * Turns the rows of a signal into a number with its uncertainty. SQL does the adding up (`reduce`), `estimate` is pure arithmetic on the
 * few rows that come back: no clock, no I/O, no randomness but seeded. `source` is a relation with exactly the columns of
 * `cells` (casts done, optional ones null when the signal has none), only usable rows.
 */
export interface Estimator {
  readonly id: string;
  /** One sentence for the generated docs. */
  readonly doc: string;
  readonly cells: Readonly<Record<string, CellContract>>;
  /** Strict schema of `params`; its keys are the only parameters a signal of this estimator may set beside those of its SQL. */
  readonly params: z.ZodObject;
  /** Zero rows are an answer ("nothing of that kind exists") rather than nothing to go on; true for counts of facts only. */
  readonly emptyIsAnswer: boolean;
  /** An estimate can be made to fall exactly on a line in a cases file. */
  readonly exactLines: boolean;
  /** Rows that `reduce` may give at most; absent = 100,000. Less where the arithmetic grows with their square. */
  readonly mostRows?: number;
  reduce(source: string, params: Params): Readonly<Record<string, string>>;
  /**
   * As `reduce`, for many signals at once: `source` has the column `key` as well, and every row that comes back names the `key` that it is of.
   * To the last bit what `reduce` gives for the rows of each key alone. Absent where adding up could hang on the order of rows.
   */
  reduceBy?(source: string, key: string): Readonly<Record<string, string>>;
  estimate(reduced: Reduced, lines: Lines, params: Params, minSample: number): Estimate;
  /** Expression over `source` that says whether a row follows the practice (null = neither); decides the sample. */
  hit(params: Params): string;
}

/** Parsed parameters. */
export type Params = Readonly<Record<string, number | string | boolean | undefined>>;

/** Cells that every estimator reads. */
export const COMMON_CELLS = {
  connection: { type: 'text', required: true, meaning: 'Connection that the unit comes from.' },
  unit: { type: 'text', required: true, meaning: 'Id of the unit: ticket, clock, agent, week ...' },
  ticket: { type: 'text', required: false, meaning: 'Ticket id, for the sample; when null the unit is shown.' },
  unit_table: { type: 'text', required: false, meaning: 'Table of the unit for the sample; default `unit`.' },
  excluded: { type: 'text', required: false, meaning: 'Reason for leaving the row out; counted, not used.' },
} as const satisfies Record<string, CellContract>;

/** A number out of SQL; anything else is a bug of the reduce query. */
export function num(row: SqlRow | undefined, key: string): number {
  const value = row?.[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && value !== '' && Number.isFinite(Number(value))) return Number(value);
  if (value === null || value === undefined) return 0;
  throw new PlumblineError('BUG', `An estimator expected a number in "${key}".`, 'Report this with the signal id.');
}

export function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

export function numberParam(params: Params, key: string, fallback: number): number {
  const value = params[key];
  return typeof value === 'number' ? value : fallback;
}

export function textParam(params: Params, key: string, fallback: string): string {
  const value = params[key];
  return typeof value === 'string' ? value : fallback;
}

/** `lines` applied through one pass function; a missing line stays null. */
export function passAt(lines: Lines, pass: (line: number) => number): { q2: number | null; q3: number | null } {
  return {
    q2: lines.partial === null ? null : pass(lines.partial),
    q3: lines.full === null ? null : pass(lines.full),
  };
}

/** 0.9156 -> "91.6 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Up to four significant digits, no exponent for everyday sizes. */
export function plain(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  return String(Number(x.toPrecision(4)));
}

/** Text as a SQL literal. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
