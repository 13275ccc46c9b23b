import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSealedFiles } from '../../src/config/sealed-files.ts';
import { openSecrets } from '../../src/config/secrets.ts';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import { TABLE_NAMES } from '../../src/domain/telemetry.ts';
import { backUp } from '../../src/pipeline/backup.ts';
import { type BackupFile, type Manifest, manifestDigest } from '../../src/pipeline/backup-format.ts';
import { type RestoreDeps, restoreBackup } from '../../src/pipeline/restore.ts';
import { openArchive } from '../../src/store/duckdb/archive.ts';
import { openMemoryOperations } from '../../src/store/operations/embedded.ts';
import type { Operations, SealedSecrets } from '../../src/store/operations-port.ts';
import type { Store } from '../../src/store/ports.ts';
import { aResolution } from '../harness/a-resolution.ts';
import { placedSnapshot } from '../harness/placed-snapshot.ts';
import { aMessage, anEvent, aSnapshot, aTicket, at } from '../harness/records.ts';

const NOW = at('2026-03-01T12:00:00Z');
const ENVIRONMENT = { PLUMBLINE_KEY: 'a1'.repeat(32), PLUMBLINE_PSEUDONYM_KEY: 'c3'.repeat(32) };
const OTHER_KEY = { PLUMBLINE_KEY: 'ff'.repeat(32) };
/** A model as it judged, in the text that its hash is of. */
const MODEL_TEXT = '{"id":"six-stage"}';
const MODEL = { hash: createHash('sha256').update(MODEL_TEXT).digest('hex'), text: MODEL_TEXT };
const EARLIER = resolve(import.meta.dirname, '../fixtures/snapshot-1/backup');
const CANARY = 'canary-token-7f3a';
const LINK_HASH = 'ab'.repeat(32);
const AN_INVITATION = {
  model: 'six-stage',
  respondent: 'lead-1',
  role: 'support_lead',
  created_at: at('2026-02-20T00:00:00Z'),
  created_by: 't1',
  expires_at: at('2026-04-01T00:00:00Z'),
  used_at: null,
  revoked_at: null,
};
/** By id, a digit of their hash: open, opened, over. */
const INVITATIONS = {
  '1': {},
  '2': { respondent: 'agent-2', used_at: at('2026-02-21T00:00:00Z') },
  '3': { respondent: 'agent-3', expires_at: at('2026-02-22T00:00:00Z') },
};

/** A workspace of one engine with all that a backup holds. */
interface Site {
  readonly store: Store;
  readonly operations: Operations;
  readonly sealed: SealedSecrets;
  readonly workspace: string;
}

async function openSite(store: Store, workspace: string): Promise<Site> {
  const operations = await openMemoryOperations({ clock: { now: () => NOW } });
  const sealed = openSealedFiles(mkdtempSync(join(tmpdir(), 'plumbline-backup-site-')));
  return { store, operations, sealed, workspace };
}

function secretsOf({ sealed, workspace }: Site, environment: Record<string, string> = ENVIRONMENT) {
  const nowhere = { dataDir: '/nonexistent', cwd: '/nonexistent', shared: true };
  return openSecrets({ ...nowhere, workspace, environment, sealed: async () => sealed });
}

