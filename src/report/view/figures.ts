import { z } from 'zod';
import type { Metric, MetricsReport } from '../../domain/snapshot.ts';
import { count, short } from '../numbers.ts';
import { headed } from './step.ts';

export const FigureRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  /** `84 %`, `2.5 h`, `–` = cannot be known, never zero. */
  text: z.string(),
  n: z.int(),
  left_out: z.array(z.strictObject({ reason: z.string(), n: z.int(), words: z.string() })),
  /** Who worked it out, where that differs; null otherwise. */
  source_words: z.string().nullable(),
  definition: z.string(),
  /** Where it differs from the vendor's own screen, and why; null where that is not known. */
  differs: z.string().nullable(),
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
  groups: z.array(z.strictObject({ id: z.string(), title: z.string(), rows: z.array(FigureRow) })),
  /** By `week`, `month`, `team`, `channel`, `priority`, `line`, `age`; the values in order. */
  breakdowns: z.array(
    z.strictObject({
      by: z.string(),
      title: z.string(),
      values: z.array(z.strictObject({ value: z.string(), rows: z.array(FigureRow) })),
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

function sourceWords({ source }: Metric): string | null {
  if (source === 'vendor') return "the vendor's own durations";
  return source === 'mixed' ? "in part the vendor's own durations" : null;
}

/** `differs` = where figures differ from the vendor's own screens, by id. */
function rowOf(metric: Metric, differs: ReadonlyMap<string, string>): FigureRow {
  const { id, unit, value, n, excluded, definition } = metric;
  return {
    id,
    title: titleOf(id),
    unit,
    value,
    text: textOf(metric),
    n,
    left_out: Object.entries(excluded).map(([reason, times]) => ({
      reason,
      n: times,
      words: `${times === 0 ? '' : `${count(times)} `}${reason.replaceAll('_', ' ')}`,
    })),
    source_words: sourceWords(metric),
    definition,
    differs: differs.get(id) ?? differs.get(id.replace(/^(sla_met_share)_.*/, '$1')) ?? null,
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

function breakdownsOf(report: MetricsReport, differs: ReadonlyMap<string, string>): FiguresView['breakdowns'] {
  return [...new Set(report.breakdowns.map(({ by }) => by))].map((by) => ({
    by,
    title: headed(by),
    values: report.breakdowns
      .filter((one) => one.by === by)
      .map(({ value, metrics }) => ({ value, rows: metrics.map((metric) => rowOf(metric, differs)) })),
  }));
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
export function localDay(iso: string, zone: string, shiftMs = 0): string {
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
    groups: groupsOf(report.metrics.map((metric) => rowOf(metric, differs))),
    breakdowns: breakdownsOf(report, differs),
    week: hours === null ? null : { cells: [...hours], sentence: sayWeek(hours) },
  };
}
