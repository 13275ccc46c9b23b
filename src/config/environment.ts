import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PlumblineError } from '../errors/index.ts';
import { type Config, readConfig } from './config.ts';

/** The only reader of process.env. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly workspace?: string | undefined;
}

/**
 * Finds and reads the configuration: `--config FILE`, else ./plumbline.yaml when it exists, else defaults.
 * Errors: BAD_CONFIG (also when a named file does not exist).
 */
export function loadConfig(flags: ConfigFlags, cwd: string): Config {
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
    environment: environment(),
    flags,
  });
}
