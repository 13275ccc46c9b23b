import type { ContactRule } from '../domain/contact-mix.ts';
import { ExchangeFile } from '../domain/exchange-file.ts';
import { type ModelProblem, repeated, unknownName } from '../domain/model-problem.ts';
import type { ValueModel } from '../domain/value-model.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above. A rule is { by: cause, category, tag or form, value, kind: eroding, routine or adding }, with the pair as step where it belongs to one; a figure is { low, high, source, year } under the id of an input.';

/** Faults of a mapping of contacts: one code said twice, and pairs that the model does not have. */
function lintContactRules(rules: readonly ContactRule[], model: ValueModel): ModelProblem[] {
  const pairs = model.pairs.map(({ id }) => id);
  return [
    ...repeated(rules, ({ by, value }) => JSON.stringify([by, value])).map(({ index }) => ({
      path: ['contacts', index],
      message: `${rules[index]?.by} ${rules[index]?.value} is mapped twice; leave one out`,
    })),
    ...rules.flatMap(({ step }, index) =>
      step === undefined || pairs.includes(step)
        ? []
        : [{ path: ['contacts', index, 'step'], message: unknownName('pair', step, pairs) }],
    ),
  ];
}

/** Figures for inputs that the model does not have. */
function lintFigures(figures: ExchangeFile['figures'], model: ValueModel): ModelProblem[] {
  const inputs = model.economics.map(({ id }) => id);
  return Object.keys(figures)
    .filter((id) => !inputs.includes(id))
    .map((id) => ({ path: ['figures', id], message: unknownName('input', id, inputs) }));
}

/** What the user says for a model of kind `value` (exchange.yaml). Errors: BAD_MODEL with every problem, each with file and line. */
export function loadExchangeFile(text: string, path: string, model: ValueModel): ExchangeFile {
  return readLinted({ text, path, remedy: REMEDY }, ExchangeFile, ({ contacts, figures }) => [
    ...lintContactRules(contacts, model),
    ...lintFigures(figures, model),
  ]);
}
