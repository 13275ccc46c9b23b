import type { NotApplicableReasons } from '../../domain/not-applicable.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';

/**
 * Checks "not applicable" declarations: known criteria, at most one per set, and never the last statement of a set.
 * Every problem is listed. Errors: BAD_ANSWERS.
 */
export function checkNotApplicable(model: StagedModel, declared: NotApplicableReasons): ReadonlySet<string> {
  const problems: string[] = [];
  const bySet = new Map<number, string[]>();
  for (const id of Object.keys(declared)) {
    const criterion = model.criteria.find((c) => c.id === id);
    if (criterion === undefined) {
      const guess = nearest(
        id,
        model.criteria.map((c) => c.id),
      );
      problems.push(`"${id}" is not a statement of ${model.id}${guess === null ? '' : `; did you mean "${guess}"?`}`);
      continue;
    }
    bySet.set(criterion.set, [...(bySet.get(criterion.set) ?? []), id]);
  }
  for (const [set, ids] of bySet) {
    if (ids.length > 1) problems.push(`set ${set}: ${ids.join(' and ')} are both not applicable; at most one may be`);
    if (model.criteria.filter((c) => c.set === set).length <= ids.length)
      problems.push(`set ${set}: nothing would be left to judge the stage by`);
  }
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_ANSWERS',
      `The statements marked not applicable cannot be left out: ${problems[0]}.`,
      'Mark at most one statement per set as not applicable, and answer the others.',
      { problems },
    );
  return new Set(Object.keys(declared));
}
