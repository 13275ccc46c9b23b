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

/** Connections that show a stream, and tickets with it. */
function showing(observability: readonly Observability[], stream: string): ReadonlySet<string> {
  const blind = blindConnections(observability, [[stream]]);
  return new Set(observability.map(({ connection }) => connection).filter((connection) => !blind.has(connection)));
}

/**
 * When work comes in and when people answer, by hour of the week. Population: tickets of people (`ticket_h`) created in the span, and public
 * replies of people to them that were written in it, of the connections that show them. Clock: wall clock of the zone. All 168 hours are given, also
 * with 0; null where no connection shows tickets.
 */
export async function countWeek(
  session: SqlSession,
  { from, to, zone }: Span,
  observability: readonly Observability[],
): Promise<WeekHour[] | null> {
  const count = async (rows: string, at: string, shown: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> => {
    const local = localSql(at, zone);
    const found = await session.query(
      `select t.connection, isodow(${local}) as weekday, hour(${local}) as hour, count(*) as n from ${rows}
       where ${at} >= $from and ${at} < $to group by all`,
      { from, to },
    );
    const counts = new Map<string, number>();
    for (const { connection, weekday, hour, n } of found) {
      const key = `${weekday} ${hour}`;
      if (shown.has(String(connection))) counts.set(key, (counts.get(key) ?? 0) + Number(n));
    }
    return counts;
  };
  const [tickets, messages] = [showing(observability, 'tickets'), showing(observability, 'messages')];
  if (tickets.size === 0) return null;
  const arrivals = await count('ticket_h t', 't.created_at', tickets);
  const replies =
    messages.size === 0
      ? null
      : await count('reply r join ticket_h t on t.connection = r.connection and t.id = r.ticket_id', 'r.at', messages);
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
