import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ModelHead } from '../../domain/model.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { KeptVerdict, StoredSnapshot } from '../../domain/snapshot.ts';
import type { Headline } from '../../domain/verdict.ts';
import type { Ledger } from '../../store/ports.ts';
import { voicesOf } from '../answers-to.ts';
import { endOfData } from '../end-of-data.ts';
import { newestOf } from '../find-snapshot.ts';
import { givenTo } from '../given-to.ts';
import { judge } from '../judge.ts';
import { type JudgingModel, leastOfTagOf } from '../judge-all.ts';
import type { MeasureDeps } from '../measure.ts';
import { changedItems, isGone, keptVerdict, measureAgain, removedBefore } from './measure-again.ts';
import { findWhatGoes, type WhatGoes } from './what-goes.ts';

export interface DryRunRow {
  readonly as_of: string;
  readonly snapshot: string;
  /** What the model, or else the nearest one that it extends, said there; null where none of them judged. */
  readonly before: { readonly model: string; readonly headline: Headline } | null;
  /** Null where it cannot be told, see `gone`. */
  readonly after: Headline | null;
  /** Items whose word differs from that of `before`. */
  readonly items: readonly string[];
  /** What is taken away from the kept measurement; null where it cannot be told. */
  readonly removes: WhatGoes | null;
  /** Signals that the snapshot had not measured in this version, measured again at its instant. */
  readonly measured_again: readonly string[];
  /** Those that cannot be measured again, because the records of that time have been removed. */
  readonly gone: readonly string[];
}

interface DryRunDeps extends MeasureDeps {
  readonly model: JudgingModel;
  /** How many snapshots, the latest ones. */
  readonly last: number;
}

/** Definitions of the signals that a model names anywhere. */
function signalsOf(model: ModelHead, signals: readonly SignalDefinition[]): SignalDefinition[] {
  const text = canonicalJson(model);
  return signals.filter(({ id }) => text.includes(JSON.stringify(id)));
}

/** The kept verdict that the model is held against: its own, else that of the nearest one that it extends. */
function verdictBefore(snapshot: StoredSnapshot, model: ModelHead): KeptVerdict | null {
  for (const id of voicesOf(model)) {
    const verdict = keptVerdict(snapshot, id);
    if (verdict !== null) return verdict;
  }
  return null;
}

/** Findings that a kept verdict looked at, by the names that the present signals have for them. */
async function lookedAt(
  snapshot: StoredSnapshot,
  before: KeptVerdict,
  wanted: readonly SignalDefinition[],
  ledger: Ledger,
): Promise<Finding[]> {
  const document = await ledger.modelDocument(before.model.hash);
  const named = ({ signal }: Finding): boolean =>
    document === null
      ? wanted.some(({ id }) => id === signal || id.startsWith(`${signal}-`))
      : document.text.includes(JSON.stringify(signal));
  return snapshot.findings.filter(named).map((finding) => ({ ...finding, signal: heirOf(finding.signal, wanted) }));
}

/** Signals that an overlay holds to lines of its own speak in the place of those of its base. */
function heirOf(signal: string, wanted: readonly SignalDefinition[]): string {
  return (
    wanted.find(({ id }) => id === signal)?.id ?? wanted.find(({ id }) => id.startsWith(`${signal}-`))?.id ?? signal
  );
}

/**
 * What a model, published or not, would have said at the instants of kept snapshots; keeps nothing. The findings are those that the snapshot kept;
 * signals that it did not measure, or in another version, are measured again at its instant, where the records of its window are still there.
 * Oldest first. Errors: NO_DATA when no snapshot was kept.
 */
export async function dryRunModel(deps: DryRunDeps): Promise<readonly DryRunRow[]> {
  const { ledger, telemetry } = deps.store;
  const end = endOfData(await telemetry.observability());
  const removed = await removedBefore(telemetry);
  const rows: DryRunRow[] = [];
  for (const { digest, as_of } of newestOf(await ledger.snapshots(), deps.last)) {
    const snapshot = await ledger.snapshot(digest);
    if (snapshot !== null) rows.push(await rowOf(snapshot, as_of.getTime() === end?.getTime(), removed, deps));
  }
  return rows;
}

async function rowOf(
  snapshot: StoredSnapshot,
  isEnd: boolean,
  removed: Date | null,
  deps: DryRunDeps,
): Promise<DryRunRow> {
  const { model } = deps.model;
  const asOf = new Date(snapshot.as_of);
  const old = verdictBefore(snapshot, model);
  const before = old === null ? null : { model: old.model.id, headline: old.headline };
  const kept = new Map(snapshot.findings.map((finding) => [finding.signal, finding]));
  const wanted = signalsOf(model, deps.signals);
  const missing = wanted.filter(({ id, version }) => kept.get(id)?.version !== version);
  const head = { as_of: snapshot.as_of, snapshot: snapshot.digest, before };
  if (missing.length > 0 && isGone(snapshot, removed)) {
    const gone = missing.map(({ id }) => id);
    return { ...head, after: null, items: [], removes: null, measured_again: [], gone };
  }
  const least = leastOfTagOf(model);
  const leastOfTags = least === null || isGone(snapshot, removed) ? [] : [least];
  const again = await measureAgain(snapshot, missing, { ...deps, leastOfTags });
  for (const finding of again.findings) kept.set(finding.signal, finding);
  const given = await givenTo(deps.store.ledger, model, asOf, isEnd);
  const measured = { as_of: snapshot.as_of, findings: [...kept.values()] };
  const contacts = again.contacts.get(least ?? Number.NaN) ?? null;
  const verdict = judge(deps.model, measured, { signals: deps.signals, contacts, ...given });
  const items = old?.items ?? [];
  const findings = old === null ? [] : await lookedAt(snapshot, old, wanted, deps.store.ledger);
  const now = measured.findings.filter(({ signal }) => wanted.some(({ id }) => id === signal));
  return {
    ...head,
    after: verdict.headline,
    items: changedItems(items, verdict.items),
    removes: findWhatGoes({ findings, items }, { findings: now, items: verdict.items }),
    measured_again: missing.map(({ id }) => id),
    gone: [],
  };
}
