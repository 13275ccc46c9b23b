import type { z } from 'zod';
import type { AreaCell, AreaResult } from '../../domain/placement.ts';
import type { Cell, Criterion, StagedModel } from '../../domain/staged-model.ts';
import { type CriterionEvidence, type Evidence, massOf, speaks, totalPoints, UNSEEN } from '../evidence.ts';
import { cellKey } from '../evidence-source.ts';
import { likelihoodOf, openLevels, posteriorLaw } from '../levels.ts';
import { coverageUpTo, isCovered, statusOf } from './coverage.ts';
import { gateOfLaws, stageAt, stageLaw } from './gate.ts';

type CellShape = z.infer<typeof Cell>;

interface CellItem {
  readonly id: string;
  readonly set: number;
  readonly difficulty: number;
  readonly evidence: CriterionEvidence;
}

interface AreaInput {
  readonly model: StagedModel;
  readonly evidence: Evidence;
  readonly notApplicable: ReadonlySet<string>;
}

function criteriaOf(input: AreaInput, cell: CellShape): Criterion[] {
  return input.model.criteria.filter((criterion) => cell.criteria.includes(criterion.id));
}

/** What speaks for a cell: its applicable criteria, and its own signals as one more item at the cell's stage. */
function itemsOf(input: AreaInput, cell: CellShape): CellItem[] {
  const key = cellKey(cell);
  const criteria = criteriaOf(input, cell)
    .filter((criterion) => !input.notApplicable.has(criterion.id))
    .map((criterion) => ({
      id: `${key}/${criterion.id}`,
      set: cell.stage,
      difficulty: criterion.set,
      evidence: input.evidence.get(criterion.id) ?? UNSEEN,
    }));
  if (cell.families.length === 0) return criteria;
  const own = { id: key, set: cell.stage, difficulty: cell.stage, evidence: input.evidence.get(key) ?? UNSEEN };
  return [...criteria, own];
}

function levelOfCell(model: StagedModel, laws: readonly ReturnType<typeof posteriorLaw>[]): AreaCell['level'] {
  // ISO/IEC 33020: the band "not achieved" ends where the mirror image of "fully" begins
  const { fully } = model.gate;
  const [started, complete] = gateOfLaws(laws, { largely: 1 - fully, fully });
  const [low, high] = openLevels([1 - started, started - complete, complete], model.decision.undecided);
  return low === high ? low : null;
}

/**
 * The cells of the area matrix. `degree` = mean expected implementation degree (0..1) of the items that speak, each under its own
 * flat-prior posterior, never imputed; null when nothing speaks. `level` by the bands of the gate, null while no level leads by the
 * model's `decision.undecided` decibans. `self_report_only` = no signal
 * could speak for it: to be hatched, never coloured, even when people answered.
 */
export function judgeCells(input: AreaInput): AreaCell[] {
  return input.model.cells.map((cell) => {
    const laws = itemsOf(input, cell)
      .filter((item) => speaks(item.evidence))
      .map((item) => posteriorLaw(totalPoints(item.evidence)));
    const degree = laws.reduce((sum, law) => sum + law[1] / 2 + law[2], 0) / laws.length;
    return {
      area: cell.area,
      stage: cell.stage,
      gist: cell.gist,
      degree: laws.length === 0 ? null : degree,
      level: laws.length === 0 ? null : levelOfCell(input.model, laws),
      self_report_only:
        cell.families.length === 0 &&
        criteriaOf(input, cell).every((criterion) => criterion.verdict === 'N' || criterion.families.length === 0),
      criteria: [...cell.criteria],
    };
  });
}

/** Whether of some stage below nothing was seen or said: a stage that stands on it would be a guess. */
function hasUnseenBelow(items: readonly CellItem[], stage: number): boolean {
  const below = new Set(items.filter((item) => item.set < stage).map((item) => item.set));
  return [...below].some((set) => !items.some((item) => item.set === set && speaks(item.evidence)));
}

/**
 * Stage of each area: the gate of the whole, restricted to the area's cells. A cell with no applicable item is one item of which
 * nothing is known, so that an empty set neither passes nor fails. Withheld (null) by the rule of the whole (too little
 * telemetry in sets 1..stage+1 and no answer), and while of a cell below its stage nothing was seen or said.
 */
export function judgeAreas(input: AreaInput): AreaResult[] {
  const { model } = input;
  return model.areas
    .filter((area) => model.cells.some((cell) => cell.area === area.id))
    .map((area) => {
      const items = model.stages.flatMap(({ stage }): CellItem[] => {
        const cell = model.cells.find((c) => c.area === area.id && c.stage === stage);
        const found = cell === undefined ? [] : itemsOf(input, cell);
        const unknown = { id: `${area.id}/${stage}`, set: stage, difficulty: stage, evidence: UNSEEN };
        return found.length === 0 ? [unknown] : found;
      });
      const gateItems = items.map(({ evidence, ...item }) => ({
        ...item,
        likelihood: likelihoodOf(totalPoints(evidence)),
      }));
      const { atLeast } = stageLaw(model, gateItems);
      const stage = stageAt(atLeast, model.decision.median);
      const coverage = coverageUpTo(items, (item) => isCovered(massOf(item.evidence), model), stage);
      const status = statusOf(
        coverage,
        items.some((item) => item.evidence.answered),
        model,
      );
      const withheld = status === 'not_placed' || hasUnseenBelow(items, stage);
      return { area: area.id, name: area.name, stage: withheld ? null : stage, atLeast: [...atLeast] };
    });
}
