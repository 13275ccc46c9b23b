/**
 * A sync in a process of its own, to be killed in the middle: `node --import tsx rt-sync-child.ts <data folder> <url>`, the token on
 * standard input. Every page is a transaction. After the first one of the tickets it says so and waits to be killed.
 */
import { readFileSync } from 'node:fs';
import { openStore, syncInto } from './rt-sync.ts';

const [dataDir, url] = process.argv.slice(2);
if (dataDir === undefined || url === undefined) throw new Error('usage: rt-sync-child.ts <data folder> <url>');
const store = await openStore(dataDir);
await syncInto(
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
  { url, token: readFileSync(0, 'utf8').trim() },
  { batchRows: 1 },
);
