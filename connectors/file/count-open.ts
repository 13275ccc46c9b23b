import { EARLIEST } from './check-times.ts';
import type { Binding, Plan } from './plan.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';

/** Words of a column that mean something, as SQL: true = the ticket is over, false = it is not, null = the word says nothing. */
export function endedSql(one: Binding | undefined, ends: readonly string[], opens: readonly string[] | null): string {
  if (one === undefined || one.column === null || one.values === null) return 'null::boolean';
  const words = (want: boolean): string[] =>
    [...(one.values ?? [])].flatMap(([word, value]) => {
      const over = ends.includes(String(value));
      const says = over || (value !== null && (opens === null || opens.includes(String(value))));
      return says && over === want ? [lit(word)] : [];
    });
  const value = `lower(${known(one.column, one.missing)})`;
  const branch = (list: string[], result: string): string =>
    list.length === 0 ? '' : ` when ${value} in (${list.join(', ')}) then ${result}`;
  const rest = one.fallback?.value ?? null;
  const fallback = rest === null ? '' : ` when ${value} is not null then ${ends.includes(String(rest))}`;
  const whens = branch(words(true), 'true') + branch(words(false), 'false') + fallback;
  return whens === '' ? 'null::boolean' : `case${whens} end`;
}

/**
 * Tickets of the file that are not over at its end: by the last status or activity that says so, else by the want of an end stamp.
 * An export without any is one of closed work. Population: every ticket with a key; `cells` are those of `timeCells`, `until` is epoch milliseconds, inclusive.
 */
export async function countOpen(
  stage: Stage,
  plan: Plan,
  cells: ReadonlyMap<string, string>,
  key: string,
  until: number,
): Promise<number> {
  const time = (target: string): string => cells.get(target) ?? 'null';
  const status = endedSql(plan.by.get('ticket.status'), ['solved', 'closed'], null);
  const activity = endedSql(
    plan.by.get('events.activity'),
    ['resolves', 'closes'],
    ['opens', 'takes', 'waits_customer', 'waits_other', 'resumes', 'reopens'],
  );
  const order = plan.by.get('events.order');
  const number =
    order?.column == null ? '0' : `coalesce(try_cast(${known(order.column, order.missing)} as double), -1)`;
  const stamps = ['ticket.solved_at', 'ticket.closed_at'].flatMap((target) => {
    const one = plan.by.get(target);
    if (one?.column == null) return [];
    // A garbled instant still says that there was an end; a word or a placeholder does not.
    const garbled = `coalesce(regexp_matches(${known(one.column, one.missing)}, '[0-9]'), false)`;
    return [`coalesce(${time(target)} between ${EARLIEST} and ${until}, ${garbled})`];
  });
  if (stamps.length === 0) stamps.push('false');
  for (const [i, one] of (plan.mapping.durations ?? []).entries())
    if (one.measure === 'full_resolution')
      stamps.push(`${known(one.column, plan.by.get(`durations.${i}`)?.missing ?? [])} is not null`);
  const rows = await stage.query(
    `select count(*) filter (not coalesce(ended, stamped)) as open from (
       select k, arg_max(ended, row(at_ms, nr)) filter (ended is not null) as ended, bool_or(stamped) as stamped from (
         select ${key} as k, coalesce(${status}, ${activity}) as ended, ${stamps.join(' or ')} as stamped,
           coalesce(${time('events.at')}, 0) as at_ms, ${number} as nr from raw where ${key} is not null)
       group by k)`,
  );
  return Number(rows[0]?.open ?? 0);
}
