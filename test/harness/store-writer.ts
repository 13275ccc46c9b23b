/**
 * A process of its own for tests of durability: opens the store of the folder in argv[2] and, as argv[3] says, holds it (`hold`) or commits
 * numbered batches until it is killed (`commit`). Says `ready`, then the number of each acknowledged batch, one a line.
 */
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import { aMessage, anEvent, aTicket } from './records.ts';

const BATCH = 200;
const [, , dataDir = '', mode = 'hold'] = process.argv;
const store = await openDuckdbStore({
  dataDir,
  workspace: 'default',
  clock: () => new Date('2026-03-01T00:00:00Z'),
  threads: 1,
});
const say = (line: string) => process.stdout.write(`${line}\n`);
say('ready');

if (mode === 'hold') setInterval(() => undefined, 60_000);
else {
  const before = Number((await store.telemetry.checkpoints('desk')).get('tickets') ?? '0');
  for (let batch = before + 1; ; batch++) {
    const ids = Array.from({ length: BATCH }, (_, i) => `${batch}-${i}`);
    await store.telemetry.commit({
      connection: 'desk',
      stream: 'tickets',
      checkpoint: String(batch),
      records: {
        ticket: ids.map((id) => aTicket({ id, tags: ['a', id] })),
        event: ids.map((id) => anEvent({ id, ticket_id: id })),
        message: ids.map((id) => aMessage({ id, ticket_id: id })),
      },
      rejected: [],
    });
    say(String(batch));
  }
}
