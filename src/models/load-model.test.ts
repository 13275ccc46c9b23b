import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { lineOf, modelProblemsOf } from '../../test/harness/bad-model.ts';
import { skeletonModel, skeletonSignals } from '../../test/harness/six-stage-skeleton.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { METHODS } from '../scoring/index.ts';
import { hashModel } from './hash-model.ts';
import { loadModel, readModels } from './load-model.ts';

const model = skeletonModel({ withSignals: true });
const signals = skeletonSignals(model);
const text = stringify(model);

describe('loadModel', () => {
  it('gives back what was written', () => {
    expect(loadModel(text, 'm.yaml', METHODS, signals)).toEqual(model);
  });

  it('names an unknown key with its line and the nearest known one', () => {
    const wrong = text.replace('  slope: 1.2', '  slop: 1.2');
    expect(modelProblemsOf(() => loadModel(wrong, 'm.yaml', METHODS))).toContainEqual(
      `m.yaml:${lineOf(wrong, 'slop: 1.2')}: unknown key "slop"; did you mean "slope"?`,
    );
  });

  it('names an unknown signal with its line and the nearest known one', () => {
    const wrong = text.replace('- id: H7-habit-kept', '- id: H7-habit-kep');
    const problems = modelProblemsOf(() => loadModel(wrong, 'm.yaml', METHODS, signals));
    expect(problems[0]).toMatch(
      /^m\.yaml:\d+: S2\.2: there is no signal "H7-habit-kep"; did you mean "H7-habit-kept"\?$/,
    );
  });

  it('lists every problem at once', () => {
    const wrong = text
      .replace('largely: 0.5', 'largely: 0.95')
      .replace('area: technology', 'area: technolgy')
      .replace('grid_step: 0.1', 'grid_step: 0.3');
    const problems = modelProblemsOf(() => loadModel(wrong, 'm.yaml', METHODS));
    expect(problems.map((p) => p.replace(/^m\.yaml:\d+: /, ''))).toEqual(
      expect.arrayContaining([
        'gate.largely (0.95) must not exceed gate.fully (0.85)',
        'S1.1: there is no area "technolgy"; did you mean "technology"?',
        'prior.grid_step 0.3 does not divide the grid evenly',
      ]),
    );
    expect(problems[0]).toContain(`m.yaml:${lineOf(wrong, 'technolgy')}:`);
  });

  it('names the line of broken YAML', () => {
    expect(modelProblemsOf(() => loadModel('id: [', 'm.yaml', METHODS))[0]).toMatch(/^m\.yaml:\d+: /);
  });
});

describe('hashModel', () => {
  it('sees content, not layout', () => {
    expect(hashModel(loadModel(`# a remark\n${text}`, 'm.yaml', METHODS))).toBe(hashModel(model));
    const keysTurned = Object.fromEntries(Object.entries(model).reverse()) as StagedModel;
    expect(hashModel(keysTurned)).toBe(hashModel(model));
    expect(hashModel({ ...model, prior: { ...model.prior, slope: 1.21 } })).not.toBe(hashModel(model));
    expect(hashModel(model)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('readModels', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'models-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('reads the models of a folder and nothing else', () => {
    writeFileSync(join(dir, 'six.yaml'), text);
    writeFileSync(join(dir, 'notes.txt'), 'not a model');
    mkdirSync(join(dir, 'below'));
    expect(readModels(dir, METHODS, signals).map((m) => [m.model.id, m.hash, m.path])).toEqual([
      ['six-stage', hashModel(model), join(dir, 'six.yaml')],
    ]);
  });

  it('refuses a kind by its name, with the line and the kinds there are', () => {
    const path = join(dir, 'other.yaml');
    writeFileSync(path, 'id: x\nkind: stagd\n');
    expect(modelProblemsOf(() => readModels(dir, METHODS))[0]).toMatch(
      /other\.yaml:2: kind: there is no kind of model "stagd"; did you mean "staged"\?; kinds: .*staged/,
    );
    writeFileSync(path, 'id: x\n');
    expect(modelProblemsOf(() => readModels(dir, METHODS))[0]).toMatch(/other\.yaml.*: kind: is missing; .*staged/);
    writeFileSync(path, 'kind: constructor\n');
    expect(modelProblemsOf(() => readModels(dir, METHODS))[0]).toMatch(/no kind of model "constructor"/);
  });

  it('refuses a file that is no model, and two of one id', () => {
    writeFileSync(join(dir, 'a.yaml'), text);
    writeFileSync(join(dir, 'b.yaml'), text);
    expect(() => readModels(dir, METHODS)).toThrow(/both give model "six-stage"/);
    writeFileSync(join(dir, 'b.yaml'), 'criterai: []\n');
    expect(() => readModels(dir, METHODS)).toThrow(expect.objectContaining({ code: 'BAD_MODEL' }));
  });
});

describe('the shipped six-stage model', () => {
  const path = resolve(import.meta.dirname, '../../rules/models/six-stage.yaml');
  it('is valid and has the shape and the constants of the method', () => {
    const shipped = loadModel(readFileSync(path, 'utf8'), 'six-stage.yaml', { staged: METHODS.staged });
    const sizes = shipped.stages.map(({ stage }) => shipped.criteria.filter((c) => c.set === stage).length);
    expect(sizes).toEqual([5, 5, 5, 5, 6, 4]);
    expect(shipped.cells).toHaveLength(30);
    const { gate, classes, half_life_days, self, prior, decision, coverage, conflict } = model;
    expect(shipped).toMatchObject({ gate, classes, half_life_days, self, prior, decision, conflict });
    expect(shipped.coverage.partly).toBeCloseTo(coverage.partly, 12);
    expect(shipped.coverage.measured).toBeCloseTo(coverage.measured, 12);
  });
});
