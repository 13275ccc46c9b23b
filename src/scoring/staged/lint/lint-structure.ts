import { type ModelProblem, repeated, unknownName } from '../../../domain/model-problem.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';

function stageProblems(model: StagedModel): ModelProblem[] {
  return model.stages.flatMap(({ stage }, index) =>
    stage === index + 1
      ? []
      : [{ path: ['stages', index, 'stage'], message: `stages are numbered 1, 2, 3, ... in order; found ${stage}` }],
  );
}

function setProblems(model: StagedModel): ModelProblem[] {
  const sizes = model.stages.map((_, index) => model.criteria.filter((c) => c.set === index + 1).length);
  const empty = sizes.flatMap((size, index) =>
    size > 0 ? [] : [{ path: ['criteria'], message: `set ${index + 1} has no criteria` }],
  );
  const shape = model.set_sizes;
  if (shape === undefined || shape.join() === sizes.join()) return empty;
  return [
    ...empty,
    {
      path: ['criteria'],
      message: `sets of ${model.id} are (${shape.join(', ')}) by its source; found (${sizes.join(', ')})`,
    },
  ];
}

function criterionProblems(model: StagedModel): ModelProblem[] {
  const areas = model.areas.map((area) => area.id);
  return model.criteria.flatMap((criterion, index) => {
    const problems: ModelProblem[] = [];
    const say = (key: string, message: string) =>
      problems.push({ path: ['criteria', index, key], message: `${criterion.id}: ${message}` });
    if (criterion.set > model.stages.length)
      say('set', `set ${criterion.set} is beyond the ${model.stages.length} stages`);
    const { area } = criterion;
    if (area === undefined) {
      if (areas.length > 0) say('area', 'names no area');
    } else if (!areas.includes(area)) say('area', unknownName('area', area, areas));
    const families = criterion.families.map((family) => family.name);
    for (const name of criterion.together)
      if (!families.includes(name)) say('together', unknownName('family', name, families));
    if (criterion.together.length === 1) say('together', 'names one family; a minimum needs two');
    return problems;
  });
}

function cellNameProblems(model: StagedModel): ModelProblem[] {
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

function gridOfArea(model: StagedModel, area: string): ModelProblem[] {
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

function cellProblems(model: StagedModel): ModelProblem[] {
  if (model.cells.length === 0) return [];
  const twice = repeated(model.cells, (cell) => `${cell.area}/${cell.stage}`).map(({ key, index }) => ({
    path: ['cells', index],
    message: `cell ${key} is given twice`,
  }));
  return [...cellNameProblems(model), ...model.areas.flatMap((area) => gridOfArea(model, area.id)), ...twice];
}

/** Stages, sets, areas and cells fit together, and every criterion and area id resolves. */
export function lintStructure(model: StagedModel): ModelProblem[] {
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