async function fill(site: Site): Promise<void> {
  const { store, operations, workspace } = site;
  const ids = Array.from({ length: 25 }, (_, i) => String(i));
  await store.ledger.saveConnection({
    name: 'desk',
    vendor: 'zendesk',
    role: 'desk',
    settings: { url: 'https://desk.example' },
    secret: await secretsOf(site).seal('desk', CANARY),
    allow_private: false,
    status: 'connected',
    created_at: at('2026-01-01T00:00:00Z'),
  });
  await store.telemetry.commit({
    connection: 'desk',
    stream: 'tickets',
    checkpoint: 'cursor-9',
    records: {
      ticket: ids.map((id) => aTicket({ id, requester_key: `k${Number(id) % 5}`, tags: ['a', 'ü "b"'] })),
      event: ids.map((id) => anEvent({ id: `e${id}`, ticket_id: id })),
      message: ids.map((id) => aMessage({ id: `m${id}`, ticket_id: id })),
    },
    rejected: [
      { stream: 'tickets', ref: '99', code: 'RECORD_REJECTED', path: 'created_at', detail: 'expected an instant' },
    ],
  });
  await store.telemetry.recordObservability([
    {
      connection: 'desk',
      stream: 'tickets',
      status: 'available',
      detail: null,
      fields: ['status'],
      since: null,
      until: at('2026-02-28T00:00:00Z'),
      rows: 25,
      rejected: 1,
      reconciled_share: 0.96,
    },
  ]);
  await store.ledger.addAnswers([
    {
      model: 'a-model-that-is-not-installed',
      criterion: 'S1.1',
      respondent: 'lead',
      role: 'operations',
      value: 2,
      comment: null,
      proof: null,
      proof_checked_by: null,
      answered_at: at('2026-01-10T09:00:00Z'),
      expires_at: at('2027-01-10T09:00:00Z'),
    },
  ]);
  await store.ledger.addNotApplicable([
    { model: 'six-stage', criterion: 'S2.1', reason: 'no telephone', by: 'lead', at: at('2026-01-11T00:00:00Z') },
  ]);
  await store.ledger.addResolutions([aResolution()]);
  await store.ledger.addCustomerPairs([{ desk: 'desk', source: 'crm', organisation_id: '7', customer_id: 'A-7' }]);
  await store.ledger.saveSnapshot(
    aSnapshot({ digest: 'd'.repeat(64), as_of: '2026-02-01T00:00:00Z' }),
    at('2026-02-01T00:00:00Z'),
    'run-1',
  );
  await store.ledger.saveModels([MODEL]);
  await store.ledger.saveSnapshot(placedSnapshot({ stage: 3, day: 20 }), at('2026-02-02T00:00:00Z'));
  await operations.saveSchedule({
    workspace,
    name: 'nightly',
    kind: 'snapshot',
    every_s: 86_400,
    cron: null,
    tz: 'UTC',
    jitter_s: 60,
    model: null,
    models: null,
    window_days: null,
    paused: false,
    next_at: at('2026-03-02T00:00:00Z'),
    created_at: at('2026-01-01T00:00:00Z'),
    created_by: 'cli',
  });
  await operations.saveNoticeTarget({
    workspace,
    name: 'team',
    channel: 'slack',
    settings: { url: 'https://hooks.example/x' },
    secret: 'none',
    allow_private: false,
    kinds: null,
    created_at: at('2026-01-01T00:00:00Z'),
  });
  const by = { updated_at: at('2026-01-05T00:00:00Z'), updated_by: 't1' };
  for (const model of ['six-stage', 'a-model-that-is-not-installed'])
    await operations.saveMove({
      workspace,
      model,
      criterion: 'S2.2',
      owner: 'lead-1',
      due: null,
      state: 'started',
      ...by,
    });
  await operations.saveGoal({ workspace, model: 'six-stage', stage: 4, due: '2026-12-31', ...by });
  for (const [id, change] of Object.entries(INVITATIONS))
    await operations.addInvitation({ ...AN_INVITATION, workspace, id, hash: LINK_HASH.slice(0, 63) + id, ...change });
}

/** Everything of a site that a restore has to bring back, without the name of the workspace. */
async function contentOf({ store, operations, workspace }: Site): Promise<unknown> {
  const remembered = [];
  for await (const page of store.telemetry.remembered()) remembered.push(...page);
  const nameless = <T extends { workspace: string }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, workspace: '' }));
  return {
    digest: await store.telemetry.digest(),
    rows: await store.telemetry.rows('desk'),
    cursors: await store.telemetry.checkpoints('desk'),
    setAside: await store.telemetry.setAside('desk'),
    observability: await store.telemetry.observability(),
    remembered,
    connections: await store.ledger.connections(),
    pairs: await store.ledger.customerPairs(),
    answers: await store.ledger.answers('a-model-that-is-not-installed'),
    notApplicable: await store.ledger.notApplicable('six-stage'),
    resolutions: await store.ledger.resolutions('six-stage'),
    heads: await store.ledger.snapshots(),
    verdicts: await store.ledger.verdicts(),
    second: await store.ledger.latestSnapshot('six-stage', NOW),
    models: await store.ledger.modelDocuments(),
    snapshot: await store.ledger.snapshot('d'.repeat(64)),
    publications: await store.ledger.publications(),
    // A restore pauses them all, which is tested apart.
    schedules: nameless(await operations.schedules(workspace)).map((row) => ({ ...row, paused: null })),
    targets: nameless(await operations.noticeTargets(workspace)),
    moves: nameless(await operations.moves(workspace, null)),
    goals: nameless(await operations.goals(workspace)),
    // A restore ends those that are open and knows no link, which is tested apart.
    invitations: nameless(await operations.invitations(workspace)).map((row) => ({
      ...row,
      hash: '',
      revoked_at: null,
    })),
  };
}

