import type { MaturityModel } from '../../domain/model.ts';
import { padEnd, type Style, wrap } from '../style.ts';

/** A model for reading: stages, statements with their evidence, constants. */
export function renderModel(model: MaturityModel, style: Style): string {
  const lines = [
    style.bold(`${model.title}, version ${model.version}`),
    ...wrap(`${model.source}. ${model.interpretation}`, style.width),
    '',
  ];
  for (const { stage, name, summary } of model.stages) {
    lines.push(style.bold(`${stage} ${name}`), ...wrap(summary, style.width - 2).map((l) => `  ${l}`));
    for (const c of model.criteria.filter((one) => one.set === stage)) {
      lines.push(
        `  ${style.accent(padEnd(c.id, 5))} ${style.bold(c.name)} ${style.dim(`best evidence ${c.verdict}`)}`,
        ...wrap(c.statement, style.width - 8).map((l) => `        ${l}`),
      );
      for (const f of c.families)
        lines.push(
          ...wrap(
            `${f.class} ${f.name}: ${f.signals.map((s) => `${s.id} ${s.alpha}`).join(', ')}`,
            style.width - 8,
            '    ',
          ).map((l) => style.dim(`        ${l}`)),
        );
    }
    lines.push('');
  }
  const { classes, half_life_days: h, prior, gate, self } = model;
  const constants = `Constants: largely ${gate.largely}, fully ${gate.fully}, reading ${gate.reading}; classes D ${classes.D} B ${classes.B} W ${classes.W}; half-lives config ${h.config} d, behaviour ${h.behaviour} d, answers ${h.answers} d; prior slope ${prior.slope}; answers rho ${self.rho}, d ${self.d}, r ${self.r}`;
  lines.push(...wrap(constants, style.width, '  ').map(style.dim));
  return lines.join('\n');
}
