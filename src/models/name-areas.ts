import { repeated, unknownName } from '../domain/model-problem.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';

/** Areas that people named for a model, each with the items that belong to it. */
export type NamedAreas = Readonly<Record<string, readonly string[]>>;

const REMEDY = 'Correct `areas` in plumbline.yaml; `plumbline models show <id>` lists the items.';

function problemsOf(model: StagedModel, areas: NamedAreas): string[] {
  const { user_areas } = model;
  if (user_areas === undefined) return [`model ${model.id} has areas of its own, or none that users name`];
  const names = Object.keys(areas);
  const ids = model.criteria.map(({ id }) => id);
  const listed = Object.entries(areas).flatMap(([area, items]) => items.map((item) => ({ area, item })));
  return [
    ...(names.length > user_areas.count ? [`at most ${user_areas.count} areas; found ${names.length}`] : []),
    ...listed
      .filter(({ item }) => !ids.includes(item))
      .map(({ area, item }) => `area ${area}: ${unknownName('item', item, ids)}`),
    ...repeated(listed, ({ item }) => item).map(({ key }) => `item ${key} stands in two areas; it would count double`),
  ];
}

/**
 * The model with the areas that people named: a matrix of them by stage, from the items that they put into each. Items in none stay without area
 * and count for the whole as before; the stage does not change. No areas = the model as it is. Errors: BAD_CONFIG with every problem.
 */
export function nameAreas(model: StagedModel, areas: NamedAreas): StagedModel {
  const named = Object.entries(areas).map(([name, items], index) => ({ id: `area-${index + 1}`, name, items }));
  if (named.length === 0) return model;
  const problems = problemsOf(model, areas).map((problem) => `areas.${model.id}: ${problem}`);
  if (problems.length > 0)
    throw new PlumblineError('BAD_CONFIG', `The areas cannot be used: ${problems[0]}.`, REMEDY, { problems });
  const areaOf = new Map(named.flatMap(({ id, items }) => items.map((item) => [item, id])));
  return {
    ...model,
    areas: named.map(({ id, name }) => ({ id, name })),
    criteria: model.criteria.map((item) => {
      const area = areaOf.get(item.id);
      return area === undefined ? item : { ...item, area };
    }),
    cells: named.flatMap(({ id, name, items }) =>
      model.stages.map(({ stage, name: stageName }) => ({
        area: id,
        stage,
        gist: `${name} at ${stageName}`,
        criteria: model.criteria.filter((item) => item.set === stage && items.includes(item.id)).map((item) => item.id),
        families: [],
      })),
    ),
  };
}