/** What is tested beside a whole way there: what depends on the engine that is read, on the one that is written, or everything. */
type Tests = 'source' | 'target' | 'all';

/** Backup and restore from one kind of store into another; both give an empty store of a workspace each time. */
export function backupConformance(
  name: string,
  from: (workspace: string) => Promise<Store>,
  to: (workspace: string) => Promise<Store>,
  tests: Tests,
): void {
  describe(`backup and restore: ${name}`, () => {
    let folder = '';
    let test = 0;
    let pristine: string | null = null;
    let source: Site;
    let target: Site;
    const backup = () => join(folder, 'b');
    const file = (path: string) => join(backup(), path);

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'plumbline-backup-'));
      test += 1;
      const workspace = tests === 'all' ? 'alpha' : `alpha${test}`;
      source = await openSite(await from(workspace), workspace);
      target = await openSite(await to(workspace), workspace);
      await fill(source);
    });
    afterEach(async () => {
      for (const site of [source, target]) {
        await site.store.close();
        await site.operations.close();
      }
      rmSync(folder, { recursive: true, force: true });
    });

    afterAll(() => {
      if (pristine !== null) rmSync(dirname(pristine), { recursive: true });
    });

    const write = (site = source, more: Partial<Parameters<typeof backUp>[1]> = {}) =>
      backUp(backup(), {
        ...site,
        version: '9.9.9',
        signManifest: (text) => secretsOf(site).signManifest(text),
        openArchive: (dir) => openArchive(dir, { memoryLimit: '256MB', threads: 1 }),
        pseudonymKeyId: 'key-1',
        now: NOW,
        progress: () => undefined,
        ...more,
      });
    const read = (site = target, more: Partial<RestoreDeps> = {}) =>
      restoreBackup(backup(), {
        ...site,
        secrets: secretsOf(site),
        openArchive: (dir) => openArchive(dir, { memoryLimit: '256MB', threads: 1 }),
        pseudonymKeyId: 'key-1',
        batchRows: 10,
        replace: false,
        trust: false,
        progress: () => undefined,
        ...more,
      });
    /** A backup of what `fill` wrote, made once: for tests of what restoring makes of it. */
    const writeOnce = async () => {
      if (pristine === null) {
        await write();
        pristine = join(mkdtempSync(join(tmpdir(), 'plumbline-backup-once-')), 'b');
        renameSync(backup(), pristine);
      }
      cpSync(pristine, backup(), { recursive: true });
    };
    /** Changes the manifest as somebody would who has no key, or, with `sign`, as the program itself. */
    const rewriteManifest = (
      change: (manifest: Manifest) => Partial<Manifest>,
      sign: (digest: string, before: Manifest['signature']) => Manifest['signature'] = (text) =>
        secretsOf(source).signManifest(text),
    ) => {
      const { digest: _, signature, ...manifest } = JSON.parse(readFileSync(file('manifest.json'), 'utf8')) as Manifest;
      const changed = { ...manifest, ...change({ ...manifest, digest: '', signature }) };
      const digest = manifestDigest(changed);
      writeFileSync(file('manifest.json'), JSON.stringify({ ...changed, digest, signature: sign(digest, signature) }));
    };

    it('takes what a program wrote whose snapshots had one model, and keeps them to the letter', async () => {
      cpSync(EARLIER, backup(), { recursive: true });
      expect(await read(target, { trust: true })).toMatchObject({ snapshots: 2, signed: 'elsewhere' });
      const lines = readFileSync(join(EARLIER, 'ledger/snapshots.jsonl'), 'utf8').trim().split('\n');
      const { ledger } = target.store;
      for (const line of lines) {
        const { snapshot } = JSON.parse(line) as { snapshot: { digest: string } };
        expect(canonicalJson(await ledger.snapshot(snapshot.digest))).toBe(canonicalJson(snapshot));
      }
      // Read off the file: the earlier one is withheld, the later one rests on answers alone, so nothing of it is assured.
      expect(
        (await ledger.verdicts('six-stage')).map(({ version, kind, headline }) => [version, kind, headline]),
      ).toEqual([
        [2, 'staged', { value: null, label: 'not placed', of: 6, assured: null, status: 'not_placed', coverage: 0 }],
        [2, 'staged', { value: 2, label: 'stage 2', of: 6, assured: null, status: 'self_reported', coverage: 0 }],
      ]);
      expect(await ledger.modelDocuments()).toEqual([]);
    });

    it('brings everything back, and the secret opens', async () => {
      const before = await contentOf(source);
      const manifest = await write();
      expect(manifest).toMatchObject({ workspace: source.workspace, settled: true, plumbline: '9.9.9' });
      expect(manifest.telemetry_digest).toBe(await source.store.telemetry.digest());
      const restored = await read();
      expect(restored).toMatchObject({
        rows: 75,
        snapshots: 2,
        closedSecrets: [],
        samePseudonyms: true,
        erasedSince: 0,
        signed: 'here',
      });
      expect(restored.digest).toBe(manifest.telemetry_digest);
      expect(await contentOf(target)).toEqual(before);
      expect(await secretsOf(target).read('sealed:desk')).toBe(CANARY);
    });

    if (tests !== 'target') {
      it('has cursors no newer than its records, whoever writes in between', async () => {
        const { telemetry } = source.store;
        let n = 0;
        const busy: Store = {
          ...source.store,
          telemetry: {
            ...telemetry,
            exportTable: async (table, format, path) => {
              n += 1;
              await telemetry.commit({
                connection: 'desk',
                stream: 'tickets',
                checkpoint: `later-${n}`,
                records: { ticket: [aTicket({ id: `later-${n}` })] },
                rejected: [],
              });
              return telemetry.exportTable(table, format, path);
            },
          },
        };
        const manifest = await write({ ...source, store: busy });
        expect(manifest.settled).toBe(false);
        await read();
        const cursor = (await target.store.telemetry.checkpoints('desk')).get('tickets') ?? '';
        const written = Number(cursor.replace('later-', ''));
        for (let i = 1; i <= written; i++)
          expect(await target.store.telemetry.find('ticket', 'desk', `later-${i}`)).toHaveLength(1);
        expect(written).toBeGreaterThan(0);
      });

      it.each([
        ['before its table is written', 1],
        ['after its table was written', 3],
      ])('unlinks on restoring who was erased during the backup, %s', async (_, moment) => {
        const { telemetry } = source.store;
        let n = 0;
        const busy: Store = {
          ...source.store,
          telemetry: {
            ...telemetry,
            exportTable: async (table, format, path) => {
              n += 1;
              if (n === moment) await telemetry.eraseRequester('k2');
              return telemetry.exportTable(table, format, path);
            },
          },
        };
        expect((await write({ ...source, store: busy })).settled).toBe(true);
        expect((await read()).digest).toBe(await telemetry.digest());
        expect((await target.store.telemetry.requesterRows('k2')).get('ticket')).toBe(0);
      });
    }

    if (tests !== 'source') {
      it('restores into a workspace of another name: the secret is sealed anew for it', async () => {
        await write();
        const other = await openSite(await to('beta'), 'beta');
        await read(other);
        expect(await secretsOf(other).read('sealed:desk')).toBe(CANARY);
        expect((await other.operations.schedules()).map((one) => one.workspace)).toEqual(['beta']);
        await other.store.close();
        await other.operations.close();
      });

      it('brings back whom one asked, and no link that opens', async () => {
        await write();
        expect(readFileSync(file('invitations.jsonl'), 'utf8')).not.toContain(LINK_HASH.slice(0, 60));
        const { paused } = await read();
        const asked = paused.filter(({ kind }) => kind === 'invitation');
        expect(asked.map(({ name }) => name).toSorted()).toEqual(['agent-2', 'lead-1']);
        const { operations, workspace } = target;
        const rows = await operations.invitations(workspace);
        expect(rows.map(({ id, revoked_at }) => [id, revoked_at])).toEqual([
          ['1', NOW],
          ['2', NOW],
          ['3', null],
        ]);
        expect(await operations.invitationByHash(`${LINK_HASH.slice(0, 63)}1`)).toBeNull();
        expect(await operations.takeInvitation('1', NOW)).toBe(false);
      });

      it('restores beside the workspace that was backed up, in the same journal', async () => {
        await write();
        const beside = { ...(await openSite(await to('beta'), 'beta')), operations: source.operations };
        await read(beside);
        expect(await source.operations.invitations('beta')).toHaveLength(3);
        expect(await source.operations.moves('beta', null)).toHaveLength(2);
        expect((await source.operations.goal(source.workspace, 'six-stage'))?.stage).toBe(4);
        await read(beside, { replace: true });
        expect(await source.operations.invitations('beta')).toHaveLength(3);
        expect(await source.operations.invitations(source.workspace)).toHaveLength(3);
        await beside.store.close();
      });

      it('says which secrets do not open and that the pseudonym key is another one', async () => {
        await write();
        const strange = secretsOf(target, { ...ENVIRONMENT, PLUMBLINE_KEY: 'ff'.repeat(32) });
        const restored = await read(target, { secrets: strange, pseudonymKeyId: 'key-2', trust: true });
        expect(restored).toMatchObject({ closedSecrets: ['desk'], samePseudonyms: false, signed: 'elsewhere' });
        expect(await secretsOf(target).read('sealed:desk')).toBe(CANARY);
      });

      it('refuses a workspace that is not empty, names what is there, and replaces it when told to', async () => {
        await write();
        await read();
        const before = await contentOf(target);
        await expect(read()).rejects.toMatchObject({
          code: 'BAD_USAGE',
          message: expect.stringMatching(/alpha\d* is not empty: 1 connections, 2 snapshots, .*1 schedules/),
        });
        await target.store.telemetry.commit({
          connection: 'desk',
          stream: 'tickets',
          checkpoint: 'later',
          records: { ticket: [aTicket({ id: 'later' })] },
          rejected: [],
        });
        await read(target, { replace: true });
        expect(await contentOf(target)).toEqual(before);
      });

      it('keeps out who was erased after the backup was made', async () => {
        await write();
        await target.store.telemetry.eraseRequester('k1');
        const restored = await read();
        expect(restored.erasedSince).toBe(1);
        expect((await target.store.telemetry.requesterRows('k1')).get('ticket')).toBe(0);
        expect((await target.store.telemetry.requesterRows('k2')).get('ticket')).toBe(5);
        await source.store.telemetry.eraseRequester('k1');
        expect(restored.digest).toBe(await source.store.telemetry.digest());
      });

      it('takes along who was erased before', async () => {
        await source.store.telemetry.eraseRequester('k3');
        await write();
        await read();
        await target.store.telemetry.commit({
          connection: 'desk',
          stream: null,
          checkpoint: null,
          records: { ticket: [aTicket({ id: 'new', requester_key: 'k3' })] },
          rejected: [],
        });
        expect((await target.store.telemetry.requesterRows('k3')).get('ticket')).toBe(0);
      });

      it('leaves the workspace empty when it fails in the middle', async () => {
        await write();
        const empty = await target.store.telemetry.digest();
        let left = 4;
        const { telemetry } = target.store;
        const breaking: Store = {
          ...target.store,
          telemetry: {
            ...telemetry,
            commit: async (batch) => {
              if (left-- === 0) throw new Error('disk full');
              return telemetry.commit(batch);
            },
          },
        };
        await expect(read({ ...target, store: breaking })).rejects.toThrow('disk full');
        expect(await telemetry.digest()).toBe(empty);
        expect(await target.store.ledger.connections()).toEqual([]);
        expect(await target.sealed.all()).toEqual([]);
        await read();
        expect(await contentOf(target)).toEqual(await contentOf(source));
      });

      it('clears the remains of a restore that was killed, without --replace', async () => {
        await write();
        const { telemetry } = target.store;
        let left = 4;
        const dying: Store = {
          ...target.store,
          telemetry: {
            ...telemetry,
            commit: async (batch) => (left-- > 0 ? telemetry.commit(batch) : Promise.reject(new Error('killed'))),
            clear: () => (left < 4 ? Promise.reject(new Error('nobody is there any more')) : telemetry.clear()),
          },
        };
        await expect(read({ ...target, store: dying })).rejects.toThrow();
        await telemetry.recordObservability(await source.store.telemetry.observability());
        await read();
        expect(await contentOf(target)).toEqual(await contentOf(source));
      });
    }

    if (tests !== 'all') return;

    it('holds no key and no secret in clear, and each file has the hash that the manifest says', async () => {
      const manifest = await write();
      const files = readdirSync(backup(), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
      expect(files.length).toBe(manifest.files.length + 1);
      expect(manifest.files.length).toBe(TABLE_NAMES.length + 17);
      for (const entry of files) {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        for (const word of [CANARY, ENVIRONMENT.PLUMBLINE_KEY, ENVIRONMENT.PLUMBLINE_PSEUDONYM_KEY])
          expect(bytes.includes(word)).toBe(false);
      }
      for (const { path, sha256, bytes } of manifest.files) {
        const content = readFileSync(file(path));
        expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
        expect(content.length).toBe(bytes);
      }
    });

    it.each<[string, () => void, RegExp]>([
      [
        'a changed byte',
        () => {
          const bytes = readFileSync(file('telemetry/ticket.parquet'));
          bytes[200] = (bytes[200] ?? 0) ^ 1;
          writeFileSync(file('telemetry/ticket.parquet'), bytes);
        },
        /telemetry\/ticket\.parquet was changed: its SHA-256/,
      ],
      [
        'a torn file',
        () => {
          writeFileSync(file('telemetry/event.parquet'), readFileSync(file('telemetry/event.parquet')).subarray(0, 50));
        },
        /telemetry\/event\.parquet has 50 bytes instead of/,
      ],
      ['a missing file', () => rmSync(file('cursors.jsonl')), /cursors\.jsonl is missing/],
      [
        'a changed manifest',
        () => {
          const text = readFileSync(file('manifest.json'), 'utf8');
          writeFileSync(file('manifest.json'), text.replace('"workspace":"alpha"', '"workspace":"gamma"'));
        },
        /manifest\.json was changed/,
      ],
      [
        'a manifest of something else',
        () => writeFileSync(file('manifest.json'), '{"name":"x"}'),
        /is not one of ours: format/,
      ],
      ['half a manifest', () => writeFileSync(file('manifest.json'), '{"format":1,'), /manifest\.json is not JSON/],
      [
        'a newer format',
        () => writeFileSync(file('manifest.json'), '{"format":7}'),
        /has format 7, and this version reads up to 6/,
      ],
      [
        'a file that the manifest does not list',
        () => writeFileSync(file('ledger/more.jsonl'), '{}'),
        /"ledger\/more\.jsonl" is not in the manifest/,
      ],
      ['a folder too many', () => mkdirSync(file('inner')), /"inner" is not in the manifest/],
      [
        'a link to another file',
        () => {
          renameSync(file('secrets.jsonl'), join(folder, 'elsewhere'));
          symlinkSync(join(folder, 'elsewhere'), file('secrets.jsonl'));
        },
        /secrets\.jsonl is a link/,
      ],
      [
        'a linked manifest',
        () => {
          renameSync(file('manifest.json'), join(folder, 'elsewhere'));
          symlinkSync(join(folder, 'elsewhere'), file('manifest.json'));
        },
        /manifest\.json is a link/,
      ],
      [
        'a pipe in place of the manifest',
        () => {
          rmSync(file('manifest.json'));
          execFileSync('mkfifo', [file('manifest.json')]);
        },
        /manifest\.json is not a regular file/,
      ],
      [
        'a linked folder',
        () => {
          renameSync(file('telemetry'), join(folder, 'elsewhere'));
          symlinkSync(join(folder, 'elsewhere'), file('telemetry'));
        },
        /telemetry is not a folder/,
      ],
      [
        'a file with two names',
        () => linkSync(file('cursors.jsonl'), join(folder, 'elsewhere')),
        /cursors\.jsonl has a second name elsewhere/,
      ],
      [
        'a folder in place of a file',
        () => {
          rmSync(file('cursors.jsonl'));
          mkdirSync(file('cursors.jsonl'));
        },
        /cursors\.jsonl is not a regular file/,
      ],
      [
        'a manifest that is too large',
        () => writeFileSync(file('manifest.json'), ' '.repeat(1_000_001)),
        /manifest\.json has 1000001 bytes/,
      ],
      ...['../outside.jsonl', '/etc/passwd', 'ledger/../../x', 'telemetry\\ticket.parquet', 'constructor', ''].map(
        (path): [string, () => void, RegExp] => [
          `the name ${path} in a manifest`,
          () =>
            rewriteManifest(({ files: [first, ...rest] }) => ({
              files: [{ ...(first as BackupFile), path }, ...rest],
            })),
          /names a file that no backup has/,
        ],
      ),
      [
        'a file that is listed twice',
        () => rewriteManifest(({ files }) => ({ files: [...files, ...files.slice(0, 1)] })),
        /names a file twice/,
      ],
      [
        'more files than a backup can have',
        () => rewriteManifest(({ files }) => ({ files: Array.from({ length: 101 }, () => files[0] as BackupFile) })),
        /is not one of ours: files, Too big/,
      ],
      [
        'counts beyond all measure',
        () => rewriteManifest(({ files }) => ({ files: files.map((one) => ({ ...one, rows: 9e15, bytes: 9e15 })) })),
        /has \d+ bytes instead of 9000000000000000/,
      ],
      [
        'rows that are not there',
        () => rewriteManifest(({ files }) => ({ files: files.map((one) => ({ ...one, rows: 9e15 })) })),
        /instead of 9000000000000000/,
      ],
      ['a foreign folder', () => rmSync(file('manifest.json')), /the folder is not a backup/],
    ])('%s is named, and the workspace stays as it was', async (_, damage, message) => {
      await writeOnce();
      damage();
      await expect(read()).rejects.toMatchObject({ code: 'BAD_BACKUP', message: expect.stringMatching(message) });
      expect(await target.store.ledger.connections()).toEqual([]);
      expect((await target.store.telemetry.rows('desk')).get('ticket')).toBe(0);
    });

    it('names line and field of a record that does not fit, although all hashes do', async () => {
      await writeOnce();
      const path = 'ledger/answers.jsonl';
      const bytes = Buffer.from(readFileSync(file(path), 'utf8').replace('"value":2', '"value":7'));
      writeFileSync(file(path), bytes);
      const entry = { path, rows: 1, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      rewriteManifest(({ files }) => ({ files: files.map((one) => (one.path === path ? entry : one)) }));
      await expect(read()).rejects.toThrow(/ledger\/answers\.jsonl line 1 does not fit at value/);
    });

    it('does not take records that are others than the manifest says, although all hashes fit', async () => {
      await writeOnce();
      rewriteManifest(() => ({ telemetry_digest: 'e'.repeat(64) }));
      await expect(read()).rejects.toThrow(/telemetry does not have the digest of the manifest/);
    });

    it.each<[string, (digest: string, before: Manifest['signature']) => Manifest['signature'], RegExp]>([
      ['by nobody', () => null, /is not signed/],
      ['by another key', (digest) => secretsOf(source, OTHER_KEY).signManifest(digest), /signed with key \w{8}, which/],
      ['for other files', (_, before) => before, /signed with key/],
    ])('is taken only on trust when the manifest is signed %s', async (_, sign, message) => {
      await writeOnce();
      rewriteManifest(() => ({ created_at: '2026-02-28T12:00:00.000Z' }), sign);
      await expect(read()).rejects.toMatchObject({
        code: 'BAD_BACKUP',
        message: expect.stringMatching(message),
        remedy: expect.stringContaining('--trust'),
      });
      expect(await target.store.ledger.connections()).toEqual([]);
      expect((await read(target, { trust: true })).signed).toBe(
        message.source.includes('not') ? 'nowhere' : 'elsewhere',
      );
    });

    it('takes a backup of the format without signatures on trust', async () => {
      await writeOnce();
      const {
        digest: _,
        signature: __,
        ...manifest
      } = JSON.parse(readFileSync(file('manifest.json'), 'utf8')) as Manifest;
      const old = { ...manifest, format: 1 as const };
      writeFileSync(file('manifest.json'), JSON.stringify({ ...old, digest: manifestDigest(old) }));
      await expect(read()).rejects.toThrow(/is not signed: plumbline 9\.9\.9 made it before backups were/);
      expect(await read(target, { trust: true })).toMatchObject({ signed: 'nowhere', rows: 75 });
    });

    it('can be opened with a key that was replaced since', async () => {
      await write();
      const rotated = { ...ENVIRONMENT, ...OTHER_KEY, PLUMBLINE_KEY_PREVIOUS: ENVIRONMENT.PLUMBLINE_KEY };
      expect((await read(target, { secrets: secretsOf(target, rotated) })).signed).toBe('here');
    });

    it('brings back what reaches beyond the workspace paused, with the command that resumes it', async () => {
      const desk = (await source.store.ledger.connections())[0];
      if (desk === undefined) throw new Error('no desk');
      const url = 'https://desk.example';
      for (const row of [
        { ...desk, name: 'by-variable', secret: 'env:DESK_TOKEN' },
        {
          ...desk,
          name: 'by-file',
          secret: 'file:/run/desk token',
          settings: { url, user: 'a@b.example', brand: '7' },
        },
        { ...desk, name: 'private', secret: 'none', allow_private: true },
        { ...desk, name: 'twice', secret: 'paused:env:DESK_TOKEN' },
      ])
        await source.store.ledger.saveConnection(row);
      const [team] = await source.operations.noticeTargets('alpha');
      if (team === undefined) throw new Error('no target');
      await source.operations.saveNoticeTarget({ ...team, name: 'pager', secret: 'env:HOOK', allow_private: true });
      await write();
      const { paused } = await read();
      const resumes = Object.fromEntries(paused.map(({ kind, name, resume }) => [`${kind} ${name}`, resume]));
      const connect = `plumbline connect zendesk --name`;
      expect(resumes).toEqual({
        'invitation lead-1': 'ask lead-1 anew on the page, under Questions',
        'invitation agent-2': 'ask agent-2 anew on the page, under Questions',
        'connection by-variable': `${connect} by-variable --url ${url} --token-env DESK_TOKEN --workspace alpha`,
        'connection by-file': `${connect} by-file --url ${url} --user a@b.example --set brand=7 --token-file '/run/desk token' --workspace alpha`,
        'connection private': `${connect} private --url ${url} --allow-private --workspace alpha`,
        'connection twice': `${connect} twice --url ${url} --token-env DESK_TOKEN --workspace alpha`,
        'target pager':
          'plumbline notify add pager --channel slack --set url=https://hooks.example/x --token-env HOOK --allow-private --workspace alpha',
        'schedule nightly': 'plumbline schedule resume nightly --workspace alpha',
      });
      const rows = new Map((await target.store.ledger.connections()).map((row) => [row.name, row]));
      expect(rows.get('by-variable')).toMatchObject({ secret: 'paused:env:DESK_TOKEN', status: 'connected' });
      expect(rows.get('twice')?.secret).toBe('paused:env:DESK_TOKEN');
      expect([...rows.values()].some((row) => row.allow_private)).toBe(false);
      expect(rows.get('desk')?.secret).toBe('sealed:desk');
      const environment = { ...ENVIRONMENT, DESK_TOKEN: 'leaked' };
      await expect(secretsOf(target, environment).read('paused:env:DESK_TOKEN')).rejects.toMatchObject({
        code: 'SECRET_MISSING',
        message: expect.stringContaining('a restore has paused it'),
      });
      expect((await target.operations.schedules('alpha')).map((one) => one.paused)).toEqual([true]);
      const pager = (await target.operations.noticeTargets('alpha')).find((one) => one.name === 'pager');
      expect(pager).toMatchObject({ secret: 'paused:env:HOOK', allow_private: false });
    });

    it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
      const before = process.umask(0o000);
      try {
        await write();
      } finally {
        process.umask(before);
      }
      const modes = readdirSync(backup(), { recursive: true, withFileTypes: true }).map((entry) => {
        const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
        return `${entry.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
      });
      expect(new Set(modes)).toEqual(new Set(['folder 700', 'file 600']));
      expect(statSync(backup()).mode & 0o777).toBe(0o700);
    });

    it('is there whole or not at all', async () => {
      const { telemetry } = source.store;
      const failing: Store = {
        ...source.store,
        telemetry: {
          ...telemetry,
          exportTable: async (table, format, path) => {
            if (table === 'message') throw new Error('disk full');
            return telemetry.exportTable(table, format, path);
          },
        },
      };
      await expect(write({ ...source, store: failing })).rejects.toThrow('disk full');
      expect(readdirSync(folder)).toEqual([]);
    });

    it('takes the place of what a killed backup left, but of nothing else', async () => {
      await write();
      renameSync(backup(), `${backup()}.part`);
      rmSync(join(`${backup()}.part`, 'manifest.json'));
      const cutOff = restoreBackup(`${backup()}.part`, {
        ...target,
        progress: () => undefined,
      } as unknown as RestoreDeps);
      await expect(cutOff).rejects.toThrow(/manifest\.json is missing: the backup was cut off/);
      await write();
      expect(existsSync(`${backup()}.part`)).toBe(false);
      await expect(write()).rejects.toMatchObject({ code: 'BAD_USAGE' });
      rmSync(backup(), { recursive: true });
      await write();
      renameSync(backup(), `${backup()}.part`);
      writeFileSync(join(`${backup()}.part`, 'thesis.txt'), 'mine');
      await expect(write()).rejects.toThrow(/holds thesis\.txt, which no backup wrote/);
      expect(readFileSync(join(`${backup()}.part`, 'thesis.txt'), 'utf8')).toBe('mine');
    });
  });
}
