import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nearest } from './nearest.ts';
import { parseYaml } from './parse-yaml.ts';
import { PlumblineError } from './plumbline-error.ts';

const Shape = z.strictObject({
  model: z.string().default('x'),
  store: z.strictObject({ threads: z.int().positive() }).optional(),
  list: z.array(z.strictObject({ name: z.string() })).default([]),
});

function problemsOf(text: string): readonly string[] {
  try {
    parseYaml({ text, name: 'plumbline.yaml', code: 'BAD_CONFIG', remedy: 'fix it' }, Shape);
  } catch (error) {
    if (error instanceof PlumblineError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseYaml', () => {
  it('reads what is valid and treats an empty document as all defaults', () => {
    expect(parseYaml({ text: '', name: 'f', code: 'BAD_CONFIG', remedy: '' }, Shape)).toEqual({ model: 'x', list: [] });
  });

  it('says of a choice between forms that was not written that it is missing', () => {
    const Choice = z.strictObject({ at: z.union([z.string(), z.strictObject({ first: z.boolean() })]) });
    const problem = (text: string): string => {
      try {
        parseYaml({ text, name: 'm.yaml', code: 'BAD_MAPPING', remedy: '' }, Choice);
        return 'none';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(problem('{}\n')).toBe('m.yaml is not valid: m.yaml:1: at: is missing');
    expect(problem('at: 5\n')).toBe('m.yaml is not valid: m.yaml:1: at: Invalid input');
  });

  it.each([
    ['modle: six-stage\n', ['plumbline.yaml:1: unknown key "modle"; did you mean "model"?']],
    [
      'model: a\nstore:\n  treads: 2\n',
      [
        'plumbline.yaml:2: store.threads: Invalid input: expected number, received undefined',
        'plumbline.yaml:3: unknown key "treads"; did you mean "threads"?',
      ],
    ],
    [
      'list:\n  - name: a\n  - nam: b\n',
      [
        'plumbline.yaml:3: list.1.name: Invalid input: expected string, received undefined',
        'plumbline.yaml:3: unknown key "nam"; did you mean "name"?',
      ],
    ],
    ['store:\n  threads: 0\n', ['plumbline.yaml:2: store.threads: Too small: expected number to be >0']],
  ])('names line and nearest key for %j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it.each(['a: [1', 'a: 1\na: 2', '\tkey: 1'])('refuses malformed %j with a line', (text) => {
    expect(problemsOf(text)[0]).toMatch(/^plumbline\.yaml:\d+: /);
  });
});

describe('nearest', () => {
  it.each([
    ['zendesc', 'zendesk'],
    ['zen', 'zendesk'],
    ['qqqqqq', null],
  ])('%s -> %s', (word, expected) => {
    expect(nearest(word, ['zendesk', 'request-tracker', 'file'])).toBe(expected);
  });
});
