import type { z } from 'zod';
import type { Family } from '../../../domain/model.ts';
import { type ModelProblem, repeated, unknownName } from '../../../domain/model-problem.ts';
import type { SignalDefinition } from '../../../domain/signal.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { indexSignals } from '../../signal-pool.ts';

type FamilyShape = z.infer<typeof Family>;
type FamilySignal = FamilyShape['signals'][number];
type Path = readonly (string | number)[];

/** Shares such as 1/3 are written rounded; three of them may add up to a trace above one. */
const ROUNDING = 1e-9;

function familyProblems(families: readonly FamilyShape[], owner: string, path: Path): ModelProblem[] {
  const problems: ModelProblem[] = [];
  for (const [index, family] of families.entries()) {
    const sum = family.signals.reduce((total, signal) => total + signal.alpha, 0);
    if (sum > 1 + ROUNDING)
      problems.push({
        path: [...path, index, 'signals'],
        message: `${owner}: the alphas of family ${family.name} add up to ${Number(sum.toFixed(6))}; at most 1 is one source's worth`,
      });
  }
  for (const { key, index } of repeated(families, (family) => family.name))
    problems.push({ path: [...path, index, 'name'], message: `${owner}: family ${key} is given twice` });
  const uses = families.flatMap((family, index) => family.signals.map((signal) => ({ id: signal.id, index })));
  for (const { key, index } of repeated(uses, (use) => use.id))
    problems.push({
      path: [...path, uses[index]?.index ?? 0, 'signals'],
      message: `${owner}: signal ${key} speaks twice; it would count double`,
    });
  return problems;
}

interface FamilyPlace {
  readonly owner: string;
  readonly path: Path;
  readonly families: readonly FamilyShape[];
}

function familyPlaces(model: StagedModel): FamilyPlace[] {
  return [
    ...model.criteria.map(
      (c, i): FamilyPlace => ({ owner: c.id, path: ['criteria', i, 'families'], families: c.families }),
    ),
    ...model.cells.map(
      (c, i): FamilyPlace => ({
        owner: `cell ${c.area}/${c.stage}`,
        path: ['cells', i, 'families'],
        families: c.families,
      }),
    ),
  ];
}

function verdictProblems(model: StagedModel): ModelProblem[] {
  return model.criteria.flatMap((criterion, index) => {
    const strong = criterion.families.some((family) => family.class !== 'W');
    const message =
      criterion.verdict === 'N' && strong
        ? 'verdict N (self-report only) with a family of class D or B'
        : criterion.verdict !== 'N' && criterion.families.length === 0
          ? `verdict ${criterion.verdict} without any family`
          : null;
    return message === null ? [] : [{ path: ['criteria', index, 'verdict'], message: `${criterion.id}: ${message}` }];
  });
}

function useProblems(family: FamilyShape, known: ReadonlyMap<string, SignalDefinition>): string[] {
  return family.signals.flatMap((use) => {
    const signal = known.get(use.id);
    if (signal === undefined) return [unknownName('signal', use.id, known.keys())];
    return [...lineProblems(signal, use.id), ...limitProblems(signal, use), ...classProblems(signal, use, family)];
  });
}

/** Why a signal cannot be scored at all. */
function lineProblems({ diagnostic, lines }: SignalDefinition, id: string): string[] {
  const { partial, full } = lines;
  const problems: string[] = [];
  if (diagnostic) problems.push(`${id} is a diagnostic; diagnostics are never scored`);
  else if (partial === null && full === null) problems.push(`${id} has no line to pass`);
  if (partial !== null && full !== null && partial > full)
    problems.push(`${id}: its line for "partly" is above its line for "fully"`);
  return problems;
}

/** Uses that ask of a signal what its own file says that it does not tell. */
function limitProblems({ existence_only, one_sided, lines }: SignalDefinition, use: FamilySignal): string[] {
  const { id } = use;
  const existsOnly = existence_only || use.existence_only === true;
  const problems: string[] = [];
  if (use.existence_only === false && existence_only) problems.push(`${id} speaks to existence only by its own file`);
  if (use.full_only === true && (existsOnly || lines.full === null))
    problems.push(`${id} is to speak to "fully" only, and does not speak to it`);
  if (use.exists_one_sided === true && (use.full_only === true || existsOnly || lines.partial === null))
    problems.push(`${id} is to count against "fully" alone, and does not speak to both levels`);
  if (use.one_sided === false && one_sided) problems.push(`${id} is one-sided by its own file`);
  return problems;
}

function classProblems({ existence_only }: SignalDefinition, use: FamilySignal, family: FamilyShape): string[] {
  if (family.class !== 'D' || use.existence_only === true || existence_only) return [];
  return [`${use.id} in family ${family.name}: a fact of configuration (class D) speaks to existence only`];
}

/** Families as far as the model file alone can tell: shares, repeats, verdicts. */
export function lintFamilies(model: StagedModel): ModelProblem[] {
  return [
    ...familyPlaces(model).flatMap((place) => familyProblems(place.families, place.owner, place.path)),
    ...verdictProblems(model),
  ];
}

/** Every signal that the model names exists, may be scored, has ordered lines with an origin, and is used within its own limits. */
export function lintSignals(model: StagedModel, signals: Iterable<SignalDefinition>): ModelProblem[] {
  const known = indexSignals(signals);
  const uses = familyPlaces(model).flatMap(({ owner, path, families }) =>
    families.flatMap((family, index) =>
      useProblems(family, known).map((message) => ({
        path: [...path, index, 'signals'],
        message: `${owner}: ${message}`,
      })),
    ),
  );
  const proofs = model.criteria.flatMap((criterion, index) =>
    criterion.action.verified_by
      .filter((id) => !known.has(id))
      .map((id) => ({
        path: ['criteria', index, 'action', 'verified_by'],
        message: `${criterion.id}: ${unknownName('signal', id, known.keys())}`,
      })),
  );
  return [...uses, ...proofs];
}
