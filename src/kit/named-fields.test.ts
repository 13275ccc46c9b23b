import { describe, expect, it } from 'vitest';
import { chosenCodes, chosenField, codeTerms, holdsAny, valuesById } from './named-fields.ts';

const FIELDS = [
  { id: 'f1', name: 'Topic' },
  { id: 'f2', name: 'Plan' },
  { id: 'f3', name: null },
];

describe('fields keyed by name', () => {
  it('are chosen as stated, by name or id, else by what a name says', () => {
    const says = (name: string) => name === 'Plan';
    expect(chosenField(undefined, FIELDS, says)).toBe('f2');
    expect(chosenField('Topic', FIELDS, says)).toBe('f1');
    expect(chosenField('f3', FIELDS, says)).toBe('f3');
    // What is stated and not there is no reason to guess.
    expect(chosenField('Gone', FIELDS, says)).toBeNull();
    expect([...chosenCodes({ cause: 'Plan' }, FIELDS, FIELDS)]).toEqual([
      ['cause', 'f2'],
      ['category', 'f1'],
    ]);
  });

  it('give their values and codes by id', () => {
    const values = valuesById({ Topic: 'billing', Plan: '', Secret: 'x' }, FIELDS);
    expect(values).toEqual({ f1: 'billing', f2: '', f3: null });
    expect(codeTerms('org', values, FIELDS)).toEqual(['org:f1=billing']);
    const is = (wanted: string) => (name: string | null) => name === wanted;
    expect([holdsAny(values, FIELDS, is('Topic')), holdsAny(values, FIELDS, is('Plan'))]).toEqual([true, false]);
    expect(holdsAny(values, FIELDS, is('Health'))).toBeNull();
    expect(valuesById(null, FIELDS)).toEqual({ f1: undefined, f2: undefined, f3: null });
  });
});
