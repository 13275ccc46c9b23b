import type { z } from 'zod';
import type { Family } from '../../../domain/model.ts';
import { type ModelProblem, repeated, unknownName } from '../../../domain/model-problem.ts';
import type { SignalDefinition } from '../../../domain/signal.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { indexSignals } from '../../signal-pool.ts';

type FamilyShape = z.infer<typeof Family>;
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
    const problems: string[] = [];
    const { lines } = signal;
    if (signal.diagnostic) problems.push(`${use.id} is a diagnostic; diagnostics are never scored`);
    else if (lines.partial === null && lines.full === null) problems.push(`${use.id} has no line to pass`);
    if (lines.partial !== null && lines.full !== null && lines.partial > lines.full)
      problems.push(`${use.id}: its line for "partly" is above its line for "fully"`);
    if (use.existence_only === false && signal.existence_only)
      problems.push(`${use.id} speaks to existence only by its own file`);
    if (use.full_only === true && (use.existence_only === true || signal.existence_only || lines.full === null))
      problems.push(`${use.id} is to speak to "fully" only, and does not speak to it`);
    if (
      use.exists_one_sided === true &&
      (use.full_only === true || use.existence_only === true || signal.existence_only || lines.partial === null)
    )
      problems.push(`${use.id} is to count against "fully" alone, and does not speak to both levels`);
    if (use.one_sided === false && signal.one_sided) problems.push(`${use.id} is one-sided by its own file`);
    if (family.class === 'D' && use.existence_only !== true && !signal.existence_only)
      problems.push(`${use.id} in family ${family.name}: a fact of configuration (class D) speaks to existence only`);
    return problems;
  });
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
