import { describe, expect, it } from 'vitest';
import { measured } from '../../../test/harness/finding-builder.ts';
import { sayUnread, unreadShare } from './could-not-read.ts';

describe('what a signal could not read', () => {
  // 100 cases were read and 25 were not: 25 of 125.
  it('is the share of its cases that are unknown, and no other reason', () => {
    expect(unreadShare({ ...measured('F3-x', 1, 1), excluded: { unknown: 25, too_young: 900 } })).toBe(0.2);
    expect(unreadShare({ ...measured('F3-x', 1, 1), excluded: { too_young: 900 } })).toBeNull();
  });

  it('is said the blindest first, from a tenth on, and never of signals whose streams are not there', () => {
    const findings = [
      { ...measured('F3-x', 1, 1), excluded: { unknown: 25 } },
      { ...measured('H1-x', 1, 1), status: 'insufficient' as const, n: 0, excluded: { unknown: 4 } },
      { ...measured('K1-x', 1, 1), excluded: { unknown: 10 } },
      { ...measured('D1-x', 1, 1), status: 'not_observable' as const, n: 0, excluded: { unknown: 4 } },
    ];
    expect(sayUnread(findings)).toBe(
      '2 signals could not read more than 10 % of their cases, which is not the same as absent: H1 (100 %), F3 (20 %)',
    );
    expect(sayUnread([measured('F3-x', 1, 1)])).toBeNull();
  });
});
