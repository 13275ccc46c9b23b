import { describe, expect, it } from 'vitest';
import { placedSnapshot } from '../../test/harness/placed-snapshot.ts';
import { aSnapshot } from '../../test/harness/records.ts';
import { readStored } from './read-stored.ts';

const DIGEST = 'ab'.repeat(32);

describe('readStored', () => {
  it('gives both schemas as they were kept', () => {
    for (const kept of [
      placedSnapshot({ stage: 2, day: 3 }),
      aSnapshot({ digest: 'a', as_of: '2026-01-31T00:00:00.000Z' }),
    ])
      expect(readStored(DIGEST, JSON.stringify(kept))).toEqual(kept);
  });

  it.each([
    ['a schema of tomorrow', '{"schema":"plumbline.snapshot/3"}', 'is of schema plumbline.snapshot/3'],
    ['no schema', '{}', 'is of schema undefined'],
    ['no object', '[]', 'is of schema undefined'],
    ['half a file', '{"schema":', 'is not JSON'],
    ['a part that is missing', '{"schema":"plumbline.snapshot/2"}', 'does not fit its schema at workspace'],
  ])('says what is wrong with %s, and what to do', (_, body, told) => {
    let error: unknown = null;
    try {
      readStored(DIGEST, body);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code: 'BAD_SNAPSHOT', message: expect.stringContaining(told) });
    expect(error).toMatchObject({ remedy: expect.stringContaining('newer'), where: DIGEST });
  });
});
