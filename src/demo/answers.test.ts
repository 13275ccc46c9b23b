import { describe, expect, it } from 'vitest';
import { ANSWERS_BY_DESK } from './answers.ts';
import { DESK_NAMES } from './desks.ts';

const all = Object.values(ANSWERS_BY_DESK).flat();

describe('answers of the simulated desks', () => {
  it('belong to desks that exist', () => {
    expect(Object.keys(ANSWERS_BY_DESK).filter((name) => !DESK_NAMES.some((desk) => desk === name))).toEqual([]);
  });

  it('name the thirty statements of the six stages, five each but six and four at the end', () => {
    const sizes = [5, 5, 5, 5, 6, 4];
    const expected = sizes.flatMap((size, stage) =>
      Array.from({ length: size }, (_, index) => `S${stage + 1}.${index + 1}`),
    );
    for (const entry of all) expect(Object.keys(entry.answers).filter((id) => !expected.includes(id))).toEqual([]);
    const lead = all.find((entry) => entry.file === 'harbor-support-lead.yaml');
    expect(Object.keys(lead?.answers ?? {})).toEqual(expected);
  });
});
