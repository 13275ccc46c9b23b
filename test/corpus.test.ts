import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignalCase } from '../src/signals/cases/format.ts';
import { loadCases, missingCases, runCase } from '../src/signals/cases/run.ts';
import { lockProblems, RulesLock } from '../src/signals/load/lock.ts';
import { loadSignals } from '../src/signals/load/pack.ts';
import { openMemoryStore } from '../src/store/duckdb/open.ts';
import type { Store } from '../src/store/ports.ts';
import { trustShipped } from './harness/shipped-packs.ts';

const RULES = resolve(import.meta.dirname, '..', 'rules');
const SIGNALS = join(RULES, 'signals');
const pack = loadSignals(SIGNALS);

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore({ trusts: trustShipped() });
});
afterAll(async () => {
  await store.close();
});

/** In `npm test`: the case on the exact line, or the first where there is none. Every case is played in the mode `all`. */
function telling(cases: readonly SignalCase[]): readonly SignalCase[] {
  return [cases.find((one) => one.on_line !== undefined) ?? cases[0]].filter((one) => one !== undefined);
}

describe.each(pack.signals.map((signal) => [signal.definition.id, signal] as const))('%s', (_id, signal) => {
  const all = loadCases(SIGNALS, signal);
  const cases = import.meta.env.MODE === 'all' ? all : telling(all);

  it('has the cases that every signal must have', () => {
    expect(missingCases(signal.definition, all)).toEqual([]);
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, signalCase) => {
    const { problems } = await runCase(signal.definition, signalCase, store.telemetry);
    expect(problems).toEqual([]);
  });
});

describe('the corpus', () => {
  it('holds signals', () => {
    expect(pack.signals.length).toBeGreaterThan(5);
  });

  it('agrees with rules.lock.json: changed logic has a new version', () => {
    const path = join(RULES, 'rules.lock.json');
    const lock = existsSync(path) ? RulesLock.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
    expect(lockProblems(pack.signals, lock)).toEqual([]);
  });

  it('has no cases file without a signal', () => {
    const ids = new Set(pack.signals.map((signal) => signal.definition.id));
    const orphans = readdirSync(SIGNALS, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.cases.yaml'))
      .filter((file) => !ids.has(basename(file, '.cases.yaml')));
    expect(orphans).toEqual([]);
  });
});
