import type { Run, Schedule } from '../../domain/operations.ts';
import { clip, padEnd, type Style } from '../style.ts';

/** A schedule with the last of its runs. */
export interface ScheduleView {
  readonly schedule: Schedule;
  readonly last: Run | null;
}

const minute = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** An instant on the wall clock of a zone, e.g. `2026-03-29 03:00`. */
function wallClock(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(instant);
}

/** When a schedule means to run, in words. */
function rhythmOf({ every_s, cron, tz }: Schedule): string {
  if (every_s === null) return `cron ${cron ?? ''} (${tz})`;
  const units = [
    ['w', 604_800],
    ['d', 86_400],
    ['h', 3_600],
  ] as const;
  const [unit, seconds] = units.find(([, length]) => every_s % length === 0) ?? ['m', 60];
  return `every ${every_s / seconds}${unit}`;
}

function statusOf(run: Run, style: Style): string {
  if (run.status === 'done') return style.good('✓ done');
  if (run.status === 'failed') return style.bad(`✗ failed ${run.failure?.code ?? ''}`.trimEnd());
  return run.status === 'cancelled' ? style.warn('! cancelled') : style.dim(`· ${run.status}`);
}

function nextOf({ paused, next_at, tz }: Schedule): string {
  if (paused) return 'paused';
  return tz === 'UTC' ? `next ${minute(next_at)}` : `next ${wallClock(next_at, tz)} ${tz} (${minute(next_at)})`;
}

/** Schedules with their next run, in their zone and in UTC, and how the last one ended. */
export function renderSchedules(views: readonly ScheduleView[], style: Style): string {
  return views
    .map(({ schedule, last }) => {
      const ended = last === null ? style.dim('has not run yet') : `last ${minute(last.slot)} ${statusOf(last, style)}`;
      return [
        `${style.bold(padEnd(schedule.name, 16))} ${padEnd(schedule.kind, 9)} ${rhythmOf(schedule)}`,
        `  ${nextOf(schedule)}, up to ${schedule.jitter_s} s later; ${ended}`,
      ].join('\n');
    })
    .join('\n');
}

/** Runs, one a line: what, for when, how it stands. */
export function renderRuns(runs: readonly Run[], style: Style): string {
  return runs
    .map((run) => {
      const why = run.failure === null ? '' : ` ${run.failure.message}`;
      const line = `${padEnd(statusOf(run, style), 12)}  ${minute(run.slot)}  ${padEnd(run.kind, 8)}  ${run.id}`;
      return line + style.dim(clip(why, Math.max(0, style.width - 12)));
    })
    .join('\n');
}

/** One run with all that the journal knows. */
export function renderRun(run: Run, style: Style): string {
  const rows: [string, string | null][] = [
    ['status', statusOf(run, style)],
    ['kind', run.kind],
    ['schedule', run.schedule ?? `asked for by ${run.requested_by}`],
    ['slot', minute(run.slot)],
    ['missed', run.params.missed === 0 ? null : `stands for ${run.params.missed} missed slots too`],
    ['began', run.started_at === null ? null : minute(run.started_at)],
    ['ended', run.ended_at === null ? null : minute(run.ended_at)],
    ['attempts', String(run.attempts)],
    ['at', run.progress === null ? null : stepOf(run.progress)],
    ['snapshot', run.digest],
    ['reason', run.failure?.message ?? null],
    ['do', run.failure?.remedy ?? null],
  ];
  const shown = rows.filter((row): row is [string, string] => row[1] !== null);
  return [style.bold(run.id), ...shown.map(([name, value]) => `  ${padEnd(name, 10)}${value}`)].join('\n');
}

function stepOf({ step, done, total }: NonNullable<Run['progress']>): string {
  return `${step}, ${done}${total === null ? '' : ` of ${total}`}`;
}
