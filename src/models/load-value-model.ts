import { ContactMapping, type ContactRule } from '../domain/contact-mix.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { ValueModel } from '../domain/value-model.ts';
import { lintContactRules, lintValueModel } from './lint-value-model.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above; rules/models/value-exchange.yaml is a complete model of this kind to compare with.';
const MAPPING_REMEDY =
  'Correct the lines named above. A rule is { by: cause, category, tag or form, value, kind: eroding, routine or adding }, with the pair as step where it belongs to one.';

/** A model of kind `value` from YAML text; with `signals`, every signal id must resolve. Errors: BAD_MODEL with every problem. */
export function loadValueModel(text: string, path: string, signals?: Iterable<SignalDefinition>): ValueModel {
  return readLinted({ text, path, remedy: REMEDY }, ValueModel, (model) => lintValueModel(model, signals));
}

/** What the user says of their codes (contacts.yaml). Errors: BAD_MODEL with every problem. */
export function loadContactMapping(text: string, path: string, model: ValueModel): readonly ContactRule[] {
  return readLinted({ text, path, remedy: MAPPING_REMEDY }, ContactMapping, ({ contacts }) =>
    lintContactRules(contacts, model),
  ).contacts;
}
