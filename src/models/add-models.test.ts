import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineOf, modelProblemsOf } from '../../test/harness/bad-model.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { addModels } from './add-models.ts';
import { readModels } from './load-model.ts';

const RULES = resolve(import.meta.dirname, '../../rules');
const signals = loadSignals(resolve(RULES, 'signals')).signals.map(({ definition }) => definition);
const shipped = readModels(resolve(RULES, 'models'), METHODS, signals);
const base = shipped.find(({ model }) => model.id === 'six-stage')?.model as StagedModel;

/** An overlay of the six stages with these further lines. */
function overlay(...lines: readonly string[]): string {
  return ['extends: six-stage', `base_version: ${base.version}`, 'id: our-desk', 'version: 1', ...lines, ''].join('\n');
}

function add(...texts: readonly string[]) {
  const files = texts.map((text, index) => ({ pack: 'mine', path: `mine/${index}.yaml`, text }));
  return addModels(shipped, files, METHODS, signals);
}

function made(text: string): StagedModel {
  return add(text).models.at(-1)?.model as StagedModel;
}

const problemsOf = (...texts: readonly string[]) => modelProblemsOf(() => add(...texts));

describe('an overlay', () => {
  it('is a model of its own id that says what it extends, and leaves the base and the others as they are', () => {
    const { models } = add(overlay('title: Our desk'));
    const own = models.at(-1);
    expect(models.slice(0, -1)).toEqual(shipped);
    expect(own?.model).toMatchObject({ id: 'our-desk', version: 1, kind: 'staged', title: 'Our desk' });
    const of = shipped.find(({ model }) => model.id === 'six-stage');
    expect(own?.model.extends).toEqual([{ id: 'six-stage', version: base.version, hash: of?.hash }]);
    expect((own?.model as StagedModel | undefined)?.criteria).toEqual(base.criteria);
  });

  it('changes wording, alphas and constants by the names of things', () => {
    const model = made(
      overlay(
        'change:',
        '  gate: { largely: 0.6 }',
        '  stages: { 2: { name: Written down } }',
        '  cells: { technology/1: { gist: Paper } }',
        '  criteria:',
        '    S1.1:',
        '      statement: We have a team.',
        '      levels: { 3: The team answers everything. }',
        '      families: { who-replies: { signals: { A2-few-casual-repliers: { alpha: 0.25 } } } }',
      ),
    );
    expect(model.gate).toEqual({ ...base.gate, largely: 0.6 });
    expect(model.stages[1]).toEqual({ ...base.stages[1], name: 'Written down' });
    expect(model.cells[0]).toEqual({ ...base.cells[0], gist: 'Paper' });
    const [first, ...rest] = model.criteria;
    expect(rest).toEqual(base.criteria.slice(1));
    expect(first?.statement).toBe('We have a team.');
    expect(first?.levels[3]).toBe('The team answers everything.');
    expect(first?.levels[1]).toBe(base.criteria[0]?.levels[1]);
    const family = first?.families.find(({ name }) => name === 'who-replies');
    expect(family?.signals.map(({ id, alpha }) => [id, alpha])).toEqual([
      ['A1-regular-agents-answer', 0.6],
      ['A2-few-casual-repliers', 0.25],
    ]);
  });

  it('holds a signal to a line of its own, as a signal of its own, for itself alone', () => {
    const text = overlay('lines: { D3-first-reply-target-met: { full: 0.95, source: our contract } }');
    const found = add(text);
    const line = signals.find(({ id }) => id === 'D3-first-reply-target-met')?.lines;
    expect(found.signals).toMatchObject([
      {
        id: 'D3-first-reply-target-met-our-desk',
        lines: { partial: line?.partial, full: 0.95, origin: 'CONV', source: 'our contract' },
      },
    ]);
    const own = JSON.stringify(found.models.at(-1)?.model);
    expect(own).toContain('"D3-first-reply-target-met-our-desk"');
    expect(own).not.toContain('"D3-first-reply-target-met"');
    expect(found.models.slice(0, -1)).toEqual(shipped);
  });

  it('takes statements out, with what names them, and puts others in', () => {
    const sizes = [5, 5, 5, 5, 6, 4];
    const text = overlay(
      'remove: { criteria: [S1.1] }',
      'add:',
      '  criteria:',
      '    - id: O1.1',
      '      set: 1',
      '      area: staffing',
      '      name: Two of us',
      '      statement: Two people share the queue.',
      '      levels: { 1: Nobody, 2: One, 3: Two }',
      '      verdict: N',
      '      families: []',
      '      action: { title: Ask, how: Ask for a second person., effort: weeks, verified_by: [] }',
      '      proof: The rota.',
      '      ask: [support_lead]',
    );
    const model = made(text);
    expect(model.criteria.map(({ id }) => id)).not.toContain('S1.1');
    expect(model.criteria.at(-1)?.id).toBe('O1.1');
    expect(model.cells.flatMap(({ criteria }) => criteria)).not.toContain('S1.1');
    expect(sizes.map((_, i) => model.criteria.filter(({ set }) => set === i + 1).length)).toEqual(sizes);
  });

  it('may extend another overlay, whatever the order of the files', () => {
    const second = overlay('lines: { D3-first-reply-target-met: { full: 0.95, source: our contract } }');
    const first = second
      .replace('six-stage', 'our-desk')
      .replace(`: ${base.version}\n`, ': 1\n')
      .replace('id: our-desk', 'id: night')
      .replace('D3-first-reply-target-met:', 'D3-first-reply-target-met-our-desk:')
      .replace('0.95', '0.97');
    const { models, signals: made } = add(first, second);
    expect(models.slice(-2).map(({ model }) => model.id)).toEqual(['our-desk', 'night']);
    expect(models.at(-1)?.model.extends?.map(({ id }) => id)).toEqual(['our-desk', 'six-stage']);
    expect(made.map(({ lines }) => lines.full)).toEqual([0.95, 0.97]);
  });

  it('says when its base has moved on', () => {
    const older = overlay().replace(`base_version: ${base.version}`, 'base_version: 1');
    expect(add(older).notes).toEqual([expect.stringContaining('plumbline models diff six-stage our-desk')]);
    expect(add(overlay()).notes).toEqual([]);
  });
});

