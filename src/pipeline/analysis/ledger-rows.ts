import type { Finding } from '../../domain/finding.ts';
import type { KeptVerdict, StoredSnapshot } from '../../domain/snapshot.ts';
import type { SqlRow } from '../../domain/sql-session.ts';
import { verdictsOf } from '../../domain/staged-reading.ts';

function findingRow(finding: Finding): SqlRow {
  const { signal, version, status, reason, detail, estimate, unit, n, n_effective, interval, pass, window } = finding;
  const left = finding.extra.connections_left_out;
  return {
    signal,
    version,
    status,
    reason,
    detail,
    estimate,
    unit,
    n,
    n_effective,
    interval_low: interval?.[0] ?? null,
    interval_high: interval?.[1] ?? null,
    q2: pass?.q2 ?? null,
    q3: pass?.q3 ?? null,
    window_from: window.from,
    window_to: window.to,
    connections_left_out: typeof left === 'string' ? left.split(', ') : [],
    carried_from: finding.carried_from?.snapshot ?? null,
    as_last_changed: finding.as_last_changed ?? false,
  };
}

function lineRows({ model, ledger }: KeptVerdict): SqlRow[] {
  return ledger.map((line, index) => ({
    model: model.id,
    item: line.criterion,
    position: index + 1,
    source: line.source,
    // Who answered what stays in the ledger.
    ref: line.source === 'signal' ? line.ref : null,
    family: line.source === 'signal' ? line.family : line.source,
    class: line.class,
    alpha: line.alpha,
    age_days: line.age_days,
    decay: line.decay,
    points_exists: line.points[0],
    points_full: line.points[1],
  }));
}

function extraRows({ signal, extra }: Finding): SqlRow[] {
  return Object.entries(extra).map(([name, value]) => ({
    signal,
    name,
    value: typeof value === 'number' ? value : null,
    text: typeof value === 'string' ? value : null,
  }));
}

/** A kept snapshot as rows by table, as `LEDGER_TABLES` describes them; answers and who gave them are not in it. Pure. */
export function ledgerRows(snapshot: StoredSnapshot): Readonly<Record<string, readonly SqlRow[]>> {
  const { findings, provenance } = snapshot;
  const verdicts = verdictsOf(snapshot);
  return {
    snapshot: [
      {
        digest: snapshot.digest,
        measurement: snapshot.schema === 'plumbline.snapshot/2' ? snapshot.measurement : null,
        workspace: snapshot.workspace,
        as_of: snapshot.as_of,
        window_from: snapshot.window.from,
        plumbline: provenance.plumbline,
        rules_hash: provenance.rules_hash,
      },
    ],
    finding: findings.map(findingRow),
    finding_excluded: findings.flatMap(({ signal, excluded }) =>
      Object.entries(excluded).map(([reason, units]) => ({ signal, reason, units })),
    ),
    finding_extra: findings.flatMap(extraRows),
    finding_sample: findings.flatMap(({ signal, sample }) =>
      sample.map(({ connection, id, table, hit }) => ({ signal, connection, record_table: table, id, hit })),
    ),
    verdict: verdicts.map(({ model, headline }) => ({
      model: model.id,
      version: model.version,
      hash: model.hash,
      kind: model.kind,
      ...headline,
    })),
    item: verdicts.flatMap(({ model, items }) =>
      items.map(({ id, ...item }) => ({ model: model.id, item: id, ...item })),
    ),
    ledger_line: verdicts.flatMap(lineRows),
  };
}
