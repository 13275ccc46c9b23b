import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../domain/finding.ts';
import type { Observability, SetAside } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import type { TelemetryBatch } from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import type { LoadedSignal } from '../load/pack.ts';
import { parseYaml } from '../load/yaml.ts';
import { measureSignal } from '../measure/measure.ts';
import { windowOf } from '../measure/window.ts';
import { buildObservability, buildRecords, caseAsOf } from './build.ts';
import { differences } from './expect.ts';
import { CasesFile, type SignalCase } from './format.ts';

/** What the runner needs of a telemetry store; an empty one per run, in memory. */
interface CaseStore {
  commit(batch: {
    readonly connection: string;
    readonly stream: null;
    readonly checkpoint: null;
    readonly records: TelemetryBatch;
    readonly rejected: readonly SetAside[];
  }): Promise<unknown>;
  recordObservability(rows: readonly Observability[]): Promise<void>;
  observability(): Promise<readonly Observability[]>;
  forget(connection: string): Promise<void>;
  measure<T>(
    span: { readonly asOf: Date; readonly horizon: Date },
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T>;
}

interface CaseResult {
  readonly signal: string;
  readonly name: string;
  readonly finding: Finding;
  /** What differs from the expectation; empty = passed. */
  readonly problems: readonly string[];
}

/** Path of the cases that belong to a signal file. */
function casesFileOf(signalFile: string): string {
  return signalFile.replace(/\.yaml$/, '.cases.yaml');
}

/** Reads the cases of a signal. Errors: BAD_RULES with every problem as `file:line: what`. */
export function loadCases(dir: string, signal: LoadedSignal): SignalCase[] {
  const file = casesFileOf(signal.file);
  const path = join(dir, file);
  const fail = (problems: readonly string[]): never => {
    throw new PlumblineError('BAD_RULES', `Cases are not valid: ${problems[0]}`, 'See docs/writing-signals.md.', {
      where: file,
      problems,
    });
  };
  if (!existsSync(path)) return fail([`${file}:1: there are no cases for ${signal.definition.id}`]);
  const { value, problems } = parseYaml(readFileSync(path, 'utf8'), file, CasesFile);
  if (value === null) return fail(problems);
  const names = value.map((one) => one.name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  return twice.length > 0 ? fail(twice.map((name) => `${file}:1: two cases are called "${name}"`)) : value;
}

/** Plays one case on real measure views and compares. The store is left empty again. */
export async function runCase(
  definition: SignalDefinition,
  signalCase: SignalCase,
  store: CaseStore,
): Promise<CaseResult> {
  const asOf = caseAsOf(signalCase);
  const records = buildRecords(signalCase);
  const connections = records.connections();
  try {
    for (const connection of connections)
      await store.commit({
        connection,
        stream: null,
        checkpoint: null,
        records: records.batch(connection),
        rejected: [],
      });
    await store.recordObservability(buildObservability(signalCase, connections));
    const observability = await store.observability();
    const finding = await store.measure({ asOf, horizon: windowOf(definition, asOf).from }, (session) =>
      measureSignal(definition, session, observability, asOf),
    );
    return {
      signal: definition.id,
      name: signalCase.name,
      finding,
      problems: differences(finding, signalCase, definition),
    };
  } finally {
    for (const connection of connections) await store.forget(connection);
  }
}

/**
 * What a set of cases must show at least: a measured finding, one exactly on a line, too small a sample, a missing stream, and one of the
 * things that fool the signal. Gives what is missing, in words.
 */
export function missingCases(definition: SignalDefinition, cases: readonly SignalCase[]): string[] {
  const gaps: string[] = [];
  const need = (what: string, shown: boolean): void => {
    if (!shown) gaps.push(`${definition.id}: no case for ${what}`);
  };
  const hasLine = definition.lines.partial !== null || definition.lines.full !== null;
  const exact = ESTIMATORS.get(definition.estimator)?.exactLines === true;
  need(
    'a measured finding',
    cases.some((one) => one.expect.status === 'measured'),
  );
  if (hasLine && exact)
    need(
      'an estimate exactly on a line (on_line: partial or full)',
      cases.some((one) => one.on_line !== undefined),
    );
  if (definition.min_sample > 0)
    need(
      'too small a sample (status: insufficient)',
      cases.some((one) => one.expect.status === 'insufficient'),
    );
  need(
    'a missing stream (missing: [...], status: not_observable)',
    cases.some((one) => one.expect.status === 'not_observable'),
  );
  need(
    'something that fools it (fooled_by: <text of an entry>)',
    cases.some((one) => one.fooled_by !== undefined && definition.fooled_by.includes(one.fooled_by)),
  );
  for (const one of cases)
    if (one.fooled_by !== undefined && !definition.fooled_by.includes(one.fooled_by))
      gaps.push(`${definition.id}: case "${one.name}" names a fooled_by that the signal does not list`);
  return gaps;
}
