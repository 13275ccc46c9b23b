import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Finding } from '../domain/finding.ts';
import type { ModelHead } from '../domain/model.ts';
import { PlumblineError } from '../errors/index.ts';
import { itemsOf } from '../scoring/index.ts';
import {
  type LoadedSignal,
  lintRules,
  loadCases,
  loadSignals,
  missingCases,
  runCase,
  scaffoldSignal,
} from '../signals/index.ts';
import type { TelemetryStore } from '../store/ports.ts';

interface CaseOutcome {
  readonly signal: string;
  readonly name: string;
  readonly problems: readonly string[];
  readonly finding: Finding;
}

interface RulesTest {
  readonly signals: number;
  readonly cases: number;
  readonly failed: readonly { readonly signal: string; readonly name: string; readonly problems: readonly string[] }[];
}

function chosen(dirs: readonly string[], prefixes: readonly string[]): { dir: string; signal: LoadedSignal }[] {
  const all = dirs.flatMap((dir) => loadSignals(dir).signals.map((signal) => ({ dir, signal })));
  const found = all.filter(
    ({ signal: { definition } }) =>
      prefixes.length === 0 ||
      prefixes.some((p) => definition.id === p || definition.id.startsWith(`${p}-`) || definition.id.startsWith(p)),
  );
  if (found.length === 0)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `No signal begins with ${prefixes.join(', ')}.`,
      'Run plumbline rules list.',
    );
  return found;
}

/** Plays the cases beside the signals of these folders on a store in memory. Errors: BAD_RULES for files that are not valid. */
export async function testRules(
  dirs: readonly string[],
  prefixes: readonly string[],
  store: TelemetryStore,
  onCase: (outcome: CaseOutcome) => void,
): Promise<RulesTest> {
  const failed: { signal: string; name: string; problems: readonly string[] }[] = [];
  let cases = 0;
  const signals = chosen(dirs, prefixes);
  for (const { dir, signal } of signals) {
    const own = loadCases(dir, signal);
    for (const gap of missingCases(signal.definition, own))
      failed.push({ signal: signal.definition.id, name: 'coverage of cases', problems: [gap] });
    for (const one of own) {
      const { problems, finding } = await runCase(signal.definition, one, store);
      cases += 1;
      if (problems.length > 0) failed.push({ signal: signal.definition.id, name: one.name, problems });
      onCase({ signal: signal.definition.id, name: one.name, problems, finding });
    }
  }
  return { signals: signals.length, cases, failed };
}

export interface RulesLint {
  readonly signals: number;
  readonly problems: readonly string[];
  readonly locked: boolean;
}

/** What becomes of the lock: left alone, written, or written with raised versions. */
export interface LockChoice {
  readonly updateLock: boolean;
  readonly raise: boolean;
}

/** Checks a rules folder without any data (see `lintRules` of signals), and that every signal a model names is there. */
export async function checkRules(rulesDir: string, lock: LockChoice, models: readonly ModelHead[]): Promise<RulesLint> {
  const result = await lintRules(rulesDir, lock);
  if (models.length === 0 || result.signals === 0) return result;
  const known = loadSignals(join(rulesDir, 'signals')).byId;
  const missing = models.flatMap((model) =>
    itemsOf(model).flatMap((item) =>
      item.signals.filter((id) => !known.has(id)).map((id) => `${model.id} ${item.id}: there is no signal ${id}`),
    ),
  );
  return { ...result, problems: [...result.problems, ...missing] };
}

/** Checks the signals of a pack without any data; `shown` = the folder as messages name it. */
export function checkPack(dir: string, lock: LockChoice, shown: string): Promise<RulesLint> {
  return lintRules(dir, { ...lock, lock: 'optional', shown });
}

/** Ids of the signals whose files lie under a folder, read or not; none where there is no folder. */
export function signalsUnder(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .map((name) => basename(name, '.yaml'));
}

/** Letters of catalogue numbers that no signal that ships has; the lint of packs names them. */
const OWN_LETTERS = ['U', 'V', 'W', 'X', 'Y', 'Z'];
const MOST_NUMBERS = 99;

/** The name with a catalogue number that is free: what has one keeps it. Errors: BAD_USAGE when the letters of packs are used up. */
export function numberRule(name: string, taken: Iterable<string>): string {
  if (/^[A-Z]\d{1,2}-/.test(name)) return name;
  const used = new Set([...taken].map((id) => id.split('-')[0]));
  for (const letter of ['X', ...OWN_LETTERS.filter((one) => one !== 'X')])
    for (let number = 1; number <= MOST_NUMBERS; number++)
      if (!used.has(`${letter}${number}`)) return `${letter}${number}-${name}`;
  throw new PlumblineError(
    'BAD_USAGE',
    'All catalogue numbers of packs are taken.',
    'Give the id yourself, e.g. U7-my-rule.',
  );
}

/** Writes a signal and its cases to start from; gives the two paths. Errors: BAD_USAGE for a bad id or files that exist, UNKNOWN_NAME. */
export function newRule(signalsDir: string, id: string, group: string, estimator: string): readonly string[] {
  const scaffold = scaffoldSignal(id, group, estimator);
  const files = [
    [join(signalsDir, scaffold.file), scaffold.text],
    [join(signalsDir, scaffold.casesFile), scaffold.casesText],
  ] as const;
  for (const [path] of files)
    if (existsSync(path)) throw new PlumblineError('BAD_USAGE', `${path} exists already.`, 'Choose another id.');
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return files.map(([path]) => path);
}
