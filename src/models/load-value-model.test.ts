import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineOf, modelProblemsOf } from '../../test/harness/bad-model.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { loadExchangeFile } from './load-exchange-file.ts';
import { loadModel } from './load-model.ts';

const KINDS = { value: METHODS.value };
const RULES = resolve(import.meta.dirname, '../../rules');
const text = readFileSync(resolve(RULES, 'models/value-exchange.yaml'), 'utf8');
const signals = loadSignals(resolve(RULES, 'signals')).signals.map(({ definition }) => definition);
const shipped = loadModel(text, 'v.yaml', KINDS, signals);

describe('the shipped value exchange', () => {
  it('has the six pairs, three levers, three reasons and three steps of its source', () => {
    expect(shipped.pairs.map(({ customer, company }) => [customer.name, company.name])).toEqual([
      ['Onboarding', 'Welcome'],
      ['Learning', 'First lessons'],
      ['Understanding', 'Deepen'],
      ['Action', 'Encourage'],
      ['Proficiency', 'Guide to wider use'],
      ['Adoption', 'Reward and recognise'],
    ]);
    expect(shipped.levers.map(({ id }) => id)).toEqual(['remove', 'redistribute', 'restructure']);
    expect(shipped.gap.reasons.map(({ id }) => id)).toEqual(['awareness', 'ownership', 'alignment']);
    expect(shipped.path.map(({ id }) => id)).toEqual([
      'develop-the-approach',
      'free-bandwidth',
      'build-the-organisation',
    ]);
  });

  it('gives no figure as one number, and none without unit and source', () => {
    for (const { low, high, unit, source } of [...shipped.economics]) {
      expect([unit.length, source.length].every((length) => length > 2)).toBe(true);
      if (low !== undefined && high !== undefined) expect(low).toBeLessThan(high);
    }
  });
});

describe('lint of a model of value', () => {
  it.each([
    [
      'a signal that is not there',
      'signals: [{ id: N7-outbound-contact, gate: q2 }]',
      'signals: [{ id: N7-outbound-contct, gate: q2 }]',
      'action-company: there is no signal "N7-outbound-contct"; did you mean "N7-outbound-contact"?',
    ],
    [
      'a gate without a line',
      '{ id: J2-knowledge-fresh, gate: q3 }',
      '{ id: J2-knowledge-fresh, gate: q2 }',
      'learning-company: J2-knowledge-fresh has no line for "partly", so it gives no q2; ask for q3',
    ],
    [
      'a signal of a check that is a diagnostic',
      'seen_by: { id: N1-defects-linked, gate: q2 }',
      'seen_by: { id: K2-escalation-rate, gate: q2 }',
      'path-causes-tied: K2-escalation-rate is a diagnostic; diagnostics are never scored',
    ],
    [
      'one signal twice on a side',
      '{ id: J1-help-centre-live, gate: q2 }, { id: J2-knowledge-fresh, gate: q3 }',
      '{ id: J1-help-centre-live, gate: q2 }, { id: J1-help-centre-live, gate: q2 }',
      'learning-company: signal J1-help-centre-live is given twice',
    ],
    [
      'two items of one id',
      'id: aware-agents-know',
      'id: aware-customers-know',
      'item aware-customers-know is given twice; answers are kept by id, so give one of them another',
    ],
    [
      'a figure that is one number',
      'low: 0.55',
      'low: 0.75',
      'share-of-existing-customers: 0.75 to 0.75 is no range; a figure that is assumed is never one number',
    ],
    [
      'a figure with one end',
      '    low: 0.55\n',
      '',
      'share-of-existing-customers: has one end only; give low and high',
    ],
    [
      'a published figure without a year',
      '    source: ours, a guess; used only where no hours are recorded\n    year: 2026',
      '    source: ours, a guess; used only where no hours are recorded\n    year: null',
      'minutes-of-a-contact: is a published or assumed figure without a year',
    ],
    [
      'an input that no result works with',
      'id: offers,',
      'id: ofers,',
      'ofers: no result works with it; there is no input "ofers"; did you mean "offers"?',
    ],
    ['an input that is missing', 'id: offers,', 'id: ofers,', 'input offers is missing; the calculator works with it'],
    [
      'a lever that takes nothing in a range',
      'takes: { low: 0.1, high: 0.5 }',
      'takes: { low: 0.5, high: 0.5 }',
      'remove: takes 0.5 to 0.5 is no range; give a low below a high',
    ],
    ['a lever twice', '- id: redistribute', '- id: remove', 'lever remove is given twice; leave one out'],
    [
      'a lever that is missing',
      '- id: redistribute',
      '- id: remove',
      'lever redistribute is missing; the three levers go together',
    ],
    [
      'more answers than there are questions',
      'min_known: 2',
      'min_known: 5',
      'ownership: has 4 questions, and 5 must be answered; add questions or lower min_known',
    ],
  ])('refuses %s', (_, from, to, message) => {
    expect(text).toContain(from);
    const problems = modelProblemsOf(() => loadModel(text.replace(from, to), 'v.yaml', KINDS, signals));
    expect(problems.map((problem) => problem.replace(/^v\.yaml:\d+: /, ''))).toContainEqual(message);
    expect(problems.every((problem) => /^v\.yaml:\d+: /.test(problem))).toBe(true);
  });

  it('names an unknown key with its line', () => {
    const wrong = text.replace('  min_known: 2', '  min_knwon: 2');
    expect(modelProblemsOf(() => loadModel(wrong, 'v.yaml', KINDS))).toContainEqual(
      `v.yaml:${lineOf(wrong, 'min_knwon')}: unknown key "min_knwon"; did you mean "min_known"?`,
    );
  });
});

