import { describe, expect, it } from 'vitest';
import { valueModel } from '../../test/harness/value-model.ts';
import type { ContactProposal } from '../domain/value-verdict.ts';
import { loadExchangeFile } from './load-exchange-file.ts';
import { addToExchangeFile, startExchangeFile } from './write-exchange-file.ts';

const model = valueModel();
const proposal = (more: Partial<ContactProposal>): ContactProposal => ({
  by: 'category',
  value: 'login',
  contacts: 40,
  covers: 0.2,
  kind: 'eroding',
  why: '30 % come back',
  ...more,
});
const TOLD = proposal({});
const OPEN = proposal({ value: 'how "to"', kind: null });

/** The line as a person would put it in force: without its mark, with values for the dots. */
function inForce(text: string, part: string, ...values: readonly [string, string][]): string {
  return text
    .split('\n')
    .map((line) =>
      line.includes(part) || line === '# figures:' || line === '# contacts:' ? line.replace('# ', '') : line,
    )
    .map((line) =>
      line.includes(part) ? values.reduce((l, [key, value]) => l.replace(`${key}: …`, `${key}: ${value}`), line) : line,
    )
    .join('\n');
}

describe('a file of contacts and figures', () => {
  it('begins with what is proposed as rules, and nothing else in force', () => {
    const { contacts, figures } = loadExchangeFile(startExchangeFile(model, [TOLD, OPEN]), 'e.yaml', model);
    expect(contacts).toEqual([{ by: 'category', value: 'login', kind: 'eroding' }]);
    expect(figures).toEqual({});
  });

  it('is valid without any proposal', () => {
    expect(loadExchangeFile(startExchangeFile(model, []), 'e.yaml', model)).toEqual({ contacts: [], figures: {} });
  });

  it('has a line for what only people can say, that counts once its mark is taken away', () => {
    const begun = startExchangeFile(model, [TOLD, OPEN]);
    const text = inForce(
      inForce(begun, 'how', ['kind', 'adding']),
      '  revenue:',
      ['low', '1'],
      ['high', '2'],
      ['source', 'books'],
      ['year', '2026'],
    );
    const { contacts, figures } = loadExchangeFile(text, 'e.yaml', model);
    expect(contacts[1]).toEqual({ by: 'category', value: 'how "to"', kind: 'adding' });
    expect(figures.revenue).toEqual({ low: 1, high: 2, source: 'books', year: 2026 });
  });

  it('takes more in and leaves what stands as it is', () => {
    const stood = '# ours\ncontacts:\n  - { by: tag, value: x, kind: adding } # sure\nfigures: {}\n';
    const text = addToExchangeFile(stood, [TOLD, OPEN]);
    expect(text).toContain('# ours\n');
    expect(text).toContain('# sure');
    expect(loadExchangeFile(text, 'e.yaml', model).contacts.map(({ value }) => value)).toEqual(['x', 'login']);
    expect(addToExchangeFile(stood, [OPEN])).toBe(stood);
  });

  it('takes rules in where none stood', () => {
    const text = addToExchangeFile('figures:\n  retention: { low: 0.9, high: 0.95, source: books, year: 2026 }\n', [
      TOLD,
    ]);
    expect(loadExchangeFile(text, 'e.yaml', model)).toMatchObject({
      contacts: [{ value: 'login' }],
      figures: { retention: { low: 0.9 } },
    });
  });
});
