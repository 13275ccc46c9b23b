import { describe, expect, it } from 'vitest';
import type { LoadedModel } from '../cli/app.ts';
import { chooseJudging } from './judging.ts';

const ALL = ['activity', 'six', 'tiers', 'value'].map((id): LoadedModel => {
  const model = { id, kind: 'staged', version: 1, title: id, source: '', interpretation: '', assumed: [] };
  return { model, items: [], hash: id, path: id };
});
const EVERY = { model: 'six', judges: null };

function chosen(...given: Parameters<typeof chooseJudging> extends [unknown, ...infer Rest] ? Rest : never): string[] {
  return chooseJudging(ALL, ...given).map(({ model }) => model.id);
}

describe('chooseJudging', () => {
  it('takes every model, the configured one first', () => {
    expect(chosen(EVERY)).toEqual(['six', 'activity', 'tiers', 'value']);
  });

  it('takes only those that are switched on, or that somebody names, in one order however they are written', () => {
    expect(chosen({ model: 'six', judges: ['value', 'six'] })).toEqual(['six', 'value']);
    expect(chosen(EVERY, { models: ['value', 'activity', 'value'] })).toEqual(['activity', 'value']);
    expect(chosen(EVERY, { models: ['value', 'six'] })).toEqual(['six', 'value']);
  });

  it('takes the model that is to be shown, also where it is switched off', () => {
    expect(chosen({ model: 'six', judges: ['six'] }, { shown: 'tiers' })).toEqual(['six', 'tiers']);
    expect(chosen(EVERY, { models: ['value'], shown: 'tiers' })).toEqual(['tiers', 'value']);
  });

  it.each([
    ['a name that nobody has', EVERY, { models: ['tier'] }, 'UNKNOWN_NAME', /"tier"/],
    ['a model to show that nobody has', EVERY, { shown: 'sex' }, 'UNKNOWN_NAME', /"sex"/],
    ['a switch for what is not there', { model: 'six', judges: ['six', 'valve'] }, {}, 'BAD_CONFIG', /valve.*value/s],
    [
      'a switch that turns the shown model off',
      { model: 'six', judges: ['tiers'] },
      {},
      'BAD_CONFIG',
      /switches six off/,
    ],
  ])('says what is wrong with %s', (_, configured, choice, code, message) => {
    expect(() => chosen(configured, choice)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
