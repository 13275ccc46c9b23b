import type { Finding } from '../../domain/finding.ts';
import type { JoinedSource } from '../../domain/joined-source.ts';
import type { Observability } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { PackLimits, SqlSession, SqlValue } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Estimator, Params } from '../estimators/estimator.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import { guardOnce } from '../sandbox/guard-once.ts';
import { type Answer, answerOne, type Question } from './answer.ts';
import { answerTogether } from './answer-together.ts';
import { type ActorShares, actorShares } from './attribution.ts';
import { joinedWith } from './joined-with.ts';
import { judgeEstimate, type Outcome, settleFigures } from './judge-estimate.ts';
import { type Populations, populations } from './left-out.ts';
import { firstToMend, type MeasureWindow, type Observed, observe } from './observe.ts';
import { readRows } from './rows.ts';
import { FEW_ROWS } from './sample.ts';
import { windowOf } from './window.ts';

export interface MeasureOptions {
  readonly limits?: PackLimits;
  /** Called after each signal of `measureAll`, for progress. */
  readonly onFinding?: (finding: Finding) => void;
  /** What sources beside the desks can tell of the records of the desks. */
  readonly joined?: readonly JoinedSource[];
  /** Stops `measureAll` between two signals. */
  readonly signal?: AbortSignal;
}

const DEFAULT_LIMITS: PackLimits = { timeoutMs: 60_000, maxRows: 20_000_000 };

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

