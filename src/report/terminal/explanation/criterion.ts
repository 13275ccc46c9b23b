import type { CriterionExplanation } from '../../../domain/explanation.ts';
import { count, percent, short } from '../../numbers.ts';
import { padEnd, type Style, wrap } from '../../style.ts';
import { sayLevel } from '../../view/level.ts';
import { sayAnswers } from '../../view/said.ts';
import { ledgerTable } from './ledger-table.ts';

function levelLines(e: CriterionExplanation, style: Style): string[] {
  const { level: sure, between } = e.result;
  return ([1, 2, 3] as const).flatMap((level) => {
    const here = sure === level || (between !== null && between[0] <= level && level <= between[1]);
    return wrap(`${here ? '▶' : ' '} ${level} ${e.levels[level]}`, style.width - 4, '    ').map(
      (line) => `  ${here ? line : style.dim(line)}`,
    );
  });
}

function levelText(result: CriterionExplanation['result']): string {
  const said = sayLevel(result);
  return result.between === null || said === 'open' ? said : `undecided (${said})`;
}

/** What people said, and why it counts for less than it says. */
function answerLines({ answers }: CriterionExplanation, style: Style): string[] {
  const said = answers === null ? null : sayAnswers(answers.values, answers.counted);
  return said === null ? [] : ['', ...wrap(said, style.width - 4, '  ').map((line) => `  ${line}`)];
}

function silentLines(e: CriterionExplanation, style: Style): string[] {
  if (e.result.missing.length === 0) return [];
  const rows = e.result.missing.map((m) =>
    style.dim(`  ${padEnd(m.signal, 38)} ${m.status}${m.reason === null ? '' : ` (${m.reason})`}`),
  );
  return ['', style.bold('SILENT'), ...rows];
}

/** Cases that could not be read, apart from signals that are silent: what they mean can be said. */
function unreadLines({ unread }: CriterionExplanation, style: Style): string[] {
  if (unread.length === 0) return [];
  const rows = unread.map(({ signal, unknown, read }) =>
    style.dim(
      `  ${padEnd(signal, 38)} ${count(unknown)} of ${count(unknown + read)} cases (${percent(unknown / (unknown + read))})`,
    ),
  );
  return [
    '',
    `${style.bold('COULD NOT BE READ')}   neither a yes nor a no`,
    ...rows,
    style.dim('  What was not understood, and how to say it: plumbline recognise'),
  ];
}

/** A statement: its level, the ledger whose sum decides it, which signals were silent, and the next move. */
export function renderCriterion(e: CriterionExplanation, style: Style): string[] {
  const [absent, partly, fully] = e.result.posterior;
  const { conflict } = e.result;
  const follow = e.ledger.find((line) => line.source === 'signal')?.ref ?? e.result.missing[0]?.signal ?? 'D3';
  return [
    style.bold(`${e.result.id}  ${e.result.name}`),
    ...wrap(e.statement, style.width - 4).map((line) => `  ${line}`),
    '',
    `  Level ${levelText(e.result)}: not there ${percent(absent)}, partly ${percent(partly)}, fully ${percent(fully)} · decided by ${e.result.decided_by}`,
    ...levelLines(e, style),
    ...answerLines(e, style),
    ...(conflict.text === null
      ? []
      : [
          '',
          ...wrap(`Conflict: ${conflict.text} (${short(conflict.decibans, 1)} decibans)`, style.width - 4, '  ').map(
            (line) => `  ${style.warn(line)}`,
          ),
        ]),
    '',
    style.bold('LEDGER'),
    ...ledgerTable(e.ledger, style),
    ...silentLines(e, style),
    ...unreadLines(e, style),
    ...(e.gain === null || e.gain < 0.005
      ? []
      : ['', `  Fully in place it would add ${(e.gain * 100).toFixed(0)} points to the chance of the next stage.`]),
    '',
    ...wrap(`Next: ${e.action.title}. ${e.action.how}`, style.width - 4, '      ').map((line) => `  ${line}`),
    ...wrap(`Proof of a claim: ${e.proof}`, style.width - 4, '      ').map((line) => style.dim(`  ${line}`)),
    style.dim(`  Follow a signal: plumbline explain ${follow.split('-')[0]}`),
  ];
}
