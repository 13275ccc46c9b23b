import { ContactMapping, type ContactRule } from '../domain/contact-mix.ts';
import { type ModelProblem, repeated, unknownName } from '../domain/model-problem.ts';
import type { ValueModel } from '../domain/value-model.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above. A rule is { by: cause, category, tag or form, value, kind: eroding, routine or adding }, with the pair as step where it belongs to one.';

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

/** What the user says of their codes (contacts.yaml). Errors: BAD_MODEL with every problem. */
export function loadContactMapping(text: string, path: string, model: ValueModel): readonly ContactRule[] {
  return readLinted({ text, path, remedy: REMEDY }, ContactMapping, ({ contacts }) => lintContactRules(contacts, model))
    .contacts;
}
