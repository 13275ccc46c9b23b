import { earliest, latest } from '../domain/latest.ts';
import type { Observability } from '../domain/observability.ts';
import type { DeskZone, Metric, MetricsReport } from '../domain/snapshot.ts';
import type { SqlSession } from '../domain/sql-session.ts';
import { PlumblineError } from '../errors/index.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { endOfData } from './end-of-data.ts';
import { BASE, DIMENSIONS, type Dimension, MAKE } from './metrics/base-sql.ts';
import { ACTIVE, COUNTS } from './metrics/counts.ts';
import { DURATIONS } from './metrics/durations.ts';
import { knownFrom, seenFrom } from './metrics/known-from.ts';
import type { Figure, Measure } from './metrics/measure.ts';
import { measureFigures, type Span } from './metrics/measure-figures.ts';
import { LINES, MOVEMENT, WAITING } from './metrics/movement.ts';
import { blindConnections } from './metrics/observed.ts';
import { openByAge } from './metrics/open-by-age.ts';
import { SHARES, slaMeasure } from './metrics/shares.ts';
import { findZone } from './metrics/zone.ts';

export { DIMENSIONS, type Dimension } from './metrics/base-sql.ts';
export { findZone } from './metrics/zone.ts';

interface MetricsRequest {
  /** Start, inclusive; null = the first ticket, or from when on the tickets of every connection are known. */
  readonly from: Date | null;
  /** End, exclusive; null = the end of the data. */
  readonly to: Date | null;
  readonly by: readonly Dimension[];
  /** Zone of days, weeks and months; left out = that of the desk's calendar, else UTC. */
  readonly zone?: DeskZone;
  /** Further counts over the same views, whose making is what costs most. */
  readonly also?: (session: SqlSession, span: Span, observability: readonly Observability[]) => Promise<void>;
}

const CHANNEL_SHARE: Pick<Figure, 'id' | 'unit' | 'definition' | 'differs'> = {
  id: 'channel_share',
  unit: 'share',
  definition: 'Tickets of the window that came through this channel, of those whose channel is known.',
  differs: 'Screens show the channel of the last message at some desks; here that of origin.',
};

/** Every figure that does not depend on what a desk measures; one for each kind of service-level clock comes beside. */
const MEASURES: readonly Measure[] = [...COUNTS, ...DURATIONS, ...SHARES, ...MOVEMENT, ...WAITING, ...LINES];

/** All definitions, for docs/metrics.md. */
export const DEFINITIONS: readonly {
  figure: Pick<Figure, 'id' | 'unit' | 'definition' | 'differs'>;
  needs: Measure['needs'];
}[] = [
  ...[...MEASURES, slaMeasure(null), ...ACTIVE].flatMap((measure) =>
    measure.figures.map((figure) => ({ figure, needs: measure.needs })),
  ),
  { figure: CHANNEL_SHARE, needs: [['tickets.channel']] },
];

/**
 * Plain service figures of a span, unscored: what a support lead would count by hand, each with its definition.
 * Durations in hours, shares in 0..1, quantiles type 7. A ticket is dated by its creation unless the definition says otherwise; all rows are as
 * known at the end of the span. Deleted, merged, spam and test tickets are left out and counted in `tickets_created.excluded`.
 * Tickets that a figure cannot use are counted in its `excluded` by reason; a figure whose stream no connection has is null with the
 * stream as the reason, never 0; so is one of a span that begins before tickets are known (`tickets_retention`). Days, weeks and months are those of the desk's zone. An empty span gives counts of 0 and null for everything else.
 * Errors: NO_DATA without any telemetry, BAD_USAGE when the span ends before it begins.
 */
export async function computeMetrics(telemetry: TelemetryStore, request: MetricsRequest): Promise<MetricsReport> {
  const stored = await telemetry.observability();
  const to = request.to ?? endOfData(stored);
  if (to === null)
    throw new PlumblineError(
      'NO_DATA',
      'There is no telemetry to count.',
      'Run plumbline sync or plumbline import first.',
    );
  if (request.from !== null && request.from >= to)
    throw new PlumblineError(
      'BAD_USAGE',
      `The span ends (${to.toISOString()}) before it begins (${request.from.toISOString()}).`,
      'Give --from a date before --to.',
    );
  const zone = request.zone ?? (await findZone(telemetry, {}));
  return telemetry.measure({ asOf: to, horizon: request.from ?? new Date(0) }, async (session) => {
    const firsts = await firstTickets(session);
    const known = knownFrom(stored, firsts);
    const from = request.from ?? beginOf([...firsts.values()], [...known.values()], to);
    const observability = seenFrom(from, stored, known);
    const span: Span = { from, to, zone: zone.id };
    for (const sql of MAKE) await session.query(sql, sql.includes('$to') ? { to } : {});
    const measures = [...MEASURES, ...(await slaMeasures(session, span)), ...ACTIVE];
    const metrics: Metric[] = [];
    for (const measure of measures)
      metrics.push(...((await measureFigures(session, measure, null, span, observability)).get('all') ?? []));
    const channels = await channelShares(session, span, observability);
    if (channels.missing !== null) metrics.push(channels.missing);
    const breakdowns = [...channels.breakdowns, ...(await openByAge(session, span, observability))];
    for (const dimension of DIMENSIONS.filter((one) => request.by.includes(one)))
      merge(breakdowns, await breakDown(session, measures, dimension, span, observability));
    await request.also?.(session, span, observability);
    return { window: { from: from.toISOString(), to: to.toISOString() }, zone, metrics, breakdowns };
  });
}

