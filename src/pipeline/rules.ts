import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

export interface CaseOutcome {
  readonly signal: string;
  readonly name: string;
  readonly problems: readonly string[];
  readonly finding: Finding;
}

export interface RulesTest {
  readonly signals: number;
  readonly cases: number;
  readonly failed: readonly { readonly signal: string; readonly name: string; readonly problems: readonly string[] }[];
}

function chosen(dir: string, prefixes: readonly string[]): LoadedSignal[] {
  const all = loadSignals(dir).signals;
  const found = all.filter(
    ({ definition }) =>
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

/** Plays the cases beside the signals on a store in memory. Errors: BAD_RULES for files that are not valid. */
export async function testRules(
  dir: string,
  prefixes: readonly string[],
  store: TelemetryStore,
  onCase: (outcome: CaseOutcome) => void,
): Promise<RulesTest> {
  const failed: { signal: string; name: string; problems: readonly string[] }[] = [];
  let cases = 0;
  const signals = chosen(dir, prefixes);
  for (const signal of signals) {
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

/** Checks a rules folder without any data (see `lintRules` of signals), and that every signal a model names is there. */
export async function checkRules(
  rulesDir: string,
  updateLock: boolean,
  models: readonly ModelHead[],
): Promise<RulesLint> {
  const result = await lintRules(rulesDir, { updateLock });
  if (models.length === 0 || result.signals === 0) return result;
  const known = loadSignals(join(rulesDir, 'signals')).byId;
  const missing = models.flatMap((model) =>
    itemsOf(model).flatMap((item) =>
      item.signals.filter((id) => !known.has(id)).map((id) => `${model.id} ${item.id}: there is no signal ${id}`),
    ),
  );
  return { ...result, problems: [...result.problems, ...missing] };
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
