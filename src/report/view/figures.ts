import { z } from 'zod';
import type { Metric, MetricsReport } from '../../domain/snapshot.ts';
import { count, short } from '../numbers.ts';
import { sayPart } from './part-period.ts';
import { headed } from './step.ts';

const CLOCKS = ['calendar', 'business'] as const;

/** What a figure is, whatever it is counted over. */
export const FigureHead = z.strictObject({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  definition: z.string(),
  /** Where it differs from the vendor's own screen, and why; null where that is not known. */
  differs: z.string().nullable(),
  /** Of a duration: what lasts, by which clock, and which number of all of them it is; null for other figures. */
  duration: z
    .strictObject({ name: z.string(), clock: z.enum(CLOCKS), statistic: z.enum(['p50', 'p90', 'mean']) })
    .nullable(),
});
export type FigureHead = z.infer<typeof FigureHead>;

/** A figure in one part of a breakdown. */
export const FigureCell = z.strictObject({
  id: z.string(),
  value: z.number().nullable(),
  /** `84 %`, `2.5 h`, `–` = cannot be known, never zero. */
  text: z.string(),
  n: z.int(),
});
export type FigureCell = z.infer<typeof FigureCell>;

/** A figure over all. */
export const FigureRow = FigureCell.extend({
  left_out: z.array(z.strictObject({ reason: z.string(), n: z.int(), words: z.string() })),
  /** Who worked it out, where that differs; null otherwise. */
  source_words: z.string().nullable(),
});
export type FigureRow = z.infer<typeof FigureRow>;

/** Plain service figures of a span, unscored. Days, weeks and months are those of `zone`. */
export const FiguresView = z.strictObject({
  window: z.strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    first_day: z.iso.date(),
    last_day: z.iso.date(),
  }),
  zone: z.strictObject({ id: z.string(), sentence: z.string() }),
  /** Every figure of groups and breakdowns, once. */
  figures: z.array(FigureHead),
  groups: z.array(z.strictObject({ id: z.string(), title: z.string(), rows: z.array(FigureRow) })),
  /** By `week`, `month`, `team`, `channel`, `priority`, `tier`, `line`, `age`; the values in order. */
  breakdowns: z.array(
    z.strictObject({
      by: z.string(),
      title: z.string(),
      values: z.array(
        z.strictObject({
          value: z.string(),
          /** What of the week or month the span holds: `so far, to 2026-06-29`; null = all of it. A part is never to be compared with a whole. */
          part: z.string().nullable(),
          rows: z.array(FigureCell),
        }),
      ),
    }),
  ),
  /** Hours of the week: tickets that came in and people's replies. `weekday` 1 = Monday. Null where replies and arrivals are not recorded. */
  week: z
    .strictObject({
      cells: z.array(
        z.strictObject({ weekday: z.int(), hour: z.int(), arrivals: z.int(), replies: z.int().nullable() }),
      ),
      sentence: z.string(),
    })
    .nullable(),
});
export type FiguresView = z.infer<typeof FiguresView>;

/** What a figure shows: a dash is "cannot be known", never zero. */
function textOf({ value, unit }: Metric): string {
  if (value === null) return '–';
  if (unit === 'share') return `${short(value * 100, 2)} %`;
  if (unit === 'h') return `${short(value, 2)} h`;
  return Number.isInteger(value) ? count(value) : short(value, 2);
}

const STATISTIC_WORDS: Readonly<Record<string, string>> = {
  p50: ', median',
  p90: ', nine of ten within',
  mean: ', mean',
};

/** `first_reply_time_p50_calendar_h` -> `First reply time, median, by the calendar clock`. */
function titleOf(id: string): string {
  const clock = /_(calendar|business)_h$/.exec(id)?.[1];
  const rest = id.replace(/_(calendar|business)_h$/, '');
  const statistic = /_(p50|p90|mean)$/.exec(rest)?.[1];
  const name = rest.replace(/_(p50|p90|mean)$/, '').replaceAll('_', ' ');
  return headed(
    `${name}${STATISTIC_WORDS[statistic ?? ''] ?? ''}${clock === undefined ? '' : `, by the ${clock} clock`}`,
  )
    .replace(/^Sla /, 'SLA ')
    .replace(/^Csat /, 'Satisfaction: ');
}

function durationOf(id: string): FigureHead['duration'] {
  const [, name = '', statistic, clock] = /^(.+)_(p50|p90|mean)_(calendar|business)_h$/.exec(id) ?? [];
  if (clock !== 'calendar' && clock !== 'business') return null;
  if (statistic !== 'p50' && statistic !== 'p90' && statistic !== 'mean') return null;
  return { name: headed(name.replaceAll('_', ' ')), clock, statistic };
}

