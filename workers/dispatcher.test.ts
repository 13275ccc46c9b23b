import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../src/domain/operations.ts';
import { PlumblineError } from '../src/errors/index.ts';
import { planSchedule } from '../src/pipeline/schedules.ts';
import { openMemoryOperations } from '../src/store/operations/embedded.ts';
import type { Operations } from '../src/store/operations-port.ts';
import type { Carrier, Flow } from './contract.ts';
import { createDispatcher, type DispatcherDeps } from './dispatcher.ts';
import { rootJob } from './plan-run.ts';

const START = new Date('2026-03-01T12:00:30Z');
const flowOf = (run: Run): Flow => ({ ...rootJob(run, 'usual'), payload: {}, children: [] });

describe('dispatcher', () => {
  let now: Date;
  let operations: Operations;
  /** What the queue holds; emptied as a lost queue is. */
  let queue: Map<string, Flow>;
  let log: { level: number; msg: string }[];
  let broken: Error | null;

  beforeEach(async () => {
    now = START;
    queue = new Map();
    log = [];
    broken = null;
    operations = await openMemoryOperations({ clock: { now: () => now } });
    const schedule = { workspace: 'harbor', name: 'often', kind: 'snapshot', every: '1m', jitter: '0' } as const;
    await operations.saveSchedule(
      planSchedule({ ...schedule, model: null, models: null, window_days: null, by: 'test' }, now),
    );
  });
  afterEach(() => operations.close());

  const carrier = (): Pick<Carrier, 'put' | 'knows'> => ({
    put: async (flow) => {
      if (broken !== null) throw broken;
      queue.set(flow.id, flow);
    },
    knows: async (job) => queue.has(job.id),
  });
  const dispatcher = (more: Partial<DispatcherDeps> = {}) =>
    createDispatcher({
      operations,
      carrier: carrier() as Carrier,
      clock: { now: () => now, sleep: async () => undefined },
      log: pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) }),
      plan: async (run) => flowOf(run),
      tickMs: 1_000,
      silentAfterMs: 180_000,
      attempts: 3,
      alone: false,
      ...more,
    });
  const later = (s: number): void => {
    now = new Date(now.getTime() + s * 1000);
  };
  const statuses = async (): Promise<string[]> => (await operations.runs({})).map((run) => run.status);

  it('puts what is due once, however many look', async () => {
    const [one, two] = [dispatcher(), dispatcher()];
    expect(await one.tick()).toEqual({ fired: 0, put: 0, putAgain: 0, deliveries: 0, waiting: 0 });
    later(30);
    const found = await Promise.all([one.tick(), two.tick()]);
    expect(found.map((f) => f.put).reduce((a, b) => a + b)).toBe(1);
    expect([...queue.keys()]).toEqual([`snapshot.harbor.often.${now.getTime() / 1000}`]);
    expect(await statuses()).toEqual(['queued']);
  });

  it('waits for a store that is in use, and says so', async () => {
    let locked = true;
    const looking = dispatcher({
      plan: async (run) => {
        if (locked) throw new PlumblineError('STORE_LOCKED', 'Held by process 1.', 'Wait.');
        return flowOf(run);
      },
    });
    later(30);
    expect(await looking.tick()).toMatchObject({ put: 0, waiting: 1 });
    expect(log.map((line) => line.msg)).toContain('run waits: its store is in use');
    locked = false;
    expect(await looking.tick()).toMatchObject({ put: 1, waiting: 0 });
  });

  it('ends a run that cannot be cut into jobs, and goes on', async () => {
    const looking = dispatcher({
      plan: async () => Promise.reject(new PlumblineError('STORE_NEWER', 'Written by a newer version.', 'Update.')),
    });
    later(30);
    await looking.tick();
    expect((await operations.runs({}))[0]).toMatchObject({ status: 'failed', failure: { code: 'STORE_NEWER' } });
    later(60);
    await looking.tick();
    expect(await statuses()).toEqual(['failed', 'failed']);
  });

  it('survives a queue and a journal that fail, and loses nothing', async () => {
    const stop = new AbortController();
    let looks = 0;
    const pauses: number[] = [];
    later(30);
    broken = new PlumblineError('QUEUE_FAILED', 'Redis does not answer.', 'Start it.');
    const failing: Operations = {
      ...operations,
      schedules: (workspace) =>
        looks === 3
          ? Promise.reject(new PlumblineError('STORE_FAILED', 'No answer.', 'Wait.'))
          : operations.schedules(workspace),
    };
    await dispatcher({
      operations: failing,
      clock: {
        now: () => now,
        sleep: async (ms) => {
          pauses.push(ms);
          looks += 1;
          if (looks === 3) broken = null;
          if (looks === 5) stop.abort();
        },
      },
    }).run(stop.signal);
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 1_000]);
    expect(log.map((line) => line.msg)).toContain('dispatching goes on');
    expect(queue.size).toBe(1);
  });

  it('ends when it is told to, also in its pause', async () => {
    const stop = new AbortController();
    const running = dispatcher({
      clock: {
        now: () => now,
        sleep: (_, signal) => sleep(600_000, undefined, signal === undefined ? {} : { signal }),
      },
    }).run(stop.signal);
    stop.abort();
    await running;
  });

  it('puts again what an emptied queue lost, after three minutes of silence, and leaves alone what is known', async () => {
    const looking = dispatcher();
    later(30);
    await looking.tick();
    const [id = ''] = queue.keys();
    later(181);
    expect((await looking.tick()).putAgain).toBe(0);
    queue.clear();
    later(31);
    expect((await looking.tick()).putAgain).toBe(1);
    expect(queue.has(id)).toBe(true);
    queue.delete(id);
    later(60);
    expect((await looking.tick()).putAgain).toBe(0);
  });

  it('takes up at once what a former process of the same machine left, when it is alone', async () => {
    later(30);
    await dispatcher().tick();
    queue.clear();
    later(1);
    expect((await dispatcher({ alone: false }).tick()).putAgain).toBe(0);
    expect((await dispatcher({ alone: true }).tick()).putAgain).toBe(1);
  });

  it('takes up what was lost although the clock was set back since', async () => {
    later(30);
    const looking = dispatcher();
    await looking.tick();
    queue.clear();
    later(-3_600);
    expect((await looking.tick()).putAgain).toBe(1);
  });

  it('gives up on a run that never comes to an end', async () => {
    const looking = dispatcher();
    later(30);
    await looking.tick();
    const [id = ''] = queue.keys();
    for (let begun = 1; begun <= 3; begun++) {
      await operations.touchRun(id, now, { begin: true });
      queue.delete(id);
      later(181);
      await looking.tick();
    }
    expect(await operations.run(id)).toMatchObject({
      status: 'failed',
      attempts: 3,
      failure: { message: expect.stringContaining('began 3 times') },
    });
    expect(queue.has(id)).toBe(false);
  });
});
