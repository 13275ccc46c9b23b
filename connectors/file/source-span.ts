import type { Binding, Plan } from './plan.ts';
import { known } from './sql.ts';
import type { Stage } from './stage.ts';
import type { TimeReading } from './time-columns.ts';

/** What a file spans: first creation, last stamp that is not after now, and the tickets that it names. */
export interface SourceSpan {
  readonly since: Date | null;
  readonly until: Date;
  readonly tickets: number;
}

/** SQL of the ticket id of a staged row, null where it has none. */
export function keySql(plan: Plan): string {
  const id = plan.by.get('ticket.id') as Binding;
  return known(id.column ?? '', id.missing);
}

/** SQL of a bound time as epoch milliseconds, null where the mapping does not name it. */
export function timeSql(plan: Plan, times: ReadonlyMap<string, TimeReading>, target: string): string | null {
  const column = plan.by.get(target)?.column;
  return column == null ? null : (times.get(column)?.sql ?? null);
}

/** Clock: stamps of the file, UTC; those behind `now` do not count. A file without readable stamps ends now. */
export async function spanOf(
  stage: Stage,
  plan: Plan,
  times: ReadonlyMap<string, TimeReading>,
  now: Date,
): Promise<SourceSpan> {
  const ends =
    plan.mode === 'events'
      ? ['events.at']
      : ['created_at', 'updated_at', 'solved_at', 'closed_at', 'first_reply_at'].map((field) => `ticket.${field}`);
  const latest = ends.flatMap((target) => {
    const sql = timeSql(plan, times, target);
    return sql === null ? [] : [`max(case when ${sql} <= ${now.getTime()} then ${sql} end)`];
  });
  const created = timeSql(plan, times, 'ticket.created_at') ?? 'null';
  const until = latest.length === 0 ? 'null' : `greatest(${latest.join(', ')})`;
  const rows = await stage.query(
    `select cast(min(${created}) as double) as since, cast(${until} as double) as until,
       count(distinct ${keySql(plan)}) as tickets from raw`,
  );
  const row = rows[0] ?? {};
  return {
    since: typeof row.since === 'number' ? new Date(row.since) : null,
    until: typeof row.until === 'number' ? new Date(row.until) : now,
    tickets: Number(row.tickets ?? 0),
  };
}
