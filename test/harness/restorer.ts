/**
 * A process of its own for tests of durability: restores the backup in argv[2] into the store of the folder in argv[3] and says each
 * step, one a line, waiting for a moment at each so that it can be killed there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openSealedFiles } from '../../src/config/sealed-files.ts';
import { restoreBackup } from '../../src/pipeline/restore.ts';
import { openArchive } from '../../src/store/duckdb/archive.ts';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import { openMemoryOperations } from '../../src/store/operations/embedded.ts';

const [, , backup = '', dataDir = ''] = process.argv;
const clock = { now: () => new Date('2026-03-01T00:00:00Z') };
const store = await openDuckdbStore({ dataDir, workspace: 'alpha', clock: clock.now });
const { telemetry } = store;
await restoreBackup(backup, {
  workspace: 'alpha',
  store: {
    ...store,
    telemetry: {
      ...telemetry,
      commit: async (batch) => {
        const counts = await telemetry.commit(batch);
        process.stdout.write(`${Object.keys(batch.records).join() || 'cursor'}\n`);
        await sleep(20);
        return counts;
      },
    },
  },
  operations: await openMemoryOperations({ clock }),
  sealed: openSealedFiles(dataDir),
  secrets: { read: async () => '', adopt: async () => undefined, hasSignedManifest: () => false },
  openArchive: (folder) => openArchive(folder, { memoryLimit: '256MB', threads: 1 }),
  pseudonymKeyId: null,
  batchRows: 5,
  replace: false,
  trust: true,
  progress: () => undefined,
});
process.stdout.write('restored\n');
