import { createHash } from 'node:crypto';
import type { Answer } from '../domain/assessment.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Finding } from '../domain/finding.ts';
import type { Meaning } from '../domain/meaning.ts';
import type { Observability } from '../domain/observability.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { Snapshot } from '../domain/snapshot.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';
import { answersInForce, type Scored, scoreSnapshot } from '../scoring/index.ts';
import { compareSaidSeen } from '../scoring/staged/comparison/index.ts';
import { findPath } from '../scoring/staged/path/index.ts';
import type { ConnectionRow, Store } from '../store/ports.ts';
import { endOfData } from './end-of-data.ts';
import { measureFindings } from './measure-findings.ts';

export interface SnapshotInput {
  /** Exclusive upper bound; null = the end of the data, and answers given since then count as given at it. */
  readonly asOf: Date | null;
  readonly windowDays: number;
  readonly workspace: string;
}

export interface SnapshotDeps {
  readonly store: Store;
  readonly signals: readonly SignalDefinition[];
  readonly rulesHash: string;
  readonly model: StagedModel;
  readonly modelHash: string;
  readonly version: string;
  readonly now: Date;
  readonly signalTimeoutMs: number;
  /** False = judge only, for what-ifs. */
  readonly keep: boolean;
  readonly onFinding?: (finding: Finding, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export { endOfData } from './end-of-data.ts';

const DAY_MS = 86_400_000;
const MOST_ROWS = 20_000_000;

/**
 * Measures, scores and compares at one instant, and keeps the result.
 * The same store, rules, model and answers give the same bytes; nothing of the local clock is inside. Errors: NO_DATA when there is neither
 * telemetry nor an answer, BUG when an expected signal did not report; then nothing is kept.
 */
export async function takeSnapshot(input: SnapshotInput, deps: SnapshotDeps): Promise<Snapshot> {
  const { store, model } = deps;
  const observability = await store.telemetry.observability();
  const given = await store.ledger.answers(model.id);
  const asOf = input.asOf ?? endOfData(observability) ?? latestAnswer(given);
  if (asOf === null)
    throw new PlumblineError(
      'NO_DATA',
      'There is neither telemetry nor an answer to judge.',
      'Run plumbline connect and sync, plumbline import, or plumbline assess.',
    );
  const answers = input.asOf === null ? given.map((answer) => notAfter(answer, asOf)) : given;
  const connections = await store.ledger.connections();
  const disconnected = new Set(connections.filter((c) => c.status === 'disconnected').map((c) => c.name));
  const signals = deps.signals.map((s) => withWindow(s, input.windowDays));
  let done = 0;
  const findings = await measureFindings(
    store.telemetry,
    { signals, asOf, observability, disconnected, earlier: await store.ledger.latestSnapshot(model.id, asOf) },
    {
      limits: { timeoutMs: deps.signalTimeoutMs, maxRows: MOST_ROWS },
      onFinding: (finding) => {
        done += 1;
        deps.onFinding?.(finding, Math.min(done, signals.length), signals.length);
      },
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    },
  );
  const declared = await store.ledger.notApplicable(model.id);
  const notApplicable = Object.fromEntries(
    declared.filter((n) => n.at <= asOf || input.asOf === null).map((n) => [n.criterion, n.reason]),
  );
  const scored = scoreSnapshot({ model, signals, findings, answers, asOf, notApplicable });
  const snapshot = assemble({
    input,
    deps,
    asOf,
    observability,
    connections,
    findings,
    answers,
    scored,
  });
  if (deps.keep) await store.ledger.saveSnapshot(snapshot, deps.now);
  return snapshot;
}

/** A snapshot that fits its own schema: what the schema does not know is a fault of ours, not a surprise for the reader. Errors: BUG. */
export function assertSnapshot(taken: Snapshot): Snapshot {
  const issue = Snapshot.safeParse(taken).error?.issues[0];
  if (issue === undefined) return taken;
  throw new PlumblineError(
    'BUG',
    `The snapshot does not fit its own schema: ${issue.path.join('.')} ${issue.message}.`,
    'Report this.',
  );
}

function latestAnswer(answers: readonly Answer[]): Date | null {
  return answers.length === 0 ? null : new Date(Math.max(...answers.map((a) => a.answered_at.getTime())) + 1);
}

/** An answer given after the end of the data speaks about the present that the data end in. */
function notAfter(answer: Answer, asOf: Date): Answer {
  return answer.answered_at <= asOf ? answer : { ...answer, answered_at: asOf };
}

/** The usual window follows the caller; rare-event and seasonal windows keep their own. */
function withWindow(signal: SignalDefinition, windowDays: number): SignalDefinition {
  return signal.window === '90d' && windowDays !== 90 ? { ...signal, window: `${windowDays}d` } : signal;
}

interface Parts {
  readonly input: SnapshotInput;
  readonly deps: SnapshotDeps;
  readonly asOf: Date;
  readonly observability: readonly Observability[];
  readonly connections: readonly ConnectionRow[];
  readonly findings: readonly Finding[];
  readonly answers: readonly Answer[];
  readonly scored: Scored;
}

function assemble(parts: Parts): Snapshot {
  const { input, deps, asOf, scored } = parts;
  const { model } = deps;
  const inForce = answersInForce(model, parts.answers, asOf);
  const { staging: _staging, ...result } = scored;
  const rest: Omit<Snapshot, 'digest'> = {
    schema: 'plumbline.snapshot/1',
    workspace: input.workspace,
    as_of: asOf.toISOString(),
    window: { from: new Date(asOf.getTime() - input.windowDays * DAY_MS).toISOString(), to: asOf.toISOString() },
    model: { id: model.id, version: model.version, title: model.title, source: model.source },
    ...result,
    findings: [...parts.findings],
    answers_used: inForce.map((a) => ({
      criterion: a.criterion,
      respondent: a.respondent,
      role: a.role,
      value: a.value,
      answered_at: a.answered_at.toISOString(),
    })),
    comparison: inForce.length === 0 ? null : compareSaidSeen({ model, scored, answers: inForce }),
    path: scored.placement.stage === null ? null : findPath({ model, scored, findings: parts.findings }),
    provenance: {
      plumbline: deps.version,
      model_hash: deps.modelHash,
      rules_hash: deps.rulesHash,
      ...hashOf(deps.store.telemetry.meanings),
      telemetry: provenanceOf(parts),
    },
  };
  return { ...rest, digest: createHash('sha256').update(canonicalJson(rest)).digest('hex') };
}

/** Statements are told by their hash: ids and words of a desk have no place in a snapshot. */
function hashOf(meanings: readonly Meaning[]): { statements_hash?: string } {
  if (meanings.length === 0) return {};
  return { statements_hash: createHash('sha256').update(canonicalJson(meanings)).digest('hex') };
}

function provenanceOf(parts: Parts): Snapshot['provenance']['telemetry'] {
  const vendors = new Map(parts.connections.map((c) => [c.name, c.vendor]));
  return parts.observability
    .map((o) => ({
      connection: o.connection,
      vendor: vendors.get(o.connection) ?? 'unknown',
      stream: o.stream,
      status: o.status,
      since: o.since?.toISOString() ?? null,
      until: o.until?.toISOString() ?? null,
      rows: o.rows,
      rejected: o.rejected,
      reconciled_share: o.reconciled_share,
    }))
    .sort((a, b) => (`${a.connection}/${a.stream}` < `${b.connection}/${b.stream}` ? -1 : 1));
}
