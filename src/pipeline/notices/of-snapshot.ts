import type { Notice, NoticeKind, Run } from '../../domain/operations.ts';
import { assuredStage } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { compareSnapshots } from '../compare-snapshots.ts';
import { noticeId } from './notice-id.ts';

export interface SnapshotNews {
  readonly workspace: string;
  readonly run: Pick<Run, 'id' | 'params'>;
  /** The snapshot published before `after`, of the same model and length of window; null = there is none. */
  readonly before: StagedReading | null;
  /** The nearest earlier one whose stage is known, where that of `before` is not. Default `before`. */
  readonly placedBefore?: StagedReading | null;
  readonly after: StagedReading;
  /** When a conflict of a criterion was last told of, by criterion. Default none. */
  readonly told?: ReadonlyMap<string, Date>;
  readonly at: Date;
}

/** A conflict that wavers about its line is told of again only after this time, unless it had gone away altogether. */
const QUIET_DAYS = 28;
const DAY_MS = 86_400_000;

type Figures = Notice['data'];

/**
 * What of a new snapshot is worth saying: the stage moved, the assured stage moved, a conflict became strong.
 * Quiet: for a first snapshot; for a snapshot of the past (backfill, or older than `before`); between models or windows of another
 * length; while the stage is unknown on either side, which is neither better nor worse (what made it unknown is told by `sync_broken`
 * and `data_stale`): the next known stage is held against the last known one. A conflict is new when its criterion was judged
 * before and was not strong. The stage itself carries the hysteresis of the signals. The same pair of snapshots gives the same ids.
 */
export function noticesOfSnapshot(news: SnapshotNews): Notice[] {
  const { before, after } = news;
  if (before === null || news.run.params.as_of !== null || !comparable(before, after)) return [];
  const placed = news.placedBefore ?? before;
  return [...stageNotices(news, placed), ...conflictNotices(news, before)];
}

/** Whether a change between two snapshots is a change of the desk. */
export function comparable(before: StagedReading, after: StagedReading): boolean {
  const lengthMs = (s: StagedReading): number => Date.parse(s.window.to) - Date.parse(s.window.from);
  return (
    before.digest !== after.digest &&
    before.model.id === after.model.id &&
    before.as_of <= after.as_of &&
    lengthMs(before) === lengthMs(after)
  );
}

function stageNotices(news: SnapshotNews, before: StagedReading): Notice[] {
  const { after } = news;
  const [was, is] = [before.placement, after.placement];
  if (was.stage === null || is.stage === null) return [];
  const sides = [
    { kind: 'stage_changed', what: 'Stage', from: was.stage, to: is.stage },
    { kind: 'assured_stage_changed', what: 'Assured stage', from: assuredStage(was), to: assuredStage(is) },
  ] as const;
  return sides.flatMap(({ kind, what, from, to }) => {
    // Nothing is assured where a stage rests on answers alone: that is no rise and no fall.
    if (from === null || to === null || from === to) return [];
    const cause = mainCause(before, after, Math.sign(to - from));
    const rules = rulesChanged(before, after);
    const text = `${news.workspace}: ${what} ${to > from ? 'rose' : 'fell'} from ${from} to ${to} (${after.model.title}${
      cause === null ? '' : `; mostly by ${cause}`
    }${rules ? '; rules or model were changed meanwhile' : ''}).`;
    return [notice(news, before, kind, null, text, { from, to, cause, rules_changed: rules })];
  });
}

function rulesChanged(before: StagedReading, after: StagedReading): boolean {
  return (
    before.provenance.model_hash !== after.provenance.model_hash ||
    before.provenance.rules_hash !== after.provenance.rules_hash
  );
}

/** The cause that moved the points most in the direction of the stage; null when none did. */
function mainCause(before: StagedReading, after: StagedReading, direction: number): string | null {
  const pushes = Object.entries(compareSnapshots(before, after).by_cause)
    .map(([cause, change]) => ({ cause, push: change * direction }))
    .filter(({ push }) => push > 0)
    .sort((a, b) => b.push - a.push);
  return pushes[0]?.cause ?? null;
}

function conflictNotices(news: SnapshotNews, before: StagedReading): Notice[] {
  const earlier = new Map(before.criteria.map((criterion) => [criterion.id, criterion.conflict.grade]));
  return news.after.criteria.flatMap(({ id, name, conflict }) => {
    const grade = earlier.get(id);
    if (conflict.grade !== 'strong' || grade === undefined || grade === 'strong') return [];
    const toldAt = news.told?.get(id);
    const recent = toldAt !== undefined && news.at.getTime() - toldAt.getTime() < QUIET_DAYS * DAY_MS;
    if (recent && grade !== 'none') return [];
    // Only the headline: what follows the colon names families and figures, which belong on the page.
    const headline = conflict.text?.split(':')[0] ?? 'Records disagree';
    const text = `${news.workspace}: new strong conflict at ${id} ${name}: ${headline}.`;
    const figures = { criterion: id, from: grade, to: conflict.grade, decibans: conflict.decibans, headline };
    return [notice(news, before, 'conflict_found', id, text, figures)];
  });
}

function notice(
  news: SnapshotNews,
  before: StagedReading,
  kind: NoticeKind,
  subject: string | null,
  text: string,
  figures: Figures,
): Notice {
  const { after, workspace } = news;
  return {
    id: noticeId(kind, workspace, [after.model.id, subject, before.digest, after.digest]),
    workspace,
    kind,
    subject,
    at: news.at,
    run: news.run.id,
    digest: after.digest,
    text,
    data: { model: after.model.id, as_of: after.as_of, ...figures, before: before.digest },
  };
}
