import type { Headline } from '../../domain/verdict.ts';
import { endOfData } from '../end-of-data.ts';
import { newestOf } from '../find-snapshot.ts';
import { givenTo } from '../given-to.ts';
import { judge } from '../judge.ts';
import { type JudgingModel, leastOfTagOf } from '../judge-all.ts';
import type { MeasureDeps } from '../measure.ts';
import { changedItems, isGone, keptVerdict, measureAgain, removedBefore } from './measure-again.ts';
import { findWhatGoes, type WhatGoes } from './what-goes.ts';

export interface RulesDryRunRow {
  readonly as_of: string;
  readonly snapshot: string;
  readonly model: string;
  readonly before: Headline;
  /** Null where it cannot be told, because records of that time have been removed since. */
  readonly after: Headline | null;
  /** Items whose word differs. */
  readonly items: readonly string[];
  /** What is taken away from the kept measurement; null where it cannot be told. */
  readonly removes: WhatGoes | null;
}

interface RulesDryRunDeps extends MeasureDeps {
  readonly model: JudgingModel;
  /** Ids of signals whose kept findings stand: nobody changed them. */
  readonly unchanged: ReadonlySet<string>;
  /** How many snapshots that the model judged, the latest ones. */
  readonly last: number;
}

/**
 * What the present rules would have found, and one model said, at the instants of kept snapshots; keeps nothing. Signals that nobody changed keep
 * their findings where the version is the same. Oldest first. Errors: NO_DATA when no snapshot was kept.
 */
export async function dryRunRules(deps: RulesDryRunDeps): Promise<readonly RulesDryRunRow[]> {
  const { ledger, telemetry } = deps.store;
  const { model } = deps.model;
  const end = endOfData(await telemetry.observability());
  const removed = await removedBefore(telemetry);
  const rows: RulesDryRunRow[] = [];
  for (const { digest, as_of } of newestOf(await ledger.snapshots(model.id), deps.last)) {
    const snapshot = await ledger.snapshot(digest);
    const before = snapshot === null ? null : keptVerdict(snapshot, model.id);
    if (snapshot === null || before === null) continue;
    const head = { as_of: snapshot.as_of, snapshot: digest, model: model.id, before: before.headline };
    if (isGone(snapshot, removed)) {
      rows.push({ ...head, after: null, items: [], removes: null });
      continue;
    }
    const kept = new Map(snapshot.findings.map((finding) => [finding.signal, finding]));
    const stands = deps.signals.filter(
      ({ id, version }) => deps.unchanged.has(id) && kept.get(id)?.version === version,
    );
    const least = leastOfTagOf(model);
    const wanted = deps.signals.filter((signal) => !stands.includes(signal));
    const again = await measureAgain(snapshot, wanted, { ...deps, leastOfTags: least === null ? [] : [least] });
    const findings = [...stands.flatMap(({ id }) => kept.get(id) ?? []), ...again.findings];
    const given = await givenTo(ledger, model, as_of, as_of.getTime() === end?.getTime());
    const contacts = again.contacts.get(least ?? Number.NaN) ?? null;
    const verdict = judge(
      deps.model,
      { as_of: snapshot.as_of, findings },
      { signals: deps.signals, contacts, ...given },
    );
    rows.push({
      ...head,
      after: verdict.headline,
      items: changedItems(before.items, verdict.items),
      removes: findWhatGoes({ findings: snapshot.findings, items: before.items }, { findings, items: verdict.items }),
    });
  }
  return rows;
}
