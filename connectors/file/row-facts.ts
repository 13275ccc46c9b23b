import type { JS } from '@duckdb/node-api';
import { endedSql } from './count-open.ts';
import type { Plan } from './plan.ts';
import { known } from './sql.ts';
import type { LossGroup } from './uneven-loss.ts';

/**
 * SQL over a staged row that says, also of a row that cannot be read, in which subgroups it is: month of creation, team, open, solved on the
 * day of its creation (UTC days). Null = cannot be told. Open and same day are asked only where a row is a ticket.
 */
export function lossFacts(plan: Plan, cells: ReadonlyMap<string, string>): string[] {
  const text = (target: string): string => {
    const one = plan.by.get(target);
    return one?.column == null ? 'null::varchar' : known(one.column, one.missing);
  };
  const created = cells.get('ticket.created_at') ?? cells.get('events.at') ?? 'null';
  const month = `strftime(to_timestamp((${created}) / 1000.0), '%Y-%m')`;
  if (plan.mode === 'events') return [month, text('ticket.group'), 'null::boolean', 'null::boolean'];
  const solved = cells.get('ticket.solved_at') ?? cells.get('ticket.closed_at') ?? 'null';
  const day = (ms: string): string => `floor((${ms}) / 86400000.0)`;
  const noEnd = `(${text('ticket.solved_at')} is null and ${text('ticket.closed_at')} is null)`;
  const ended = endedSql(plan.by.get('ticket.status'), ['solved', 'closed'], null);
  return [
    month,
    text('ticket.group'),
    `not coalesce(${ended}, not ${noEnd})`,
    `coalesce(${day(solved)} = ${day(created)}, left(${text('ticket.solved_at')}, 10) = left(${text('ticket.created_at')}, 10))`,
  ];
}

/** Subgroups of a row by the values of `lossFacts`. */
export function membershipsOf(values: readonly JS[]): (readonly [LossGroup, string])[] {
  const [month, team, open, sameDay] = values;
  const list: (readonly [LossGroup, string])[] = [];
  if (typeof month === 'string') list.push(['month', month]);
  if (typeof team === 'string') list.push(['team', team]);
  if (open === true) list.push(['open', '']);
  if (sameDay === true) list.push(['same_day', '']);
  return list;
}
