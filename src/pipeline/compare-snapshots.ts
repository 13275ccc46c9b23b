import type { Finding } from '../domain/finding.ts';
import type { LedgerLine } from '../domain/placement.ts';
import { assuredStage } from '../domain/placement.ts';
import { CHANGE_CAUSES, type SnapshotChange } from '../domain/snapshot-change.ts';
import type { StagedReading } from '../domain/staged-reading.ts';

type Cause = (typeof CHANGE_CAUSES)[number];
type ChangedLine = SnapshotChange['criteria'][number]['lines'][number];

/** Changes below a tenth of a deciban are rounding of ages, not news. */
const NOTICEABLE = 0.1;

function sumOf(line: LedgerLine | undefined): number {
  return line === undefined ? 0 : line.points[0] + line.points[1];
}

function keyOf(line: LedgerLine): string {
  return [line.criterion, line.source, line.family, line.ref].join('\u0000');
}

function causeOf(
  before: LedgerLine | undefined,
  after: LedgerLine | undefined,
  findings: readonly [Finding | undefined, Finding | undefined],
  { modelChanged, statementsChanged }: { readonly modelChanged: boolean; readonly statementsChanged: boolean },
): Cause {
  const line = after ?? before;
  if (line === undefined || line.source !== 'signal')
    return line?.source === 'answer' && before !== undefined && after !== undefined && before.decay !== after.decay
      ? 'age'
      : 'answers';
  const [was, is] = findings;
  if (was !== undefined && is !== undefined && was.version !== is.version) return 'rules';
  if ((was?.status === 'measured') !== (is?.status === 'measured'))
    return statementsChanged ? 'statements' : 'coverage';
  if (before !== undefined && after !== undefined && before.q2 === after.q2 && before.q3 === after.q3)
    return modelChanged && (before.alpha !== after.alpha || before.class !== after.class) ? 'rules' : 'age';
  if (statementsChanged) return 'statements';
  return line.class === 'D' ? 'configuration' : 'behaviour';
}

function describe(before: Finding | undefined, after: Finding | undefined): string {
  const show = (f: Finding | undefined): string =>
    f === undefined ? 'no such signal' : f.status === 'measured' ? `${f.estimate ?? ''}` : f.status.replace('_', ' ');
  return `${show(before)} -> ${show(after)}`;
}

/**
 * Attributes every change of evidence between two snapshots to behaviour, configuration, coverage, rules, statements of
 * people (what they say things are), answers or age. Where statements changed, what changed otherwise counts as theirs. Pure.
 */
export function compareSnapshots(before: StagedReading, after: StagedReading): SnapshotChange {
  const modelChanged =
    before.provenance.model_hash !== after.provenance.model_hash ||
    before.provenance.rules_hash !== after.provenance.rules_hash;
  const statementsChanged = before.provenance.statements_hash !== after.provenance.statements_hash;
  const findingsOf = (s: StagedReading): Map<string, Finding> => new Map(s.findings.map((f) => [f.signal, f]));
  const [wasFound, isFound] = [findingsOf(before), findingsOf(after)];
  const [was, is] = [before, after].map((s) => new Map(s.ledger.map((line) => [keyOf(line), line])));
  const byCriterion = new Map<string, ChangedLine[]>();
  const byCause = Object.fromEntries(CHANGE_CAUSES.map((cause) => [cause, 0])) as Record<Cause, number>;
  for (const key of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
    const [a, b] = [was?.get(key), is?.get(key)];
    const line = b ?? a;
    const change = sumOf(b) - sumOf(a);
    if (line === undefined || change === 0) continue;
    const pair = [wasFound.get(line.ref), isFound.get(line.ref)] as const;
    const cause = causeOf(a, b, pair, { modelChanged, statementsChanged });
    byCause[cause] += change;
    if (Math.abs(change) < NOTICEABLE) continue;
    const text = line.source === 'signal' ? describe(...pair) : `${line.source} of ${line.ref}`;
    byCriterion.set(line.criterion, [
      ...(byCriterion.get(line.criterion) ?? []),
      { ref: line.ref, cause, change, text },
    ]);
  }
  const side = (s: StagedReading): SnapshotChange['before'] => ({
    digest: s.digest,
    as_of: s.as_of,
    stage: s.placement.stage,
    assured: assuredStage(s.placement),
  });
  const criteria = after.criteria.flatMap((c) => {
    const lines = byCriterion.get(c.id) ?? [];
    if (lines.length === 0) return [];
    const old = before.criteria.find((o) => o.id === c.id);
    const change = lines.reduce((sum, l) => sum + l.change, 0);
    return [
      {
        criterion: c.id,
        name: c.name,
        level_before: old?.level ?? null,
        level_after: c.level,
        change,
        lines: lines.sort((x, y) => Math.abs(y.change) - Math.abs(x.change)),
      },
    ];
  });
  return {
    before: side(before),
    after: side(after),
    by_cause: byCause,
    criteria: criteria.sort((x, y) => Math.abs(y.change) - Math.abs(x.change)),
  };
}
