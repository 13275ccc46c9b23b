import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStaged, verdictsOf } from '../../domain/staged-reading.ts';
import type { Store } from '../ports.ts';
import { openDuckdbStore } from './open.ts';

const WRITTEN = resolve(import.meta.dirname, '../../../test/fixtures/snapshot-1/plumbline.duckdb.gz');
const DIGESTS = resolve(import.meta.dirname, '../../../test/fixtures/snapshot-1/backup/ledger/snapshots.jsonl');

/** A store that the program wrote on 2026-11-28, with two snapshots of one model; its backup of the same minute lists them. */
describe('a store of an earlier version', () => {
  let dir = '';
  let store: Store;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'older-'));
    writeFileSync(join(dir, 'plumbline.duckdb'), gunzipSync(readFileSync(WRITTEN)));
    store = await openDuckdbStore({
      dataDir: dir,
      workspace: 'default',
      clock: () => new Date('2027-01-01T00:00:00Z'),
    });
  });
  afterAll(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('opens, and holds the snapshots and answers that it held', async () => {
    const listed = readFileSync(DIGESTS, 'utf8')
      .trim()
      .split('\n')
      .map((line) => /"digest":"([0-9a-f]{64})"\}\}$/.exec(line)?.[1]);
    expect(listed).not.toContain(undefined);
    const heads = await store.ledger.snapshots('six-stage');
    expect(heads.map(({ digest }) => digest).sort()).toEqual([...listed].sort());
    for (const { digest } of heads) expect((await store.ledger.snapshot(digest))?.digest).toBe(digest);
    // Read off the backup: the earlier one is withheld, the later one rests on answers alone, so nothing of it is assured.
    expect(
      (await store.ledger.verdicts('six-stage')).map(({ version, kind, headline }) => [version, kind, headline]),
    ).toEqual([
      [2, 'staged', { value: null, label: 'not placed', of: 6, assured: null, status: 'not_placed', coverage: 0 }],
      [2, 'staged', { value: 2, label: 'stage 2', of: 6, assured: null, status: 'self_reported', coverage: 0 }],
    ]);
    expect((await store.ledger.answers('six-stage')).map(({ criterion, value }) => [criterion, value]).sort()).toEqual([
      ['S1.1', 3],
      ['S1.2', 2],
      ['S1.4', 1],
    ]);
  });

  it('tells of every snapshot what is read from its document', async () => {
    for (const head of await store.ledger.verdicts()) {
      const stored = await store.ledger.snapshot(head.digest);
      const [verdict] = stored === null ? [] : verdictsOf(stored);
      expect({ ...verdict?.model, headline: verdict?.headline }).toMatchObject({
        id: head.model,
        version: head.version,
        hash: head.hash,
        kind: head.kind,
        headline: head.headline,
      });
    }
  });

  it('is read as before by the model that judged it, and by no other', async () => {
    const [first] = await store.ledger.snapshots('six-stage');
    const stored = await store.ledger.snapshot(first?.digest ?? '');
    if (stored === null) throw new Error('the snapshot is not there');
    const reading = readStaged(stored, 'six-stage');
    expect(reading).toMatchObject(stored);
    expect(readStaged(stored, 'cx-programme')).toBeNull();
  });
});
