import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import type { Schedule } from '../domain/operations.ts';
import { openMemoryOperations } from '../store/operations/embedded.ts';
import type { Operations } from '../store/operations-port.ts';
import { fireDue } from './fire-due.ts';
import { lastSlot, planSchedule } from './schedules.ts';

const START = Date.parse('2026-03-01T12:00:30Z');

describe('fireDue', () => {
  let now = new Date(START);
  let operations: Operations;
  let n = 0;
  beforeAll(async () => {
    operations = await openMemoryOperations({ clock: { now: () => now } });
  });
  afterAll(() => operations.close());

  const begin = async (more: { every?: string; cron?: string } = { every: '1m' }): Promise<Schedule> => {
    now = new Date(START);
    n += 1;
    const schedule = planSchedule(
      {
        workspace: `desk-${n}`,
        name: 'often',
        kind: 'snapshot',
        model: null,
        models: null,
        window_days: null,
        by: 'test',
        jitter: '0',
        ...more,
      },
      now,
    );
    for (const old of await operations.schedules()) await operations.removeSchedule(old.workspace, old.name);
    await operations.saveSchedule(schedule);
    return schedule;
  };
  const slotsOf = async ({ workspace }: Schedule): Promise<string[]> =>
    (await operations.runs({ workspace, limit: 1_000 })).map((run) => run.slot.toISOString().slice(11, 19)).sort();
  const nextOf = async ({ workspace }: Schedule): Promise<string | undefined> =>
    (await operations.schedules(workspace))[0]?.next_at.toISOString().slice(11, 19);

  it('enters nothing before the first slot and one run at it', async () => {
    const schedule = await begin();
    expect(await fireDue(operations)).toEqual({ fired: [], missed: 0, realigned: 0, broken: [] });
    now = new Date('2026-03-01T12:01:00Z');
    expect((await fireDue(operations)).fired).toHaveLength(1);
    expect((await fireDue(operations)).fired).toEqual([]);
    expect(await slotsOf(schedule)).toEqual(['12:01:00']);
    expect(await nextOf(schedule)).toBe('12:02:00');
  });

  it('catches up once what was missed, and counts it', async () => {
    const schedule = await begin();
    now = new Date('2026-03-01T12:05:10Z');
    expect(await fireDue(operations)).toMatchObject({ missed: 4 });
    expect(await slotsOf(schedule)).toEqual(['12:05:00']);
    expect((await operations.runs({ workspace: schedule.workspace }))[0]?.params.missed).toBe(4);
  });

  it('goes on at once when the clock is set back, and repeats no slot', async () => {
    const schedule = await begin();
    for (const time of ['12:01:05', '12:02:05', '12:03:05', '12:04:05']) {
      now = new Date(`2026-03-01T${time}Z`);
      await fireDue(operations);
    }
    now = new Date('2026-03-01T12:01:30Z');
    expect(await fireDue(operations)).toEqual({ fired: [], missed: 0, realigned: 1, broken: [] });
    expect(await nextOf(schedule)).toBe('12:02:00');
    for (const time of ['12:02:05', '12:03:05', '12:04:05', '12:05:05']) {
      now = new Date(`2026-03-01T${time}Z`);
      await fireDue(operations);
    }
    expect(await slotsOf(schedule)).toEqual(['12:01:00', '12:02:00', '12:03:00', '12:04:00', '12:05:00']);
  });

  it('leaves a paused schedule alone', async () => {
    const schedule = await begin();
    await operations.saveSchedule({ ...schedule, paused: true });
    now = new Date('2026-03-01T12:05:10Z');
    expect(await fireDue(operations)).toEqual({ fired: [], missed: 0, realigned: 0, broken: [] });
    expect(await slotsOf(schedule)).toEqual([]);
  });

  it('goes on with the others when one schedule cannot be understood any more', async () => {
    const schedule = await begin();
    await operations.saveSchedule({ ...schedule, name: 'lost', every_s: null, cron: '0 9 * * *', tz: 'Mars/Base' });
    now = new Date('2026-03-01T12:01:00Z');
    const report = await fireDue(operations);
    expect(report.fired).toHaveLength(1);
    expect(report.broken).toMatchObject([{ schedule: 'lost', reason: expect.stringContaining('Mars/Base') }]);
  });

  /** Latest slot now, if it is not before the first one of the schedule. */
  const slotSince = (schedule: Schedule): number | null => {
    const slot = lastSlot(schedule, now);
    return slot !== null && slot >= schedule.next_at ? slot.getTime() : null;
  };

  /** A dispatcher that dies before or behind its first writing. */
  const killed = async (behind: boolean): Promise<void> => {
    const dying: Operations = {
      ...operations,
      fire: async (...args) => {
        if (behind) await operations.fire(...args);
        throw new Error('killed');
      },
    };
    await fireDue(dying).catch((error: unknown) => expect(String(error)).toContain('killed'));
  };

  it('gives each slot at most one run and the latest due slot one, whatever happens', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ move: fc.integer({ min: 0, max: 200 }) }) },
      { weight: 1, arbitrary: fc.record({ move: fc.integer({ min: -900, max: 4_000 }) }) },
    );
    const how = fc.constantFrom('tick', 'tick', 'two at once', 'killed behind', 'killed before', 'nobody');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom({ every: '1m' }, { every: '5m' }, { cron: '*/2 * * * *' }, { cron: '3,4,17 * * * *' }),
        fc.array(fc.tuple(step, how), { minLength: 1, maxLength: 25 }),
        async (rhythm, steps) => {
          const schedule = await begin(rhythm);
          const dueAtTicks: number[] = [];
          const tick = async (): Promise<void> => {
            const due = slotSince(schedule);
            if (due !== null) dueAtTicks.push(due);
            await fireDue(operations);
          };
          for (const [{ move }, happens] of steps) {
            now = new Date(now.getTime() + move * 1000);
            const acts: Record<string, () => Promise<unknown>> = {
              tick,
              'two at once': () => Promise.all([tick(), tick()]),
              'killed behind': () => killed(true),
              'killed before': () => killed(false),
            };
            await acts[happens]?.();
          }
          await tick();
          const found = (await operations.runs({ workspace: schedule.workspace, limit: 1_000 })).map((run) =>
            run.slot.getTime(),
          );
          expect(new Set(found).size).toBe(found.length);
          for (const slot of found) expect(lastSlot(schedule, new Date(slot))?.getTime()).toBe(slot);
          // The latest slot that was ever due at a tick has its run; one that a later run stood for need not.
          if (dueAtTicks.length > 0) expect(found).toContain(Math.max(...dueAtTicks));
          const last = slotSince(schedule);
          if (last !== null) expect(Math.max(...found)).toBeGreaterThanOrEqual(last);
          // And it goes on: two slots later there is a run for the latest one.
          const [row] = await operations.schedules(schedule.workspace);
          now = new Date(Math.max(now.getTime(), row?.next_at.getTime() ?? 0) + 1_200_000);
          await fireDue(operations);
          const after = (await operations.runs({ workspace: schedule.workspace, limit: 1_000 })).map((run) =>
            run.slot.getTime(),
          );
          expect(after).toContain(lastSlot(schedule, now)?.getTime());
        },
      ),
      { ...runs(40), seed: 3 },
    );
  });
});
