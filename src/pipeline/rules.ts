import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../domain/finding.ts';
import type { MaturityModel } from '../domain/model.ts';
import { PlumblineError } from '../errors/index.ts';
import {
  guardPackSql,
  type LoadedSignal,
  loadCases,
  loadSignals,
  lockProblems,
  missingCases,
  RulesLock,
  runCase,
  updateLock,
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
  readonly locked: number;
}

function readLock(path: string): RulesLock {
  if (!existsSync(path)) return {};
  const parsed = RulesLock.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new PlumblineError(
      'BAD_RULES',
      `${path} is not a lock file.`,
      'Restore it, or remove it and run rules lint --update-lock.',
      { where: path },
    );
  return parsed.data;
}

/**
 * Checks every signal file: form, names, needs, estimator, parameters, the sandbox's view of its SQL, and that changed logic carries a new version.
 * With `update` the lock is written where the versions allow it. Errors: BAD_RULES for files that cannot be read at all.
 */
export async function lintRules(
  rulesDir: string,
  update: boolean,
  serialise: (sql: string) => Promise<string>,
  models: readonly MaturityModel[],
): Promise<RulesLint> {
  const pack = loadSignals(join(rulesDir, 'signals'));
  const path = join(rulesDir, 'rules.lock.json');
  const problems: string[] = [];
  for (const { definition, file } of pack.signals) {
    try {
      await guardPackSql(definition.sql, serialise);
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      problems.push(`${file}: ${error.message} ${error.remedy}`);
    }
  }
  for (const model of models)
    for (const criterion of model.criteria)
      for (const { id } of criterion.families.flatMap((f) => f.signals))
        if (!pack.byId.has(id)) problems.push(`${model.id} ${criterion.id}: there is no signal ${id}`);
  let lock = readLock(path);
  if (update) {
    const next = updateLock(pack.signals, lock);
    for (const id of next.refused) problems.push(`${id}: the logic changed; raise its version first`);
    lock = next.lock;
    writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  }
  problems.push(...lockProblems(pack.signals, lock).filter((problem) => !problems.includes(problem)));
  return { signals: pack.signals.length, problems, locked: Object.keys(lock).length };
}

const NEW_SIGNAL = (id: string, group: string): string => `id: ${id}
version: 1
title: ${id.replace(/^[A-Z]\d+-/, '').replaceAll('-', ' ')}
description: What is measured, and why it speaks for maturity.
group: ${group}
needs: [tickets]
estimator: share
window: 90d
min_sample: 30
lines: { partial: 0.15, full: 0.85, origin: CONV, source: say where the lines come from }
kind: behaviour
fooled_by: [what makes it look better or worse than it is]
remedy: Say in one imperative sentence what to do.
sql: |
  select t.connection, t.id as unit, t.id as ticket, t.created_at as cluster, t.organisation_id as organisation,
         t.category is not null as hit
  from ticket_h t
  where t.created_at >= $from
`;

const NEW_CASES = `- name: half of the tickets follow the practice
  given:
    tickets:
      - { n: 50, category: billing }
      - { n: 50 }
  expect: { status: measured, estimate: 0.5, n: 100 }
- name: exactly on the lower line
  on_line: partial
  given:
    tickets:
      - { n: 15, category: billing }
      - { n: 85 }
  expect: { status: measured, estimate: 0.15, n: 100 }
- name: one ticket short
  given:
    tickets:
      - { n: 29, category: billing }
  expect: { status: insufficient, n: 29 }
- name: no tickets are read
  missing: [tickets]
  given: {}
  expect: { status: not_observable, reason: stream }
- name: fooled
  fooled_by: what makes it look better or worse than it is
  given:
    tickets:
      - { n: 100, category: other }
  expect: { status: measured, estimate: 1, n: 100 }
`;

/** Writes a signal and its cases to start from; gives the two paths. Errors: BAD_USAGE for a bad id or files that exist. */
export function newRule(signalsDir: string, id: string, group: string): readonly string[] {
  if (!/^[A-Z]\d{1,2}-[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || !/^[a-z][a-z-]*$/.test(group))
    throw new PlumblineError(
      'BAD_USAGE',
      `"${id}" in group "${group}" is not a signal id.`,
      'Write a letter, a number and the healthy state: X1-something-is-good --group own.',
    );
  const dir = join(signalsDir, group);
  const paths = [join(dir, `${id}.yaml`), join(dir, `${id}.cases.yaml`)] as const;
  const existing = paths.find((path) => existsSync(path));
  if (existing !== undefined)
    throw new PlumblineError('BAD_USAGE', `${existing} exists already.`, 'Choose another id.');
  mkdirSync(dir, { recursive: true });
  writeFileSync(paths[0], NEW_SIGNAL(id, group));
  writeFileSync(paths[1], NEW_CASES);
  return paths;
}
