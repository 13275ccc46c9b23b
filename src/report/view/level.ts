import type { AreaCell, CriterionResult } from '../../domain/placement.ts';

/** `3`, `2 or 3` where the evidence does not tell these apart, `open` where it tells nothing apart, `–` where nothing speaks. */
export function sayLevel({ level, between }: Pick<CriterionResult, 'level' | 'between'>): string {
  if (level !== null) return String(level);
  if (between === null) return '–';
  const [low, high] = between;
  return high - low === 2 ? 'open' : `${low} or ${high}`;
}

/** What a cell of the matrix shows. `open`: something speaks, and does not tell the levels apart. */
export type CellFace = 'in place' | 'partly' | 'not there' | 'open' | 'unseen';

export function faceOf(cell: Pick<AreaCell, 'level' | 'degree'>): CellFace {
  if (cell.level === null) return cell.degree === null ? 'unseen' : 'open';
  return cell.level === 3 ? 'in place' : cell.level === 2 ? 'partly' : 'not there';
}

export const CELL_SIGNS: Readonly<Record<CellFace, string>> = {
  'in place': '■',
  partly: '◧',
  'not there': '□',
  open: '◌',
  unseen: '·',
};
/** Sign and word of a face. */
export const CELL_WORDS: Readonly<Record<CellFace, string>> = {
  'in place': '■ yes',
  partly: '◧ partly',
  'not there': '□ no',
  open: '◌ open',
  unseen: '· unseen',
};
export const CELL_LEGEND =
  '■ in place, ◧ partly, □ not there, ◌ open (too little to tell), ░ only people can tell, · nothing seen or said';
