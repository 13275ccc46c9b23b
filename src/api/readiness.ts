import type { ApiDeps, PartReadiness } from './deps.ts';

const READY_WITHIN_MS = 5_000;
/** Probes of many load balancers are answered from one look. */
const READY_KEPT_MS = 1_000;

type ReadinessDeps = Pick<ApiDeps, 'checkReady' | 'clock' | 'log'>;

/** Asks every part; one that does not answer in time, or throws, is not ready. The details of an error are in the log only. */
async function lookAtParts(deps: ReadinessDeps): Promise<readonly PartReadiness[]> {
  const given = new AbortController();
  const failed = (reason: string): PartReadiness[] => [{ part: 'store', ready: false, reason }];
  try {
    return await Promise.race([
      deps.checkReady(),
      deps.clock.sleep(READY_WITHIN_MS, given.signal).then(() => failed('There was no answer within 5 seconds.')),
    ]);
  } catch (error) {
    deps.log.warn({ err: error }, 'readiness could not be checked');
    return failed('It could not be asked; the log says why.');
  } finally {
    given.abort();
  }
}

/** Whether the parts that a process needs answer, looked at once a second at most. */
export function readinessOf(deps: ReadinessDeps): () => Promise<readonly PartReadiness[]> {
  let last: { readonly at: number; readonly parts: Promise<readonly PartReadiness[]> } | null = null;
  return () => {
    const now = deps.clock.now().getTime();
    if (last === null || Math.abs(now - last.at) >= READY_KEPT_MS) last = { at: now, parts: lookAtParts(deps) };
    return last.parts;
  };
}
