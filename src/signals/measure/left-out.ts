import type { SignalDefinition } from '../../domain/signal.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { literal, num, text } from '../estimators/estimator.ts';
import type { MeasureWindow } from './observe.ts';

export interface Populations {
  /** Tickets created in the window by population when the signal looks at people's tickets alone; else null. */
  countFor(
    definition: SignalDefinition,
    window: MeasureWindow,
    connections: readonly string[],
  ): Promise<Record<string, number> | null>;
}

/** What the restriction to people's tickets leaves out, asked once per window and set of connections. */
export function populations(session: SqlSession): Populations {
  const known = new Map<string, Record<string, number>>();
  return {
    async countFor(definition, window, connections) {
      if (!/\bticket_h\b/i.test(definition.sql)) return null;
      const key = `${window.from.getTime()} ${connections.join('\0')}`;
      let counts = known.get(key);
      if (counts === undefined) {
        const rows = await session.query(
          `select population, count(*)::double as n from ticket_all
           where created_at >= $from and connection in (${connections.map(literal).join(', ')}) group by population order by population`,
          { from: window.from },
        );
        counts = Object.fromEntries(rows.map((row) => [text(row.population), num(row, 'n')]));
        known.set(key, counts);
      }
      return counts;
    },
  };
}