describe('what a pack may not say', () => {
  it.each([
    [
      'a base that is not there',
      overlay().replace('six-stage', 'six-stages'),
      'extends',
      'there is no model "six-stages"; did you mean "six-stage"?',
    ],
    [
      'a newer base',
      overlay().replace(`base_version: ${base.version}`, 'base_version: 99'),
      'base_version',
      'our-desk was written for version 99 of six-stage, and version',
    ],
    [
      'itself as base',
      overlay().replace('extends: six-stage', 'extends: our-desk'),
      'extends',
      'our-desk extends our-desk: a circle has no beginning',
    ],
    [
      'an id that ships',
      overlay().replace('id: our-desk', 'id: cx-programme'),
      'id: cx',
      'cx-programme ships; an overlay has an id of its own',
    ],
    ['an unknown key of the overlay', overlay('chnage: {}'), 'chnage', 'unknown key "chnage"; did you mean "change"?'],
    [
      'a statement that is not there',
      overlay('change: { criteria: { S1.11: { name: x } } }'),
      'S1.11',
      'there is no entry "S1.11"; did you mean "S1.1"?',
    ],
    [
      'an unknown key of a statement',
      overlay('change:', '  criteria:', '    S1.1: { nmae: x }'),
      'nmae',
      'unknown key "nmae" in criteria.0',
    ],
    [
      'a signal that is not there',
      overlay(
        'change:',
        '  criteria:',
        '    S1.1:',
        '      families:',
        '        who-replies:',
        '          signals: [{ id: A9-nothing, alpha: 0.5 }]',
      ),
      'A9-nothing',
      'S1.1: there is no signal "A9-nothing"',
    ],
    [
      'an alpha above one',
      overlay(
        'change:',
        '  criteria:',
        '    S1.1:',
        '      families: { who-replies: { signals: { A2-few-casual-repliers: { alpha: 1.5 } } } }',
      ),
      'alpha: 1.5',
      'Too big',
    ],
    [
      'a gate out of order',
      overlay('change:', '  gate: { largely: 0.9 }'),
      'gate:',
      'gate.largely (0.9) must not exceed gate.fully (0.85)',
    ],
    [
      'a line of a signal that the base does not use',
      overlay('lines:', '  E1-x: { full: 0.9, source: ours }'),
      'E1-x',
      'there is no signal "E1-x"',
    ],
    [
      'a line without a source',
      overlay('lines:', '  D3-first-reply-target-met: { full: 0.9 }'),
      'D3',
      'lines.D3-first-reply-target-met.source',
    ],
    [
      'lines out of order',
      overlay('lines:', '  D3-first-reply-target-met: { full: 0.1, source: ours }'),
      'D3',
      'lines.partial must not exceed lines.full',
    ],
    [
      'too few statements for the source',
      overlay('remove: { criteria: [S1.1] }'),
      'criteria',
      'sets of our-desk are (5, 5, 5, 5, 6, 4) by its source; found (4, 5, 5, 5, 6, 4)',
    ],
    [
      'something removed that is not there',
      overlay('remove:', '  criteria: [S9.9]'),
      'S9.9',
      'there is no entry "S9.9"',
    ],
    [
      'something added that is there',
      overlay('add:', '  areas: [{ id: focus, name: Focus }]'),
      'areas',
      'focus is there already; put it under change',
    ],
    ['an id under change', overlay('change: { title: x }'), 'title', 'write title at the top of the overlay'],
  ])('refuses %s with its line', (_, text, part, message) => {
    const problems = problemsOf(text);
    expect(problems).toContainEqual(expect.stringContaining(message));
    expect(problems.find((problem) => problem.includes(message))).toMatch(
      new RegExp(`^mine/0\\.yaml:${lineOf(text, part)}: `),
    );
  });

  it('tells a circle of two once, and every problem of every file at once', () => {
    const one = overlay().replace('six-stage', 'two').replace('our-desk', 'one');
    const two = overlay().replace('six-stage', 'one').replace('our-desk', 'two');
    const problems = problemsOf(one, two, overlay('change: { criteria: { S1.11: { name: x } } }'), 'kind: stage\n');
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toContain('one extends two extends one: a circle has no beginning');
    expect(problems.join('\n')).toContain('mine/2.yaml:5');
    expect(problems.join('\n')).toContain('mine/3.yaml:1');
  });

  it('names both files of one id', () => {
    expect(problemsOf(overlay(), overlay())).toEqual([
      'mine/1.yaml:3: mine/0.yaml and mine/1.yaml both give model "our-desk"; give one of them another id',
    ]);
  });
});

describe('a whole model in the place of one that ships', () => {
  const text = readFileSync(resolve(RULES, 'models/six-stage.yaml'), 'utf8');

  it('stands where that one stood and is told', () => {
    const changed = text
      .replace(`version: ${base.version}`, `version: ${base.version + 1}`)
      .replace('largely: 0.50', 'largely: 0.55');
    const { models, overrides } = add(changed);
    expect(models.map(({ model }) => model.id)).toEqual(shipped.map(({ model }) => model.id));
    expect(models.find(({ model }) => model.id === 'six-stage')?.path).toBe('mine/0.yaml');
    expect(overrides).toEqual([{ pack: 'mine', kind: 'model', id: 'six-stage', path: 'mine/0.yaml' }]);
  });

  it('is refused when it differs and has no higher version', () => {
    const changed = text.replace('largely: 0.50', 'largely: 0.55');
    expect(problemsOf(changed)).toEqual([expect.stringContaining(`write version: ${base.version + 1} or higher`)]);
    expect(problemsOf(text)).toEqual([]);
  });
});
