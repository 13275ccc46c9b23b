import type { Observability } from '../../domain/observability.ts';
import type { MetricsReport } from '../../domain/snapshot.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { BASE } from './base-sql.ts';
import { OPEN_WORK } from './counts.ts';
import type { Span } from './measure-figures.ts';
import { blindConnections } from './observed.ts';

/** Ages of open work, days: from the first number on, below the second. */
const AGES = [
  ['0-1 d', 0, 1],
  ['1-7 d', 1, 7],
  ['7-30 d', 7, 30],
  ['30-90 d', 30, 90],
  ['>90 d', 90, null],
] as const;

/**
 * Open tickets at the end of the span by the time since their creation, wall clock, youngest first; every age has its row, also with 0.
 * Adds up to `backlog_open_at_end`. Nothing where no connection shows open work.
 */
export async function openByAge(
  session: SqlSession,
  span: Span,
  observability: readonly Observability[],
): Promise<MetricsReport['breakdowns']> {
  const blind = blindConnections(observability, OPEN_WORK.needs);
  const figure = OPEN_WORK.figures[0];
  const rows = await session.query(
    `with ${BASE} select t.connection, epoch(cast($to as timestamp) - t.created_at) / 86400 as days from base t where t.open_as_of`,
    { to: span.to },
  );
  const days = rows.filter((row) => !blind.has(String(row.connection))).map((row) => Number(row.days));
  if (figure === undefined || new Set(observability.map((one) => one.connection)).size === blind.size) return [];
  const { differs: _differs, statistic: _statistic, ...metric } = figure;
  return AGES.map(([value, from, to]) => {
    const n = days.filter((age) => age >= from && (to === null || age < to)).length;
    return { by: 'age', value, metrics: [{ ...metric, value: n, n, excluded: {} }] };
  });
}
