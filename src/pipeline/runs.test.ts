import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryOperations } from '../store/operations/embedded.ts';
import type { Operations } from '../store/operations-port.ts';
import { cancelRun, findRun, findSchedule, retryRun, runOfNow, runsOfPast } from './runs.ts';
import { planSchedule } from './schedules.ts';

const NOW = new Date('2026-03-01T12:00:00.250Z');
const ASKER = { workspace: 'harbor', requestedBy: 'cli' };
const PLACED = { model: null, models: null, window_days: null };

describe('runs by hand', () => {
  let operations: Operations;
  beforeAll(async () => {
    operations = await openMemoryOperations({ clock: { now: () => NOW } });
  });
  afterAll(() => operations.close());

  it('asked twice are one: a backfill by its instants, something of now within a second', async () => {
    const instants = [new Date('2026-01-01T00:00:00Z'), new Date('2026-02-01T00:00:00Z')];
    const first = runsOfPast(ASKER, instants, PLACED, NOW);
    const again = runsOfPast(ASKER, instants, PLACED, new Date(NOW.getTime() + 86_400_000));
    expect(again.map((run) => run.id)).toEqual(first.map((run) => run.id));
    expect(
      new Set([...first, ...runsOfPast(ASKER, instants, { ...PLACED, model: 'six-stage' }, NOW)].map((r) => r.id)).size,
    ).toBe(4);
    expect(first[0]?.params).toMatchObject({ as_of: '2026-01-01T00:00:00.000Z', sync: false });
    expect(await operations.addRuns(first)).toBe(2);
    expect(await operations.addRuns(again)).toBe(0);
    expect(runsOfPast(ASKER, [], PLACED, NOW)).toEqual([]);
    const ids = [0, 100, 1_000].map((ms) => runOfNow(ASKER, 'sync', {}, new Date(NOW.getTime() + ms)).id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(runOfNow({ ...ASKER, workspace: 'other' }, 'sync', {}, NOW).id).not.toBe(ids[0]);
  });

  it('have the ids that they had before models could be named', () => {
    const [run] = runsOfPast(ASKER, [new Date('2026-01-01T00:00:00Z')], PLACED, NOW);
    // SHA-256 of the request as it was written then, worked out apart from this program.
    expect(run?.id).toBe('hand-82f2443011aaddff604d8043d3e2a81d');
    const [other] = runsOfPast(ASKER, [new Date('2026-01-01T00:00:00Z')], { ...PLACED, models: ['six-stage'] }, NOW);
    expect(other?.id).not.toBe(run?.id);
  });

  it('are found by their id or its beginning, only in their workspace, and a slip names the nearest', async () => {
    const run = runOfNow(ASKER, 'snapshot', {}, NOW);
    await operations.addRuns([run]);
    expect((await findRun(operations, 'harbor', run.id)).id).toBe(run.id);
    expect((await findRun(operations, 'harbor', run.id.slice(0, 20))).id).toBe(run.id);
    await expect(findRun(operations, 'harbor', 'hand-')).rejects.toThrow('the beginning of 3 runs');
    await expect(findRun(operations, 'other', run.id)).rejects.toMatchObject({ code: 'UNKNOWN_NAME' });
    const slip = `${run.id.slice(0, -1)}_`;
    await expect(findRun(operations, 'harbor', slip)).rejects.toMatchObject({ remedy: `Did you mean ${run.id}?` });
  });

  it('can be cancelled while they have not ended, and taken up again when they failed or were cancelled', async () => {
    const run = await findRun(operations, 'harbor', runOfNow(ASKER, 'snapshot', {}, NOW).id);
    await expect(retryRun(operations, run)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await cancelRun(operations, run);
    expect((await operations.run(run.id))?.status).toBe('cancelled');
    await expect(cancelRun(operations, run)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await retryRun(operations, run);
    expect((await operations.run(run.id))?.status).toBe('due');
  });

  it('finds a schedule, or names the nearest', async () => {
    await expect(findSchedule(operations, 'harbor', 'nightly')).rejects.toMatchObject({
      remedy: 'Make one: plumbline schedule add nightly --every 1d',
    });
    const input = {
      ...ASKER,
      name: 'nightly',
      kind: 'snapshot',
      every: '1d',
      model: null,
      models: null,
      window_days: null,
      by: 'cli',
    };
    await operations.saveSchedule(planSchedule({ ...input, kind: 'snapshot' }, NOW));
    expect((await findSchedule(operations, 'harbor', 'nightly')).every_s).toBe(86_400);
    await expect(findSchedule(operations, 'harbor', 'nightli')).rejects.toMatchObject({
      remedy: 'Did you mean nightly?',
    });
  });
});
