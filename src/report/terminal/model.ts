import type { ModelHead, ModelItem } from '../../domain/model.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { padEnd, type Style, wrap } from '../style.ts';

function renderHead(model: ModelHead, style: Style): string[] {
  return [
    style.bold(`${model.title}, version ${model.version}`),
    ...wrap(`${model.source}. ${model.interpretation}`, style.width),
    ...(model.extends ?? [])
      .slice(0, 1)
      .map(({ id, version }) => `Extends ${id}, version ${version}: plumbline models diff ${id} ${model.id}`),
    ...model.assumed.flatMap((one) => wrap(`Ours, not the source's: ${one}`, style.width, '  ')),
    '',
  ];
}

/** A model of any kind for reading: what it asks, and which signals speak for it. */
export function renderItems(model: ModelHead, items: readonly ModelItem[], style: Style): string {
  const lines = renderHead(model, style);
  for (const item of items) {
    lines.push(`  ${style.accent(item.id)} ${style.bold(item.name)}`);
    lines.push(...wrap(item.statement, style.width - 8).map((l) => `        ${l}`));
    if (item.signals.length > 0)
      lines.push(...wrap(item.signals.join(', '), style.width - 8, '    ').map((l) => style.dim(`        ${l}`)));
  }
  return lines.join('\n');
}

/** A staged model for reading: stages, statements with their evidence, constants. */
export function renderModel(model: StagedModel, style: Style): string {
  const lines = renderHead(model, style);
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
