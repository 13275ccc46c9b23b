import { describe, expect, it } from 'vitest';
import type { Headline, Verdict } from '../../domain/verdict.ts';
import { createStyle } from '../style.ts';
import { renderVerdicts } from './verdicts.ts';

function verdict(id: string, headline: Partial<Headline>): Verdict {
  return {
    model: { id, version: 1, hash: 'h', kind: 'any', title: id, source: 'nobody' },
    headline: { value: 3, label: 'Managed', of: 6, assured: null, status: 'measured', coverage: 0.8, ...headline },
    items: [],
    ledger: [],
    body: null,
  };
}

describe('renderVerdicts', () => {
  it('says the value in the words of the model, on its scale, with what it rests on', () => {
    const lines = renderVerdicts(
      [
        verdict('six', {}),
        verdict('activities', { value: 2.333, label: '2+', of: 5, status: 'partly_measured', coverage: 0.4 }),
        verdict('exchange', { value: 2, label: '2 of 6 pairs exchanged', coverage: 0.5, status: 'partly_measured' }),
        verdict('dark', { value: null, label: 'not placed', status: 'not_placed', coverage: 0 }),
      ],
      createStyle({ color: false, width: 100 }),
    ).split('\n');
    expect(lines).toEqual([
      'WHAT EACH MODEL SAYS',
      '  six         Managed, 3 of 6   measured, 80 % of it seen in data',
      '  activities  2+, 2.33 of 5   partly measured, 40 % of it seen in data',
      '  exchange    2 of 6 pairs exchanged   partly measured, 50 % of it seen in data',
      '  dark        not placed',
    ]);
  });

  it('has a title and nothing else without models', () => {
    expect(renderVerdicts([], createStyle({ color: false, width: 100 }))).toBe('WHAT EACH MODEL SAYS');
  });
});