function notObservable(definition: SignalDefinition, window: MeasureWindow, observed: Observed): Finding {
  const lack = firstToMend([...observed.lacking.values()]);
  const connection = [...observed.lacking].find(([, other]) => other === lack)?.[0];
  const detail = lack === null ? 'No connection is there to look at.' : `${connection}: ${lack.detail}.`;
  if (lack?.reason === 'match')
    return findingOf(definition, window, { status: 'insufficient', reason: 'match', detail });
  return findingOf(definition, window, { status: 'not_observable', reason: lack?.reason ?? 'stream', detail });
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

/** A signal whose SQL has run. */
interface Asked extends Question {
  readonly window: MeasureWindow;
  readonly observed: Observed;
  readonly table: string;
}

/** Counts that stand beside the number of a signal, each asked once per session. */
interface Beside {
  readonly attribution: ActorShares;
  readonly populations: Populations;
}

function besideOf(session: SqlSession): Beside {
  return { attribution: actorShares(session), populations: populations(session) };
}

/** Runs the SQL of a signal and holds what it gives against the row contract; a failure leaves no table behind. */
async function ask(
  definition: SignalDefinition,
  session: SqlSession,
  observed: Observed,
  window: MeasureWindow,
  options: MeasureOptions,
): Promise<Asked> {
  const estimator = ESTIMATORS.get(definition.estimator);
  if (estimator === undefined)
    throw new PlumblineError('BAD_RULES', `There is no estimator "${definition.estimator}".`, 'Run rules lint.');
  const guarded = await guardOnce(definition.sql, (sql) => session.syntaxTree(sql));
  const { own, sql } = splitParams(definition, estimator, guarded.parameters, window);
  const table = await session.runPack(definition.sql, sql, options.limits ?? DEFAULT_LIMITS);
  try {
    const rows = await readRows(session, table, estimator, observed.connections);
    return { definition, estimator, own, rows, window, observed, table };
  } catch (error) {
    await session.drop(table);
    throw error;
  }
}

async function conclude(
  asked: Asked,
  answer: Answer,
  session: SqlSession,
  beside: Beside,
  joined: readonly JoinedSource[] | undefined,
): Promise<Finding> {
  const { definition, estimator, own, window, observed } = asked;
  const estimate = estimator.estimate(answer.reduced, definition.lines, own, definition.min_sample);
  const outcome = judgeEstimate(definition, estimator, estimate, answer.counts.excluded);
  const extra: Finding['extra'] = {
    ...outcome.extra,
    ...settleFigures(answer.shown),
    ...(await beside.attribution.noteFor(definition, window, observed.connections)),
  };
  Object.assign(extra, joinedWith(definition, observed.connections, joined ?? []));
  const left = [...observed.lacking.keys()];
  if (left.length > 0) extra.connections_left_out = left.join(', ');
  if (left.length + observed.connections.length > 1) extra.connections = observed.connections.join(', ');
  const sample = outcome.status === 'measured' ? await answer.sample(session) : [];
  const population = await beside.populations.countFor(definition, window, observed.connections);
  return findingOf(definition, window, { ...outcome, extra, sample, ...(population === null ? {} : { population }) });
}

function failed(definition: SignalDefinition, window: MeasureWindow, error: unknown): Finding {
  const known = error instanceof PlumblineError;
  return findingOf(definition, window, {
    status: 'failed',
    reason: known ? error.code : 'SQL_FAILED',
    detail: known ? `${error.message} ${error.remedy}` : `The SQL failed: ${firstLine(error)}`,
  });
}

/** What was asked, answered alone or with others, and its table gone. */
async function finish(
  asked: Asked,
  together: Answer | undefined,
  session: SqlSession,
  beside: Beside,
  joined: readonly JoinedSource[] | undefined,
): Promise<Finding> {
  try {
    return await conclude(asked, together ?? (await answerOne(session, asked)), session, beside, joined);
  } catch (error) {
    return failed(asked.definition, asked.window, error);
  } finally {
    await session.drop(asked.table);
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/**
 * One signal over its window ending at `asOf` (exclusive), on the connections that show all it needs.
 * Connections that lack something are left out and named in `extra.connections_left_out`, those that were measured in `extra.connections` where there are several; if all lack something the SQL is not run and
 * the finding is `not_observable` with the reason that is easiest to mend. Fewer than min_sample units: `insufficient` (reason `sample`).
 * Facts that only a source beside the desks shows, of which too few matched: `insufficient` (reason `match`); sources that took part are named in
 * `extra.joined_with`. Facts that are not found while some records cannot be judged: `insufficient` (reason `unknown`), never "none". No usable row and
 * rows marked `not_applicable`: `not_applicable`. Anything that breaks: `failed` with the code. Never throws.
 */
export async function measureSignal(
  definition: SignalDefinition,
  session: SqlSession,
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions = {},
): Promise<Finding> {
  const [finding] = await measureAll([definition], session, observability, asOf, options);
  return finding as Finding;
}

/** In the order given, but those that read rare columns of tickets after all others, so that these are joined in once and not for every other signal. */
function byColumns(definitions: readonly SignalDefinition[], session: SqlSession): readonly SignalDefinition[] {
  const reads = definitions.map(({ sql }) => session.readsRareColumns(sql));
  return [...definitions.filter((_, i) => !reads[i]), ...definitions.filter((_, i) => reads[i])];
}

/**
 * Every signal, one after the other, each within `limits`; exactly one finding per definition, in the order given. One that
 * breaks is `failed`, the others go on. What gives few rows is added up with others of its kind at the end (`answerTogether`), which changes no
 * finding. `options.signal` stops between two signals with its own reason.
 */
export async function measureAll(
  definitions: readonly SignalDefinition[],
  session: SqlSession,
  observability: readonly Observability[],
  asOf: Date,
  options: MeasureOptions = {},
): Promise<Finding[]> {
  const beside = besideOf(session);
  const findings = new Map<SignalDefinition, Finding>();
  const small: Asked[] = [];
  const tell = (definition: SignalDefinition, finding: Finding): void => {
    findings.set(definition, finding);
    options.onFinding?.(finding);
  };
  for (const definition of byColumns(definitions, session)) {
    options.signal?.throwIfAborted();
    const window = windowOf(definition, asOf);
    const observed = observe(definition, observability, window, options.joined);
    if (observed.connections.length === 0) {
      tell(definition, notObservable(definition, window, observed));
      continue;
    }
    try {
      const asked = await ask(definition, session, observed, window, options);
      if ((await session.rows(asked.table)) <= FEW_ROWS) small.push(asked);
      else tell(definition, await finish(asked, undefined, session, beside, options.joined));
    } catch (error) {
      tell(definition, failed(definition, window, error));
    }
  }
  options.signal?.throwIfAborted();
  const answers = await answerTogether(session, small);
  for (const asked of small)
    tell(asked.definition, await finish(asked, answers.get(asked), session, beside, options.joined));
  return definitions.map((definition) => findings.get(definition) as Finding);
}
