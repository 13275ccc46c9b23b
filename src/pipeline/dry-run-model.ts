import { canonicalJson } from '../domain/canonical-json.ts';
import type { Finding } from '../domain/finding.ts';
import type { ModelHead } from '../domain/model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StoredSnapshot } from '../domain/snapshot.ts';
import type { Headline } from '../domain/verdict.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { voicesOf } from './answers-to.ts';
import { endOfData } from './end-of-data.ts';
import { newestOf } from './find-snapshot.ts';
import { givenTo } from './given-to.ts';
import { judge } from './judge.ts';
import type { JudgingModel } from './judge-all.ts';
import { type MeasureDeps, measure } from './measure.ts';

export interface DryRunRow {
  readonly as_of: string;
  readonly snapshot: string;
  /** What the model, or else the nearest one that it extends, said there; null where none of them judged. */
  readonly before: { readonly model: string; readonly headline: Headline } | null;
  /** Null where it cannot be told, see `gone`. */
  readonly after: Headline | null;
  /** Items whose word differs from that of `before`; empty for snapshots that kept no words by item. */
  readonly items: readonly string[];
  /** Signals that the snapshot had not measured in this version, measured again at its instant. */
  readonly measured_again: readonly string[];
  /** Those that cannot be measured again, because the records of that time have been removed. */
  readonly gone: readonly string[];
}

export interface DryRunDeps extends MeasureDeps {
  readonly store: MeasureDeps['store'];
  readonly model: JudgingModel;
  /** How many snapshots, the latest ones. */
  readonly last: number;
}

const DAY_MS = 86_400_000;

/** Definitions of the signals that a model names anywhere. */
function signalsOf(model: ModelHead, signals: readonly SignalDefinition[]): SignalDefinition[] {
  const text = canonicalJson(model);
  return signals.filter(({ id }) => text.includes(JSON.stringify(id)));
}

/** The bound before which records have been removed; null when none were. */
async function removedBefore(telemetry: TelemetryStore): Promise<Date | null> {
  for await (const page of telemetry.remembered())
    for (const fact of page) {
      if (fact.kind === 'retention') return fact.before;
      // Facts come in an order of kinds, the bound before the tickets that it removed.
      if (fact.kind === 'expired') return null;
    }
  return null;
}

function wordsOf(snapshot: StoredSnapshot, model: string): ReadonlyMap<string, string | null> {
  const kept = snapshot.schema === 'plumbline.snapshot/2' ? snapshot.verdicts : [];
  const items = kept.find((verdict) => verdict.model.id === model)?.items ?? [];
  return new Map(items.map(({ id, label }) => [id, label]));
}

/**
 * What a model, published or not, would have said at the instants of kept snapshots; keeps nothing. The findings are those that the snapshot kept;
 * signals that it did not measure, or in another version, are measured again at its instant, where the records of its window are still there.
 * Oldest first. Errors: NO_DATA when no snapshot was kept.
 */
export async function dryRunModel(deps: DryRunDeps): Promise<readonly DryRunRow[]> {
  const { ledger, telemetry } = deps.store;
  const { model } = deps.model;
  const heads = newestOf(await ledger.snapshots(), deps.last);
  const end = endOfData(await telemetry.observability());
  const removed = await removedBefore(telemetry);
  const verdicts = await ledger.verdicts();
  const wanted = signalsOf(model, deps.signals);
  const rows: DryRunRow[] = [];
  for (const { digest, as_of } of heads) {
    const snapshot = await ledger.snapshot(digest);
    if (snapshot === null) continue;
    const said = voicesOf(model)
      .map((id) => verdicts.find((verdict) => verdict.digest === digest && verdict.model === id))
      .find((verdict) => verdict !== undefined);
    const before = said === undefined ? null : { model: said.model, headline: said.headline };
    const kept = new Map(snapshot.findings.map((finding) => [finding.signal, finding]));
    const missing = wanted.filter(({ id, version }) => kept.get(id)?.version !== version);
    const from = new Date(snapshot.window.from);
    const head = { as_of: snapshot.as_of, snapshot: digest, before };
    if (missing.length > 0 && removed !== null && removed > from) {
      const gone = missing.map(({ id }) => id);
      rows.push({ ...head, after: null, items: [], measured_again: [], gone });
      continue;
    }
    const again = await measureAgain(snapshot, as_of, missing, deps);
    for (const finding of again) kept.set(finding.signal, finding);
    const given = await givenTo(ledger, model, as_of, as_of.getTime() === end?.getTime());
    const measured = { as_of: snapshot.as_of, findings: [...kept.values()] };
    const verdict = judge(deps.model, measured, { signals: deps.signals, ...given });
    const words = before === null ? new Map<string, string | null>() : wordsOf(snapshot, before.model);
    const items = verdict.items.filter(({ id, label }) => words.has(id) && words.get(id) !== label).map(({ id }) => id);
    rows.push({ ...head, after: verdict.headline, items, measured_again: missing.map(({ id }) => id), gone: [] });
  }
  return rows;
}

async function measureAgain(
  snapshot: StoredSnapshot,
  asOf: Date,
  signals: readonly SignalDefinition[],
  deps: DryRunDeps,
): Promise<readonly Finding[]> {
  if (signals.length === 0) return [];
  const windowDays = Math.round((asOf.getTime() - new Date(snapshot.window.from).getTime()) / DAY_MS);
  const span = { workspace: snapshot.workspace, asOf, windowDays };
  return (await measure(span, { ...deps, signals })).measurement.findings;
}
