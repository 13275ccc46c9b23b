import type { MaturityModel } from '../domain/model.ts';
import { nearest } from '../errors/index.ts';
import { type ModelProblem, repeated } from './problem.ts';

/** Set sizes that are facts of the named source; a file of that id must keep them. */
const SHAPES: Readonly<Record<string, readonly number[]>> = { 'six-stage': [5, 5, 5, 5, 6, 4] };

export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const guess = nearest(name, known);
  return `there is no ${what} "${name}"${guess === null ? '' : `; did you mean "${guess}"?`}`;
}

function stageProblems(model: MaturityModel): ModelProblem[] {
  return model.stages.flatMap(({ stage }, index) =>
    stage === index + 1
      ? []
      : [{ path: ['stages', index, 'stage'], message: `stages are numbered 1, 2, 3, ... in order; found ${stage}` }],
  );
}

function setProblems(model: MaturityModel): ModelProblem[] {
  const sizes = model.stages.map((_, index) => model.criteria.filter((c) => c.set === index + 1).length);
  const empty = sizes.flatMap((size, index) =>
    size > 0 ? [] : [{ path: ['criteria'], message: `set ${index + 1} has no criteria` }],
  );
  const shape = SHAPES[model.id];
  if (shape === undefined || shape.join() === sizes.join()) return empty;
  return [
    ...empty,
    {
      path: ['criteria'],
      message: `sets of ${model.id} are (${shape.join(', ')}) by its source; found (${sizes.join(', ')})`,
    },
  ];
}

function criterionProblems(model: MaturityModel): ModelProblem[] {
  const areas = model.areas.map((area) => area.id);
  return model.criteria.flatMap((criterion, index) => {
    const problems: ModelProblem[] = [];
    const say = (key: string, message: string) =>
      problems.push({ path: ['criteria', index, key], message: `${criterion.id}: ${message}` });
    if (criterion.set > model.stages.length)
      say('set', `set ${criterion.set} is beyond the ${model.stages.length} stages`);
    if (Number(/^[A-Z](\d+)\./.exec(criterion.id)?.[1]) !== criterion.set)
      say('id', `the id names another set than ${criterion.set}`);
    if (!areas.includes(criterion.area)) say('area', unknownName('area', criterion.area, areas));
    const families = criterion.families.map((family) => family.name);
    for (const name of criterion.together)
      if (!families.includes(name)) say('together', unknownName('family', name, families));
    if (criterion.together.length === 1) say('together', 'names one family; a minimum needs two');
    return problems;
  });
}

function cellNameProblems(model: MaturityModel): ModelProblem[] {
  const areas = model.areas.map((area) => area.id);
  const ids = model.criteria.map((criterion) => criterion.id);
  return model.cells.flatMap((cell, index) => {
    const problems: ModelProblem[] = [];
    const say = (key: string, message: string) =>
      problems.push({ path: ['cells', index, key], message: `cell ${cell.area}/${cell.stage}: ${message}` });
    if (!areas.includes(cell.area)) say('area', unknownName('area', cell.area, areas));
    if (!model.stages.some((s) => s.stage === cell.stage)) say('stage', `there is no stage ${cell.stage}`);
    for (const id of cell.criteria) if (!ids.includes(id)) say('criteria', unknownName('criterion', id, ids));
    return problems;
  });
}

function gridOfArea(model: MaturityModel, area: string): ModelProblem[] {
  const cells = model.cells.flatMap((cell, index) => (cell.area === area ? [{ cell, index }] : []));
  const listed = cells.flatMap(({ cell, index }) => cell.criteria.map((id) => ({ id, index })));
  const twice = repeated(listed, (entry) => entry.id).map(({ key, index }) => ({
    path: ['cells', listed[index]?.index ?? 0, 'criteria'],
    message: `${key} stands twice in area ${area}; its evidence would count double`,
  }));
  const gaps = model.stages
    .filter(({ stage }) => !cells.some(({ cell }) => cell.stage === stage))
    .map(({ stage }) => ({ path: ['cells'], message: `area ${area} has no cell for stage ${stage}` }));
  return [...twice, ...gaps];
}

function cellProblems(model: MaturityModel): ModelProblem[] {
  if (model.cells.length === 0) return [];
  const twice = repeated(model.cells, (cell) => `${cell.area}/${cell.stage}`).map(({ key, index }) => ({
    path: ['cells', index],
    message: `cell ${key} is given twice`,
  }));
  return [...cellNameProblems(model), ...model.areas.flatMap((area) => gridOfArea(model, area.id)), ...twice];
}

/** Stages, sets, areas and cells fit together, and every criterion and area id resolves. */
export function lintStructure(model: MaturityModel): ModelProblem[] {
  return [
    ...stageProblems(model),
    ...setProblems(model),
    ...repeated(model.criteria, (c) => c.id).map(({ key, index }) => ({
      path: ['criteria', index, 'id'],
      message: `criterion ${key} is given twice`,
    })),
    ...repeated(model.areas, (a) => a.id).map(({ key, index }) => ({
      path: ['areas', index, 'id'],
      message: `area ${key} is given twice`,
    })),
    ...criterionProblems(model),
    ...cellProblems(model),
  ];
}
