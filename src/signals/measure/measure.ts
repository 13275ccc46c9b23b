import type { Finding } from '../../domain/finding.ts';
import type { Observability } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { PackLimits, SqlSession, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Estimate, Estimator, Figures, Measured, Params } from '../estimators/estimator.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import { settle } from '../math/numbers.ts';
import { guardOnce } from '../sandbox/guard-once.ts';
import { type ActorShares, actorShares } from './attribution.ts';
import { type Populations, populations } from './left-out.ts';
import { firstToMend, type MeasureWindow, type Observed, observe } from './observe.ts';
import { readRows, shownMedians } from './rows.ts';
import { drawSample } from './sample.ts';
import { describeInsufficient, describeMeasured, describeUndecided } from './wording.ts';

const DAY_MS = 86_400_000;

export interface MeasureOptions {
  readonly limits?: PackLimits;
  /** Called after each signal of `measureAll`, for progress. */
  readonly onFinding?: (finding: Finding) => void;
  /** Stops `measureAll` between two signals. */
  readonly signal?: AbortSignal;
}

export const DEFAULT_LIMITS: PackLimits = { timeoutMs: 60_000, maxRows: 20_000_000 };

/** Window of a signal that ends at `asOf`. */
export function windowOf(definition: SignalDefinition, asOf: Date): MeasureWindow {
  const days = Number(definition.window.slice(0, -1));
  return { from: new Date(asOf.getTime() - days * DAY_MS), to: asOf };
}

/** Earliest start of the windows of `definitions`: the horizon that a measure session needs. Null without signals. */
export function horizonOf(definitions: readonly SignalDefinition[], asOf: Date): Date | null {
  const starts = definitions.map((definition) => windowOf(definition, asOf).from.getTime());
  return starts.length === 0 ? null : new Date(Math.min(...starts));
}

/** Rows that an estimator takes in at most, unless it says otherwise: a year of quarter hours has 35,000. */
const MOST_GROUPS = 100_000;

type Outcome = Pick<Finding, 'status' | 'reason' | 'detail'> & Partial<Finding>;

function findingOf(definition: SignalDefinition, window: MeasureWindow, outcome: Outcome): Finding {
  return {
    signal: definition.id,
    version: definition.version,
    estimate: null,
    unit: definition.unit,
    n: 0,
    n_effective: null,
    interval: null,
    pass: null,
    window: { from: window.from.toISOString(), to: window.to.toISOString() },
    excluded: {},
    extra: {},
    sample: [],
    carried_from: null,
    ...outcome,
  };
}

function settleFigures(figures: Figures): Record<string, number | string | null> {
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))
      .map(([key, value]) => [key, typeof value === 'number' ? settle(value) : value]),
  );
}

function notObservable(definition: SignalDefinition, window: MeasureWindow, observed: Observed): Finding {
  const lack = firstToMend([...observed.lacking.values()]);
  const connection = [...observed.lacking].find(([, other]) => other === lack)?.[0];
  return findingOf(definition, window, {
    status: 'not_observable',
    reason: lack?.reason ?? 'stream',
    detail: lack === null ? 'No connection is there to look at.' : `${connection}: ${lack.detail}.`,
  });
}

/** Parameters of the estimator and of the SQL out of one `params` block. */
function splitParams(
  definition: SignalDefinition,
  estimator: Estimator,
  wanted: readonly string[],
  window: MeasureWindow,
): { own: Params; sql: Record<string, SqlValue> } {
  const keys = Object.keys(estimator.params.shape);
  const own = estimator.params.parse(
    Object.fromEntries(Object.entries(definition.params).filter(([key]) => keys.includes(key))),
  ) as Params;
  const given: Record<string, SqlValue> = { ...definition.params, from: window.from, as_of: window.to };
  const sql: Record<string, SqlValue> = {};
  for (const key of wanted) {
    const value = given[key];
    if (value === undefined)
      throw new PlumblineError(
        'BAD_RULES',
        `The SQL of ${definition.id} uses $${key}, which is not given.`,
        'Add it to params.',
      );
    sql[key] = value;
  }
  return { own, sql };
}

function judgeEstimate(
  definition: SignalDefinition,
  estimator: Estimator,
  estimate: Estimate,
  excluded: Readonly<Record<string, number>>,
): Outcome {
  const common = { excluded: { ...excluded }, n: Math.round(estimate.n), extra: settleFigures(estimate.extra) };
  const nothingUsable = estimate.n === 0 && (excluded.not_applicable ?? 0) > 0;
  if (nothingUsable)
    return {
      ...common,
      status: 'not_applicable',
      reason: 'not_applicable',
      detail: definition.counts_out.not_applicable ?? 'This desk has no such work.',
    };
  const empty = estimate.n === 0 && !estimator.emptyIsAnswer;
  if (estimate.kind === 'insufficient' || empty || estimate.sampleSize < definition.min_sample)
    return {
      ...common,
      status: 'insufficient',
      reason: 'sample',
      detail: describeInsufficient(definition, estimate.sampleSize),
    };
  const unknown = excluded.unknown ?? 0;
  if (estimator.emptyIsAnswer && leavesOpen(definition, estimate.estimate, unknown))
    return {
      ...common,
      status: 'insufficient',
      reason: 'unknown',
      detail: describeUndecided(definition, estimate.estimate, unknown),
    };
  const outcome = measuredOutcome(definition, estimate);
  const { full } = definition.lines;
  if (!estimator.emptyIsAnswer || full === null || !mayReach(full, estimate.estimate, unknown))
    return { ...common, ...outcome };
  // What could not be known might reach the second line, so neither yes nor no is said of it.
  return { ...common, ...outcome, pass: { q2: outcome.pass?.q2 ?? null, q3: definition.existence_only ? null : 0.5 } };
}

