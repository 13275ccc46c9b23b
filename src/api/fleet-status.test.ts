import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { aVerdict, placedSnapshot } from '../../test/harness/placed-snapshot.ts';
import { RunParams } from '../domain/operations.ts';
import { followFleet } from './fleet-status.ts';

let fleet: ApiFleet;
let opened: string[];
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b', 'desk-c']);
  opened = [];
});
afterEach(() => fleet.close());

function follow() {
  const { operations, clock, deps } = fleet;
  return followFleet({
    operations,
    clock,
    log: deps.log,
    store: async (workspace) => {
      opened.push(workspace);
      if (workspace === 'desk-c') throw new Error('disk gone');
      return deps.store(workspace);
    },
  });
}

describe('the state of the fleet', () => {
  it('opens a store again only when a run of its desk has ended', async () => {
    const { operations, clock } = fleet;
    const followed = follow();
    expect(await followed.fleetStatus()).toEqual([]);
    await followed.settled();
    expect(opened).toEqual(['desk-a', 'desk-b', 'desk-c']);
    clock.advance(10_000);
    await followed.fleetStatus();
    await followed.settled();
    expect(opened).toHaveLength(3);

    const { ledger } = await fleet.store('desk-b');
    const beside = [aVerdict('value-exchange', { value: 2.5 })];
    await ledger.saveSnapshot(placedSnapshot({ stage: 4, assured: 3, day: 9, beside }), clock.now());
    await ledger.saveSnapshot(placedSnapshot({ stage: 2, assured: 2, day: 3 }), clock.now());
    const now = clock.now();
    const run = { id: 'r', workspace: 'desk-b', kind: 'snapshot', schedule: null, slot: now, due_at: now } as const;
    await operations.addRuns([{ ...run, params: RunParams.parse({}), requested_by: 'cli', created_at: now }]);
    await operations.endRun('r', now, { status: 'done' });
    clock.advance(10_000);
    await followed.fleetStatus();
    await followed.settled();
    expect(opened.slice(3)).toEqual(['desk-b']);
    // The latest by the instant that it looks at, not by the order of publishing.
    const found = (await followed.fleetStatus()).find(({ workspace }) => workspace === 'desk-b');
    expect(found?.placements).toEqual([{ model: 'six-stage', stage: 4, assured: 3 }]);
    expect(found?.verdicts).toEqual([
      { model: 'six-stage', kind: 'staged', value: 4 },
      { model: 'value-exchange', kind: 'value', value: 2.5 },
    ]);
  });

  it('looks no more often than every five seconds, and at each desk at least every quarter of an hour', async () => {
    const followed = follow();
    await followed.fleetStatus();
    await followed.settled();
    fleet.clock.advance(15 * 60_000);
    await followed.fleetStatus();
    await followed.settled();
    expect(opened).toHaveLength(6);
    fleet.clock.advance(4_999);
    await followed.fleetStatus();
    await followed.settled();
    expect(opened).toHaveLength(6);
  });

  it('leaves a desk out that cannot be read, and says so in the log', async () => {
    const followed = follow();
    await followed.fleetStatus();
    await followed.settled();
    expect((await followed.fleetStatus()).map(({ workspace }) => workspace)).toEqual(['desk-a', 'desk-b']);
    expect(fleet.lines.filter(({ workspace, level }) => workspace === 'desk-c' && level === 40)).toHaveLength(1);
  });
});
