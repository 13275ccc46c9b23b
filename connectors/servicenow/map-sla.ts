import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { type SlaMetric, toClock, toPolicy } from '../../src/kit/records/service-levels.ts';
import { lookedAt, toAutomation, UNREAD } from '../../src/kit/rule-terms.ts';
import { type RuleWords, readConditions } from './map-rules.ts';
import type { SlaDefinition, SlaRun } from './schema.ts';
import type { Settings } from './settings.ts';
import { WORDS } from './words.ts';

const RESPONSE = /respon|respost|respuest|r[ée]pon|antwort|reaktion|first|acknowledg|pick.?up/i;
const RESOLUTION = /r[ée]sol|lösung|behebung|fix|restor|close|closure/i;

/** What a definition promises: as stated, else its target, else what its name says; null = none of them tells. */
export function metricOf({ sys_id, target, name }: SlaDefinition, settings: Settings): SlaMetric | null {
  const stated = settings.slas[sys_id];
  if (stated !== undefined) return stated;
  for (const text of [target, name])
    if (text !== null && RESPONSE.test(text) !== RESOLUTION.test(text))
      return RESPONSE.test(text) ? 'first_reply' : 'resolution';
  return null;
}

/** Agreements inside the desk and with suppliers are none with customers. */
function scopeOf({ type }: SlaDefinition): 'ticket' | 'group' {
  return type === null || /^sla$/i.test(type.trim()) ? 'ticket' : 'group';
}

const onSchedule = ({ schedule, schedule_source: source }: SlaDefinition) =>
  schedule !== null || /task_field/.test(source ?? '');

/** A policy of one target, and the flow or workflow that watches it as a rule that looks at breaches. */
export function toSla(row: SlaDefinition, words: RuleWords, settings: Settings): Mapped {
  const metric = metricOf(row, settings);
  const conditions = readConditions(row.start_condition, words);
  const ranks = conditions
    .flatMap(({ terms }) => terms ?? [])
    .flatMap((term) => /^priority:(\d)$/.exec(term)?.[1] ?? []);
  const promised = metric === null || row.duration_type !== null ? null : row.duration;
  const of = ranks.length === 0 ? [null] : ranks.map(Number);
  const active = row.active !== false;
  const watched = row.flow !== null || row.workflow !== null;
  return {
    ...toPolicy({
      id: row.sys_id,
      active,
      is_default: false,
      scope: scopeOf(row),
      calendar_id: row.schedule,
      updated_at: row.sys_updated_on,
      conditions,
      targets: of.map((rank) => ({
        metric: metric ?? 'overall',
        rank,
        seconds: promised,
        businessHours: onSchedule(row),
      })),
    }),
    automation: watched
      ? [
          toAutomation({
            id: `sla:${row.sys_id}`,
            kind: 'automation',
            active,
            conditions: [lookedAt('sla_breach')],
            // Whom the flow tells is not shown.
            does: [UNREAD],
            updated_at: row.sys_updated_on,
          }),
        ]
      : [],
  };
}

/**
 * Clocks of one ticket: all its runs have to be known for their order. A run whose definition is not visible, or does not say what it promises, is left out.
 * A clock that still runs may have breached.
 */
export function toClocks(
  runs: readonly SlaRun[],
  slas: ReadonlyMap<string, SlaDefinition>,
  settings: Settings,
): TelemetryRecord<'sla_clock'>[] {
  const counts = new Map<string, number>();
  const startOf = (run: SlaRun) => (run.start_time ?? run.sys_created_on ?? run.sys_updated_on).getTime();
  const ordered = [...runs].sort((a, b) => startOf(a) - startOf(b) || (a.sys_id < b.sys_id ? -1 : 1));
  return ordered.flatMap((run) => {
    const sla = slas.get(run.sla ?? '');
    const metric = sla === undefined ? null : metricOf(sla, settings);
    if (sla === undefined || metric === null) return [];
    const scope = scopeOf(sla);
    const instance = (counts.get(`${scope} ${metric}`) ?? 0) + 1;
    counts.set(`${scope} ${metric}`, instance);
    const stage = WORDS.stage(run.stage);
    const clock = toClock({
      id: run.sys_id,
      ticket_id: run.task,
      metric,
      scope,
      instance,
      policy_id: sla.sys_id,
      target_s: targetOf(run, sla),
      business_hours: run.schedule !== null || onSchedule(sla),
      started_at: run.start_time,
      applied_at: run.sys_created_on,
      breach_at: run.planned_end_time,
      fulfilled_at: stage === 'ended' ? run.end_time : null,
      paused_s: run.pause_duration,
      voided: stage === 'voided',
      missed: run.has_breached,
    });
    return [stage === 'voided' ? { ...clock, met: null } : clock];
  });
}

/** What was promised to this ticket: the definition may have changed since. Time spent and time left make it, as long as some is left. */
function targetOf(run: SlaRun, sla: SlaDefinition): number | null {
  const pairs = [
    [run.business_duration, run.business_time_left],
    [run.duration, run.time_left],
  ];
  // Without a schedule the vendor counts by the clock alone.
  const [spent = null, left = null] = pairs.find(([, rest]) => rest !== null) ?? [];
  if (spent !== null && left !== null && left > 0) return spent + left;
  return sla.duration_type === null ? sla.duration : null;
}
