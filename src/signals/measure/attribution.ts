import type { SignalDefinition } from '../../domain/signal.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { literal, num } from '../estimators/estimator.ts';
import { settle } from '../math/numbers.ts';
import type { MeasureWindow } from './observe.ts';

/** Below this share of events with a known actor, behaviour read from events is weaker evidence. */
const ACTOR_LINE = 0.95;

export interface ActorShares {
  /** `{ events_actor_known_share }` when the signal reads events and the share is below the line; else nothing. */
  noteFor(
    definition: SignalDefinition,
    window: MeasureWindow,
    connections: readonly string[],
  ): Promise<Record<string, number>>;
}

/** Share of events in a window whose actor is known, asked once per window and set of connections. */
export function actorShares(session: SqlSession): ActorShares {
  const known = new Map<string, number | null>();
  return {
    async noteFor(definition, window, connections) {
      const needs = [...definition.needs, ...(definition.needs_any ?? []).flat()];
      if (!needs.some((need) => need === 'events' || need.startsWith('events.'))) return {};
      const key = `${window.from.getTime()} ${connections.join('\0')}`;
      let share = known.get(key);
      if (share === undefined) {
        const [row] = await session.query(
          `select count(*)::double as n, (count(*) filter (where actor is not null))::double as k
           from event e where e.at >= $from and e.connection in (${connections.map(literal).join(', ')})`,
          { from: window.from },
        );
        share = num(row, 'n') === 0 ? null : num(row, 'k') / num(row, 'n');
        known.set(key, share);
      }
      return share !== null && share < ACTOR_LINE ? { events_actor_known_share: settle(share) } : {};
    },
  };
}
