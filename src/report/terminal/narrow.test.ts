import { describe, expect, it } from 'vitest';
import { createStyle } from '../style.ts';
import { widthOf } from '../text-width.ts';
import type { LadderView } from '../view/ladder.ts';
import type { MatrixCell, MatrixView } from '../view/matrix.ts';
import { renderLadder } from './ladder.ts';
import { renderMatrix } from './matrix.ts';

const NAMES = ['Reactive', 'Formal', 'Managed', 'Strategic', 'Proactive', 'Predictive'];
const STEPS = NAMES.map((name, index) => ({ stage: index + 1, name, text: `stage ${index + 1} ${name}` }));

const cell = (stage: number, face: MatrixCell['face'], peopleOnly: boolean): MatrixCell => ({
  ...{ area: 'A', stage, gist: '', face, people_only: peopleOnly, text: peopleOnly ? '░ said ◌' : '■ yes' },
  ...{ sentence: '', degree: null, statements: [], signals: [] },
});
const MATRIX: MatrixView = {
  steps: STEPS,
  rows: [
    {
      area: 'A',
      name: 'Support expectations',
      step: STEPS[1] ?? null,
      cells: [
        cell(1, 'in_place', false),
        cell(2, 'partly', false),
        cell(3, 'not_there', false),
        cell(4, 'open', true),
        cell(5, 'unseen', true),
        cell(6, 'unseen', false),
      ],
    },
  ],
  legend: [{ sign: '■', meaning: 'in place' }],
};
const LADDER: LadderView = {
  word: 'Stage',
  rungs: STEPS.map((step) => ({
    ...{ step, summary: '', probability: 1, at_least: 1, text: '100 %', in_range: true, marks: [] },
  })),
  marks: [],
};

describe('a screen of 60 columns', () => {
  const style = createStyle({ color: false, width: 60 });

  it('holds six steps side by side', () => {
    const lines = renderLadder(LADDER, style);
    expect(lines.map(widthOf).filter((width) => width > 60)).toEqual([]);
    expect(lines[0]).toMatch(/1 React… +2 Formal +3 Manag… +4 Strat… +5 Proac… +6 Predi…/);
  });

  it('holds six steps of the matrix, by their numbers and signs', () => {
    const lines = renderMatrix(MATRIX, style);
    expect(lines.map(widthOf).filter((width) => width > 60)).toEqual([]);
    expect(lines[1]?.trim().split(/ +/)).toEqual(['1', '2', '3', '4', '5', '6', 'stage']);
    expect(lines[2]?.trim().split(/ {2,}/)).toEqual(['Support expectations', '■', '◧', '□', '░ ◌', '░', '·', '2']);
  });

  it('has words where there is room', () => {
    expect(renderMatrix(MATRIX, createStyle({ color: false, width: 100 }))[2]).toContain('■ yes');
  });
});
