import { beforeAll, describe, expect, it } from 'vitest';
import { compareReadings } from './compare.ts';
import { type Life, liveDesk } from './life.ts';
import { LIMITS } from './limits/index.ts';
import { type Reading, readRendering, readZendesk } from './read-rendering.ts';
import { RENDERINGS } from './renderings.ts';

let life: Life;
let desk: Reading;
it('has a list of limits for every rendering and no other', () => {
  expect(Object.keys(LIMITS).sort()).toEqual(RENDERINGS.map(({ connector }) => connector.id).sort());
});

beforeAll(async () => {
  life = liveDesk();
  desk = await readZendesk(life);
});

describe.each(RENDERINGS.map((rendering) => [rendering.connector.title, rendering] as const))(
  'the simulated desk at %s',
  (_, rendering) => {
    it('has the figures, findings and stage that it has at Zendesk, except for what is listed', async () => {
      const limits = LIMITS[rendering.connector.id];
      if (limits === undefined) throw new Error(`nothing is said of what ${rendering.connector.id} does not show`);
      expect(compareReadings(life, desk, await readRendering(life, rendering), limits)).toEqual([]);
    });
  },
);
