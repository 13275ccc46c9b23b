import { nearest } from '../errors/index.ts';
import { ENVIRONMENT } from './config.ts';

const KEYS: Readonly<Record<string, string>> = {
  PLUMBLINE_KEY: 'Key that seals secrets, 64 hexadecimal digits; embedded it is made on first use',
  PLUMBLINE_KEY_PREVIOUS: 'A former key, which still opens what it sealed',
  PLUMBLINE_PSEUDONYM_KEY: 'Key of the hashes of requesters; never to be changed',
};

/** Every variable of ours and what it does: those that override plumbline.yaml, and the keys, which may lie in a file. */
export const OWN_VARIABLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ENVIRONMENT).map(([name, key]) => [name, `Overrides ${key} of plumbline.yaml`])),
  ...KEYS,
  ...Object.fromEntries(Object.keys(KEYS).map((name) => [`${name}_FILE`, `File that holds ${name}`])),
};

/** Secrets of connections lie in variables of any name (`connect --token-env PLUMBLINE_ACME_TOKEN`). */
const SECRET = /_(TOKEN|SECRET|PASSWORD)$/;
/** Kubernetes tells every pod of a service called "plumbline" where it is. */
const OF_KUBERNETES = /^PLUMBLINE_(SERVICE_|PORT_\d)/;

/**
 * A sentence with a way out for each variable PLUMBLINE_* that nothing reads, in the order of names. A warning and no error, unlike an unknown
 * key of plumbline.yaml: the file is ours alone, the environment is shared with others who may use the prefix.
 */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = Object.keys(OWN_VARIABLES);
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('PLUMBLINE_') && !known.includes(name) && !SECRET.test(name) && !OF_KUBERNETES.test(name),
  );
  return unknown.sort().map((name) => {
    const guess = nearest(name, known);
    return `${name} is set, but nothing reads it. ${guess === null ? `Unset it; those that are read: ${known.join(', ')}.` : `Did you mean ${guess}?`}`;
  });
}
