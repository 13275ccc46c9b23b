import { PlumblineError } from '../errors/index.ts';
import type { App } from './app.ts';

/** Tells one pseudonym key from another: a hash that the key makes of a fixed text. Null where there is no key yet. */
export function pseudonymKeyId({ secrets }: Pick<App, 'secrets'>): string | null {
  try {
    return secrets.pseudonymise('key', 'plumbline').slice(0, 16);
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'SECRET_MISSING') return null;
    throw error;
  }
}
