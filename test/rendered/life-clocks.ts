import type { MetricEvent } from '../../src/demo/clocks.ts';
import type { World } from '../../src/demo/world.ts';

/** One run of a promise as it stands at the end: the target that was applied last counts. */
export interface Clock {
  readonly metric: 'first_reply' | 'resolution';
  readonly startedAt: number;
  readonly targetS: number;
  /** When its time is used up, as far as the ticket's life tells. */
  readonly dueAt: number;
  readonly fulfilledAt: number | null;
  readonly missed: boolean;
  /** Stretches in which it ran. */
  readonly runs: readonly { readonly from: number; readonly to: number | null }[];
}

/** Clocks of one ticket, out of the simulation's own log of them. */
export function clocksOf(world: World, events: readonly MetricEvent[]): Clock[] {
  const groups = gather(
    events.filter(({ instance }) => instance > 0),
    ({ metric, instance }) => `${metric} ${instance}`,
  );
  return [...groups.values()].flatMap((log) => {
    const [first] = log;
    const applied = log.filter(({ type }) => type === 'apply_sla').at(-1)?.sla;
    const metric = first?.metric === 'resolution_time' ? 'resolution' : 'first_reply';
    const begun = log.find(({ type }) => type === 'activate')?.at;
    if (applied === undefined || begun === undefined) return [];
    const runs = runsOf(log);
    const targetS = applied.minutes * 60;
    return [
      {
        metric,
        startedAt: begun,
        targetS,
        dueAt: dueOf(world, runs, targetS, applied.businessHours),
        fulfilledAt: runs.at(-1)?.to ?? null,
        missed: log.some(({ type, deleted }) => type === 'breach' && deleted !== true),
        runs,
      },
    ];
  });
}

function runsOf(log: readonly MetricEvent[]): { from: number; to: number | null }[] {
  const runs: { from: number; to: number | null }[] = [];
  for (const { type, at } of log) {
    const last = runs.at(-1);
    if (type === 'activate') runs.push({ from: at, to: null });
    else if ((type === 'pause' || type === 'fulfill') && last?.to === null) runs[runs.length - 1] = { ...last, to: at };
  }
  return runs;
}

/** The time left behind the last stretch is counted on from its end. */
function dueOf(world: World, runs: Clock['runs'], targetS: number, businessHours: boolean): number {
  const { calendar } = world;
  let left = targetS;
  for (const [index, { from, to }] of runs.entries()) {
    const end = index === runs.length - 1 || to === null ? Number.POSITIVE_INFINITY : to;
    const spent = end === Number.POSITIVE_INFINITY ? end : businessHours ? calendar.openBetween(from, end) : end - from;
    if (spent > left) return Math.floor(businessHours ? calendar.addOpen(from, left) : from + left);
    left -= spent;
  }
  throw new Error('a clock runs at least once');
}

/** Rows by a key, in the order of their first row. */
export function gather<K, R>(rows: readonly R[], keyOf: (row: R) => K): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
