import { z } from 'zod';
import type { AreaCell, CriterionResult } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { sayLevel } from './level.ts';
import { nameSignal, SignalName } from './named.ts';
import { Step, stepOf } from './step.ts';

/** What a cell shows. `open`: something speaks and does not tell the levels apart; `unseen`: nothing speaks, which is not "not there". */
const CELL_FACES = ['in_place', 'partly', 'not_there', 'open', 'unseen'] as const;

export const MatrixCell = z.strictObject({
  area: z.string(),
  stage: z.int(),
  gist: z.string(),
  face: z.enum(CELL_FACES),
  /** Only people can speak for it: to be hatched, never coloured. */
  people_only: z.boolean(),
  /** Sign and word of it: `■ yes`, `░ ask`. */
  text: z.string(),
  /** What it says, for a tip. */
  sentence: z.string(),
  /** Mean degree in place, 0..1; null when nothing speaks. */
  degree: z.number().nullable(),
  statements: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** `3`, `2 or 3`, `open`, `–`. */
      level: z.string(),
      decided_by: z.enum(['telemetry', 'answers', 'both', 'none']),
    }),
  ),
  /** Signals of its statements and of its own. */
  signals: z.array(SignalName),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

/** Areas by steps of the ladder. No rows for a model without a matrix. `cells` stand in the order of `steps`; null = the model has none there. */
export const MatrixView = z.strictObject({
  steps: z.array(Step),
  rows: z.array(
    z.strictObject({
      area: z.string(),
      name: z.string(),
      /** Step of the area alone, by the same rule; null when it is not known. */
      step: Step.nullable(),
      cells: z.array(MatrixCell.nullable()),
    }),
  ),
  legend: z.array(z.strictObject({ sign: z.string(), meaning: z.string() })),
});
export type MatrixView = z.infer<typeof MatrixView>;

type Face = (typeof CELL_FACES)[number];

export function faceOf(cell: Pick<AreaCell, 'level' | 'degree'>): Face {
  if (cell.level === null) return cell.degree === null ? 'unseen' : 'open';
  return cell.level === 3 ? 'in_place' : cell.level === 2 ? 'partly' : 'not_there';
}

const FACES: Readonly<Record<Face, { readonly sign: string; readonly word: string; readonly meaning: string }>> = {
  in_place: { sign: '■', word: 'yes', meaning: 'in place' },
  partly: { sign: '◧', word: 'partly', meaning: 'partly' },
  not_there: { sign: '□', word: 'no', meaning: 'not there' },
  open: { sign: '◌', word: 'open', meaning: 'open (too little to tell)' },
  unseen: { sign: '·', word: 'unseen', meaning: 'nothing seen or said' },
};
const PEOPLE = { sign: '░', meaning: 'only people can tell' } as const;

/** The signs of a cell without their words, for where there is little room; the legend tells what they mean. */
export function signsOf({ face, people_only }: Pick<MatrixCell, 'face' | 'people_only'>): string {
  const { sign } = FACES[face];
  if (!people_only) return sign;
  return face === 'unseen' ? PEOPLE.sign : `${PEOPLE.sign} ${sign}`;
}

function textOf(face: Face, peopleOnly: boolean): string {
  const { sign, word } = FACES[face];
  if (!peopleOnly) return `${sign} ${word}`;
  return face === 'unseen' ? `${PEOPLE.sign} ask` : `${PEOPLE.sign} said ${sign}`;
}

function sayCell({ degree, gist }: AreaCell, face: Face, peopleOnly: boolean): string {
  const asks = gist === '' ? '' : `${gist}: `;
  if (face === 'unseen')
    return `${asks}${peopleOnly ? 'only people can tell, and nobody has' : 'nothing seen or said, which is not "not there"'}.`;
  const share = degree === null ? '' : `, ${percent(degree)} in place`;
  return `${asks}${peopleOnly ? 'by what people say, ' : ''}${FACES[face].meaning}${share}.`;
}

/** Signals of the statements of a cell and of its own, each once. */
function signalsOf(cell: AreaCell, model: StagedModel): string[] {
  const holders = [
    ...model.criteria.filter(({ id }) => cell.criteria.includes(id)),
    ...model.cells.filter(({ area, stage }) => area === cell.area && stage === cell.stage),
  ];
  return [...new Set(holders.flatMap(({ families }) => families.flatMap((f) => f.signals.map(({ id }) => id))))];
}

function cellView(
  cell: AreaCell,
  results: ReadonlyMap<string, CriterionResult>,
  { model, signals }: Pick<ReportContext, 'model' | 'signals'>,
): MatrixCell {
  const face = faceOf(cell);
  return {
    area: cell.area,
    stage: cell.stage,
    gist: cell.gist,
    face,
    people_only: cell.self_report_only,
    text: textOf(face, cell.self_report_only),
    sentence: sayCell(cell, face, cell.self_report_only),
    degree: cell.degree,
    statements: cell.criteria.flatMap((id) => {
      const result = results.get(id);
      return result === undefined
        ? []
        : [{ id, name: result.name, level: sayLevel(result), decided_by: result.decided_by }];
    }),
    signals: signalsOf(cell, model).map((id) => nameSignal(id, signals)),
  };
}

/** The matrix of a snapshot. Pure. */
export function matrixView(
  reading: Pick<StagedReading, 'areas' | 'area_stages' | 'criteria'>,
  context: Pick<ReportContext, 'model' | 'signals'>,
): MatrixView {
  const { model } = context;
  const results = new Map(reading.criteria.map((result) => [result.id, result]));
  const rows = reading.areas.length === 0 ? [] : model.areas;
  return {
    steps: model.stages.flatMap(({ stage }) => stepOf(model, stage) ?? []),
    rows: rows.map(({ id, name }) => ({
      area: id,
      name,
      step: stepOf(model, reading.area_stages.find(({ area }) => area === id)?.stage ?? null),
      cells: model.stages.map(({ stage }) => {
        const cell = reading.areas.find((one) => one.area === id && one.stage === stage);
        return cell === undefined ? null : cellView(cell, results, context);
      }),
    })),
    legend: [FACES.in_place, FACES.partly, FACES.not_there, FACES.open, PEOPLE, FACES.unseen].map(
      ({ sign, meaning }) => ({
        sign,
        meaning,
      }),
    ),
  };
}

/** The legend in one line. */
export function sayLegend(legend: MatrixView['legend']): string {
  return legend.map(({ sign, meaning }) => `${sign} ${meaning}`).join(', ');
}
