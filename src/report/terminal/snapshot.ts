import { assuredStage } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { counted, day, lastDay, likelihood, percent } from '../numbers.ts';
import { type ReportContext, STATUS_WORDS, stageName } from '../report-context.ts';
import { clip, padEnd, type Style, wrap } from '../style.ts';
import { sayUnread } from '../view/could-not-read.ts';
import { sayLeftOut } from '../view/left-out.ts';
import { sayNotPlaced } from '../view/not-placed.ts';
import { ownFindings } from '../view/own-findings.ts';
import { stepWord } from '../view/step.ts';
import { renderDisagreements } from './disagreements.ts';
import { renderMatrix } from './matrix.ts';
import { renderMoves } from './moves.ts';
import { verdictLines } from './verdicts.ts';

/** One screen for an operations lead: stage, how sure, matrix, said versus seen, next moves, blind spots. */
export function renderSnapshot(snapshot: StagedReading, context: ReportContext, style: Style): string {
  return [
    ...renderHead(snapshot, context, style),
    '',
    ...renderMatrix(snapshot, context, style),
    ...(snapshot.comparison === null ? [] : [...renderDisagreements(snapshot.comparison, context, style), '']),
    ...(snapshot.path === null ? [] : [...renderMoves(snapshot.path, context, style), '']),
    ...renderAlso(snapshot, style),
    ...renderBeside(snapshot, context, style),
    ...renderUnseen(ownFindings(snapshot.findings, context.model, context.signals), style),
    ...renderUnread(snapshot, style),
    ...renderLeftOut(snapshot, style),
    '',
    ...renderFoot(snapshot, style),
  ].join('\n');
}

function renderHead(snapshot: StagedReading, context: ReportContext, style: Style): string[] {
  const { placement } = snapshot;
  const { model } = context;
  const title = `${snapshot.workspace} · as of ${lastDay(snapshot.as_of)} · ${model.title}`;
  if (placement.stage === null)
    return [
      style.bold(title),
      '',
      `  ${style.bold('NOT PLACED')}`,
      ...sayNotPlaced({ ...snapshot, findings: ownFindings(snapshot.findings, model, context.signals) }, model).map(
        (sentence) => `  ${sentence}`,
      ),
      nextStep(snapshot, style),
    ];
  const lines = [
    style.bold(title),
    '',
    headline(snapshot, context, style),
    '',
    ...stageLine(snapshot, context, style),
    '',
  ];
  const range =
    placement.floor === placement.ceiling
      ? `Even what we cannot see could not move it from ${placement.floor}.`
      : `Stage ${placement.floor} if everything we cannot see were missing, ${placement.ceiling} if all of it were in place.`;
  lines.push(`  Range     ${range}`);
  lines.push(
    `  Coverage  ${percent(placement.coverage)} of the statements up to the next stage were seen in data: ${STATUS_WORDS[placement.status]}.`,
  );
  if (placement.frontier !== null && placement.frontier > placement.stage)
    lines.push(
      `  Reach     Practices of stage ${placement.frontier} are largely there, but the stages below are not complete.`,
    );
  return lines;
}

/** What the other models say of the same measurement, one line each; nothing where there is no other. */
function renderAlso({ model, verdicts }: StagedReading, style: Style): string[] {
  const others = verdicts.filter((verdict) => verdict.model.id !== model.id);
  return others.length === 0 ? [] : [style.bold('ALSO'), ...verdictLines(others, style), ''];
}

/** What stands beside the verdict and moves nothing of it; nothing for a model that has none. */
function renderBeside(snapshot: StagedReading, context: ReportContext, style: Style): string[] {
  const said = context.beside(snapshot);
  if (said.length === 0) return [];
  return [
    style.bold('BESIDE THE VERDICT'),
    ...said.flatMap((sentence) => wrap(sentence, style.width - 4, '  ').map((line) => `  ${line}`)),
    '',
  ];
}

/** Below it no single stage deserves a headline: the span that holds it in four of five cases does. */
const SURE_ENOUGH = 0.33;

/** The way out of "not placed" that fits what is there already. */
function nextStep(snapshot: StagedReading, style: Style): string {
  const assess = `${style.accent('plumbline assess')} asks first what the data cannot show`;
  return snapshot.provenance.telemetry.length === 0
    ? `  Next: ${style.accent('plumbline connect')} a helpdesk, ${style.accent('plumbline import')} a file, or ${style.accent('plumbline assess')}.`
    : `  Next: ${assess}; ${style.accent('plumbline doctor')} says what is hidden and what would open it.`;
}

