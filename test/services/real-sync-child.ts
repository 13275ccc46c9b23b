/**
 * A sync in a process of its own, to be killed in the middle: `node --import tsx real-sync-child.ts <connector> <data folder>`, the target as JSON
 * on standard input. Every page is a transaction. After the first one of the tickets it says so and waits to be killed.
 */
import { readFileSync } from 'node:fs';
import { CONNECTORS } from '../../connectors/index.ts';
import { openStore, realSync, type Target } from './real-sync.ts';

const [id, dataDir] = process.argv.slice(2);
const connector = CONNECTORS.find((one) => one.id === id);
if (connector === undefined || dataDir === undefined)
  throw new Error('usage: real-sync-child.ts <connector> <data folder>');
const store = await openStore(dataDir);
const target = JSON.parse(readFileSync(0, 'utf8')) as Target;
await realSync(connector).syncInto(
  {
    ...store,
    telemetry: {
      ...store.telemetry,
      async commit(batch) {
        const done = await store.telemetry.commit(batch);
        if (batch.stream === 'tickets') {
          process.stdout.write(`committed ${batch.checkpoint}\n`);
          // Nothing more happens here until the signal that cannot be caught.
          await new Promise(() => setInterval(() => undefined, 60_000));
        }
        return done;
      },
    },
  },
  target,
  { batchRows: 1 },
);
