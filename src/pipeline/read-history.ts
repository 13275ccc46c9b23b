import { isLostCell } from '../domain/set-aside.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Connector, ConnectorContext, VendorStream } from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { createAsideLimit, createPageBatch, type PageBatch } from './page-batch.ts';
import { readPages } from './read-pages.ts';

export interface Counter {
  seen: number;
  written: number;
  rejected: number;
  cells: number;
}

interface HistoryReading<S> {
  readonly name: string;
  readonly stream: VendorStream;
  readonly connector: Connector<S>;
  readonly context: ConnectorContext<S>;
  readonly telemetry: TelemetryStore;
  readonly batchRows: number;
  /** Whether the turn is over: the reading stops behind the batch under way. */
  readonly turnOver: () => boolean;
  readonly count: Counter;
  readonly tick: () => void;
}

/** Times that somebody else may move the cursor before this reader gives up for now. */
const MOST_MOVES = 5;
/** Pages of the shortest turn. */
const LEAST_PAGES = 2;

/**
 * Reads a history stream from its cursor to the end of the window. Batches are written whole with their cursor, in order, and each says
 * which cursor it was read from: where another worker has moved it, the reading goes on from there instead. Gives whether more is left
 * because the turn is over. Errors: those of the connector and the store; CURSOR_MOVED when it happens again and again.
 */
export async function readHistory<S>(reading: HistoryReading<S>): Promise<{ readonly more: boolean }> {
  for (let moves = 1; ; moves++) {
    const cursor = (await reading.telemetry.checkpoints(reading.name)).get(reading.stream.id) ?? null;
    try {
      return await readFrom(reading, cursor);
    } catch (error) {
      if (!isMoved(error) || moves >= MOST_MOVES) throw error;
    }
  }
}

function isMoved(error: unknown): boolean {
  return error instanceof PlumblineError && error.code === 'CURSOR_MOVED';
}

async function readFrom<S>(reading: HistoryReading<S>, cursor: string | null): Promise<{ readonly more: boolean }> {
  const { connector, stream, context, count, tick } = reading;
  const writer = createWriter(reading, cursor);
  let batch = createPageBatch();
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = createPageBatch();
    await writer.write(full);
  };
  let pages = 0;
  let more = false;
  try {
    for await (const page of readPages(connector, stream, cursor, context)) {
      batch.add(page);
      pages += 1;
      count.seen += page.seen;
      tick();
      // A stream that is at its end gives its last page again: a turn that stopped there each time would never be the last.
      more = pages >= LEAST_PAGES && page.checkpoint !== cursor && reading.turnOver();
      if (more) break;
      if (batch.rows >= reading.batchRows) await flush();
    }
  } catch (error) {
    // Whole pages that arrived before the failure are good: keep them with their checkpoint, then report the failure.
    if (error instanceof PlumblineError && !isMoved(error) && !context.signal.aborted) await flush();
    await writer.end();
    throw error;
  }
  await flush();
  await writer.end();
  return { more };
}

/**
 * Writes batches one at a time beside the reading: the engine writes on threads of its own, so the next pages are read meanwhile.
 * A failure is thrown by the next `write` or by `end`.
 */
function createWriter<S>(reading: HistoryReading<S>, cursor: string | null) {
  let previous = cursor;
  const limit = createAsideLimit(isLostCell);
  let writing: Promise<void> = Promise.resolve();
  const commit = async (full: PageBatch): Promise<void> => {
    const done = await reading.telemetry.commit({
      connection: reading.name,
      stream: reading.stream.id,
      checkpoint: full.checkpoint,
      previous,
      records: full.records(),
      rejected: limit.apply(full.rejected),
    });
    previous = full.checkpoint;
    reading.count.written += done.written;
    reading.count.rejected += done.rejected;
    reading.count.cells += done.cells ?? 0;
    reading.tick();
  };
  return {
    async write(full: PageBatch): Promise<void> {
      await writing;
      if (full.checkpoint === null) return;
      writing = commit(full);
      // Until the next wait a failure must not count as unhandled.
      writing.catch(() => undefined);
    },
    end: (): Promise<void> => writing,
  };
}
