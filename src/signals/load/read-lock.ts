import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { RulesLock } from './lock.ts';

export const LOCK_FILE = 'rules.lock.json';

/** Reads rules.lock.json of a rules folder; an absent file is an empty lock. Errors: BAD_RULES when it is not a lock. */
export function readLock(rulesDir: string): RulesLock {
  const path = join(rulesDir, LOCK_FILE);
  if (!existsSync(path)) return {};
  try {
    return RulesLock.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new PlumblineError(
      'BAD_RULES',
      `${LOCK_FILE} cannot be read.`,
      'Restore it, then run rules lint --update-lock.',
      {
        where: path,
        cause: error,
      },
    );
  }
}