describe('loadExchangeFile', () => {
  const good = [
    'contacts:',
    '  - { by: category, value: defect, kind: eroding }',
    '  - { by: tag, value: welcome, kind: adding, step: onboarding }',
    'figures:',
    '  retention: { low: 0.9, high: 0.95, source: our books, year: 2026 }',
    '',
  ].join('\n');

  it('reads what is whole', () => {
    const { contacts, figures } = loadExchangeFile(good, 'c.yaml', shipped);
    expect(contacts).toHaveLength(2);
    expect(figures.retention).toEqual({ low: 0.9, high: 0.95, source: 'our books', year: 2026 });
    expect(loadExchangeFile('', 'c.yaml', shipped)).toEqual({ contacts: [], figures: {} });
  });

  it.each([
    [
      'a code twice',
      'by: tag, value: welcome',
      'by: category, value: defect',
      'c.yaml:3: category defect is mapped twice; leave one out',
    ],
    [
      'a pair that is not there',
      'step: onboarding',
      'step: onbording',
      'c.yaml:3: there is no pair "onbording"; did you mean "onboarding"?',
    ],
    ['a kind that is not there', 'kind: eroding', 'kind: bad', /^c\.yaml:2: contacts\.0\.kind: /],
    [
      'a figure of an input that is not there',
      'retention:',
      'retenton:',
      'c.yaml:5: there is no input "retenton"; did you mean "retention"?',
    ],
    [
      'a figure with its ends turned',
      'low: 0.9,',
      'low: 0.96,',
      /^c\.yaml:5: figures\.retention\.low: low is above high/,
    ],
    ['a figure without a source', 'source: our books, ', '', /^c\.yaml:5: figures\.retention\.source: /],
    ['a key that is not there', 'kind: eroding', 'kind: eroding, text: hello', /^c\.yaml:2: unknown key "text"/],
  ])('refuses %s', (_, from, to, message) => {
    const problems = modelProblemsOf(() => loadExchangeFile(good.replace(from, to), 'c.yaml', shipped));
    expect(problems).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});
