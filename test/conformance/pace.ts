import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountPace } from '../../src/store/operations-port.ts';

export interface SharedPace {
  /** As seen by several processes. */
  readonly callers: readonly AccountPace[];
  close(): Promise<void>;
}

/** What every shared pace has to do. `open` gives callers that share it through connections of their own. */
export function paceConformance(name: string, open: (callers: number) => Promise<SharedPace>): void {
  describe(`pace conformance: ${name}`, () => {
    let shared: SharedPace;
    let a: AccountPace;
    let b: AccountPace;
    beforeAll(async () => {
      shared = await open(6);
      [a, b] = shared.callers as [AccountPace, AccountPace];
    });
    afterAll(() => shared.close());

    it('gives one turn of a minute to one of many who ask at once', async () => {
      const waits = await Promise.all(
        Array.from({ length: 60 }, (_, i) => (shared.callers[i % 6] as AccountPace).take('once', 1)),
      );
      expect(waits.filter((ms) => ms === 0)).toHaveLength(1);
      for (const ms of waits) expect(ms).toBeLessThanOrEqual(60_000);
      // It says how long: not less than what is left of the minute, in whole milliseconds.
      const last = Math.min(...waits.filter((ms) => ms > 0));
      expect(last).toBeGreaterThan(30_000);
      expect(waits.every(Number.isInteger)).toBe(true);
    });

    it('keeps accounts apart', async () => {
      expect(await a.take('apart-1', 1)).toBe(0);
      expect(await a.take('apart-2', 1)).toBe(0);
      expect(await b.take('apart-1', 1)).toBeGreaterThan(0);
    });

    it('keeps a limit of 600 a minute with six callers who compete', async () => {
      const [wanted, grants] = [30, [] as number[]];
      const begun = performance.now();
      await Promise.all(
        shared.callers.map(async (caller) => {
          while (grants.length < wanted) {
            const ms = await caller.take('race', 600);
            if (ms === 0) grants.push(performance.now() - begun);
            else await sleep(ms);
          }
        }),
      );
      // 10 a second and at most 10 at once: the 30th turn cannot come before 2 s, nor the n-th before (n - 10) / 10 s.
      grants.forEach((at, i) => {
        expect(at).toBeGreaterThanOrEqual((i + 1 - 10) * 100 - 2);
      });
      expect(grants.length).toBeGreaterThanOrEqual(wanted);
    });

    it('holds everybody back during a pause, with or without a limit', async () => {
      expect(await a.pausedForMs('paused')).toBe(0);
      await a.pause('paused', 60_000);
      for (const caller of shared.callers) {
        expect(await caller.take('paused', 6_000)).toBeGreaterThan(30_000);
        expect(await caller.take('paused', null)).toBeGreaterThan(30_000);
        expect(await caller.pausedForMs('paused')).toBeLessThanOrEqual(60_000);
      }
      expect(await b.pausedForMs('not-paused')).toBe(0);
      expect(await b.take('not-paused', null)).toBe(0);
    });

    it('does not let a shorter pause end a longer one, but a longer one go on', async () => {
      await a.pause('longer', 120_000);
      await b.pause('longer', 1_000);
      await b.pause('longer', 0);
      expect(await a.pausedForMs('longer')).toBeGreaterThan(60_000);
      await b.pause('longer', 600_000);
      expect(await a.pausedForMs('longer')).toBeGreaterThan(300_000);
    });

    it('takes no turn while it pauses, and goes on after it', async () => {
      const begun = performance.now();
      await a.pause('resumes', 120);
      for (let ms = await b.take('resumes', 1); ms > 0; ms = await b.take('resumes', 1)) {
        expect(ms).toBeLessThanOrEqual(120);
        await sleep(ms);
      }
      expect(performance.now() - begun).toBeGreaterThanOrEqual(118);
    });

    it('knows no limit when none is known', async () => {
      const waits = await Promise.all(Array.from({ length: 30 }, () => a.take('unknown', null)));
      expect(new Set(waits)).toEqual(new Set([0]));
    });

    it('refuses a limit that is none', async () => {
      for (const limit of [0, -1, Number.NaN])
        await expect(a.take('bad', limit)).rejects.toMatchObject({ code: 'BUG' });
    });
  });
}