function headline(snapshot: StagedReading, context: ReportContext, style: Style): string {
  const { placement } = snapshot;
  const stage = placement.stage ?? 1;
  const sure = placement.probabilities[stage - 1] ?? 0;
  const name = (s: number): string => `${s} ${stageName(context.model, s)}`;
  const word = stepWord(context.model).toUpperCase();
  const title = style.bold(`${word} ${name(stage).toUpperCase().replace(' ', '  ')}`);
  if (placement.status === 'self_reported')
    return `  ${title}   by answers alone: ${likelihood(sure)} (${percent(sure)}) if they are right; too little was seen in data to check them, nothing is assured`;
  if (sure >= SURE_ENOUGH)
    return `  ${title}   ${likelihood(sure)} (${percent(sure)})   ${assuredText(snapshot, context)}`;
  const last = (line: number): number => placement.atLeast.filter((p) => p >= line).length;
  return `  ${style.bold(`${word} ${last(0.9)} TO ${last(0.1)}`)}   too little was seen to say which; held at ${name(stage)} (${percent(sure)})   ${assuredText(snapshot, context)}`;
}

function assuredText(snapshot: StagedReading, context: ReportContext): string {
  const assured = assuredStage(snapshot.placement);
  return assured === null ? '' : `assured: ${assured} ${stageName(context.model, assured)} (at least, 90 %)`;
}

/** Six stages side by side, a bar for each probability. */
function stageLine(snapshot: StagedReading, context: ReportContext, style: Style): string[] {
  const { placement } = snapshot;
  const stages = context.model.stages;
  const cell = Math.max(10, Math.floor((style.width - 2) / stages.length));
  const blocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
  const bar = (p: number): string => {
    const eighths = Math.round(p * (cell - 2) * 8);
    return '█'.repeat(Math.floor(eighths / 8)) + (blocks[eighths % 8] ?? '');
  };
  const row = (render: (stage: number, p: number) => string): string =>
    `  ${stages.map((s) => padEnd(render(s.stage, placement.probabilities[s.stage - 1] ?? 0), cell)).join('')}`.trimEnd();
  return [
    row((stage) => {
      const name = clip(`${stage} ${stageName(context.model, stage)}`, cell - 1);
      return stage === placement.stage ? style.bold(name) : stage === assuredStage(placement) ? name : style.dim(name);
    }),
    row((stage, p) =>
      p < 0.005 ? style.dim('·') : stage === placement.stage ? style.good(bar(p)) : style.accent(bar(p)),
    ),
    row((_, p) => style.dim(percent(p))),
  ];
}

/** What the data could not show, by reason, and what to do about it. */
function renderUnseen(findings: StagedReading['findings'], style: Style): string[] {
  const missing = findings.filter((f) => f.status !== 'measured');
  if (missing.length === 0) return [];
  const words: Record<string, string> = {
    plan: 'the plan of the helpdesk does not open them',
    permission: 'the token may not read them',
    retention: 'the history does not reach back far enough',
    stream: 'the source does not record them',
    volume: 'too few records',
  };
  const groups = new Map<string, string[]>();
  for (const finding of missing) {
    const reason =
      finding.status === 'not_observable'
        ? `cannot be seen: ${words[finding.reason ?? ''] ?? finding.reason}`
        : finding.status === 'insufficient'
          ? 'too few cases to judge'
          : finding.status === 'failed'
            ? 'failed to measure'
            : 'does not apply';
    groups.set(reason, [...(groups.get(reason) ?? []), finding.signal.split('-')[0] ?? finding.signal]);
  }
  const measured = findings.length - missing.length;
  const lines = [
    style.bold(`WHAT THE DATA COULD NOT SHOW`) +
      style.dim(`   ${measured} of ${counted(findings.length, 'signal')} measured`),
  ];
  for (const [reason, ids] of groups)
    lines.push(...wrap(`  ${ids.length} ${reason} (${ids.join(' ')})`, style.width, '    '));
  return lines.map((line, i) => (i === 0 ? line : style.dim(line.startsWith('  ') ? line : `  ${line}`)));
}

/** One line about signals that could not read many cases; nothing when none. */
function renderUnread(snapshot: StagedReading, style: Style): string[] {
  const said = sayUnread(snapshot.findings);
  if (said === null) return [];
  return wrap(`  ${said}. What to name: plumbline recognise`, style.width, '    ').map((line) =>
    style.dim(line.startsWith('  ') ? line : `  ${line}`),
  );
}

/** One line about signals that pass over many tickets; nothing when none does. */
function renderLeftOut(snapshot: StagedReading, style: Style): string[] {
  const said = sayLeftOut(snapshot.findings);
  if (said === null) return [];
  return wrap(`  ${said}. Counts: plumbline explain <signal>`, style.width, '    ').map((line) =>
    style.dim(line.startsWith('  ') ? line : `  ${line}`),
  );
}

function renderFoot(snapshot: StagedReading, style: Style): string[] {
  const first = snapshot.criteria.find(({ decided_by }) => decided_by !== 'none') ?? snapshot.criteria[0];
  const connections = [...new Set(snapshot.provenance.telemetry.map((t) => t.connection))];
  return [
    style.dim(
      `  Sources ${connections.join(', ') || 'none'} · window ${day(snapshot.window.from)} to ${lastDay(snapshot.window.to)} · digest ${snapshot.digest.slice(0, 12)}`,
    ),
    style.dim(
      `  ${counted(snapshot.ledger.length, 'evidence line')}. Follow any of them: plumbline explain ${first?.id ?? 'stage'} · plumbline explain D3 · plumbline explain <ticket>`,
    ),
  ];
}
