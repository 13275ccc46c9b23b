import type { Verdict } from '../../domain/verdict.ts';
import { percent, short } from '../numbers.ts';
import { STATUS_WORDS } from '../report-context.ts';
import { padEnd, type Style } from '../style.ts';

type Told = Pick<Verdict, 'model' | 'headline'>;

/** One line a verdict: model, value in its own words, what it rests on. Nothing but headlines is read, so any kind of model will do. */
export function verdictLines(verdicts: readonly Told[], style: Style): string[] {
  const widest = Math.max(0, ...verdicts.map(({ model }) => model.id.length)) + 2;
  return verdicts.map(({ model, headline }) => {
    const { value, label, status, coverage } = headline;
    const said = value === null ? style.dim(label) : style.bold(label);
    const scale = value === null || label.includes(' of ') ? '' : `, ${short(value)} of ${headline.of}`;
    const ground = value === null ? '' : `${scale}   ${STATUS_WORDS[status]}, ${percent(coverage)} of it seen in data`;
    return `  ${padEnd(model.id, widest)}${said}${style.dim(ground)}`;
  });
}

export function renderVerdicts(verdicts: readonly Told[], style: Style): string {
  return [style.bold('WHAT EACH MODEL SAYS'), ...verdictLines(verdicts, style)].join('\n');
}
