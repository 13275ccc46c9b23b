import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { counted, percent, plural } from '../numbers.ts';

/**
 * Why a snapshot has no stage: what was seen, and what would suffice. Two sentences at most.
 * Population: findings of the snapshot; applicable statements of sets 1 and 2, which the lowest stage rests on. A statement counts as seen
 * when its telemetry reaches `coverage.mass` decibans, as in the rule itself (docs/method.md).
 */
export function sayNotPlaced(snapshot: Pick<StagedReading, 'findings' | 'criteria'>, model: StagedModel): string[] {
  const measured = snapshot.findings.filter((finding) => finding.status === 'measured').length;
  const inForce = snapshot.criteria.filter((criterion) => !criterion.not_applicable);
  const isSeen = (criterion: StagedReading['criteria'][number]): boolean =>
    criterion.telemetry_mass >= model.coverage.mass - 1e-9;
  const seen = inForce.filter(isSeen).length;
  if (measured === 0 && seen === 0) return ['Nothing could be measured yet, and nobody has answered.'];
  const [lowest, second] = [1, 2].map((set) => inForce.filter((criterion) => criterion.set === set));
  const both = [...(lowest ?? []), ...(second ?? [])];
  const needed = (group: readonly unknown[]): number => Math.ceil(model.coverage.partly * group.length - 1e-9);
  const seenIn = (group: StagedReading['criteria'] | undefined): number => (group ?? []).filter(isSeen).length;
  return [
    `${measured} of ${counted(snapshot.findings.length, 'signal')} measured; ${seen} of ${counted(inForce.length, 'statement')} seen in data; nobody has answered.`,
    `A stage needs ${percent(model.coverage.partly)} of the statements up to the next one seen in data: at the least ${needed(both)} of the ${both.length} of sets 1 and 2 (${seenIn(both)} ${plural(seenIn(both), 'is')}), among them ${needed(lowest ?? [])} of set 1 (${seenIn(lowest)} ${plural(seenIn(lowest), 'is')}); or answers of people.`,
  ];
}
