import type { ModelProblem } from '../../../domain/model-problem.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';

const ROUNDING = 1e-9;

function ordered(path: string, low: [string, number], high: [string, number]): ModelProblem[] {
  return low[1] <= high[1]
    ? []
    : [
        {
          path: [path, low[0]],
          message: `${path}.${low[0]} (${low[1]}) must not exceed ${path}.${high[0]} (${high[1]})`,
        },
      ];
}

function gridProblems(model: StagedModel): ModelProblem[] {
  const { grid_from, grid_to, grid_step } = model.prior;
  const last = model.stages.length;
  if (grid_to <= grid_from)
    return [{ path: ['prior', 'grid_to'], message: `prior.grid_to must be above prior.grid_from (${grid_from})` }];
  const steps = (grid_to - grid_from) / grid_step;
  const problems: ModelProblem[] = [];
  if (Math.abs(steps - Math.round(steps)) > ROUNDING * Math.max(1, steps))
    problems.push({
      path: ['prior', 'grid_step'],
      message: `prior.grid_step ${grid_step} does not divide the grid evenly`,
    });
  if (grid_from > 0 || grid_to < last + 1)
    problems.push({
      path: ['prior', 'grid_from'],
      message: `the grid must reach from 0 or below to ${last + 1} or above, one step outside the ${last} sets`,
    });
  return problems;
}

/**
 * Constants that must stand in an order for the verdict to be coherent: a lower line never above a higher one,
 * stronger classes never below weaker ones, and a grid that covers all sets evenly.
 * The kernels are totally positive of order 2 for any slope > 0 and 0 < rho < 1, which the schema holds.
 */
export function lintConstants(model: StagedModel): ModelProblem[] {
  const { gate, classes, decision, coverage, conflict, claim } = model;
  return [
    ...ordered('gate', ['largely', gate.largely], ['fully', gate.fully]),
    ...ordered('classes', ['W', classes.W], ['B', classes.B]),
    ...ordered('classes', ['B', classes.B], ['D', classes.D]),
    ...ordered('decision', ['median', decision.median], ['assured', decision.assured]),
    ...ordered('coverage', ['partly', coverage.partly], ['measured', coverage.measured]),
    ...ordered('conflict', ['substantial', conflict.substantial], ['strong', conflict.strong]),
    ...ordered('claim', ['substantial', claim.substantial], ['strong', claim.strong]),
    ...gridProblems(model),
  ];
}
