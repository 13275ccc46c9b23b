import { describe, expect, it } from 'vitest';
import {
  chooseCodeFields,
  codeColumns,
  codeField,
  codeText,
  columnsByField,
  filledNames,
  lackedCodes,
  toField,
} from './code-fields.ts';
import { fields } from './fields.ts';

const LISTS = [
  { name: 'f1', title: 'Product line' },
  { name: 'f2', title: 'Product area' },
  { name: 'f3', title: 'Root cause' },
];

describe('fields with codes', () => {
  it('are taken as stated, else by their titles, each once', () => {
    expect([...chooseCodeFields({}, LISTS)]).toEqual([
      ['product', 'f1'],
      ['cause', 'f3'],
    ]);
    // What people said takes the field away from what its title says.
    expect([...chooseCodeFields({ category: 'f1' }, LISTS)]).toEqual([
      ['category', 'f1'],
      ['product', 'f2'],
      ['cause', 'f3'],
    ]);
  });

  it('go by what a title is rarely wrong about: a cause of a category is a cause, and a second meaning serves where the first is taken', () => {
    const lists = [
      { name: 'a', title: 'Product' },
      { name: 'b', title: 'Product category' },
      { name: 'c', title: 'Root cause category' },
    ];
    expect(Object.fromEntries(chooseCodeFields({}, lists))).toEqual({ product: 'a', category: 'b', cause: 'c' });
  });

  it('are named by rules as what they tell', () => {
    const chosen = chooseCodeFields({}, LISTS);
    const cause = codeField(chosen, 'f3');
    expect([cause.word, cause.term('bug')]).toEqual(['cause', 'field:f3=bug']);
    expect(codeField(chosen, 'f9').word).toBe('field');
    expect([...columnsByField(chosen)]).toEqual([
      ['f1', 'product'],
      ['f3', 'cause_code'],
    ]);
  });

  it('fill their columns, and those without a field are lacking', () => {
    const chosen = chooseCodeFields({}, LISTS);
    const values: Readonly<Record<string, unknown>> = { f1: 'Api', f3: 7 };
    expect(codeColumns(chosen, (field) => codeText(values[field]))).toEqual({
      product: 'Api',
      category: null,
      severity: null,
      cause_code: '7',
    });
    expect(lackedCodes(chosen)).toEqual(['category', 'severity']);
    expect(lackedCodes(new Map(), ['product'])).toEqual(['category', 'severity', 'cause_code']);
  });

  it('hold texts and numbers as codes, nothing else', () => {
    expect(['a', '', 0, false, null, ['a'], { a: 1 }].map(codeText)).toEqual(['a', null, '0', null, null, null, null]);
  });

  it('are filled when they hold anything but nothing', () => {
    expect(filledNames({ b: 'x', a: 0, c: '', d: false, e: null, f: undefined }, ['type'])).toEqual(['a', 'b', 'type']);
  });

  it('say by title and type what they may be used for', () => {
    const field = toField({ id: '1', name: 'cf_sev', title: 'Severity', holds: 'code', required_to_solve: ['cf_sev'] });
    expect(field).toMatchObject({
      kind: 'field',
      active: true,
      condition_fields: ['cf_sev'],
      condition_terms: ['holds:code', 'role:severity'],
      unread_conditions: 0,
      required_to_solve: ['cf_sev'],
      updated_at: null,
    });
  });
});

describe('names of fields in one text', () => {
  it('are parted, and a misspelt one does not compile', () => {
    expect(fields('csat', 'answered_at score', 'scale')).toEqual(['answered_at', 'score', 'scale']);
    // @ts-expect-error there is no such column
    fields('csat', 'answered_at scroe');
  });
});
