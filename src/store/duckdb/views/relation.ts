import type { Meaning } from '../../../domain/meaning.ts';
import type { SourcesBeside } from '../../sources-beside.ts';
import type { Sql } from '../database.ts';
import type { WholeOnly } from './unread.ts';

/** Instants of a measurement as SQL literals, and what people stated. */
export interface SpanSql {
  /** Exclusive upper bound of everything. */
  readonly asOf: string;
  readonly horizon: string;
  /** Of configuration only what was last changed before asOf. */
  readonly settled: boolean;
  readonly meanings: readonly Meaning[];
  readonly sources: SourcesBeside;
  /** Keeps out what is half read. */
  readonly whole: WholeOnly;
}

/**
 * One relation of a measurement: made on the first query that mentions it, after the relations that it needs.
 * Names that begin with `m_` are steps in between and are not for rule packs.
 */
export interface Relation {
  readonly name: string;
  readonly needs: readonly string[] | ((sql: Sql) => Promise<readonly string[]>);
  /** It reads the records of every connection; all others see those of the desks alone. */
  readonly ofAll?: true;
  /** Statements that make it, in order. */
  readonly make: (span: SpanSql, sql: Sql) => readonly string[] | Promise<readonly string[]>;
}

/** A relation that is one temporary table. */
export function table(name: string, needs: readonly string[], select: (span: SpanSql) => string): Relation {
  return { name, needs, make: (span) => [`CREATE TEMP TABLE ${name} AS ${select(span)}`] };
}

/** A relation that is one temporary view. */
export function view(name: string, needs: readonly string[], select: (span: SpanSql) => string): Relation {
  return { name, needs, make: (span) => [`CREATE TEMP VIEW ${name} AS ${select(span)}`] };
}

/** Status categories in which nobody has to do anything more. */
export const ENDED = `('solved', 'closed')`;
