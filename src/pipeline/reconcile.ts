import type { DIFFERENCES, ReconciledFigure, Reconciliation } from '../domain/reconciliation.ts';
import type { SqlRow } from '../domain/sql-session.ts';
import { PlumblineError } from '../errors/index.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { endOfData } from './end-of-data.ts';
import { blindConnections } from './metrics/observed.ts';
import { PAIRED, type PairedFigure } from './reconcile/figures.ts';
import { compareSql, MAKE_PAIRS } from './reconcile/pairs-sql.ts';

/**
 * Compares what we work out from the log of every ticket with what the vendor counted itself, figure by figure and connection by connection:
 * tickets compared, agreeing within the vendor's rounding, differing, by how much and why as far as the records tell, with sample ids. Seconds
 * or counts; deleted and merged tickets are compared too and named as such. A connection without counters of the vendor gives no figures; a
 * figure whose stream is not seen is there with the lack as `missing`. Errors: NO_DATA without any telemetry.
 */
export async function reconcile(telemetry: TelemetryStore, connection: string | null = null): Promise<Reconciliation> {
  const all = await telemetry.observability();
  const observability = all.filter((row) => connection === null || row.connection === connection);
  const to = endOfData(observability);
  if (to === null)
    throw new PlumblineError(
      'NO_DATA',
      'There is no telemetry to compare.',
      'Run plumbline sync or plumbline import first.',
    );
  return telemetry.measure({ asOf: to, horizon: new Date(0) }, async (session) => {
    await session.query(MAKE_PAIRS, { to });
    const figures: ReconciledFigure[] = [];
    for (const figure of PAIRED) {
      const blind = blindConnections(observability, figure.needs);
      const rows = await session.query(compareSql(figure));
      for (const name of new Set(rows.map((row) => String(row.connection)))) {
        if (connection !== null && name !== connection) continue;
        const own = rows.filter((row) => row.connection === name);
        figures.push(figureOf(figure, name, blind.has(name) ? [] : own, blind.get(name) ?? null));
      }
    }
    figures.sort((a, b) => (a.connection < b.connection ? -1 : a.connection > b.connection ? 1 : 0));
    return { as_of: to.toISOString(), figures };
  });
}

function figureOf(
  { id, unit, definition }: PairedFigure,
  connection: string,
  rows: readonly SqlRow[],
  missing: string | null,
): ReconciledFigure {
  const differing = rows.filter((row) => row.outcome !== 'agree');
  const apart = differing.flatMap((row) => numbers(row.apart)).sort((a, b) => a - b);
  const sum = (of: readonly SqlRow[]) => of.reduce((total, row) => total + Number(row.n), 0);
  return {
    connection,
    id,
    unit,
    definition,
    compared: sum(rows),
    agree: sum(rows) - sum(differing),
    differ: sum(differing),
    median_difference: medianOf(apart),
    max_difference: apart.at(-1) ?? null,
    reasons: differing.map((row) => ({
      reason: String(row.outcome) as (typeof DIFFERENCES)[number],
      tickets: Number(row.n),
      sample: Array.isArray(row.sample) ? row.sample.map(String) : [],
    })),
    missing,
  };
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

/** Median of sorted numbers; of an even count the mean of the two in the middle. Null for none. */
function medianOf(sorted: readonly number[]): number | null {
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
