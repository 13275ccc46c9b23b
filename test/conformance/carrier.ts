import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { PlumblineError } from '../../src/errors/index.ts';
import {
  type Carrier,
  type CarrierCount,
  type Flow,
  type JobContext,
  type JobHandlers,
  type JobOutcome,
  type Lane,
  QUEUES,
  type QueueName,
} from '../../workers/contract.ts';
import { defineHandler } from '../../workers/handler.ts';

export interface CarrierSettings {
  readonly attempts: number;
  readonly backoffMs: number;
  readonly turnMs: number;
}

export interface CarrierUnderTest {
  /** A carrier of this queue as a further process has it; the in-process one is always the same. */
  open(): Promise<Carrier>;
  /** Several carriers carry the same jobs. */
  readonly shared: boolean;
  /** Removes everything. */
  close(): Promise<void>;
}

type Body = (name: string, context: JobContext) => Promise<JobOutcome> | JobOutcome;

const done = (result: unknown = null): JobOutcome => ({ kind: 'done', result });
const again = (afterMs: number): JobOutcome => ({ kind: 'again', afterMs });
const Payload = z.strictObject({ name: z.string() });

function aFlow(queue: QueueName, name: string, children: readonly Flow[] = [], lane: Lane = 'usual'): Flow {
  return { queue, lane, id: `run.${name}`, payload: { name }, children };
}

function many(n: number): Record<QueueName, Record<Lane, number>> {
  return Object.fromEntries(QUEUES.map((queue) => [queue, { usual: n, large: n }])) as Record<
    QueueName,
    Record<Lane, number>
  >;
}

