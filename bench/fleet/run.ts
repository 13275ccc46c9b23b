import { parseArgs } from 'node:util';
import { openFleet } from './fleet.ts';
import { fairness, firstSync, limits, nextSync, type SyncFigures, scaling } from './phases.ts';
import { redisPerRun, storedBytes, writtenBytes } from './sizes.ts';

/**
 * A fleet of simulated desks on this machine: real PostgreSQL, Redis and worker processes, the vendor simulated (README.md, docs/scale.md).
 * Usage: `npm run build && tsx bench/fleet/run.ts [--desks 200] [--workers 2] [--queue redis|postgres] [--syncs 32] [--measured 40] [--repeats 3]
 * [--small 2000] [--huge 300000] [--phases sync,scaling,fairness,limits,sizes]`.
 */
const { values } = parseArgs({
  options: {
    desks: { type: 'string', default: '200' },
    workers: { type: 'string', default: '2' },
    queue: { type: 'string', default: 'redis' },
    /** Streams that one worker reads at a time (work.syncs). */
    syncs: { type: 'string', default: '32' },
    /** Desks of the measuring part and of the round with refusing accounts. */
    measured: { type: 'string', default: '40' },
    repeats: { type: 'string', default: '3' },
    small: { type: 'string', default: '2000' },
    huge: { type: 'string', default: '300000' },
    phases: { type: 'string', default: 'sync,scaling,fairness,limits,sizes' },
  },
});
const workers = Number(values.workers);
const queue = values.queue === 'postgres' ? 'postgres' : 'redis';
const phases = new Set(values.phases.split(','));
const small = { desks: Number(values.desks) - 1, tickets: Number(values.small) };
const hugeTickets = Number(values.huge);

const round = (value: number, digits = 1): string => value.toLocaleString('en', { maximumFractionDigits: digits });
const megabytes = (bytes: number): string => `${round(bytes / 2 ** 20)} MB`;

function printSync(title: string, figures: SyncFigures): void {
  console.log(
    `${title}: ${figures.runs} runs in ${round(figures.spanS)} s = ${round(figures.perMinute)} a minute, ${figures.requests} requests, ` +
      `processor ${round(figures.cpuS)} s, worker peak ${round(figures.peakMb, 0)} MB, drain ${round(figures.drainMs / 1000)} s`,
  );
}

console.log(
  `${values.desks} desks: ${small.desks} of ${round(small.tickets)} tickets, one of ${round(hugeTickets)}; queue on ${queue}; ${workers} workers of ${values.syncs} streams at a time`,
);
const fleet = await openFleet({ queue, syncs: Number(values.syncs), small, huge: [hugeTickets] });
const results: Record<string, unknown> = { desks: values.desks, queue, workers, syncs: values.syncs };
try {
  const empty = await writtenBytes(fleet);
  const first = await firstSync(fleet, fleet.small, workers);
  printSync('first sync of the small desks', first);
  const stored = await storedBytes(fleet);
  const perTicket = stored.bytes / stored.tickets;
  const written = ((await writtenBytes(fleet)) - empty) / stored.tickets;
  console.log(
    `stored: ${round(stored.tickets)} tickets, ${round(stored.rows)} rows, ${megabytes(stored.bytes)} (indexes ${megabytes(stored.indexBytes)}) = ` +
      `${round(perTicket, 0)} bytes a ticket; written to the log ${round(written, 0)} bytes a ticket`,
  );
  Object.assign(results, { first, stored, perTicket, written });
  if (phases.has('sync')) {
    results.next = await nextSync(fleet, fleet.small, workers);
    printSync('next sync of the small desks', results.next as SyncFigures);
  }
  if (phases.has('scaling')) {
    const figures = await scaling(fleet, fleet.small.slice(0, Number(values.measured)), Number(values.repeats));
    results.scaling = figures;
    console.log(
      `measuring: ${round(figures.one)} runs a minute with one worker, ${round(figures.two)} with two = ${round(figures.ratio, 2)} x ` +
        `(two processes that share nothing: ${round(figures.machine, 2)} x; target 1.7 x), processor ${round(figures.cpuPerRunS, 2)} s a run, ` +
        `worker peak ${round(figures.peakMb, 0)} MB`,
    );
  }
  const [huge] = fleet.huge;
  if (phases.has('fairness') && huge !== undefined) {
    const figures = await fairness(fleet, huge, fleet.small.slice(0, 8), workers);
    results.fairness = figures;
    console.log(
      `fairness: a small desk alone ${round(figures.aloneS)} s; the huge one took ${round(figures.hugeS)} s; worker peak ${round(figures.peakMb, 0)} MB`,
    );
    for (const phase of figures.phases)
      console.log(
        `  while the huge desk ${phase.huge}: ${phase.runs} runs of small desks, median ${round(phase.medianS)} s, worst ${round(phase.worstS)} s, ` +
          `longest wait ${round(phase.worstWait, 2)} x its own time (target at most 2)`,
      );
  }
  if (phases.has('limits')) {
    const chosen = fleet.small.slice(0, Number(values.measured));
    const figures = await limits(fleet, chosen, fleet.small.slice(-10), workers);
    results.limits = figures;
    console.log(
      `limits: ${figures.desks} desks sync at ${round(figures.without)} runs a minute, ${round(figures.beside)} beside ${figures.refusing} accounts that answer ` +
        `429 to everything = ${round(figures.ratio, 2)} x; a refusing account got ${round(figures.refusedPerMinute)} requests a minute and ` +
        `was done ${round(figures.recoveredS)} s after it answered again`,
    );
  }
  if (phases.has('sizes')) {
    const perRun = await redisPerRun(fleet);
    results.redis = perRun;
    if (perRun !== null)
      console.log(`Redis: a snapshot run is ${perRun.jobs} jobs and ${round(perRun.bytes, 0)} bytes while it waits`);
  }
  console.log(JSON.stringify(results));
} finally {
  await fleet.close();
}
