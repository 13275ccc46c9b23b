import { STATUS_WORDS } from '../report-context.ts';
import { padEnd, type Style, wrap } from '../style.ts';
import { type ModelPair, type StagedVerdict, sayPair } from '../view/models.ts';
import { stepName } from '../view/step.ts';

function verdictLine({ model, placement }: StagedVerdict, widest: number, style: Style): string {
  const said =
    placement.stage === null
      ? 'not placed'
      : `${stepName(model, placement.stage)} of ${model.stages.length}, ${STATUS_WORDS[placement.status]}`;
  return `  ${padEnd(model.id, widest)}${placement.stage === null ? style.dim(said) : style.bold(said)}`;
}

/** What each model says of the same data, and a sentence for each pair. `titleOf` = title of a signal by its id. */
export function renderContrasts(
  verdicts: readonly StagedVerdict[],
  pairs: readonly ModelPair[],
  titleOf: (signal: string) => string,
  style: Style,
): string {
  const widest = Math.max(0, ...verdicts.map(({ model }) => model.id.length)) + 2;
  return [
    style.bold('WHAT EACH MODEL SAYS'),
    ...verdicts.map((verdict) => verdictLine(verdict, widest, style)),
    '',
    ...pairs.flatMap((pair) => [
      style.bold(`${pair.models[0]} and ${pair.models[1]}`),
      ...wrap(sayPair(pair, verdicts, titleOf), style.width - 2).map((line) => `  ${line}`),
    ]),
  ].join('\n');
}
