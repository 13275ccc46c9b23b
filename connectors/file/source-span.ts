import { EARLIEST } from './check-times.ts';
import type { NumberStyle } from './number-columns.ts';
import type { Binding, Plan } from './plan.ts';
import { known } from './sql.ts';
import type { Stage } from './stage.ts';
import { endsOfDurations } from './time-cells.ts';

/** What a file spans: first creation, last stamp that is not after now, and the tickets that it names. */
interface SourceSpan {
  readonly since: Date | null;
  readonly until: Date;
  readonly tickets: number;
}

/** SQL of the ticket id of a staged row, null where it has none. */
export function keySql(plan: Plan): string {
  const id = plan.by.get('ticket.id') as Binding;
  return known(id.column ?? '', id.missing);
}

/** `cells` are those of `timeCells`, `numbers` those of `readNumberColumns`. Clock: stamps of the file, UTC; those behind `now` do not count. A file without readable stamps ends now. */
export async function spanOf(
  stage: Stage,
  plan: Plan,
  cells: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, NumberStyle>,
  now: Date,
): Promise<SourceSpan> {
  const moments =
    plan.mode === 'events'
      ? ['events.at']
      : ['created_at', 'updated_at', 'solved_at', 'closed_at', 'first_reply_at'].map((field) => `ticket.${field}`);
  const ends = [...moments, 'satisfaction.answered_at', 'satisfaction.offered_at'];
  // Where the vendor gives a duration and no stamp, the file reaches to the end of that duration.
  const stamps = [...ends.flatMap((target) => cells.get(target) ?? []), ...endsOfDurations(plan, cells, numbers)];
  const latest = stamps.map((sql) => `max(case when ${sql} between ${EARLIEST} and ${now.getTime()} then ${sql} end)`);
  const created = cells.get('ticket.created_at') ?? cells.get('events.at') ?? 'null';
  const until = latest.length === 0 ? 'null' : `greatest(${latest.join(', ')})`;
  const rows = await stage.query(
    `select cast(min(case when ${created} >= ${EARLIEST} then ${created} end) as double) as since, cast(${until} as double) as until,
       count(distinct ${keySql(plan)}) as tickets from raw`,
  );
  const row = rows[0] ?? {};
  return {
    since: typeof row.since === 'number' ? new Date(row.since) : null,
    until: typeof row.until === 'number' ? new Date(row.until) : now,
    tickets: Number(row.tickets ?? 0),
  };
}