function sourceWords({ source }: Metric): string | null {
  if (source === 'vendor') return "the vendor's own durations";
  return source === 'mixed' ? "in part the vendor's own durations" : null;
}

/** `differs` = where figures differ from the vendor's own screens, by id. */
function headOf({ id, unit, definition }: Metric, differs: ReadonlyMap<string, string>): FigureHead {
  const told = differs.get(id) ?? differs.get(id.replace(/^(sla_met_share)_.*/, '$1')) ?? null;
  return { id, title: titleOf(id), unit, definition, differs: told, duration: durationOf(id) };
}

function cellOf(metric: Metric): FigureCell {
  const { id, value, n } = metric;
  return { id, value, text: textOf(metric), n };
}

function rowOf(metric: Metric): FigureRow {
  return {
    ...cellOf(metric),
    left_out: Object.entries(metric.excluded).map(([reason, times]) => ({
      reason,
      n: times,
      words: `${times === 0 ? '' : `${count(times)} `}${reason.replaceAll('_', ' ')}`,
    })),
    source_words: sourceWords(metric),
  };
}

const GROUPS: readonly { readonly id: string; readonly title: string; readonly has: RegExp }[] = [
  { id: 'volume', title: 'How much comes in', has: /^(tickets|backlog|agents|teams|machine|channel)_/ },
  { id: 'speed', title: 'How fast it is answered and solved', has: /_time_/ },
  { id: 'promises', title: 'Whether promises are kept', has: /^sla_/ },
  { id: 'satisfaction', title: 'What customers say, and what comes back', has: /^(csat|reopen|one_touch)_/ },
  { id: 'flow', title: 'How work moves', has: /./ },
];

function groupsOf(rows: readonly FigureRow[]): FiguresView['groups'] {
  const groupOf = ({ id }: FigureRow): string | undefined => GROUPS.find(({ has }) => has.test(id))?.id;
  return GROUPS.map(({ id, title }) => ({ id, title, rows: rows.filter((row) => groupOf(row) === id) })).filter(
    ({ rows: own }) => own.length > 0,
  );
}

function breakdownsOf(report: MetricsReport): FiguresView['breakdowns'] {
  return [...new Set(report.breakdowns.map(({ by }) => by))].map((by) => ({
    by,
    title: headed(by),
    values: report.breakdowns
      .filter((one) => one.by === by)
      .map(({ value, metrics }) => ({
        value,
        part: sayPart(by, value, report.window, report.zone.id),
        rows: metrics.map(cellOf),
      })),
  }));
}

function headsOf(report: MetricsReport, differs: ReadonlyMap<string, string>): FigureHead[] {
  const all = [...report.metrics, ...report.breakdowns.flatMap(({ metrics }) => metrics)];
  const once = new Map(all.map((metric) => [metric.id, metric]));
  return [...once.values()].map((metric) => headOf(metric, differs));
}

type Hours = readonly NonNullable<FiguresView['week']>['cells'][number][];
const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

function sayPeak(cells: Hours, of: 'arrivals' | 'replies'): string | null {
  const [peak] = cells.toSorted((a, b) => (b[of] ?? 0) - (a[of] ?? 0));
  const n = peak?.[of] ?? 0;
  return peak === undefined || n === 0
    ? null
    : `on ${DAYS[peak.weekday - 1]} from ${peak.hour} to ${peak.hour + 1} (${count(n)})`;
}

function sayWeek(cells: Hours): string {
  const [arrivals, replies] = [sayPeak(cells, 'arrivals'), sayPeak(cells, 'replies')];
  if (arrivals === null) return 'No tickets came in.';
  const come = `Most tickets come in ${arrivals}`;
  return replies === null
    ? `${come}; when people reply is not recorded.`
    : `${come}; most replies are written ${replies}.`;
}

/** Date of an instant in a zone; `shiftMs` before it for an exclusive end. */
function localDay(iso: string, zone: string, shiftMs = 0): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(new Date(iso).getTime() + shiftMs),
  );
}

/** Plain figures for reading; `hours` = the hours of a week, null where they are not known. Pure. */
export function figuresView(
  report: MetricsReport,
  hours: Hours | null,
  differs: ReadonlyMap<string, string>,
): FiguresView {
  const { window, zone } = report;
  return {
    window: { ...window, first_day: localDay(window.from, zone.id), last_day: localDay(window.to, zone.id, -1) },
    zone: { id: zone.id, sentence: `Days, weeks and months of ${zone.id}, ${zone.note}.` },
    figures: headsOf(report, differs),
    groups: groupsOf(report.metrics.map(rowOf)),
    breakdowns: breakdownsOf(report),
    week: hours === null ? null : { cells: [...hours], sentence: sayWeek(hours) },
  };
}
