import type { Tally } from '../domain/operations.ts';
import { requestTallies } from '../domain/tallies.ts';
import type { HttpMetric } from '../kit/http-client.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { Operations } from '../store/operations-port.ts';

/** Counters of this process on their way to the journal, where all processes add theirs. */
interface TallyBuffer {
  count(vendor: string, metric: HttpMetric): void;
  /** Writes what has gathered; keeps it for the next time when the journal does not answer. */
  flush(): Promise<void>;
}

export function bufferTallies(operations: () => Promise<Operations>, log: Pick<Logger, 'warn'>): TallyBuffer {
  let gathered = new Map<string, Tally>();
  const add = (tallies: readonly Tally[]): void => {
    for (const tally of tallies) {
      const key = JSON.stringify([tally.name, tally.labels]);
      const value = (gathered.get(key)?.value ?? 0) + tally.value;
      gathered.set(key, { ...tally, value });
    }
  };
  return {
    count(vendor, metric) {
      if (metric.kind === 'reply') add(requestTallies(vendor, metric.status));
      else if (metric.kind === 'retry' && metric.reason === 'VENDOR_UNREACHABLE') add(requestTallies(vendor, null));
    },
    async flush() {
      if (gathered.size === 0) return;
      const going = [...gathered.values()];
      gathered = new Map();
      try {
        await (await operations()).addTallies(going);
      } catch (error) {
        add(going);
        log.warn({ err: error }, 'counters not written, kept for the next time');
      }
    },
  };
}
