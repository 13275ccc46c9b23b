import { describe, expect, it } from 'vitest';
import { type FleetDesk, fleetView } from './fleet.ts';

const NOW = new Date('2026-02-10T00:00:00Z');
const SHOWN = { model: 'six-stage', title: 'Six stages' };

function verdict(day: number, value: number | null) {
  const label = value === null ? 'not placed' : 'Formal';
  const headline = { value, label, of: 6, assured: null, status: 'measured' as const, coverage: 0.8 };
  return { digest: `d${day}`, as_of: new Date(Date.UTC(2026, 0, day)), headline };
}

function desk(over: Partial<FleetDesk>): FleetDesk {
  return { workspace: 'a', trouble: null, verdicts: [], connections: [], failed: null, ...over };
}

const only = (over: Partial<FleetDesk>) => fleetView([desk(over)], SHOWN, NOW).workspaces[0];

describe('fleetView', () => {
  it('tells verdict, change since the snapshot before, and age of the oldest source', () => {
    const row = only({
      verdicts: [verdict(5, 1), verdict(9, 2)],
      connections: [
        { connection: 'x', until: new Date('2026-02-09T00:00:00Z'), broken: false },
        { connection: 'y', until: new Date('2026-02-01T00:00:00Z'), broken: true },
      ],
    });
    expect(row).toMatchObject({ change: 1, change_words: '+1 since 2026-01-04', age_days: 9, broken: ['y'] });
    expect(row?.sentence).toBe('Formal, 2 of 6, 80 % seen; the data end 9 days ago; y was never read to the end.');
  });

  it('knows no change where either value is withheld', () => {
    expect(only({ verdicts: [verdict(5, null), verdict(9, 2)] })).toMatchObject({ change: null, change_words: null });
    expect(only({ verdicts: [verdict(5, 2), verdict(9, 2)] })).toMatchObject({ change: 0, change_words: 'unchanged' });
  });

  it('says why there is nothing to show', () => {
    expect(only({})?.sentence).toBe('no snapshot was taken yet.');
    expect(only({ trouble: 'it could not be read (STORE_LOCKED)', failed: 'TIMEOUT' })?.sentence).toBe(
      'it could not be read (STORE_LOCKED); the last run failed (TIMEOUT).',
    );
  });

  it('counts', () => {
    expect(fleetView([], SHOWN, NOW).sentence).toBe('There is no workspace yet.');
    const two = [desk({ verdicts: [verdict(5, 2)] }), desk({ workspace: 'b' })];
    expect(fleetView(two, SHOWN, NOW).sentence).toBe('1 of 2 workspaces is placed by Six stages.');
  });
});
