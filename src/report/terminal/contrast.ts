import type { Contrast } from '../../domain/beside-verdict.ts';
import type { Placement } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { STATUS_WORDS } from '../report-context.ts';
import { padEnd, type Style, wrap } from '../style.ts';
import { sayContrast } from '../view/beside.ts';
import { stepName } from '../view/step.ts';

interface Verdict {
  readonly model: StagedModel;
  readonly placement: Placement;
}

interface Pair {
  readonly models: readonly [string, string];
  readonly withheld: readonly string[];
  readonly contrast: Contrast | null;
}

function verdictLine({ model, placement }: Verdict, widest: number, style: Style): string {
  const said =
    placement.stage === null
      ? 'not placed'
      : `${stepName(model, placement.stage)} of ${model.stages.length}, ${STATUS_WORDS[placement.status]}`;
  return `  ${padEnd(model.id, widest)}${placement.stage === null ? style.dim(said) : style.bold(said)}`;
}

function pairText(pair: Pair, verdicts: readonly Verdict[], titleOf: (signal: string) => string): string {
  const { contrast, withheld } = pair;
  if (withheld.length > 0) return `too little was seen or said for ${withheld.join(' and ')}.`;
  if (contrast === null) return 'about as high in both.';
  const placed = (id: string) => verdicts.find(({ model }) => model.id === id);
  const [higher, lower] = [placed(contrast.higher), placed(contrast.lower)];
  if (higher === undefined || lower === undefined) return '';
  return sayContrast(
    contrast,
    { ...higher.model, stage: higher.placement.stage ?? 1 },
    { ...lower.model, stage: lower.placement.stage ?? 1 },
    titleOf,
  );
}

/** What each model says of the same data, and a sentence for each pair. `titleOf` = title of a signal by its id. */
export function renderContrasts(
  verdicts: readonly Verdict[],
  pairs: readonly Pair[],
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
      ...wrap(pairText(pair, verdicts, titleOf), style.width - 2).map((line) => `  ${line}`),
    ]),
  ].join('\n');
}
