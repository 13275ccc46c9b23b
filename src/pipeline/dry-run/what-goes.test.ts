import { describe, expect, it } from 'vitest';
import { sayWhatGoes } from '../../cli/say-what-goes.ts';
import type { Finding, SampleRef } from '../../domain/finding.ts';
import type { ItemVerdict } from '../../domain/verdict.ts';
import { findWhatGoes } from './what-goes.ts';

const ref = (id: string, hit = true): SampleRef => ({ connection: 'desk', id, table: 'ticket', hit });

function finding(signal: string, more: Partial<Finding> = {}): Finding {
  return {
    signal,
    version: 1,
    status: 'measured',
    reason: null,
    detail: null,
    estimate: 0.5,
    unit: 'share',
    n: 3,
    n_effective: 3,
    interval: [0, 1],
    pass: { q2: 0.5, q3: 0.5 },
    window: { from: '2026-01-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' },
    excluded: {},
    extra: {},
    sample: [ref('1'), ref('2'), ref('3', false)],
    carried_from: null,
    ...more,
  };
}

const item = (id: string, label: string | null): ItemVerdict => ({
  id,
  name: id,
  degree: label === null ? null : 1,
  label,
  decided_by: label === null ? 'none' : 'telemetry',
  not_applicable: false,
});

const nothing = { findings: [], records: [], items: [] };

describe('what a changed pack takes away', () => {
  const before = { findings: [finding('A1-a'), finding('B1-b')], items: [item('S1', 'level 3'), item('S2', null)] };

  it('is nothing where nothing changed, and where only more came', () => {
    expect(findWhatGoes(before, before)).toEqual(nothing);
    const more = {
      findings: [...before.findings.map((one) => ({ ...one, n: 9 })), finding('C1-c')],
      items: [...before.items, item('S3', 'level 1')],
    };
    expect(findWhatGoes(before, more)).toEqual(nothing);
  });

  it('is not a number that moved, nor a word that changed', () => {
    const moved = {
      findings: before.findings.map((one) => ({ ...one, estimate: 0.1 })),
      items: [item('S1', 'level 1'), item('S2', null)],
    };
    expect(findWhatGoes(before, moved)).toEqual(nothing);
  });

  it('names findings that are not measured any more, and why', () => {
    const after = { ...before, findings: [finding('A1-a', { status: 'insufficient', reason: 'sample' })] };
    expect(findWhatGoes(before, after).findings).toEqual([
      { signal: 'A1-a', now: 'insufficient', reason: 'sample' },
      { signal: 'B1-b', now: null, reason: null },
    ]);
  });

  it('does not mourn what was never measured', () => {
    const old = { findings: [finding('A1-a', { status: 'not_observable', reason: 'plan' })], items: [] };
    expect(findWhatGoes(old, { findings: [], items: [] })).toEqual(nothing);
  });

  it('counts the records that are left out, by reason, and names those of the sample', () => {
    const fewer = finding('A1-a', { n: 1, excluded: { voided: 1 }, sample: [ref('1')] });
    const { records } = findWhatGoes(before, { ...before, findings: [fewer, finding('B1-b')] });
    expect(records).toEqual([
      { signal: 'A1-a', before: 3, after: 1, excluded: { voided: 1 }, sample: [ref('2'), ref('3', false)] },
    ]);
  });

  it('tells an item that is gone from one that nobody speaks for', () => {
    const after = { ...before, items: [item('S2', null)] };
    expect(findWhatGoes(before, after).items).toEqual([{ item: 'S1', was: 'level 3', is_there: false }]);
    const silent = { ...before, items: [item('S1', null), item('S2', null)] };
    expect(findWhatGoes(before, silent).items).toEqual([{ item: 'S1', was: 'level 3', is_there: true }]);
  });

  it('is said in lines', () => {
    const fewer = finding('A1-a', { n: 1, excluded: { voided: 1 }, sample: [ref('1')] });
    expect(
      sayWhatGoes(findWhatGoes(before, { findings: [fewer], items: [item('S1', null), item('S2', null)] })),
    ).toEqual([
      '  removes 1 finding',
      '    B1-b: is not looked at any more',
      '  counts fewer records in 1 signal',
      '    A1-a: 1 of 3 records are counted; 1 more are left out as voided; of those shown: desk/2, desk/3',
      '  removes 1 item',
      '    S1: nothing speaks for it any more (was level 3)',
    ]);
    expect(sayWhatGoes(nothing)).toEqual([]);
  });
});
