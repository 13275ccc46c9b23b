import type { Verdict } from '../../domain/verdict.ts';
import { padEnd, type Style } from '../style.ts';
import { groundOf } from '../view/models.ts';

type Told = Pick<Verdict, 'model' | 'headline'>;

/** One line a verdict: model, value in its own words, what it rests on. Nothing but headlines is read, so any kind of model will do. */
export function verdictLines(verdicts: readonly Told[], style: Style): string[] {
  const widest = Math.max(0, ...verdicts.map(({ model }) => model.id.length)) + 2;
  return verdicts.map(({ model, headline }) => {
    const said = headline.value === null ? style.dim(headline.label) : style.bold(headline.label);
    const { scale, ground } = groundOf(headline);
    return `  ${padEnd(model.id, widest)}${said}${style.dim(ground === '' ? '' : `${scale}   ${ground}`)}`;
  });
}

export function renderVerdicts(verdicts: readonly Told[], style: Style): string {
  return [style.bold('WHAT EACH MODEL SAYS'), ...verdictLines(verdicts, style)].join('\n');
}
