import { PlumblineError } from '../../errors/plumbline-error.ts';

/** A secret of several parts, and how to write it with one of them changed. */
interface SecretParts<K extends string> {
  readonly parts: Readonly<Record<K, string>>;
  with(name: K, value: string): string;
}

/**
 * Parts of a secret that is JSON, `{"client_secret": "...", "refresh_token": "..."}`. Errors: SECRET_MISSING naming the parts that are wanted;
 * nothing of the secret is quoted.
 */
export function readSecretParts<const K extends string>(secret: string, names: readonly K[]): SecretParts<K> {
  const found = readObject(secret);
  const missing = names.filter((name) => typeof found[name] !== 'string' || found[name] === '');
  if (missing.length > 0)
    throw new PlumblineError(
      'SECRET_MISSING',
      `The secret of the connection lacks ${missing.join(', ')}.`,
      `Give it as JSON: {${names.map((name) => `"${name}": "..."`).join(', ')}}.`,
    );
  return {
    parts: Object.fromEntries(names.map((name) => [name, found[name]])) as Record<K, string>,
    with: (name, value) => JSON.stringify({ ...found, [name]: value }),
  };
}

function readObject(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
  } catch {
    // Said by the caller, which names the parts; the parser would quote the secret.
    return {};
  }
}
