import type { Placement } from '../../domain/placement.ts';
import { assuredStage } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { percent } from '../numbers.ts';
import { STATUS_WORDS } from '../report-context.ts';
import { padEnd, padStart, type Style } from '../style.ts';
import { tellPlacement } from '../view/headline.ts';

/** A placement without a snapshot around it. */
export function renderPlacement(placement: Placement, model: StagedModel, style: Style): string {
  const head = tellPlacement(placement, model).title.toUpperCase();
  const lines = [
    `${style.bold(head)}   assured ${assuredStage(placement) ?? '–'}, range ${placement.floor ?? '–'} to ${placement.ceiling ?? '–'}, ${STATUS_WORDS[placement.status]} (coverage ${percent(placement.coverage)})`,
  ];
  for (const { stage, name } of model.stages)
    lines.push(
      `  ${stage} ${padEnd(name, 14)} P(at least) ${padStart((placement.atLeast[stage - 1] ?? 0).toFixed(4), 7)}   P(exactly) ${padStart((placement.probabilities[stage - 1] ?? 0).toFixed(4), 7)}`,
    );
  if (placement.blockers.length > 0)
    lines.push(
      `  Blockers: ${placement.blockers
        .slice(0, 5)
        .map((b) => `${b.criterion} +${(b.gain * 100).toFixed(0)} points`)
        .join(', ')}`,
    );
  return lines.join('\n');
}