/** A count stays below a line, and would not if all that is unknown were there. */
function mayReach(line: number, found: number, unknown: number): boolean {
  return found < line && found + unknown >= line;
}

/** Records that cannot be judged leave "is it there" open when nothing else was found, or when they could lift the count to the first line. */
function leavesOpen(definition: SignalDefinition, found: number, unknown: number): boolean {
  if (unknown === 0) return false;
  const line = definition.lines.partial;
  return found === 0 || (line !== null && mayReach(line, found, unknown));
}

function measuredOutcome(definition: SignalDefinition, estimate: Measured): Outcome {
  const value = settle(estimate.estimate);
  if (!Number.isFinite(value))
    throw new PlumblineError(
      'BUG',
      `${definition.id} gave a number that is not finite.`,
      'Report this with the signal id.',
    );
  return {
    status: 'measured',
    reason: null,
    detail: describeMeasured(definition, estimate),
    estimate: value,
    n_effective: estimate.nEffective === null ? null : settle(estimate.nEffective),
    interval: estimate.interval === null ? null : [settle(estimate.interval[0]), settle(estimate.interval[1])],
    pass: {
      q2: estimate.q2 === null ? null : settle(estimate.q2),
      q3: estimate.q3 === null || definition.existence_only ? null : settle(estimate.q3),
    },
  };
}

/** Counts that stand beside the number of a signal, each asked once per session. */
interface Beside {
  readonly attribution: ActorShares;
  readonly populations: Populations;
}

function besideOf(session: SqlSession): Beside {
  return { attribution: actorShares(session), populations: populations(session) };
}

async function run(
  definition: SignalDefinition,
  session: SqlSession,
  observed: Observed,
  window: MeasureWindow,
  options: MeasureOptions,
  beside: Beside,
): Promise<Finding> {
  const estimator = ESTIMATORS.get(definition.estimator);
  if (estimator === undefined)
    throw new PlumblineError('BAD_RULES', `There is no estimator "${definition.estimator}".`, 'Run rules lint.');
  const guarded = await guardOnce(definition.sql, (sql) => session.syntaxTree(sql));
  const { own, sql } = splitParams(definition, estimator, guarded.parameters, window);
  const table = await session.runPack(definition.sql, sql, options.limits ?? DEFAULT_LIMITS);
  try {
    const rows = await readRows(session, table, estimator, observed.connections);
    const { source, excluded } = rows;
    const reduced: Record<string, Awaited<ReturnType<SqlSession['query']>>> = {};
    for (const [name, query] of Object.entries(estimator.reduce(source, own)))
      reduced[name] = await session.queryUpTo(estimator.mostRows ?? MOST_GROUPS, query);
    const outcome = judgeEstimate(
      definition,
      estimator,
      estimator.estimate(reduced, definition.lines, own, definition.min_sample),
      excluded,
    );
    const shown = settleFigures(await shownMedians(session, rows));
    const extra: Finding['extra'] = {
      ...outcome.extra,
      ...shown,
      ...(await beside.attribution.noteFor(definition, window, observed.connections)),
    };
    const left = [...observed.lacking.keys()];
    if (left.length > 0) extra.connections_left_out = left.join(', ');
    const sample = outcome.status === 'measured' ? await drawSample(session, rows, estimator, own) : [];
    const population = await beside.populations.countFor(definition, window, observed.connections);
    return findingOf(definition, window, { ...outcome, extra, sample, ...(population === null ? {} : { population }) });
  } finally {
    await session.drop(table);
  }
}

async function measureOne(
  definition: SignalDefinition,
  session: SqlSession,
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions,
  beside: Beside,
): Promise<Finding> {
  const window = windowOf(definition, asOf);
  const observed = observe(definition, observability, window);
  if (observed.connections.length === 0) return notObservable(definition, window, observed);
  try {
    return await run(definition, session, observed, window, options, beside);
  } catch (error) {
    const known = error instanceof PlumblineError;
    return findingOf(definition, window, {
      status: 'failed',
      reason: known ? error.code : 'SQL_FAILED',
      detail: known ? `${error.message} ${error.remedy}` : `The SQL failed: ${firstLine(error)}`,
    });
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/**
 * One signal over its window ending at `asOf` (exclusive), on the connections that show all it needs.
 * Connections that lack something are left out and named in `extra.connections_left_out`; if all lack something the SQL is not run and
 * the finding is `not_observable` with the reason that is easiest to mend. Fewer than min_sample units: `insufficient` (reason `sample`).
 * Facts that are not found while some records cannot be judged: `insufficient` (reason `unknown`), never "none". No usable row and
 * rows marked `not_applicable`: `not_applicable`. Anything that breaks: `failed` with the code. Never throws.
 */
export async function measureSignal(
  definition: SignalDefinition,
  session: SqlSession,
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions = {},
): Promise<Finding> {
  return measureOne(definition, session, observability, asOf, options, besideOf(session));
}

/**
 * Every signal, one after the other in the order given, each within `limits`; exactly one finding per definition. One that breaks is
 * `failed`, the others go on. `options.signal` stops between two signals with its own reason.
 */
export async function measureAll(
  definitions: readonly SignalDefinition[],
  session: SqlSession,
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions = {},
): Promise<Finding[]> {
  const beside = besideOf(session);
  const findings: Finding[] = [];
  for (const definition of definitions) {
    options.signal?.throwIfAborted();
    const finding = await measureOne(definition, session, observability, asOf, options, beside);
    findings.push(finding);
    options.onFinding?.(finding);
  }
  return findings;
}
