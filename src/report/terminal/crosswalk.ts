import type { CrosswalkRow } from '../../domain/beside-verdict.ts';
import { counted } from '../numbers.ts';
import { padEnd, type Style, wrap } from '../style.ts';
import { CROSSWALK_LEGEND, sayUse } from '../view/crosswalk.ts';

/** Which signal speaks in which model and how, for reading in a terminal. */
export function renderCrosswalk(rows: readonly CrosswalkRow[], models: readonly string[], style: Style): string {
  const widest = Math.max(0, ...models.map((id) => id.length)) + 2;
  const lines = [style.bold(`${counted(rows.length, 'signal')} in ${counted(models.length, 'model')}`), ''];
  for (const { signal, title, uses } of rows) {
    lines.push(`${style.accent(signal)} ${style.dim(title)}`);
    for (const model of models) {
      const own = uses.filter((use) => use.model === model);
      if (own.length === 0) continue;
      const text = own.map(sayUse).join('; ');
      const wrapped = wrap(text, style.width - widest - 2);
      lines.push(...wrapped.map((line, index) => `  ${padEnd(index === 0 ? model : '', widest)}${line}`));
    }
    if (uses.length === 0) lines.push(style.dim('  no model looks at it'));
  }
  lines.push('', ...wrap(CROSSWALK_LEGEND, style.width).map(style.dim));
  return lines.join('\n');
}
