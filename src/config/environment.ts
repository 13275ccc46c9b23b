import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PlumblineError } from '../errors/index.ts';
import { type Config, readConfig } from './config.ts';
import { environment } from './variables.ts';

/** Variables with a password in them, which may lie in a file that `<name>_FILE` names instead. */
const FROM_FILE = ['DATABASE_URL', 'REDIS_URL'] as const;

/** Errors: BAD_CONFIG for a file that is missing or empty, and for a variable that is given in both ways. */
function withFiles(given: ReturnType<typeof environment>, cwd: string): Record<string, string | undefined> {
  const read: Record<string, string | undefined> = { ...given };
  for (const name of FROM_FILE) {
    const file = given[`${name}_FILE`]?.trim();
    if (file === undefined || file === '') continue;
    const refuse = (what: string): PlumblineError =>
      new PlumblineError('BAD_CONFIG', what, `Write the address into that file, or set ${name} instead.`);
    if ((given[name] ?? '').trim() !== '') throw refuse(`${name} and ${name}_FILE are both set.`);
    const path = resolve(cwd, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
    if (text === '') throw refuse(`The file ${file} of ${name}_FILE is missing or empty.`);
    read[name] = text;
  }
  return read;
}

interface ConfigFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly workspace?: string | undefined;
  readonly pack?: readonly string[] | undefined;
}

/**
 * Finds and reads the configuration: `--config FILE`, else ./plumbline.yaml when it exists, else defaults.
 * Errors: BAD_CONFIG (also when a named file does not exist).
 */
export function loadConfig(
  flags: ConfigFlags,
  cwd: string,
  variables: ReturnType<typeof environment> = environment(),
): Config {
  const named = flags.config === undefined ? null : resolve(cwd, flags.config);
  if (named !== null && !existsSync(named))
    throw new PlumblineError(
      'BAD_CONFIG',
      `The configuration file ${flags.config} does not exist.`,
      'Check --config, or run `plumbline init` to write one.',
      { where: named },
    );
  const standard = resolve(cwd, 'plumbline.yaml');
  const file = named ?? (existsSync(standard) ? standard : null);
  return readConfig({
    text: file === null ? null : readFileSync(file, 'utf8'),
    file: file === null ? null : (flags.config ?? 'plumbline.yaml'),
    environment: withFiles(variables, cwd),
    flags,
  });
}