/** Resolves when `open` is called. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

const until = (check: () => unknown): Promise<void> =>
  vi.waitFor(
    async () => {
      await check();
    },
    { timeout: 30_000, interval: 20 },
  );

/** What every carrier of jobs must do, whatever carries them (workers/contract.ts). */
export function describeCarrier(
  title: string,
  begin: (settings: CarrierSettings) => Promise<CarrierUnderTest>,
  settings: CarrierSettings = { attempts: 3, backoffMs: 20, turnMs: 60_000 },
): void {
  describe(title, () => {
    let tested: CarrierUnderTest;
    let carrier: Carrier;
    let log: string[];
    let failed: { readonly name: string; readonly error: unknown }[];

    beforeEach(async () => {
      tested = await begin(settings);
      carrier = await tested.open();
      log = [];
      failed = [];
    });

    afterEach(async () => {
      await carrier.close();
      await tested.close();
    });

    const handlersOf = (bodies: Partial<Record<QueueName, Body>>): JobHandlers =>
      Object.fromEntries(
        QUEUES.map((queue) => [
          queue,
          defineHandler({
            queue,
            payload: Payload,
            run: async ({ name }, context) => {
              log.push(name);
              return (await bodies[queue]?.(name, context)) ?? done(name);
            },
            failed: async ({ name }, error) => {
              failed.push({ name, error });
            },
          }),
        ]),
      ) as unknown as JobHandlers;

    const countOf = async (queue: QueueName, state: CarrierCount['state']): Promise<number> =>
      (await carrier.counts()).filter((c) => c.queue === queue && c.state === state).reduce((sum, c) => sum + c.n, 0);
    const known = (flow: Flow): Promise<boolean> => carrier.knows(flow);
    const ended = (flow: Flow): Promise<void> => until(async () => expect(await known(flow)).toBe(false));

    it('ends children before their parent and hands their results over', async () => {
      const flow = aFlow('snapshot', 'top', [
        aFlow('sync', 'left', [aFlow('sync', 'left-a'), aFlow('sync', 'left-b')]),
        aFlow('sync', 'right', [aFlow('sync', 'right-a')]),
      ]);
      const seen = new Map<string, unknown[]>();
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: (name, { children }) => {
            seen.set(name, [...children]);
            return done({ from: name });
          },
          snapshot: (name, { children }) => {
            seen.set(name, [...children]);
            return done();
          },
        }),
        many(2),
      );
      await ended(flow);
      expect(log.toSorted()).toEqual(['left', 'left-a', 'left-b', 'right', 'right-a', 'top']);
      for (const [before, after] of [
        ['left-a', 'left'],
        ['left-b', 'left'],
        ['right-a', 'right'],
        ['left', 'top'],
        ['right', 'top'],
      ] as const)
        expect(log.indexOf(before), `${before} before ${after}`).toBeLessThan(log.indexOf(after));
      expect(seen.get('left-a')).toEqual([]);
      expect(seen.get('left')).toHaveLength(2);
      expect(seen.get('left')).toEqual(expect.arrayContaining([{ from: 'left-a' }, { from: 'left-b' }]));
      expect(seen.get('top')).toEqual(expect.arrayContaining([{ from: 'left' }, { from: 'right' }]));
      expect(failed).toEqual([]);
    });

    it('takes the same job put twice as one, and begins it anew once it has ended', async () => {
      const flow = aFlow('snapshot', 'top', [aFlow('sync', 'child')]);
      expect(await known(flow)).toBe(false);
      await carrier.put(flow);
      await carrier.put(flow);
      expect(await known(flow)).toBe(true);
      await carrier.work(handlersOf({}), many(1));
      await ended(flow);
      expect(log).toEqual(['child', 'top']);
      await carrier.put(flow);
      await until(() => expect(log).toEqual(['child', 'top', 'child', 'top']));
      await ended(flow);
    });

    it('leaves a flow alone that is put again while its child is worked on', async () => {
      const held = gate();
      const flow = aFlow('snapshot', 'top', [aFlow('sync', 'child')]);
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: async () => {
            await held.passed;
            return done();
          },
        }),
        many(2),
      );
      await until(() => expect(log).toEqual(['child']));
      await carrier.put(flow);
      held.open();
      await ended(flow);
      expect(log).toEqual(['child', 'top']);
    });

    it('tries a passing failure again and tells which try is the last', async () => {
      const flow = aFlow('sync', 'shaky');
      const tries: [number, boolean][] = [];
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: (_, { attempt, last }) => {
            tries.push([attempt, last]);
            if (attempt < 3) throw new Error('The helpdesk does not answer.');
            return done();
          },
        }),
        many(1),
      );
      await ended(flow);
      expect(tries).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
      expect(failed).toEqual([]);
    });

    it('fails a job after its last try, once, and then its parents, child first', async () => {
      const flow = aFlow('snapshot', 'top', [aFlow('sync', 'middle', [aFlow('sync', 'shaky')]), aFlow('sync', 'good')]);
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: (name) => {
            if (name === 'shaky') throw new PlumblineError('VENDOR_UNREACHABLE', 'No answer.', 'Wait.');
            return done();
          },
        }),
        many(2),
      );
      await until(() => expect(failed.map((f) => f.name)).toEqual(['shaky', 'middle', 'top']));
      expect(failed[0]?.error).toMatchObject({ message: expect.stringContaining('No answer.') });
      await ended(flow);
      expect(log.filter((name) => name === 'shaky')).toHaveLength(3);
      expect(log).not.toContain('middle');
      expect(log).not.toContain('top');
    });

    it('ends a permanent failure at its first try', async () => {
      const flow = aFlow('snapshot', 'top', [aFlow('sync', 'refused')]);
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: () => {
            throw new PlumblineError('PERMISSION_DENIED', 'Refused.', 'Give access.');
          },
        }),
        many(1),
      );
      await until(() => expect(failed.map((f) => f.name)).toEqual(['refused', 'top']));
      expect(failed[0]?.error).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect(log).toEqual(['refused']);
      await ended(flow);
    });

    it('takes a locked store as passing', async () => {
      const flow = aFlow('sync', 'locked');
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: (_, { attempt }) => {
            if (attempt === 1) throw new PlumblineError('STORE_LOCKED', 'Another process holds it.', 'Wait.');
            return done();
          },
        }),
        many(1),
      );
      await ended(flow);
      expect(log).toEqual(['locked', 'locked']);
      expect(failed).toEqual([]);
    });

    it('begins a failed flow anew when it is put again', async () => {
      const flow = aFlow('snapshot', 'top', [aFlow('sync', 'child')]);
      let broken = true;
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: () => {
            if (broken) throw new PlumblineError('PERMISSION_DENIED', 'Refused.', 'Give access.');
            return done('mended');
          },
        }),
        many(1),
      );
      await until(() => expect(failed).toHaveLength(2));
      await ended(flow);
      broken = false;
      await carrier.put(flow);
      await until(() => expect(log).toEqual(['child', 'child', 'top']));
    });

    it('ends a job whose payload does not fit without running it, and goes on with the next', async () => {
      const odd: Flow = { ...aFlow('sync', 'odd'), payload: { nonsense: 1 } };
      const next = aFlow('sync', 'next');
      await carrier.put(odd);
      await carrier.put(next);
      await carrier.work(handlersOf({}), many(1));
      await ended(odd);
      await ended(next);
      expect(log).toEqual(['next']);
    });

    it('does not count "again" as a try, and keeps what the children gave', async () => {
      const flow = aFlow('snapshot', 'top', [aFlow('sync', 'child')]);
      const tries: number[] = [];
      const results: unknown[] = [];
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: (_, { attempt }) => {
            tries.push(attempt);
            return tries.length <= settings.attempts + 2 ? again(10) : done('late');
          },
          snapshot: (_, { children }) => {
            results.push([...children]);
            return results.length < 3 ? again(10) : done();
          },
        }),
        many(1),
      );
      await ended(flow);
      expect(tries).toEqual(Array.from({ length: settings.attempts + 3 }, () => 1));
      expect(results).toEqual([['late'], ['late'], ['late']]);
      expect(failed).toEqual([]);
    });

    it('gives each turn an end and takes signs of life', async () => {
      const flow = aFlow('sync', 'long');
      const before = new Date();
      const ends: Date[] = [];
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: async (_, context) => {
            ends.push(context.turnEnds);
            await context.alive({ step: 'reading', done: 1, total: null });
            return done();
          },
        }),
        many(1),
      );
      await ended(flow);
      expect(ends[0]?.getTime()).toBeGreaterThanOrEqual(before.getTime() + settings.turnMs - 1);
    });

    it('lets nothing short wait behind what is large', async () => {
      const held = gate();
      const large = aFlow('snapshot', 'huge', [], 'large');
      const small = ['a', 'b', 'c'].map((name) => aFlow('snapshot', name));
      await carrier.put(large);
      for (const flow of small) await carrier.put(flow);
      await carrier.work(
        handlersOf({
          snapshot: async (name) => {
            if (name === 'huge') await held.passed;
            return done();
          },
        }),
        many(1),
      );
      for (const flow of small) await ended(flow);
      expect(await known(large)).toBe(true);
      held.open();
      await ended(large);
    });

    it('works on as many at a time as it may, and counts what waits', async () => {
      const held = gate();
      let most = 0;
      let now = 0;
      const flows = ['a', 'b', 'c', 'd'].map((name) => aFlow('sync', name));
      const top = aFlow('snapshot', 'top', flows);
      await carrier.put(top);
      expect(await countOf('sync', 'waiting')).toBe(4);
      expect(await countOf('snapshot', 'blocked')).toBe(1);
      await carrier.work(
        handlersOf({
          sync: async () => {
            now += 1;
            most = Math.max(most, now);
            await held.passed;
            now -= 1;
            return done();
          },
        }),
        many(2),
      );
      await until(async () => {
        expect(await countOf('sync', 'active')).toBe(2);
        expect(await countOf('sync', 'waiting')).toBe(2);
      });
      held.open();
      await ended(top);
      expect(most).toBe(2);
      for (const state of ['waiting', 'active', 'delayed', 'blocked'] as const)
        expect((await carrier.counts()).filter((c) => c.state === state && c.n > 0)).toEqual([]);
    });

    it('counts what is to come back later', async () => {
      const flow = aFlow('sync', 'paused');
      await carrier.put(flow);
      await carrier.work(handlersOf({ sync: () => again(600_000) }), many(1));
      await until(async () => expect(await countOf('sync', 'delayed')).toBe(1));
      expect(await known(flow)).toBe(true);
    });

    it('drains: ends what is under way and takes nothing more', async () => {
      const held = gate();
      const [first, second] = [aFlow('sync', 'first'), aFlow('sync', 'second')];
      await carrier.put(first);
      await carrier.put(second);
      await carrier.work(
        handlersOf({
          sync: async () => {
            await held.passed;
            return done();
          },
        }),
        many(1),
      );
      await until(() => expect(log).toHaveLength(1));
      const drained = carrier.drain(30_000);
      held.open();
      await drained;
      expect(log).toHaveLength(1);
      expect(failed).toEqual([]);
    });

    it('drains: stops what takes too long, which is not a failure', async () => {
      const flow = aFlow('sync', 'endless');
      let stopped = false;
      await carrier.put(flow);
      await carrier.work(
        handlersOf({
          sync: (_, { signal }) =>
            new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                stopped = true;
                reject(signal.reason);
              });
            }),
        }),
        many(1),
      );
      await until(() => expect(log).toEqual(['endless']));
      await carrier.drain(50);
      expect(stopped).toBe(true);
      expect(failed).toEqual([]);
      if (!tested.shared) return;
      const other = await tested.open();
      await other.work(handlersOf({}), many(1));
      await until(() => expect(log).toEqual(['endless', 'endless']));
      await until(async () => expect(await other.knows(flow)).toBe(false));
      await other.close();
    });

    it('does each job once when several carriers work', async () => {
      if (!tested.shared) return;
      const other = await tested.open();
      const names = Array.from({ length: 20 }, (_, i) => `job-${i}`);
      const top = aFlow(
        'snapshot',
        'top',
        names.map((name) => aFlow('sync', name)),
      );
      await carrier.work(handlersOf({}), many(2));
      await other.work(handlersOf({}), many(2));
      await carrier.put(top);
      await until(() => expect(log).toContain('top'));
      expect(log.toSorted()).toEqual([...names, 'top'].toSorted());
      await other.close();
    });
  });
}