/** When the first stored ticket of each connection was created, whatever span is looked at. */
async function firstTickets(session: SqlSession): Promise<ReadonlyMap<string, Date>> {
  const rows = await session.query('select connection, first_at as first from m_first_ticket');
  return new Map(
    rows.flatMap(({ connection, first }) => (first instanceof Date ? [[String(connection), first] as const] : [])),
  );
}

/** The first ticket, or from when on those of every connection are known, as far as that lies in the span; its end where neither does. */
function beginOf(firsts: readonly Date[], known: readonly Date[], to: Date): Date {
  const inSpan = (one: Date): boolean => one < to;
  const begun = earliest(firsts.filter(inSpan));
  return latest([...(begun === null ? [] : [begun]), ...known.filter(inSpan)]) ?? to;
}

/** All clocks together, then each metric that occurs. */
async function slaMeasures(session: SqlSession, span: Span): Promise<Measure[]> {
  const rows = await session.query(
    `with ${BASE} select distinct c.metric from sla_clock c join base t on t.connection = c.connection and t.id = c.ticket_id
     where t.created_at >= $from and t.created_at < $to and c.scope = 'ticket' order by c.metric`,
    { from: span.from, to: span.to },
  );
  return [slaMeasure(null), ...rows.map((row) => slaMeasure(String(row.metric)))];
}

/** Figures of the end of the span have no place in a series of weeks or months of creation. */
function fits(measure: Measure, dimension: Dimension): boolean {
  return !(measure.at === null && (dimension === 'week' || dimension === 'month'));
}

async function breakDown(
  session: SqlSession,
  measures: readonly Measure[],
  dimension: Dimension,
  span: Span,
  observability: readonly Observability[],
): Promise<MetricsReport['breakdowns']> {
  const values = new Map<string, Metric[]>();
  for (const measure of measures) {
    if (!fits(measure, dimension)) continue;
    for (const [value, metrics] of await measureFigures(session, measure, dimension, span, observability))
      values.set(value, [...(values.get(value) ?? []), ...metrics]);
  }
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, metrics]) => ({ by: dimension, value, metrics }));
}

function merge(into: MetricsReport['breakdowns'], added: MetricsReport['breakdowns']): void {
  for (const one of added) {
    const same = into.find((other) => other.by === one.by && other.value === one.value);
    if (same === undefined) into.push(one);
    else same.metrics.push(...one.metrics);
  }
}

async function channelShares(
  session: SqlSession,
  span: Span,
  observability: readonly Observability[],
): Promise<{ breakdowns: MetricsReport['breakdowns']; missing: Metric | null }> {
  const blind = blindConnections(observability, [['tickets.channel']]);
  const rows = await session.query(
    `with ${BASE} select t.connection, t.channel, count(*) as n from base t
     where t.created_at >= $from and t.created_at < $to group by t.connection, t.channel order by t.connection, t.channel`,
    { from: span.from, to: span.to },
  );
  const counts = new Map<string, number>();
  const excluded: Record<string, number> = {};
  for (const row of rows) {
    const why = blind.get(String(row.connection)) ?? (row.channel === null ? 'channel_unknown' : null);
    if (why === null) counts.set(String(row.channel), (counts.get(String(row.channel)) ?? 0) + Number(row.n));
    else excluded[why] = (excluded[why] ?? 0) + Number(row.n);
  }
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const { differs: _, ...share } = CHANNEL_SHARE;
  if (total === 0) return { breakdowns: [], missing: { ...share, value: null, n: 0, excluded } };
  return {
    breakdowns: [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, n]) => ({
        by: 'channel',
        value,
        metrics: [{ ...share, value: n / total, n: total, excluded }],
      })),
    missing: null,
  };
}
