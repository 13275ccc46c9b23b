import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { loadCases, missingCases } from '../cases/run.ts';
import { guardPackSql } from '../sandbox/guard.ts';
import { openSqlParser } from '../sandbox/parser.ts';
import { lockProblems, type RulesLock, updateLock } from './lock.ts';
import { type LoadedSignal, loadSignals } from './pack.ts';
import { LOCK_FILE, readLock } from './read-lock.ts';

export interface LintResult {
  readonly signals: number;
  /** `file:line: what`, all of them; empty = clean. */
  readonly problems: readonly string[];
  /** Whether rules.lock.json was written. */
  readonly locked: boolean;
}

function problemsOf(error: unknown): readonly string[] {
  if (!(error instanceof PlumblineError)) throw error;
  return error.problems.length > 0 ? error.problems : [`${error.message} ${error.remedy}`];
}

async function signalProblems(dir: string, signals: readonly LoadedSignal[]): Promise<string[]> {
  const problems: string[] = [];
  const parser = await openSqlParser();
  try {
    for (const signal of signals) {
      try {
        await guardPackSql(signal.definition.sql, parser.serialise);
      } catch (error) {
        problems.push(...problemsOf(error).map((problem) => `${signal.file}: ${problem}`));
      }
      try {
        problems.push(
          ...missingCases(signal.definition, loadCases(dir, signal)).map((gap) => `${signal.file}: ${gap}`),
        );
      } catch (error) {
        problems.push(...problemsOf(error));
      }
    }
  } finally {
    parser.close();
  }
  return problems;
}

interface LintOptions {
  readonly updateLock?: boolean;
  /** Puts a higher version into files whose logic changed under a locked one, and writes the lock. */
  readonly raise?: boolean;
  /** A pack may do without a lock; one that has it is held to it. Default required. */
  readonly lock?: 'required' | 'optional';
  /** The folder as messages show it; left out = files are named from signals/ on. */
  readonly shown?: string;
}

/**
 * Checks a rules folder without any data: every signal file, its SQL against the sandbox, its cases (not played here, see `runCase`) and the
 * lock. With `updateLock` the lock is written first; logic that changed under an old version stays a problem.
 * Gives problems instead of throwing, all at once.
 */
export async function lintRules(rulesDir: string, options: LintOptions = {}): Promise<LintResult> {
  const shown = options.shown ?? '';
  const found = await lintFolder(rulesDir, options);
  const place = (problem: string): string => join(shown, problem.startsWith(LOCK_FILE) ? '' : 'signals', problem);
  return shown === '' ? found : { ...found, problems: found.problems.map(place) };
}

/** Raises the version in every file whose logic changed under the locked one, and reads the folder again. */
function raiseChanged(dir: string, signals: readonly LoadedSignal[], lock: RulesLock): readonly LoadedSignal[] {
  const refused = new Set(updateLock(signals, lock).refused);
  for (const { definition, file } of signals) {
    const locked = lock[definition.id];
    if (locked === undefined || !refused.has(definition.id)) continue;
    const path = join(dir, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^version:[ \t]*\d+/m, `version: ${locked.version + 1}`));
  }
  return refused.size === 0 ? signals : loadSignals(dir).signals;
}

async function lintFolder(rulesDir: string, options: LintOptions): Promise<LintResult> {
  const dir = join(rulesDir, 'signals');
  let signals: readonly LoadedSignal[];
  let lock: RulesLock;
  try {
    signals = loadSignals(dir).signals;
    lock = readLock(rulesDir);
  } catch (error) {
    return { signals: 0, problems: problemsOf(error), locked: false };
  }
  if (options.raise === true) signals = raiseChanged(dir, signals, lock);
  const problems = await signalProblems(dir, signals);
  const update = options.updateLock === true || options.raise === true;
  if (update) {
    lock = updateLock(signals, lock).lock;
    writeFileSync(join(rulesDir, LOCK_FILE), `${JSON.stringify(lock, null, 2)}\n`);
  }
  const needsNone = options.lock === 'optional' && !existsSync(join(rulesDir, LOCK_FILE));
  if (!needsNone) problems.push(...lockProblems(signals, lock));
  return { signals: signals.length, problems, locked: update };
}
