import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../measure.ts';
import { type Desk, type Fleet, spanS, type WorkerSettings, waitedS } from './fleet.ts';
import { scalingOfMachine } from './machine.ts';
import type { Usage } from './worker-process.ts';

/** One desk measured at a time, with one thread: what one core does. */
export const ONE_AT_A_TIME: WorkerSettings = {
  PLUMBLINE_MEMORY: '1GB',
  PLUMBLINE_WORK_MEMORY: '1GB',
  PLUMBLINE_THREADS: '1',
};
export const USUAL: WorkerSettings = { PLUMBLINE_MEMORY: '1GB', PLUMBLINE_WORK_MEMORY: '2GB' };

/** What the machine's own scaling is measured with. */
const FLOOR = { tickets: 10_000, times: 6 };

/** Progress, for whoever waits. */
function say(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

interface Stopped {
  readonly cpuS: number;
  readonly peakMb: number;
  readonly drainMs: number;
}

async function withWorkers<T>(
  fleet: Fleet,
  n: number,
  settings: WorkerSettings,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly used: Stopped }> {
  const workers = fleet.startWorkers(n, settings);
  const result = await work();
  const stopped = await Promise.all(workers.map((worker) => worker.stop()));
  const most = (of: (one: Usage & { drainMs: number }) => number): number => Math.max(...stopped.map(of));
  return {
    result,
    used: {
      cpuS: stopped.reduce((sum, one) => sum + one.cpuS, 0),
      peakMb: most((one) => one.peakMb),
      drainMs: most((one) => one.drainMs),
    },
  };
}

export interface SyncFigures extends Stopped {
  readonly runs: number;
  readonly spanS: number;
  readonly perMinute: number;
  readonly requests: number;
}

function total(requests: Readonly<Record<string, number>>): number {
  return Object.values(requests).reduce((sum, n) => sum + n, 0);
}

/** First sync of the desks: reading, mapping and writing; no measuring. */
export async function firstSync(fleet: Fleet, desks: readonly Desk[], workers: number): Promise<SyncFigures> {
  const before = total(await fleet.vendor.requests());
  const { result, used } = await withWorkers(fleet, workers, USUAL, async () =>
    fleet.settle(await fleet.enter(desks, 'sync', true)),
  );
  const span = spanS(result);
  return {
    ...used,
    runs: result.length,
    spanS: span,
    perMinute: (result.length / span) * 60,
    requests: total(await fleet.vendor.requests()) - before,
  };
}

/** The next sync of desks that are known: what a schedule does every time. */
export async function nextSync(fleet: Fleet, desks: readonly Desk[], workers: number): Promise<SyncFigures> {
  await fleet.vendor.advance();
  return firstSync(fleet, desks, workers);
}

export interface ScalingFigures {
  readonly runs: number;
  /** Runs a minute with one and with two workers, median of the repeats. */
  readonly one: number;
  readonly two: number;
  /** Median of the ratios of pairs. */
  readonly ratio: number;
  /** What two processes that share nothing reach on this machine. */
  readonly machine: number;
  readonly cpuPerRunS: number;
  readonly peakMb: number;
}

/** Measuring alone, replicas made anew: one worker and two take turns. */
export async function scaling(fleet: Fleet, desks: readonly Desk[], repeats: number): Promise<ScalingFigures> {
  const pairs: { one: number; two: number; cpuS: number; peakMb: number }[] = [];
  const take = async (workers: number) => {
    const { result, used } = await withWorkers(fleet, workers, ONE_AT_A_TIME, async () =>
      fleet.settle(await fleet.enter(desks, 'snapshot', false)),
    );
    say(`${workers} workers measured ${result.length} desks in ${spanS(result).toFixed(1)} s`);
    return { perMinute: (result.length / spanS(result)) * 60, ...used };
  };
  const machine: number[] = [];
  for (let i = 0; i < repeats; i++) {
    machine.push(await scalingOfMachine(FLOOR.tickets, FLOOR.times));
    say(`two processes that share nothing: ${machine.at(-1)?.toFixed(2)} x`);
    const one = await take(1);
    const two = await take(2);
    pairs.push({
      one: one.perMinute,
      two: two.perMinute,
      cpuS: one.cpuS / desks.length,
      peakMb: Math.max(one.peakMb, two.peakMb),
    });
  }
  return {
    runs: desks.length,
    one: median(pairs.map((pair) => pair.one)),
    two: median(pairs.map((pair) => pair.two)),
    ratio: median(pairs.map((pair) => pair.two / pair.one)),
    machine: median(machine),
    cpuPerRunS: median(pairs.map((pair) => pair.cpuS)),
    peakMb: Math.max(...pairs.map((pair) => pair.peakMb)),
  };
}

export interface FairnessFigures {
  /** Time of a small desk alone, seconds: due to published. */
  readonly aloneS: number;
  readonly phases: readonly {
    /** What the huge desk was doing. */
    readonly huge: string;
    readonly runs: number;
    readonly medianS: number;
    readonly worstS: number;
    /** Longest (time beside the huge desk - time alone) / time alone. */
    readonly worstWait: number;
  }[];
  readonly hugeS: number;
  readonly peakMb: number;
}

/** Small desks one after another, alone and then while a huge desk is synced for the first time and measured. */
export async function fairness(
  fleet: Fleet,
  huge: Desk,
  desks: readonly Desk[],
  workers: number,
): Promise<FairnessFigures> {
  const { result, used } = await withWorkers(fleet, workers, USUAL, async () => {
    const once = async (desk: Desk): Promise<number> => {
      await fleet.vendor.advance(desk.index);
      const [run] = await fleet.settle(await fleet.enter([desk], 'snapshot', true));
      return run === undefined ? Number.NaN : waitedS(run);
    };
    // The first ones make replicas and warm the processes.
    for (const desk of desks) await once(desk);
    const alone = new Map<number, number>();
    for (const desk of desks) alone.set(desk.index, await once(desk));
    const [id = ''] = await fleet.enter([huge], 'snapshot', true);
    const beside: { phase: string; tookS: number; wait: number }[] = [];
    for (let i = 0; ; i++) {
      const run = await fleet.operations.run(id);
      if (run === null || run.ended_at !== null) break;
      const desk = desks[i % desks.length] as Desk;
      const own = alone.get(desk.index) as number;
      const tookS = await once(desk);
      say(
        `${run.progress?.step ?? run.status}: ${desk.workspace} took ${tookS.toFixed(1)} s, alone ${own.toFixed(1)} s`,
      );
      const phase = (run.progress?.step ?? run.status).startsWith('measure') ? 'is measured' : 'is synced';
      beside.push({ phase, tookS, wait: (tookS - own) / own });
    }
    const [ended] = await fleet.settle([id]);
    return { alone: [...alone.values()], beside, hugeS: ended === undefined ? Number.NaN : waitedS(ended) };
  });
  return {
    aloneS: median(result.alone),
    hugeS: result.hugeS,
    peakMb: used.peakMb,
    phases: ['is synced', 'is measured'].map((phase) => {
      const some = result.beside.filter((one) => one.phase === phase);
      return {
        huge: phase,
        runs: some.length,
        medianS: median(some.map((one) => one.tookS)),
        worstS: Math.max(...some.map((one) => one.tookS)),
        worstWait: Math.max(...some.map((one) => one.wait)),
      };
    }),
  };
}

export interface LimitFigures {
  readonly desks: number;
  readonly refusing: number;
  /** Runs a minute of the desks that answer, without and with refusing ones beside them. */
  readonly without: number;
  readonly beside: number;
  readonly ratio: number;
  /** Requests that one refusing account got, for each minute. */
  readonly refusedPerMinute: number;
  /** Seconds after the end of the refusal until the refused desks were done. */
  readonly recoveredS: number;
}

/** Syncs of desks beside accounts that answer 429 to everything. */
export async function limits(
  fleet: Fleet,
  desks: readonly Desk[],
  refusing: readonly Desk[],
  workers: number,
): Promise<LimitFigures> {
  const { result } = await withWorkers(fleet, workers, USUAL, async () => {
    const round = async (): Promise<number> => {
      await fleet.vendor.advance();
      const runs = await fleet.settle(await fleet.enter(desks, 'sync', true));
      return (runs.length / spanS(runs)) * 60;
    };
    await round();
    const without = [await round()];
    for (const desk of refusing) await fleet.vendor.setFault(desk.index, 'rate', 5);
    const refused = await fleet.enter(refusing, 'sync', true);
    const before = await fleet.vendor.requests();
    const begun = performance.now();
    await sleep(3_000);
    const beside = [await round(), await round()];
    const minutes = (performance.now() - begun) / 60_000;
    const after = await fleet.vendor.requests();
    for (const desk of refusing) await fleet.vendor.setFault(desk.index, 'none', 0);
    const freed = performance.now();
    await fleet.settle(refused);
    const recoveredS = (performance.now() - freed) / 1000;
    without.push(await round());
    const asked = (after['429'] ?? 0) - (before['429'] ?? 0);
    return { without: median(without), beside: median(beside), recoveredS, asked: asked / minutes / refusing.length };
  });
  return {
    desks: desks.length,
    refusing: refusing.length,
    without: result.without,
    beside: result.beside,
    ratio: result.beside / result.without,
    refusedPerMinute: result.asked,
    recoveredS: result.recoveredS,
  };
}
