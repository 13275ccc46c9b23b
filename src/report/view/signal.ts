import { z } from 'zod';
import type { SignalExplanation } from '../../domain/explanation.ts';
import { FINDING_STATUSES, type Finding } from '../../domain/finding.ts';
import type { LINE_ORIGINS } from '../../domain/signal.ts';
import { count, day, lastDay, percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { EvidenceBar, evidenceBars } from './evidence.ts';
import { sayExtra, sayFigure } from './figure-text.ts';
import { sayImported, sayPopulation } from './left-out.ts';
import { nameSignal, nameStatement, RecordLink, SignalName, StatementName } from './named.ts';
import { reasonOf } from './unseen.ts';

const Interval = z.tuple([z.number(), z.number()]);

/** A signal in one snapshot: its number with interval against its lines, its course, what it leaves out, and how it was worked out. */
export const SignalView = z.strictObject({
  signal: SignalName,
  version: z.int(),
  description: z.string(),
  status: z.enum(FINDING_STATUSES),
  /** The number and what it means against the lines; or why there is none and what would give one. */
  sentence: z.string(),
  detail: z.string().nullable(),
  way_out: z.string().nullable(),
  unit: z.string(),
  estimate: z.number().nullable(),
  /** `84 %`; null when there is no number. */
  text: z.string().nullable(),
  /** 95 %. */
  interval: Interval.nullable(),
  interval_text: z.string().nullable(),
  n: z.int(),
  n_effective: z.number().nullable(),
  sample_unit: z.string(),
  lines: z.strictObject({
    partly: z.number().nullable(),
    fully: z.number().nullable(),
    partly_text: z.string().nullable(),
    fully_text: z.string().nullable(),
    origin: z.string(),
    /** The origin in words: `our convention`. */
    origin_words: z.string(),
    source: z.string(),
  }),
  /** P(passes the line), each; null when the signal has no such line or was not measured. */
  passes: z.strictObject({ partly: z.number().nullable(), fully: z.number().nullable() }),
  window: z.strictObject({ from: z.iso.date(), last_day: z.iso.date() }),
  notes: z.array(z.string()),
  /** Of the kept snapshots, oldest first. `version` differs where the rule changed: no line across it. */
  course: z.array(
    z.strictObject({
      digest: z.string(),
      last_day: z.iso.date(),
      status: z.enum(FINDING_STATUSES),
      estimate: z.number().nullable(),
      interval: Interval.nullable(),
      n: z.int(),
      version: z.int(),
    }),
  ),
  left_out: z.array(z.strictObject({ reason: z.string(), n: z.int(), words: z.string() })),
  population: z.string().nullable(),
  imported: z.string().nullable(),
  /** The same by the calendar and by the business clock, where the signal has both. */
  clocks: z.array(z.strictObject({ name: z.string(), text: z.string(), value: z.number() })),
  extra: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  fooled_by: z.array(z.string()),
  /** Statements that it speaks for, with the points it gave, decibans. */
  speaks_for: z.array(StatementName.extend(EvidenceBar.shape)),
  estimator: z.string(),
  needs: z.array(z.string()),
  sql: z.string(),
  tickets: z.array(RecordLink),
  remedy: z.string(),
});
export type SignalView = z.infer<typeof SignalView>;

/** Where the lines of a signal come from, in words. */
const ORIGIN_WORDS: Readonly<Record<(typeof LINE_ORIGINS)[number], string>> = {
  ISO: 'an ISO standard',
  ES: 'an empirical study',
  BM: 'a published benchmark',
  DEF: 'by definition of the practice',
  CONV: 'our convention',
};

function isOrigin(origin: string): origin is keyof typeof ORIGIN_WORDS {
  return origin in ORIGIN_WORDS;
}

function sayLine(name: string, passes: number | null, line: string | null): string | null {
  if (passes === null || line === null) return null;
  if (passes >= 0.9) return `passes the line for "${name}" (${line})`;
  if (passes <= 0.1) return `does not pass the line for "${name}" (${line})`;
  return `may pass the line for "${name}" (${line}; ${percent(passes)})`;
}

function sentenceOf(finding: Finding, lines: SignalView['lines'], sampleUnit: string): string {
  if (finding.status !== 'measured' || finding.estimate === null) return `No number: ${reasonOf(finding).words}.`;
  const of = finding.n === 0 ? '' : `, from ${count(finding.n)} ${sampleUnit}`;
  const said = [
    sayLine('partly', finding.pass?.q2 ?? null, lines.partly_text),
    sayLine('fully', finding.pass?.q3 ?? null, lines.fully_text),
  ].filter((part) => part !== null);
  const against = said.length === 0 ? '' : ` It ${said.join(' and ')}.`;
  return `${sayFigure(finding.estimate, finding.unit)}${of}.${against}`;
}

/** The lines of a signal, as numbers and in words. */
export function linesOf(
  { lines }: { readonly lines: Pick<SignalExplanation['lines'], 'partial' | 'full' | 'origin' | 'source'> },
  unit: string,
): SignalView['lines'] {
  const text = (value: number | null): string | null => (value === null ? null : sayFigure(value, unit));
  return {
    partly: lines.partial,
    fully: lines.full,
    partly_text: text(lines.partial),
    fully_text: text(lines.full),
    origin: lines.origin,
    origin_words: isOrigin(lines.origin) ? ORIGIN_WORDS[lines.origin] : lines.origin,
    source: lines.source,
  };
}

function notesOf({ carried_from, as_last_changed }: Finding): string[] {
  return [
    ...(carried_from === null ? [] : [`Kept from ${day(carried_from.as_of)}, since its source is disconnected.`]),
    ...(as_last_changed === true ? ['Read later, and not changed since: it was there.'] : []),
  ];
}

/** What one snapshot of the course knew of a signal. */
interface CourseFinding {
  readonly digest: string;
  readonly as_of: Date;
  readonly finding: Finding;
}

/** A signal of a snapshot; `course` = the same signal in the kept snapshots, oldest first. Pure. */
export function signalView(
  told: SignalExplanation,
  course: readonly CourseFinding[],
  { model, signals }: Pick<ReportContext, 'model' | 'signals'>,
): SignalView {
  const { finding } = told;
  const definition = signals.get(told.id);
  const lines = linesOf(told, finding.unit);
  const sampleUnit = definition?.sample_unit ?? 'cases';
  const measured = finding.status === 'measured' && finding.estimate !== null;
  const text = (value: number): string => sayFigure(value, finding.unit);
  const extras = Object.entries(finding.extra).flatMap(([key, value]) => sayExtra(key, value) ?? []);
  return {
    signal: nameSignal(told.id, signals),
    version: finding.version,
    description: told.description,
    status: finding.status,
    sentence: sentenceOf(finding, lines, sampleUnit),
    detail: finding.detail,
    way_out: measured ? null : reasonOf(finding).way_out,
    unit: finding.unit,
    estimate: finding.estimate,
    text: finding.estimate === null ? null : text(finding.estimate),
    interval: finding.interval,
    interval_text: finding.interval === null ? null : finding.interval.map(text).join(' to '),
    n: finding.n,
    n_effective: finding.n_effective,
    sample_unit: sampleUnit,
    lines,
    passes: { partly: finding.pass?.q2 ?? null, fully: finding.pass?.q3 ?? null },
    window: { from: day(finding.window.from), last_day: lastDay(finding.window.to) },
    notes: notesOf(finding),
    course: course.map(({ digest, as_of, finding: { status, estimate, interval, n, version } }) => ({
      digest,
      last_day: lastDay(as_of),
      status,
      estimate,
      interval,
      n,
      version,
    })),
    left_out: Object.entries(finding.excluded).map(([reason, n]) => ({
      reason,
      n,
      words: `${definition?.counts_out[reason] ?? reason.replaceAll('_', ' ')} (${count(n)})`,
    })),
    population: sayPopulation(finding),
    imported: sayImported(told.imported),
    clocks: extras.flatMap(({ clock, name, text: said, value }) =>
      clock === null || value === null ? [] : [{ name, text: said, value }],
    ),
    extra: extras.map(({ name, text: said }) => ({ name, text: said })),
    fooled_by: told.fooled_by,
    speaks_for: told.ledger.flatMap((line) =>
      evidenceBars([line], signals).map((bar) => ({ ...nameStatement(line.criterion, model), ...bar })),
    ),
    estimator: told.estimator,
    needs: told.needs,
    sql: told.sql,
    tickets: told.tickets.map(({ connection, table, id, hit, url }) => ({ connection, table, id, hit, url })),
    remedy: told.remedy,
  };
}
