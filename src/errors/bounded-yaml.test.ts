import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hostileYaml } from '../../test/harness/hostile-texts.ts';
import { parseBoundedYaml, YAML_LIMITS } from './bounded-yaml.ts';
import { parseYaml } from './parse-yaml.ts';
import { PlumblineError } from './plumbline-error.ts';

const source = (text: string) => ({ text, name: 'f.yaml', code: 'BAD_CONFIG' as const, remedy: 'fix it' });
const Strict = z.strictObject({ model: z.string().optional(), list: z.array(z.string()).optional() });

function refusalOf(work: () => unknown): PlumblineError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof PlumblineError) return error;
    throw error;
  }
}

const problem = (text: string): string | undefined => refusalOf(() => parseBoundedYaml(source(text)))?.problems[0];

describe('parseBoundedYaml', () => {
  it.each([
    ['a'.repeat(YAML_LIMITS.bytes + 1), 'f.yaml: it is larger than 256 KiB'],
    ['é'.repeat(YAML_LIMITS.bytes / 2 + 1), 'f.yaml: it is larger than 256 KiB'],
    ['a: 1\n'.repeat(5_000), 'f.yaml: it has more than 15,000 keys, values and marks'],
    ['['.repeat(41), 'f.yaml: it is nested more than 40 deep'],
    ['- '.repeat(41), 'f.yaml: it is nested more than 40 deep'],
    [Array.from({ length: 50 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'f.yaml:41: nested more than 40 deep'],
    ['a: 1\nb: 2\na: 3\n', 'f.yaml:3: Map keys must be unique'],
    ['a: &x\n  b: *x\n', 'f.yaml:2: *x refers to what it is part of'],
    ['a: *nobody\n', 'f.yaml:1: *nobody refers to nothing above it'],
  ])('refuses what is too much: %#', (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  it('counts what aliases make of a file, not how it is written', () => {
    // 10 to the power of 5 values in seven lines.
    const levels = Array.from({ length: 5 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`);
    expect(problem(`l0: &l0 x\n${levels.join('\n')}\n`)).toBe('f.yaml:1: aliases make more than 15,000 values of it');
    expect(parseBoundedYaml(source('a: &x {b: 1}\nc: *x\nd: *x\n')).value).toEqual({
      a: { b: 1 },
      c: { b: 1 },
      d: { b: 1 },
    });
  });

  it('takes keys that differ in type or case, and repeated ones in different maps', () => {
    expect(parseBoundedYaml(source('a: {x: 1}\nA: {x: 1}\n"1": 2\n')).value).toEqual({
      a: { x: 1 },
      A: { x: 1 },
      '1': 2,
    });
  });

  it('ends every hostile text, refused or read, as an error of ours or a value', () => {
    for (const [, text] of hostileYaml(20 * 1024)) refusalOf(() => parseYaml(source(text), Strict));
  });
});

describe('readYaml', () => {
  it('describes a hundred problems of many, cut to a bound, and says that there are more', () => {
    const many = refusalOf(() => parseYaml(source(`list: [${'1,'.repeat(3_000)}]`), Strict));
    expect(many?.problems).toHaveLength(100);
    const keys = refusalOf(() =>
      parseYaml(source(Array.from({ length: 1_000 }, (_, i) => `k${i}: 1`).join('\n')), Strict),
    );
    expect(keys?.problems).toHaveLength(100);
    const long = refusalOf(() => parseYaml(source(`${'k'.repeat(900)}: 1\n`), Strict));
    expect(Math.max(...(long?.problems ?? []).map((text) => text.length))).toBeLessThanOrEqual(1_000);
    expect(long?.message.length).toBeLessThanOrEqual(4_000);
  });
});
