import { z } from 'zod';
import { assuredStage } from './placement.ts';
import { AnswerUsed, FirstSnapshot, KeptVerdict, type Snapshot, type StoredSnapshot } from './snapshot.ts';
import { isStagedBody, itemVerdict } from './staged-verdict.ts';

/**
 * A snapshot read by one staged model: its verdict spread over the top, as `snapshot --json` and the API give it and as all that needs stages
 * reads it. `digest` is that of the kept document, which a backup carries as it is.
 */
export const StagedReading = FirstSnapshot.extend({
  schema: z.enum(['plumbline.snapshot/1', 'plumbline.snapshot/2']),
  /** Digest of the measurement; null in snapshots of schema 1, which do not tell it. */
  measurement: z.string().nullable(),
  /** Of all models that judged the same measurement, this one among them. */
  verdicts: z.array(KeptVerdict),
});
export type StagedReading = z.infer<typeof StagedReading>;

/** The one verdict of a snapshot of schema 1. Names of stages are not in it: its label is the number. */
function verdictOfFirst(snapshot: FirstSnapshot): KeptVerdict {
  const { placement, readings, criteria, areas, area_stages, comparison, path } = snapshot;
  const { id, version, title, source } = snapshot.model;
  return {
    model: { id, version, hash: snapshot.provenance.model_hash, kind: 'staged', title, source },
    headline: {
      value: placement.stage,
      label: placement.stage === null ? 'not placed' : `stage ${placement.stage}`,
      of: placement.probabilities.length,
      assured: assuredStage(placement),
      status: placement.status,
      coverage: placement.coverage,
    },
    items: criteria.map(itemVerdict),
    ledger: snapshot.ledger,
    body: { placement, readings, criteria, areas, area_stages, comparison, path },
    answers_used: snapshot.answers_used,
  };
}

/** What every model says in a kept snapshot of whatever age. */
export function verdictsOf(snapshot: StoredSnapshot): readonly KeptVerdict[] {
  return snapshot.schema === 'plumbline.snapshot/1' ? [verdictOfFirst(snapshot)] : snapshot.verdicts;
}

/** A kept snapshot as one staged model reads it; null when no staged model of that id judged it. Pure. */
export function readStaged(snapshot: StoredSnapshot, model: string): StagedReading | null {
  return snapshot.schema === 'plumbline.snapshot/1' ? readFirst(snapshot, model) : readSecond(snapshot, model);
}

function readFirst(snapshot: FirstSnapshot, model: string): StagedReading | null {
  return snapshot.model.id === model ? { ...snapshot, measurement: null, verdicts: [verdictOfFirst(snapshot)] } : null;
}

function readSecond(snapshot: Snapshot, model: string): StagedReading | null {
  const verdict = snapshot.verdicts.find((one) => one.model.id === model);
  if (verdict === undefined || !isStagedBody(verdict.body)) return null;
  const { schema, workspace, as_of, window, findings, provenance, measurement, verdicts, digest } = snapshot;
  const { id, version, title, source, hash } = verdict.model;
  const { plumbline, ...marks } = provenance;
  const { comparison, path, ...result } = verdict.body;
  return {
    schema,
    workspace,
    as_of,
    window,
    model: { id, version, title, source },
    ...result,
    findings,
    ledger: verdict.ledger,
    answers_used: AnswerUsed.array().parse(verdict.answers_used),
    comparison,
    path,
    provenance: { plumbline, model_hash: hash, ...marks },
    measurement,
    verdicts,
    digest,
  };
}
