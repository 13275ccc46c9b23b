import { assuredStage } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { lastDay, likelihood, percent, short, signed } from '../numbers.ts';
import { type ReportContext, STATUS_WORDS, stageName } from '../report-context.ts';
import { sayUnread } from '../view/could-not-read.ts';
import { sayLeftOut } from '../view/left-out.ts';
import { CELL_LEGEND, CELL_SIGNS, CELL_WORDS, faceOf, sayLevel } from '../view/level.ts';
import { sayNotPlaced } from '../view/not-placed.ts';
import { ownFindings } from '../view/own-findings.ts';
import { cell, table } from './markup.ts';

function groundOf({ placement }: StagedReading, { model }: ReportContext): string {
  const assured = assuredStage(placement);
  if (placement.status === 'self_reported')
    return 'By answers alone: too little was seen in data to check them, nothing is assured.';
  return assured === null ? '' : `Assured: ${assured} ${stageName(model, assured)}.`;
}

/** Areas by stages; nothing for a model without cells. */
function renderAreas(snapshot: StagedReading, { model }: ReportContext): string[] {
  if (snapshot.areas.length === 0) return [];
  return [
    '## Areas',
    '',
    ...table(
      ['Area', ...model.stages.map((s) => `${s.stage} ${s.name}`)],
      model.areas.map((area) => [
        area.name,
        ...model.stages.map(({ stage }) => {
          const found = snapshot.areas.find((c) => c.area === area.id && c.stage === stage);
          if (found === undefined) return '';
          const face = faceOf(found);
          if (!found.self_report_only) return face === 'unseen' ? CELL_SIGNS[face] : CELL_WORDS[face];
          return `░ ${face === 'unseen' ? 'ask' : CELL_WORDS[face]}`;
        }),
      ]),
    ),
    '',
    CELL_LEGEND,
    '',
  ];
}

/** The snapshot as Markdown for a wiki page or a pull request. */
export function renderSnapshotMarkdown(snapshot: StagedReading, context: ReportContext): string {
  const { placement } = snapshot;
  const { model } = context;
  const lines = [`# Support maturity of ${cell(snapshot.workspace)}, as of ${lastDay(snapshot.as_of)}`, ''];
  if (placement.stage === null)
    lines.push(
      '**Not placed**',
      '',
      ...sayNotPlaced({ ...snapshot, findings: ownFindings(snapshot.findings, model, context.signals) }, model),
      '',
    );
  else {
    const sure = placement.probabilities[placement.stage - 1] ?? 0;
    lines.push(
      `**Stage ${placement.stage} ${stageName(model, placement.stage)}**, ${likelihood(sure)} (${percent(sure)}). ${groundOf(snapshot, context)}`,
      `Range ${placement.floor} to ${placement.ceiling}; coverage ${percent(placement.coverage)}, ${STATUS_WORDS[placement.status]}.`,
      '',
      ...table(
        model.stages.map((s) => `${s.stage} ${s.name}`),
        [placement.probabilities.map(percent)],
      ),
      '',
    );
  }
  lines.push(...renderAreas(snapshot, context));
  const beside = context.beside(snapshot);
  if (beside.length > 0) lines.push('## Beside the verdict', '', ...beside.map((said) => `- ${cell(said)}`), '');
  if (snapshot.comparison !== null) {
    const { stages, gaps } = snapshot.comparison;
    lines.push(
      '## Said and seen',
      '',
      `People say stage ${stages.said ?? '–'}, data show ${stages.seen ?? '–'}, together ${stages.merged ?? '–'}.`,
      '',
    );
    const flagged = gaps.filter((g) => g.flag !== 'none');
    if (flagged.length > 0)
      lines.push(
        ...table(
          ['Statement', 'Said', 'Seen', 'Gap (80 %)', 'Verdict'],
          flagged.map((g) => [
            `${g.criterion} ${cell(g.name)}`,
            short(g.said, 1),
            g.seen.toFixed(2),
            `${signed(g.gap, 2)} [${signed(g.interval[0], 2)}, ${signed(g.interval[1], 2)}]`,
            g.flag.replace('_', ' '),
          ]),
        ),
        '',
      );
  }
  if (snapshot.path !== null && snapshot.path.smallest.length > 0) {
    lines.push(
      `## Next moves, to stage ${snapshot.path.target}`,
      '',
      `Chance now ${percent(snapshot.path.probability_now)}, after these moves ${percent(snapshot.path.probability_after)}.`,
      '',
    );
    snapshot.path.smallest.forEach((move, i) => {
      lines.push(`${i + 1}. **${cell(move.title)}** (${move.criterion}, ${move.effort}). ${cell(move.how)}`);
    });
    lines.push('');
  }
  lines.push('## Statements', '');
  lines.push(
    ...table(
      ['Statement', 'Level', 'Evidence (exists, full)', 'Answers', 'Decided by', 'Conflict'],
      snapshot.criteria.map((c) => [
        `${c.id} ${cell(c.name)}`,
        sayLevel(c),
        `${signed(c.telemetry[0])}, ${signed(c.telemetry[1])}`,
        `${signed(c.answers[0])}, ${signed(c.answers[1])}`,
        c.decided_by,
        c.conflict.grade === 'none' ? '' : c.conflict.grade,
      ]),
    ),
    '',
  );
  const dark = sayUnread(snapshot.findings);
  if (dark !== null) lines.push(`${dark}.`, '');
  const left = sayLeftOut(snapshot.findings);
  if (left !== null) lines.push(`${left}.`, '');
  lines.push(
    `Model ${cell(model.title)} version ${model.version} (${cell(model.source)}). Digest \`${snapshot.digest}\`.`,
    '',
  );
  return lines.join('\n');
}
