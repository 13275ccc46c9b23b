import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { STREAMS } from '../../domain/observability.ts';
import { SignalDefinition } from '../../domain/signal.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import { logicHash } from './hash.ts';
import { didYouMean } from './nearest.ts';
import { fieldsOf, parseNeed } from './needs.ts';
import { parseYaml } from './yaml.ts';

export interface LoadedSignal {
  readonly definition: SignalDefinition;
  /** Path relative to the rules folder. */
  readonly file: string;
  /** Hash of the logic (see `logicHash`). */
  readonly hash: string;
}

export interface SignalPack {
  /** Sorted by id. */
  readonly signals: readonly LoadedSignal[];
  /** By id and by alias. */
  readonly byId: ReadonlyMap<string, LoadedSignal>;
  /** SHA-256 over all ids, versions and logic hashes: goes into a snapshot's provenance. */
  readonly hash: string;
}

/** Parameters that every SQL text may use. */
export const SQL_PARAMETERS = ['from', 'as_of'] as const;

function needProblems(needs: readonly string[]): string[] {
  return needs.flatMap((text) => {
    const need = parseNeed(text);
    if (need === null) return [`needs: "${text}" names no stream${didYouMean(text.split('.')[0] ?? '', STREAMS)}`];
    if (need.field === null || fieldsOf(need.stream).includes(need.field)) return [];
    return [`needs: "${text}" names no field of ${need.stream}${didYouMean(need.field, fieldsOf(need.stream))}`];
  });
}

function paramProblems(signal: SignalDefinition): string[] {
  const estimator = ESTIMATORS.get(signal.estimator);
  if (estimator === undefined)
    return [`estimator: there is no "${signal.estimator}"${didYouMean(signal.estimator, ESTIMATORS.keys())}`];
  const own = Object.keys(estimator.params.shape);
  const mine = Object.fromEntries(Object.entries(signal.params).filter(([key]) => own.includes(key)));
  const parsed = estimator.params.safeParse(mine);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `params.${issue.path.map(String).join('.')}: ${issue.message}`);
  const inSql = new Set([...signal.sql.matchAll(/\$([a-z_][a-z0-9_]*)/g)].map((match) => match[1] ?? ''));
  for (const key of Object.keys(signal.params))
    if (!own.includes(key) && !inSql.has(key))
      problems.push(`params.${key}: neither ${estimator.id} nor the SQL uses it${didYouMean(key, [...own, ...inSql])}`);
  for (const key of inSql)
    if (!SQL_PARAMETERS.some((name) => name === key) && !(key in signal.params))
      problems.push(`sql: $${key} is not given${didYouMean(key, [...SQL_PARAMETERS, ...Object.keys(signal.params)])}`);
  return problems;
}

/** Reads one signal file; problems carry file and line where the place is known. Never throws. */
export function parseSignal(
  text: string,
  file: string,
): { readonly signal: LoadedSignal | null; readonly problems: readonly string[] } {
  const { value, problems } = parseYaml(text, file, SignalDefinition);
  if (value === null) return { signal: null, problems };
  const lineOf = (key: string): number => text.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;
  const found: string[] = [];
  if (basename(file) !== `${value.id}.yaml`)
    found.push(`${file}:1: the file of ${value.id} is called ${value.id}.yaml`);
  if (basename(dirname(file)) !== value.group)
    found.push(`${file}:${lineOf('group')}: group "${value.group}" is not its folder`);
  const needs = [...value.needs, ...(value.needs_any ?? []).flat()];
  for (const problem of [...needProblems(needs), ...paramProblems(value)])
    found.push(`${file}:${lineOf(problem.split(/[.:]/)[0] ?? '')}: ${problem}`);
  return found.length > 0
    ? { signal: null, problems: found }
    : { signal: { definition: value, file, hash: logicHash(value) }, problems: [] };
}

function uniquenessProblems(signals: readonly LoadedSignal[]): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const claim = (kind: string, name: string, file: string): void => {
    const key = `${kind} ${name}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, file);
    else problems.push(`${file}:1: ${kind} "${name}" is taken by ${before}`);
  };
  for (const { definition, file } of signals) {
    claim('id', definition.id, file);
    claim('catalogue number', definition.id.split('-')[0] ?? '', file);
    claim('title', definition.title.toLowerCase(), file);
    for (const alias of definition.aliases) claim('id', alias, file);
  }
  return problems;
}

/** Files under `dir` that hold a signal: `<group>/<id>.yaml`, not `.cases.yaml`. */
export function signalFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml') && !entry.name.endsWith('.cases.yaml'))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .sort();
}

/**
 * Loads every signal under `dir` (rules/signals).
 * Errors: BAD_RULES with all problems of all files at once, each as `file:line: what`.
 */
export function loadSignals(dir: string): SignalPack {
  const signals: LoadedSignal[] = [];
  const problems: string[] = [];
  for (const file of signalFiles(dir)) {
    const read = parseSignal(readFileSync(join(dir, file), 'utf8'), file);
    problems.push(...read.problems);
    if (read.signal !== null) signals.push(read.signal);
  }
  problems.push(...uniquenessProblems(signals));
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_RULES',
      `${problems.length === 1 ? 'A signal file is' : `${problems.length} places in signal files are`} not valid: ${problems[0]}`,
      'Correct the places listed; docs/writing-signals.md explains the format.',
      { where: dir, problems },
    );
  signals.sort((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
  const byId = new Map<string, LoadedSignal>();
  for (const signal of signals)
    for (const id of [signal.definition.id, ...signal.definition.aliases]) byId.set(id, signal);
  const listing = signals.map(({ definition, hash }) => `${definition.id} ${definition.version} ${hash}`).join('\n');
  return { signals, byId, hash: createHash('sha256').update(listing).digest('hex') };
}
