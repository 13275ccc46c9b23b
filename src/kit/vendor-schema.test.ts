import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { available } from './capability.ts';
import {
  Ids,
  listOf,
  listOfGood,
  MaybeBool,
  MaybeCode,
  MaybeInstant,
  MaybeInt,
  MaybeNumber,
  MaybeText,
  maybe,
} from './vendor-schema.ts';

describe('what vendors write in several ways', () => {
  it('is a number also as text, and nothing when it is empty', () => {
    expect([1, '1', ' 2 ', '', null, undefined].map((one) => MaybeInt.parse(one))).toEqual([1, 1, 2, null, null, null]);
    expect([0.5, '0.5', ''].map((one) => MaybeNumber.parse(one))).toEqual([0.5, 0.5, null]);
    expect(['x', '1.5', 1.5, true].map((one) => MaybeInt.safeParse(one).success)).toEqual([false, false, false, false]);
    expect(MaybeNumber.safeParse('1e999').success).toBe(false);
  });

  it('is yes or no also as text', () => {
    expect([true, 'True', 'false', '', null].map((one) => MaybeBool.parse(one))).toEqual([
      true,
      true,
      false,
      null,
      null,
    ]);
    expect(['yes', 1].map((one) => MaybeBool.safeParse(one).success)).toEqual([false, false]);
  });

  it('is an instant in any form, and none where nothing, 0 or the empty text stands', () => {
    const at = new Date('2026-03-01T12:00:00Z');
    const forms = ['2026-03-01T12:00:00Z', 1_772_366_400, '1772366400000', '', null, undefined, 0, '0'];
    expect(forms.map((one) => MaybeInstant.parse(one))).toEqual([at, at, at, null, null, null, null, null]);
    const none = ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000+0000', '0001-01-01T00:00:00Z'];
    expect(none.map((one) => MaybeInstant.parse(one))).toEqual([null, null, null]);
    expect(['soon', true, {}, 1].map((one) => MaybeInstant.safeParse(one).success)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('is a text or the digits of a number', () => {
    expect(['a', 5, '', null].map((one) => MaybeText.parse(one))).toEqual(['a', '5', null, null]);
    expect([3, '-1', '', null].map((one) => MaybeCode.parse(one))).toEqual(['3', '-1', null, null]);
  });

  it('is a list, also none, also wrapped, of which the good items are kept where that is enough', () => {
    expect([null, undefined, ['a']].map((one) => listOf(z.string()).parse(one))).toEqual([[], [], ['a']]);
    const tags = listOfGood(z.looseObject({ name: z.string() }), 'tags');
    expect(tags.parse({ tags: [{ name: 'a' }, 7] })).toEqual([{ name: 'a' }]);
    expect([null, undefined, {}, 'x'].map((one) => tags.parse(one))).toEqual([[], [], [], []]);
    const row = z.object({
      tags,
      ids: Ids,
      more: maybe(z.string()),
      flag: MaybeBool,
      at: MaybeInstant,
      no: MaybeInt,
    });
    expect(row.parse({})).toEqual({ tags: [], ids: [], more: null, flag: null, at: null, no: null });
  });
});

describe('what a call shows', () => {
  it('names only what is lacking', () => {
    expect(available()).toEqual({ status: 'available' });
    expect(available({ since: null, detail: null, lacks: { csat: [], tickets: ['severity'] } })).toEqual({
      status: 'available',
      lacks: { tickets: ['severity'] },
    });
  });
});
