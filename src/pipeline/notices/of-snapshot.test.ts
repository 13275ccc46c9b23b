import { describe, expect, it } from 'vitest';
import { type PlacedParts, placedReading } from '../../../test/harness/placed-snapshot.ts';
import { Notice, RunParams } from '../../domain/operations.ts';
import { noticesOfSnapshot, type SnapshotNews } from './of-snapshot.ts';

const AT = new Date('2026-01-20T06:00:00Z');
const DAY_MS = 86_400_000;

function say(before: PlacedParts | null, after: PlacedParts, more: Partial<SnapshotNews> = {}): Notice[] {
  return noticesOfSnapshot({
    workspace: 'acme',
    run: { id: 'run-7', params: RunParams.parse({}) },
    before: before === null ? null : placedReading(before),
    after: placedReading(after),
    at: AT,
    ...more,
  });
}

const kinds = (notices: readonly Notice[]) => notices.map((n) => n.kind);

describe('noticesOfSnapshot', () => {
  it('says that the stage and the assured stage moved, from where to where', () => {
    const [stage, assured, ...rest] = say({ day: 10, stage: 2, assured: 1 }, { day: 11, stage: 3, assured: 2 });
    expect(rest).toEqual([]);
    expect(stage).toMatchObject({
      workspace: 'acme',
      kind: 'stage_changed',
      subject: null,
      run: 'run-7',
      at: AT,
      digest: placedReading({ day: 11, stage: 3, assured: 2 }).digest,
      text: 'acme: Stage rose from 2 to 3 (Six stages).',
      data: { model: 'six-stage', from: 2, to: 3, as_of: '2026-01-11T00:00:00.000Z', rules_changed: false },
    });
    expect(assured).toMatchObject({ kind: 'assured_stage_changed', data: { from: 1, to: 2 } });
    for (const notice of [stage, assured]) expect(Notice.safeParse(notice).success).toBe(true);
  });

  it('says that it fell, and that rules were changed meanwhile', () => {
    const [fell] = say({ day: 10, stage: 3 }, { day: 11, stage: 2, assured: 3, rulesHash: 'r2' });
    expect(fell?.text).toBe('acme: Stage fell from 3 to 2 (Six stages; rules or model were changed meanwhile).');
  });

  it.each<[string, PlacedParts | null, PlacedParts]>([
    ['a first snapshot', null, { day: 11, stage: 3 }],
    ['the same snapshot', { day: 11, stage: 3 }, { day: 11, stage: 3 }],
    ['another day with the same stage', { day: 10, stage: 3 }, { day: 11, stage: 3 }],
    ['a stage that becomes unknown', { day: 10, stage: 3, assured: 2 }, { day: 11, stage: null }],
    ['a stage that was unknown', { day: 10, stage: null }, { day: 11, stage: 3, assured: 2 }],
    ['a snapshot of the past', { day: 11, stage: 3 }, { day: 10, stage: 1 }],
    ['another model', { day: 10, stage: 3, model: 'tiers' }, { day: 11, stage: 1 }],
    ['another length of the window', { day: 10, stage: 3, windowDays: 30 }, { day: 11, stage: 1 }],
  ])('is quiet for %s', (_what, before, after) => {
    expect(say(before, after)).toEqual([]);
  });

  it('is quiet for a backfill', () => {
    const run = { id: 'run-8', params: RunParams.parse({ as_of: '2026-01-11T00:00:00Z' }) };
    expect(say({ day: 10, stage: 2 }, { day: 11, stage: 3 }, { run })).toEqual([]);
  });

  it('holds the next known stage against the last known one', () => {
    const placedBefore = placedReading({ day: 9, stage: 4 });
    const [fell] = say({ day: 10, stage: null }, { day: 11, stage: 3 }, { placedBefore });
    expect(fell?.data).toMatchObject({ from: 4, to: 3, before: placedBefore.digest });
  });

  it('gives one pair of snapshots one id, and back and forth two', () => {
    const there = say({ day: 10, stage: 2 }, { day: 11, stage: 3 });
    const again = say({ day: 10, stage: 2 }, { day: 11, stage: 3 }, { run: { id: 'x', params: RunParams.parse({}) } });
    const back = say({ day: 11, stage: 3 }, { day: 12, stage: 2 });
    expect(again.map((n) => n.id)).toEqual(there.map((n) => n.id));
    expect(new Set([...there, ...back].map((n) => n.id)).size).toBe(4);
    const elsewhere = say({ day: 10, stage: 2 }, { day: 11, stage: 3 }, { workspace: 'other' });
    expect(elsewhere[0]?.id).not.toBe(there[0]?.id);
    // The signed text of a webhook is `id.time.body`.
    for (const { id } of there) expect(id).toMatch(/^ntc_[0-9a-f]{32}$/);
  });

  it('tells of a conflict that became strong, with its headline and no figures of the sides', () => {
    const found = say(
      { day: 10, stage: 3, conflicts: { 'S1.1': 'none', 'S1.2': 'strong', 'S1.3': 'substantial', 'S1.4': 'none' } },
      { day: 11, stage: 3, conflicts: { 'S1.1': 'strong', 'S1.2': 'strong', 'S1.3': 'strong', 'S1.4': 'substantial' } },
    );
    expect(found.map((n) => [n.kind, n.subject])).toEqual([
      ['conflict_found', 'S1.1'],
      ['conflict_found', 'S1.3'],
    ]);
    expect(found[0]?.text).toBe('acme: new strong conflict at S1.1 Statement S1.1: Claimed, not seen.');
    expect(found[0]?.data).toMatchObject({ from: 'none', to: 'strong', decibans: 12 });
  });

  it('is quiet about a criterion that was not judged before', () => {
    expect(say({ day: 10, stage: 3 }, { day: 11, stage: 3, conflicts: { 'S1.1': 'strong' } })).toEqual([]);
  });

  it.each([
    ['wavers about the line, told 10 days ago', 'substantial', 10, []],
    ['wavers about the line, told 28 days ago', 'substantial', 28, ['conflict_found']],
    ['had gone away, told 10 days ago', 'none', 10, ['conflict_found']],
  ] as const)('of a conflict that %s', (_what, grade, daysAgo, expected) => {
    const told = new Map([['S1.1', new Date(AT.getTime() - daysAgo * DAY_MS)]]);
    const before = { day: 10, stage: 3, conflicts: { 'S1.1': grade } };
    expect(kinds(say(before, { day: 11, stage: 3, conflicts: { 'S1.1': 'strong' } }, { told }))).toEqual(expected);
  });
});
