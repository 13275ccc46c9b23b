import type { StagedReading } from '../../domain/staged-reading.ts';
import { counted, day, lastDay } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { type Style, wrap } from '../style.ts';
import { type SnapshotView, snapshotView } from '../view/snapshot.ts';
import { renderDisagreements } from './disagreements.ts';
import { renderGround, renderHeadline } from './headline.ts';
import { renderLadder } from './ladder.ts';
import { renderMatrix } from './matrix.ts';
import { renderMoves } from './moves.ts';
import { renderUnseen } from './unseen.ts';
import { verdictLines } from './verdicts.ts';

/** One screen for an operations lead: stage, how sure, matrix, said versus seen, next moves, blind spots. */
export function renderSnapshot(reading: StagedReading, context: ReportContext, style: Style): string {
  const view = snapshotView(reading, context);
  return [
    ...renderHead(view, style),
    '',
    ...renderMatrix(view.matrix, style),
    ...(view.disagreements === null ? [] : [...renderDisagreements(view.disagreements, style), '']),
    ...(view.moves === null ? [] : [...renderMoves(view.moves, style), '']),
    ...renderAlso(reading, style),
    ...renderBeside(view.beside, style),
    ...renderUnseen(view.unseen, style),
    '',
    ...renderFoot(reading, style),
  ].join('\n');
}

function renderHead({ headline, ladder }: SnapshotView, style: Style): string[] {
  const head = renderHeadline(headline, style);
  if (headline.face === 'not_placed') return head;
  return [...head, '', ...renderLadder(ladder, style), '', ...renderGround(headline, style)];
}

/** What the other models say of the same measurement, one line each; nothing where there is no other. */
function renderAlso({ model, verdicts }: StagedReading, style: Style): string[] {
  const others = verdicts.filter((verdict) => verdict.model.id !== model.id);
  return others.length === 0 ? [] : [style.bold('ALSO'), ...verdictLines(others, style), ''];
}

/** What stands beside the verdict and moves nothing of it; nothing for a model that has none. */
function renderBeside(said: readonly string[], style: Style): string[] {
  if (said.length === 0) return [];
  return [
    style.bold('BESIDE THE VERDICT'),
    ...said.flatMap((sentence) => wrap(sentence, style.width - 4, '  ').map((line) => `  ${line}`)),
    '',
  ];
}

function renderFoot(reading: StagedReading, style: Style): string[] {
  const first = reading.criteria.find(({ decided_by }) => decided_by !== 'none') ?? reading.criteria[0];
  const connections = [...new Set(reading.provenance.telemetry.map((t) => t.connection))];
  return [
    style.dim(
      `  Sources ${connections.join(', ') || 'none'} · window ${day(reading.window.from)} to ${lastDay(reading.window.to)} · digest ${reading.digest.slice(0, 12)}`,
    ),
    style.dim(
      `  ${counted(reading.ledger.length, 'evidence line')}. Follow any of them: plumbline explain ${first?.id ?? 'stage'} · plumbline explain D3 · plumbline explain <ticket>`,
    ),
  ];
}
