import type { Points, PointsFile } from '../../src/domain/placement.ts';
import { CRITERION_IDS } from '../harness/six-stage-skeleton.ts';

type Given = Record<string, Points>;

function setOf(id: string): number {
  return Number(id.slice(1, 2));
}

function points(of: (set: number, id: string) => Points | null): Given {
  return Object.fromEntries(
    CRITERION_IDS.flatMap((id) => {
      const given = of(setOf(id), id);
      return given === null ? [] : [[id, given]];
    }),
  );
}

function answers(level: 1 | 2 | 3): PointsFile['answers'] {
  return Object.fromEntries(CRITERION_IDS.map((id) => [id, level]));
}

const UP: Points = [7.5, 7.5];
const DOWN: Points = [-7.5, -7.5];
const threeSets = points((set) => (set <= 3 ? UP : DOWN));
const hole: Given = { ...threeSets, 'S3.5': DOWN };
const island: Given = { ...hole, ...points((set) => (set === 5 ? UP : null)) };
const ORG_X: Given = {
  ...points((set) => (set <= 2 ? [15, 7.5] : set === 3 ? UP : set === 5 ? DOWN : null)),
  'S2.3': [15, -7.5],
  'S3.2': DOWN,
  'S4.4': [2.5, -2.5],
  'S4.5': [15, 0],
  'S5.2': [7.5, -2.5],
};
delete ORG_X['S3.5'];

export interface StageVector {
  readonly name: string;
  readonly input: PointsFile;
  readonly atLeast: readonly number[];
  /** Null = withheld. */
  readonly stage: number | null;
  readonly assured: number;
  readonly frontier?: number;
  readonly floor?: number;
  readonly ceiling?: number;
}

/** Published golden vectors of the method (docs/method.md); tolerance 5e-4. */
export const STAGE_VECTORS: readonly StageVector[] = [
  {
    name: 'no evidence',
    input: {},
    atLeast: [1, 0.59, 0.4335, 0.291, 0.1606, 0.0397],
    stage: null,
    assured: 1,
  },
  { name: 'all answers 1', input: { answers: answers(1) }, atLeast: [1, 0.0001, 0, 0, 0, 0], stage: 1, assured: 1 },
  {
    name: 'all answers 2',
    input: { answers: answers(2) },
    atLeast: [1, 0.0755, 0.0216, 0.0066, 0.002, 0.0003],
    stage: 1,
    assured: 1,
  },
  {
    name: 'all answers 3',
    input: { answers: answers(3) },
    atLeast: [1, 0.9975, 0.9889, 0.9576, 0.8483, 0.4579],
    stage: 5,
    assured: 4,
  },
  {
    name: 'sets 1-3 up, sets 4-6 down',
    input: { criteria: threeSets },
    atLeast: [1, 0.9927, 0.9576, 0.0002, 0, 0],
    stage: 3,
    assured: 3,
  },
  {
    name: 'the same with a hole at S3.5',
    input: { criteria: hole },
    atLeast: [1, 0.9899, 0.9156, 0, 0, 0],
    stage: 3,
    assured: 3,
  },
  {
    name: 'and set 5 up: the gate holds',
    input: { criteria: island },
    atLeast: [1, 0.9985, 0.9911, 0.0102, 0.0003, 0],
    stage: 3,
    assured: 3,
    frontier: 5,
  },
  {
    name: 'Org X',
    input: { criteria: ORG_X },
    atLeast: [1, 0.9987, 0.9128, 0.1218, 0.0001, 0],
    stage: 3,
    assured: 3,
    floor: 3,
    ceiling: 4,
  },
];

/** Org X when everything unseen is absent, and when it is fully there. */
export const ORG_X_BOUNDS = {
  points: ORG_X,
  floor: [1, 0.9955, 0.6252, 0, 0, 0],
  ceiling: [1, 0.9999, 0.9972, 0.6533, 0.0425, 0.0004],
};
