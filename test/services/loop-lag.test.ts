import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StagedModel } from '../../src/domain/staged-model.ts';
import { PlumblineError, parseYaml } from '../../src/errors/index.ts';
import { type ApiFleet, openApiFleet } from '../harness/api-fleet.ts';
import { hostileJson, hostileYaml } from '../harness/hostile-texts.ts';

const MOST_MS = 200;
/** A machine that does other things too stops a process now and then; the best of some tries shows what the code itself holds. */
const TRIES = 5;

let fleet: ApiFleet;
let token = '';
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a']);
  ({ token } = await fleet.token('admin'));
});
afterAll(() => fleet.close());

/** Longest time for which nothing else got its turn while the work ran, milliseconds; the least of some tries. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES && least >= MOST_MS; i++) {
    let last = performance.now();
    let longest = 0;
    let on = true;
    const look = (): void => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (on) setImmediate(look);
    };
    setImmediate(look);
    await new Promise((resolve) => setImmediate(resolve));
    await work();
    await new Promise((resolve) => setImmediate(resolve));
    on = false;
    least = Math.min(least, longest);
  }
  return least;
}

const ROUTES = ['/v1/workspaces/desk-a/answers', '/v1/workspaces/desk-a/connections', '/v1/tokens'];

describe('no input up to the size limit holds the event loop', () => {
  it.each(hostileJson(255 * 1024))('as a body: %s', async (_name, payload) => {
    for (const url of ROUTES) {
      const ask = () =>
        fleet.app.inject({
          method: 'POST',
          url,
          payload,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        });
      expect(await longestHold(ask)).toBeLessThan(MOST_MS);
    }
  });

  it.each([...hostileYaml(60 * 1024), ...hostileYaml(255 * 1024)])('as YAML: %s', async (_name, text) => {
    const read = async (): Promise<void> => {
      try {
        parseYaml({ text, name: 'f.yaml', code: 'BAD_MODEL', remedy: 'x' }, StagedModel);
      } catch (error) {
        if (!(error instanceof PlumblineError)) throw error;
      }
    };
    expect(await longestHold(read)).toBeLessThan(MOST_MS);
  });
});
