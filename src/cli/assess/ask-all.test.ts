import { describe, expect, it } from 'vitest';
import type { Answer } from '../../domain/assessment.ts';
import { askAll, type Prompted } from './ask-all.ts';

const prompt = (id: string, scale: Prompted['scale'] = 'level3'): Prompted => ({
  id,
  scale,
  text: (index, total) => `${index} of ${total} ${id}`,
});
const THREE = [prompt('A'), prompt('B'), prompt('C', 'yes_no')];

/** Plays a person who types these words in turn, and an end to all of it once they are used up. */
async function play(words: readonly string[], prompts: readonly Prompted[] = THREE) {
  const left = [...words];
  const asked: string[] = [];
  const shown: string[] = [];
  const written: [string, Answer['value']][] = [];
  const kept = await askAll(prompts, {
    ask: async (question) => {
      asked.push(question);
      const word = left.shift();
      if (word === undefined) throw new Error(`asked for more than was typed: ${question}`);
      return word;
    },
    show: (text) => void shown.push(text.trim()),
    keep: async (id, value) => void written.push([id, value]),
  });
  expect(left).toEqual([]);
  return { kept: Object.fromEntries(kept), asked, shown, written };
}

describe('askAll', () => {
  it('goes through all of them and looks at them once more at the end', async () => {
    const { kept, shown } = await play(['1', ' 3 ', 'Y', '']);
    expect(kept).toEqual({ A: 1, B: 3, C: 'yes' });
    expect(shown.slice(0, 3)).toEqual(['1 of 3 A', '2 of 3 B', '3 of 3 C']);
    expect(shown[3]).toMatch(/^3 of 3 answered:\n +1 {2}A {2}1\n +2 {2}B {2}3\n +3 {2}C {2}yes$/);
  });

  it('goes back, says what was kept, and keeps the new answer in its place', async () => {
    const { kept, asked, written } = await play(['1', 'b', '2', 'q']);
    expect(kept).toEqual({ A: 2 });
    expect(written).toEqual([
      ['A', 1],
      ['A', 2],
    ]);
    expect(asked[2]).toContain('(kept: 1)');
  });

  it('stays at the first question when there is nothing before it', async () => {
    expect((await play(['b', 'q'])).shown).toEqual(['1 of 3 A', '1 of 3 A']);
  });

  it('reviews in the middle and changes one by its number', async () => {
    const { kept, shown } = await play(['1', 'r', '1', '3', 'q']);
    expect(kept).toEqual({ A: 3 });
    expect(shown[2]).toContain('2  B  left for later');
  });

  it('goes on where it was when the review names no question', async () => {
    expect((await play(['r', '9', 'q'])).shown.at(-1)).toBe('1 of 3 A');
  });

  it('leaves for later what is empty, and changes it from the last review', async () => {
    expect((await play(['', '', '', '3', 'n', ''])).kept).toEqual({ C: 'no' });
  });

  it('asks again for what no answer is, and takes d for not knowing', async () => {
    const { kept, asked } = await play(['7', 'yes', 'd', 'q']);
    expect(kept).toEqual({ A: 'dont_know' });
    expect(asked.slice(1, 3)).toEqual(['Please 1, 2, 3, d, b, r, empty or q', 'Please 1, 2, 3, d, b, r, empty or q']);
  });

  it('asks nothing where there is nothing to ask', async () => {
    expect((await play([], [])).asked).toEqual([]);
  });
});
