import { join } from 'node:path';
import { built } from '../measure.ts';

/** Takes the snapshot of an embedded store several times, with one thread. Usage: `measure-again.ts <data folder> <times>`. */
const { openDuckdbStore } = await built<typeof import('../../src/store/duckdb/open.ts')>('src/store/duckdb/open');
const { loadSignals, readLock } = await built<typeof import('../../src/signals/index.ts')>('src/signals/index');
const { trustLocked } = await built<typeof import('../../src/compose/shipped-packs.ts')>('src/compose/shipped-packs');
const { readModels } = await built<typeof import('../../src/models/index.ts')>('src/models/index');
const { METHODS } = await built<typeof import('../../src/scoring/index.ts')>('src/scoring/index');
const { takeSnapshot } = await built<typeof import('../../src/pipeline/snapshot.ts')>('src/pipeline/snapshot');

const [dataDir = '.', times = '1'] = process.argv.slice(2);
const rules = join(import.meta.dirname, '../../rules');
const pack = loadSignals(join(rules, 'signals'));
const signals = pack.signals.map((signal) => signal.definition);
const read = readModels(join(rules, 'models'), METHODS, signals);
const trusts = trustLocked(pack.signals, readLock(rules));
const store = await openDuckdbStore({ dataDir, workspace: 'bench', clock: () => new Date(0), threads: 1, trusts });
for (let i = 0; i < Number(times); i++)
  await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'bench' },
    {
      store,
      signals,
      rulesHash: pack.hash,
      models: read,
      version: 'bench',
      now: new Date(0),
      signalTimeoutMs: 600_000,
      keep: false,
    },
  );
await store.close();
