import type { Notice, Run } from '../../domain/operations.ts';
import type { KeptVerdict } from '../../domain/snapshot.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { noticeId } from './notice-id.ts';

interface VerdictNews {
  readonly workspace: string;
  readonly run: Pick<Run, 'id' | 'params'>;
  /** Snapshots published before, nearest first, that may be held against `after`. */
  readonly before: readonly JudgedSnapshot[];
  readonly after: JudgedSnapshot;
  /** The model whose news is told by its stages; null = none is. */
  readonly shown: string | null;
  readonly at: Date;
}

/** What notices read of a snapshot, whatever models judged it. */
export type JudgedSnapshot = Pick<StagedReading, 'digest' | 'as_of' | 'verdicts'>;

interface Known {
  readonly verdict: KeptVerdict;
  readonly digest: string;
}

/**
 * Which of the models that are not shown say something else than before, by their headlines alone, so whatever their kind: the verdict in the
 * model's own words is another one. Quiet for the first verdict of a model, for a snapshot of the past, and while a verdict is withheld on
 * either side: the next known one is held against the last known one. A value that moves inside the same words is no news.
 */
export function noticesOfVerdicts(news: VerdictNews): Notice[] {
  const { after, before, run, shown } = news;
  if (run.params.as_of !== null) return [];
  return after.verdicts.flatMap((verdict) => {
    if (verdict.model.id === shown || verdict.headline.value === null) return [];
    const known = lastKnown(before, verdict.model.id);
    return known === null || known.verdict.headline.label === verdict.headline.label
      ? []
      : [notice(news, known, verdict)];
  });
}

function lastKnown(before: readonly JudgedSnapshot[], model: string): Known | null {
  for (const { digest, verdicts } of before) {
    const verdict = verdicts.find((one) => one.model.id === model);
    if (verdict !== undefined && verdict.headline.value !== null) return { verdict, digest };
  }
  return null;
}

function notice({ workspace, run, after, at }: VerdictNews, was: Known, is: KeptVerdict): Notice {
  const { id, title } = is.model;
  const rules_changed = was.verdict.model.hash !== is.model.hash;
  const [from, to] = [was.verdict.headline, is.headline];
  return {
    id: noticeId('verdict_changed', workspace, [id, was.digest, after.digest]),
    workspace,
    kind: 'verdict_changed',
    subject: id,
    at,
    run: run.id,
    digest: after.digest,
    text: `${workspace}: ${title}: ${from.label} became ${to.label}${rules_changed ? '; the model was changed meanwhile' : ''}.`,
    data: {
      model: id,
      as_of: after.as_of,
      from: from.value,
      to: to.value,
      from_label: from.label,
      to_label: to.label,
      of: to.of,
      rules_changed,
      before: was.digest,
    },
  };
}
