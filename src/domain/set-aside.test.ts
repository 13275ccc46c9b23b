import { describe, expect, it } from 'vitest';
import { countAside, tellLostCells } from './set-aside.ts';

const record = {
  stream: 'tickets',
  ref: '1',
  code: 'RECORD_REJECTED',
  path: 'id',
  detail: 'expected one of several forms',
};
const cell = { ...record, code: 'CELL_REJECTED', path: 'priority' };

describe('what is set aside', () => {
  it('is counted apart by record and by cell of a kept record, each as often as it says', () => {
    expect(countAside([])).toEqual({ records: 0, cells: 0 });
    expect(countAside([record, { ...record, times: 3 }, cell, { ...cell, times: 10 }])).toEqual({
      records: 4,
      cells: 11,
    });
  });

  it('is told of cells by place, the most frequent first', () => {
    expect(tellLostCells([record])).toBeNull();
    const others = ['tags.*', 'status', 'due_by'].map((path, i) => ({ ...cell, path, times: 4 - i }));
    expect(tellLostCells([cell, { ...cell, ref: '2' }, ...others, record])).toBe(
      'Values of kept records that could not be read so far, by place: tags.* (4), status (3), due_by (2) and 1 more.',
    );
  });
});
