import { openEmbeddedOperations } from '../../src/store/operations/embedded.ts';

/**
 * A process that works on the embedded journal of a data folder: `count <times>` adds to a counter and claims runs, and prints the
 * claimed ids as JSON; `busy` goes on until it is killed. It says `ready` after its first work.
 */
const [dataDir = '', mode = 'count', times = '1'] = process.argv.slice(2);
const now = new Date('2026-03-02T12:00:00Z');
const journal = openEmbeddedOperations({ dataDir, clock: { now: () => now } });
const claimed: string[] = [];
for (let i = 0; mode === 'busy' || i < Number(times); i++) {
  await journal.addTallies([{ name: 'turns', labels: {}, value: 1 }]);
  if (i === 0) process.stdout.write('ready\n');
  claimed.push(...(await journal.claimDue(now, 1)).map((run) => run.id));
}
await journal.close();
process.stdout.write(`${JSON.stringify(claimed)}\n`);
