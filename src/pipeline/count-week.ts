import type { Observability } from '../domain/observability.ts';
import type { SqlSession } from '../domain/sql-session.ts';
import { localSql } from './metrics/base-sql.ts';
import type { Span } from './metrics/measure-figures.ts';
import { blindConnections } from './metrics/observed.ts';

export interface WeekHour {
  /** 1 = Monday. */
  readonly weekday: number;
  /** 0..23, on the wall clock of the zone. */
  readonly hour: number;
  /** Tickets of people created in it. */
  readonly arrivals: number;
  /** Public replies of people written in it; null where no connection shows messages. */
  readonly replies: number | null;
}

const HOURS_OF_A_WEEK = Array.from({ length: 168 }, (_, index) => ({
  weekday: Math.floor(index / 24) + 1,
  hour: index % 24,
}));

function seen(observability: readonly Observability[], stream: string): boolean {
  const connections = new Set(observability.map(({ connection }) => connection));
  return connections.size > blindConnections(observability, [[stream]]).size;
}

/**
 * When work comes in and when people answer, by hour of the week. Population: tickets of people (`ticket_h`) created in the span, and public
 * replies of people to them that were written in it. Clock: wall clock of the zone. All 168 hours are given, also with 0; null where no
 * connection shows tickets.
 */
export async function countWeek(
  session: SqlSession,
  { from, to, zone }: Span,
  observability: readonly Observability[],
): Promise<WeekHour[] | null> {
  if (!seen(observability, 'tickets')) return null;
  const count = async (rows: string, at: string): Promise<ReadonlyMap<string, number>> => {
    const local = localSql(at, zone);
    const found = await session.query(
      `select isodow(${local}) as weekday, hour(${local}) as hour, count(*) as n from ${rows}
       where ${at} >= $from and ${at} < $to group by all`,
      { from, to },
    );
    return new Map(found.map(({ weekday, hour, n }) => [`${weekday} ${hour}`, Number(n)]));
  };
  const arrivals = await count('ticket_h t', 't.created_at');
  const replies = seen(observability, 'messages')
    ? await count('reply r join ticket_h t on t.connection = r.connection and t.id = r.ticket_id', 'r.at')
    : null;
  return HOURS_OF_A_WEEK.map(({ weekday, hour }) => {
    const key = `${weekday} ${hour}`;
    return {
      weekday,
      hour,
      arrivals: arrivals.get(key) ?? 0,
      replies: replies === null ? null : (replies.get(key) ?? 0),
    };
  });
}
