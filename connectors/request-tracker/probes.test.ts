import { describe, expect, it } from 'vitest';
import { idsToTry } from './probes.ts';

const ids = (...numbers: number[]): bigint[] => numbers.map(BigInt);

describe('idsToTry', () => {
  it('asks for nothing when nothing is visible', () => {
    expect(idsToTry([])).toEqual([]);
  });

  it('tries each gap among few, the next number, and older ones', () => {
    expect(idsToTry(ids(9, 7, 4))).toEqual(['10', '8', '6', '5', '1', '2', '3']);
  });

  it('tries only the next number where there is no gap', () => {
    expect(idsToTry(ids(3, 2, 1))).toEqual(['4']);
  });

  it('spreads a bounded number of tries over many gaps', () => {
    const visible = Array.from({ length: 100 }, (_, i) => BigInt(10_000 - i * 50));
    const tried = idsToTry(visible).map(BigInt);
    expect(tried.length).toBeLessThanOrEqual(17);
    expect(tried.filter((id) => id > 5050n && id < 10_000n)).toHaveLength(8);
    expect(tried.some((id) => visible.includes(id))).toBe(false);
  });

  it('stays bounded when two visible tickets lie a billion apart', () => {
    expect(idsToTry(ids(1_000_000_000, 1)).length).toBeLessThanOrEqual(17);
  });
});
