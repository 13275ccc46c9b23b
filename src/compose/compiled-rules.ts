import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadedModel } from '../cli/app.ts';
import type { LoadedSignal } from '../signals/index.ts';
import type { GuardedSql } from '../signals/sandbox/guard.ts';
import type { Reading } from '../store/duckdb/pack/reading.ts';

/** What is known of the SQL of one signal that ships: the guard let it through, and this is what its syntax tree says. */
export interface KnownSql extends GuardedSql {
  readonly reading: Omit<Reading, 'tables'> & { readonly tables: readonly string[] };
}

/** The rules that ship as the program holds them once they are read: nothing is parsed, linted or guarded again. */
export interface CompiledRules {
  /** Hash of the code of the program that they were compiled for, and of the packages that it needs. */
  readonly program: string;
  readonly signals: readonly LoadedSignal[];
  /** As `SignalPack.hash`. */
  readonly hash: string;
  /** In the order of their files; `path` is the name of the file. */
  readonly models: readonly LoadedModel[];
  readonly sql: readonly KnownSql[];
}

/** Made by `npm run build` beside the code that reads it; the sources have none, so that whoever changes a reader sees what it reads. */
export const COMPILED_RULES = fileURLToPath(new URL('../../rules.json', import.meta.url));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Files of signals and models, as paths below the folder. */
function filesOfRules(rules: string): string[] {
  return ['signals', 'models']
    .flatMap((part) => readdirSync(join(rules, part), { recursive: true }).map((file) => join(part, String(file))))
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.cases.yaml'))
    .sort();
}

/** SHA-256 over names and bytes of all that the compiled rules are made of. */
function keyOfRules(rules: string): string {
  const hash = createHash('sha256');
  for (const file of filesOfRules(rules)) {
    const text = readFileSync(join(rules, file), 'utf8');
    hash.update(`${file}\0${text.length}\0${text}\0`);
  }
  return hash.digest('hex');
}

/** Writes the compiled rules whole or not at all: a first line with their key and their own digest, then the rules as JSON. */
export function writeCompiled(path: string, rules: string, compiled: CompiledRules): void {
  const body = JSON.stringify({
    ...compiled,
    models: compiled.models.map((one) => ({ ...one, path: basename(one.path) })),
  });
  writeFileSync(`${path}.new`, `${keyOfRules(rules)} ${sha256(body)}\n${body}`);
  renameSync(`${path}.new`, path);
}

/**
 * The compiled rules of the folder `rules`. Null where there are none, where a file of the folder was changed, added or removed since, and where
 * they are not whole: then the files are read.
 */
export function readCompiled(rules: string, path: string = COMPILED_RULES): CompiledRules | null {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8');
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== `${keyOfRules(rules)} ${sha256(body)}`) return null;
  // Every part of it passed its schema when it was written, and the digest says that it is the same.
  const compiled = JSON.parse(body) as CompiledRules;
  return { ...compiled, models: compiled.models.map((one) => ({ ...one, path: join(rules, 'models', one.path) })) };
}
