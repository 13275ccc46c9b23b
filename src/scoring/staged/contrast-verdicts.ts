import type { Contrast, ContrastReason } from '../../domain/beside-verdict.ts';
import type { LedgerLine, Placement } from '../../domain/placement.ts';
import type { Criterion, StagedModel } from '../../domain/staged-model.ts';

/** A verdict of one staged model on a measurement, as far as it takes to hold it against another. */
export interface Judged {
  readonly model: StagedModel;
  readonly placement: Placement;
  readonly ledger: readonly LedgerLine[];
}

/** How many items are named for one pair: enough to see the kind of difference, few enough to be read. */
const MOST_REASONS = 3;

function signalsOf(item: Criterion): string[] {
  return item.families.flatMap((family) => family.signals.map((signal) => signal.id));
}

/** Height of a verdict on the common scale, null while it is withheld. */
export function heightOf({ model, placement }: Judged): number | null {
  return placement.stage === null ? null : (placement.stage - 1) / (model.stages.length - 1);
}

function kindOf(elsewhere: ContrastReason['elsewhere'], stage: number): ContrastReason['kind'] {
  if (elsewhere.length === 0) return 'not_asked';
  return elsewhere.every(({ set }) => set > stage) ? 'asked_later' : 'weighed_otherwise';
}

/** An item that holds the lower verdict, with the signals that do so: those that speak against it, or all where none does. */
interface Holding {
  readonly item: Criterion;
  readonly against: boolean;
  readonly signals: readonly string[];
}

function holdingOf(item: Criterion, ledger: readonly LedgerLine[]): Holding {
  const against = ledger
    .filter((line) => line.criterion === item.id && line.source === 'signal' && line.points[0] + line.points[1] < 0)
    .map((line) => line.ref);
  return { item, against: against.length > 0, signals: against.length > 0 ? against : signalsOf(item) };
}

/** Items that hold the lower verdict, those that something speaks against first, then by the gain that they would bring. */
function holdingDown({ model, placement, ledger }: Judged): Holding[] {
  const items = placement.blockers.flatMap(({ criterion }) => model.criteria.filter(({ id }) => id === criterion));
  const holding = items.map((item) => holdingOf(item, ledger));
  return [...holding.filter(({ against }) => against), ...holding.filter(({ against }) => !against)];
}

function reasonOf({ item, signals }: Holding, higher: Judged): ContrastReason {
  const users = higher.model.criteria.filter((other) => signalsOf(other).some((id) => signals.includes(id)));
  const elsewhere = users.map(({ id, set }) => ({ item: id, set }));
  const used = new Set(users.flatMap(signalsOf));
  return {
    item: item.id,
    name: item.name,
    signals,
    shared: signals.filter((id) => used.has(id)),
    elsewhere,
    kind: kindOf(elsewhere, higher.placement.stage ?? 1),
  };
}

/**
 * Why two models place one measurement at different heights, out of the items that hold the lower verdict. Null when one of them is withheld
 * or when they differ by no more than half a step of the coarser model. Items that the other model does not ask for come first.
 */
export function contrastVerdicts(a: Judged, b: Judged): Contrast | null {
  const [heightA, heightB] = [heightOf(a), heightOf(b)];
  if (heightA === null || heightB === null) return null;
  const halfStep = 0.5 / (Math.min(a.model.stages.length, b.model.stages.length) - 1);
  if (Math.abs(heightA - heightB) <= halfStep) return null;
  const [higher, lower] = heightA > heightB ? [a, b] : [b, a];
  const order: ContrastReason['kind'][] = ['not_asked', 'asked_later', 'weighed_otherwise'];
  const reasons = holdingDown(lower)
    .map((holding) => reasonOf(holding, higher))
    .sort((x, y) => order.indexOf(x.kind) - order.indexOf(y.kind));
  return {
    higher: higher.model.id,
    lower: lower.model.id,
    heights: [Math.max(heightA, heightB), Math.min(heightA, heightB)],
    reasons: reasons.slice(0, MOST_REASONS),
  };
}
