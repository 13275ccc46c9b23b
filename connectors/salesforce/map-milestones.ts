import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { type SlaMetric, toClock } from '../../src/kit/records/service-levels.ts';
import { CaseMilestone, type MilestoneType } from './schema.ts';
import type { Context } from './session.ts';
import { names, readBelow } from './soql.ts';
import { milestoneMetric } from './words.ts';

type Clock = TelemetryRecord<'sla_clock'>;

export const MILESTONE = names(
  'Id CaseId MilestoneTypeId StartDate TargetDate CompletionDate IsCompleted IsViolated BusinessHoursId?',
  'TargetResponseInMins? StoppedTimeInMins? Case.IsStopped? Case.Entitlement.SlaProcessId?',
);

/** Clocks of some cases, all of each case, so that runs of one promise can be numbered. None where the org has no milestones. */
export async function readClocks(
  context: Context,
  caseIds: readonly string[],
  feed: string,
): Promise<{ readonly clocks: Clock[]; readonly rejected: SetAside[] }> {
  const { session, settings } = context;
  const select = await session.select('CaseMilestone', MILESTONE);
  const { kept, rejected } = await readBelow(context, feed, caseIds, {
    select,
    from: 'CaseMilestone',
    of: 'CaseId',
    rows: CaseMilestone,
  });
  const types = (await session.milestoneTypes()) ?? new Map<string, MilestoneType>();
  const seesStops = await session.describes('CaseMilestone');
  const meant = kept.flatMap((row) => {
    const type = row.MilestoneTypeId === null ? undefined : types.get(row.MilestoneTypeId);
    const metric = milestoneMetric(type?.Name ?? null, settings);
    if (metric === null) return [];
    // Who promises the first answer again and again promises the next one, too.
    const recurs = /recurs/i.test(type?.RecurrenceType ?? '');
    return [{ row, metric: metric === 'first_reply' && recurs ? ('next_reply' as const) : metric }];
  });
  const groups = groupBy(meant, ({ row, metric }) => `${row.CaseId} ${metric}`);
  const clocks = [...groups.values()].flatMap((group) =>
    group
      .sort((a, b) => startMs(a.row) - startMs(b.row) || (a.row.Id < b.row.Id ? -1 : 1))
      .map(({ row, metric }, i) => clockOf(row, metric, i + 1, seesStops)),
  );
  return { clocks, rejected };
}

function startMs(row: CaseMilestone): number {
  return row.StartDate?.getTime() ?? 0;
}

/**
 * An open milestone that is violated is missed; one that is not yet has no outcome. While a case is stopped its target moves, and where it is not shown whether it
 * is the target may move: nothing is known of it.
 */
function clockOf(row: CaseMilestone, metric: SlaMetric, instance: number, seesStops: boolean): Clock {
  const isOpen = row.IsCompleted !== true && row.CompletionDate === null;
  const stopped = isOpen && (!seesStops || row.Case?.IsStopped === true);
  const seconds = (minutes: number | null) => (minutes === null ? null : Math.round(minutes * 60));
  return toClock({
    id: row.Id,
    ticket_id: row.CaseId,
    metric,
    instance,
    policy_id: row.Case?.Entitlement?.SlaProcessId ?? null,
    target_s: seconds(row.TargetResponseInMins),
    business_hours: row.BusinessHoursId === null ? null : true,
    started_at: row.StartDate,
    breach_at: stopped ? null : row.TargetDate,
    fulfilled_at: row.CompletionDate,
    paused_s: seconds(row.StoppedTimeInMins),
    missed: row.IsViolated,
  });
}
