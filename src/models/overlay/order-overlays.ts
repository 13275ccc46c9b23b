import { unknownName } from '../../domain/model-problem.ts';
import type { ReadOverlay } from './read-overlay.ts';

/**
 * Overlays in an order in which each comes after its base, and in words those that go round in a circle or have no base. `whole` = ids of models
 * that are no overlays, `broken` = ids of files that have been reported already.
 */
export function orderOverlays(
  overlays: readonly ReadOverlay[],
  whole: ReadonlySet<string>,
  broken: ReadonlySet<string>,
): { readonly ordered: readonly ReadOverlay[]; readonly problems: readonly string[] } {
  const byId = new Map(overlays.map((one) => [one.overlay.id, one]));
  const known = [...whole, ...byId.keys()];
  const ordered: ReadOverlay[] = [];
  const problems: string[] = [];
  const done = new Set<string>();
  const told = new Set<string>();
  const visit = (one: ReadOverlay, way: readonly string[]): boolean => {
    const { id, extends: base } = one.overlay;
    if (done.has(id)) return true;
    const circle = circleOf(one, way);
    if (circle !== null) {
      if (!circle.some((name) => told.has(name)))
        problems.push(
          `${one.at(['extends'])}: ${circle.join(' extends ')}: a circle has no beginning; let one of them extend a model that ships`,
        );
      for (const name of circle) told.add(name);
      return false;
    }
    const next = byId.get(base);
    if (next === undefined && !whole.has(base)) {
      if (!broken.has(base)) problems.push(`${one.at(['extends'])}: ${unknownName('model', base, known)}`);
      return false;
    }
    if (next !== undefined && !visit(next, [...way, id])) return false;
    done.add(id);
    ordered.push(one);
    return true;
  };
  for (const one of overlays) visit(one, []);
  return { ordered, problems };
}

/** The ids that lead from an overlay back to itself, along the way that led to it; null where they do not. */
function circleOf({ overlay }: ReadOverlay, way: readonly string[]): readonly string[] | null {
  const { id, extends: base } = overlay;
  const met = way.indexOf(id);
  if (met >= 0) return [...way.slice(met), id];
  return base === id ? [id, id] : null;
}
