import type { FedBy } from '../../domain/fed-by.ts';
import { type ModelProblem, repeated, unknownName } from '../../domain/model-problem.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { ECONOMIC_INPUTS, LEVERS, type ValueModel } from '../../domain/value-model.ts';
import { faultOfUse } from '../lint-signal-use.ts';
import { indexSignals } from '../signal-pool.ts';

type Path = ModelProblem['path'];
interface Item {
  readonly id: string;
  readonly path: Path;
}
interface Use {
  readonly owner: string;
  readonly fed: FedBy;
  readonly path: Path;
}

const SIDES = ['customer', 'company'] as const;

function itemsOf(model: ValueModel): Item[] {
  return [
    ...model.pairs.flatMap((pair, index) =>
      SIDES.map((side): Item => ({ id: pair[side].id, path: ['pairs', index, side, 'id'] })),
    ),
    ...model.gap.reasons.flatMap((reason, index) =>
      reason.questions.map(({ id }, at): Item => ({ id, path: ['gap', 'reasons', index, 'questions', at, 'id'] })),
    ),
    ...model.path.flatMap((step, index) =>
      step.checks.map(({ id }, at): Item => ({ id, path: ['path', index, 'checks', at, 'id'] })),
    ),
  ];
}

function twice(what: string, items: readonly Item[], remedy: string): ModelProblem[] {
  return repeated(items, (item) => item.id).map(({ key, index }) => ({
    path: items[index]?.path ?? [],
    message: `${what} ${key} is given twice; ${remedy}`,
  }));
}

function idProblems(model: ValueModel): ModelProblem[] {
  const listed = (key: 'pairs' | 'levers' | 'economics' | 'path') =>
    model[key].map(({ id }, index): Item => ({ id, path: [key, index, 'id'] }));
  const reasons = model.gap.reasons.map(({ id }, index): Item => ({ id, path: ['gap', 'reasons', index, 'id'] }));
  return [
    ...twice('item', itemsOf(model), 'answers are kept by id, so give one of them another'),
    ...twice('pair', listed('pairs'), 'give one of them another id'),
    ...twice('lever', listed('levers'), 'leave one out'),
    ...twice('input', listed('economics'), 'leave one out'),
    ...twice('step', listed('path'), 'give one of them another id'),
    ...twice('reason', reasons, 'leave one out'),
  ];
}

function leverProblems(model: ValueModel): ModelProblem[] {
  const missing = LEVERS.filter((id) => !model.levers.some((lever) => lever.id === id)).map((id) => ({
    path: ['levers'],
    message: `lever ${id} is missing; the three levers go together`,
  }));
  const wrong = model.levers.flatMap(({ id, takes }, index): ModelProblem[] => {
    const say = (message: string): ModelProblem[] => [{ path: ['levers', index], message: `${id}: ${message}` }];
    if (id === 'restructure')
      return takes === undefined ? [] : say('puts freed hours to use and takes nothing; leave takes out');
    if (takes === undefined) return say('says in no range what it takes; give takes: { low, high }');
    return takes.low < takes.high
      ? []
      : say(`takes ${takes.low} to ${takes.high} is no range; give a low below a high`);
  });
  return [...missing, ...wrong];
}

function inputProblems(model: ValueModel): ModelProblem[] {
  const needed: readonly string[] = ECONOMIC_INPUTS;
  const missing = needed
    .filter((id) => !model.economics.some((input) => input.id === id))
    .map((id) => ({ path: ['economics'], message: `input ${id} is missing; the calculator works with it` }));
  const wrong = model.economics.flatMap((input, index): ModelProblem[] => {
    const problems: ModelProblem[] = [];
    const say = (key: string, message: string) =>
      problems.push({ path: ['economics', index, key], message: `${input.id}: ${message}` });
    if (!needed.includes(input.id)) say('id', `no result works with it; ${unknownName('input', input.id, needed)}`);
    const { low, high } = input;
    if ((low === undefined) !== (high === undefined))
      say(low === undefined ? 'high' : 'low', 'has one end only; give low and high');
    if (low !== undefined && high !== undefined && !(low < high))
      say('low', `${low} to ${high} is no range; a figure that is assumed is never one number`);
    if (low !== undefined && input.year === null) say('year', 'is a published or assumed figure without a year');
    return problems;
  });
  return [...missing, ...wrong];
}

function gapProblems({ gap }: ValueModel): ModelProblem[] {
  return gap.reasons.flatMap(({ id, questions }, index) =>
    questions.length >= gap.min_known
      ? []
      : [
          {
            path: ['gap', 'reasons', index, 'questions'],
            message: `${id}: has ${questions.length} questions, and ${gap.min_known} must be answered; add questions or lower min_known`,
          },
        ],
  );
}

function usesOf(model: ValueModel): Use[] {
  return [
    ...model.pairs.flatMap((pair, index) =>
      SIDES.flatMap((side) =>
        pair[side].signals.map(
          (fed, at): Use => ({ owner: pair[side].id, fed, path: ['pairs', index, side, 'signals', at] }),
        ),
      ),
    ),
    ...model.path.flatMap((step, index) =>
      step.checks.flatMap(({ id, seen_by }, at): Use[] =>
        seen_by === undefined || seen_by === 'contact_mix'
          ? []
          : [{ owner: id, fed: seen_by, path: ['path', index, 'checks', at, 'seen_by'] }],
      ),
    ),
  ];
}

function signalProblems(model: ValueModel, signals: Iterable<SignalDefinition>): ModelProblem[] {
  const known = indexSignals(signals);
  return usesOf(model).flatMap(({ owner, fed, path }): ModelProblem[] => {
    const fault = faultOfUse(fed, known);
    return fault === null ? [] : [{ path, message: `${owner}: ${fault}` }];
  });
}

function doubleProblems(model: ValueModel): ModelProblem[] {
  const uses = usesOf(model);
  return repeated(uses, ({ owner, fed }) => `${owner} ${fed.id}`).map(({ index }) => ({
    path: uses[index]?.path ?? [],
    message: `${uses[index]?.owner}: signal ${uses[index]?.fed.id} is given twice`,
  }));
}

/** A mapping of contacts is of one desk, a model of many. */
function exchangeProblems({ id, exchange }: ValueModel): ModelProblem[] {
  const message = `does not belong into a model; keep it in a file of its own and name that in plumbline.yaml: exchange: { ${id}: exchange.yaml }`;
  return exchange === undefined ? [] : [{ path: ['exchange'], message }];
}

/** Faults of a model of kind `value` that its schema cannot see; without `signals` their ids are not resolved. */
export function lintValueModel(model: ValueModel, signals?: Iterable<SignalDefinition>): ModelProblem[] {
  return [
    ...exchangeProblems(model),
    ...idProblems(model),
    ...leverProblems(model),
    ...inputProblems(model),
    ...gapProblems(model),
    ...doubleProblems(model),
    ...(signals === undefined ? [] : signalProblems(model, signals)),
  ];
}
