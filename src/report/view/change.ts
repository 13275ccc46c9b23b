import { z } from 'zod';
import type { Finding } from '../../domain/finding.ts';
import { assuredStage } from '../../domain/placement.ts';
import type { SnapshotChange } from '../../domain/snapshot-change.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { lastDay, percent, short } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { CAUSE_WORDS, CAUSES, ChangeCause, causeOf, sayTurn, tellCauses } from './causes.ts';
import { sayLevel, tellLevel } from './level.ts';
import { ModelName, nameSignal, SignalName, StatementName } from './named.ts';
import { headed, Step, stepOf } from './step.ts';

const Side = z.strictObject({
  digest: z.string(),
  as_of: z.iso.datetime(),
  last_day: z.iso.date(),
  step: Step.nullable(),
  assured: Step.nullable(),
  sentence: z.string(),
});

/** Two snapshots of one model beside each other: what changed and why, a sentence first. No statements when nothing noticeable changed. */
export const ChangeView = z.strictObject({
  model: ModelName,
  before: Side,
  after: Side,
  /** `You did not get worse; configuration became visible.` */
  sentence: z.string(),
  /** The strongest first; causes that changed nothing are left out. */
  causes: z.array(ChangeCause),
  statements: z.array(
    StatementName.extend({
      level_before: z.string(),
      level_after: z.string(),
      /** Both in a few words: `level 1 → level 2 or 3`, `not known → level 1`, `level 3 still`. */
      turn: z.string(),
      /** Decibans. */
      change: z.number(),
      sentence: z.string(),
      lines: z.array(
        z.strictObject({
          signal: SignalName.nullable(),
          /** Signal, or what else the line is of. */
          ref: z.string(),
          cause: z.enum(CAUSES),
          change: z.number(),
          sentence: z.string(),
        }),
      ),
    }),
  ),
  /** What is to be said of the documents it was read by; null when there is nothing. */
  note: z.string().nullable(),
});
export type ChangeView = z.infer<typeof ChangeView>;

type Context = Pick<ReportContext, 'model' | 'signals'>;

function sideView(reading: StagedReading, { model }: Context): z.infer<typeof Side> {
  const step = stepOf(model, reading.placement.stage);
  const assured = stepOf(model, assuredStage(reading.placement));
  const day = lastDay(reading.as_of);
  const told = step === null ? 'not placed' : `${step.text}${assured === null ? '' : `, assured ${assured.text}`}`;
  return { digest: reading.digest, as_of: reading.as_of, last_day: day, step, assured, sentence: `${day}: ${told}.` };
}

function figureOf(finding: Finding | undefined): string {
  if (finding === undefined) return 'no such signal';
  if (finding.status !== 'measured' || finding.estimate === null) return finding.status.replaceAll('_', ' ');
  return finding.unit === 'share' ? percent(finding.estimate) : `${short(finding.estimate)} ${finding.unit}`;
}

interface Pair {
  readonly change: SnapshotChange;
  readonly before: StagedReading;
  readonly after: StagedReading;
}

/** The sentence of one line: what a signal showed before and shows now, or whose answer it is. */
function sayLine(
  line: SnapshotChange['criteria'][number]['lines'][number],
  { before, after }: Pair,
  { signals }: Context,
): string {
  const [was, is] = [before, after].map(({ findings }) => findings.find(({ signal }) => signal === line.ref));
  if (was === undefined && is === undefined) return `${headed(line.text)}.`;
  const title = signals.get(line.ref)?.title ?? line.ref;
  return `${title}: ${figureOf(was)} before, ${figureOf(is)} now.`;
}

function statementViews(pair: Pair, context: Context): ChangeView['statements'] {
  const level = (reading: StagedReading, id: string): string => {
    const result = reading.criteria.find((one) => one.id === id);
    return result === undefined ? '–' : sayLevel(result);
  };
  return pair.change.criteria.map(({ criterion, name, change, lines }) => {
    const [from, to] = [level(pair.before, criterion), level(pair.after, criterion)];
    const [before, after] = [tellLevel(from), tellLevel(to)];
    const moved =
      from === to ? `stays ${after.startsWith('level') ? 'at ' : ''}${after}` : `went from ${before} to ${after}`;
    const most = lines[0];
    return {
      id: criterion,
      name,
      level_before: from,
      level_after: to,
      turn: from === to ? `${after} still` : `${before} → ${after}`,
      change,
      sentence: `"${name}" ${moved}${most === undefined ? '' : `; ${reasonOfLine(most.cause)}`}.`,
      lines: lines.map((line) => ({
        signal: context.signals.has(line.ref) ? nameSignal(line.ref, context.signals) : null,
        ref: line.ref,
        cause: causeOf(line.cause),
        change: line.change,
        sentence: sayLine(line, pair, context),
      })),
    };
  });
}

function reasonOfLine(cause: SnapshotChange['criteria'][number]['lines'][number]['cause']): string {
  return CAUSE_WORDS[causeOf(cause)];
}

/** Two readings by one model and what changed between them; `note` = what is to be said of the documents they are read by. Pure. */
export function changeView(pair: Pair, context: Context, note: string | null): ChangeView {
  const { id, version, title, source, kind } = context.model;
  const [before, after] = [sideView(pair.before, context), sideView(pair.after, context)];
  return {
    model: { id, version, title, source, kind },
    before,
    after,
    sentence: sayTurn(before.step, after.step, tellCauses(pair)),
    causes: tellCauses(pair),
    statements: statementViews(pair, context),
    note,
  };
}
