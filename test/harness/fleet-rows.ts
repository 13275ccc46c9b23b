import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { generatePages } from '../../src/demo/index.ts';

/** Rows of one export, in the order of their time, kept as the text that is sent: serving them costs a read of the file. */
export interface RenderedRows {
  readonly count: number;
  /** Unix second of a row. */
  at(index: number): number;
  /** Rows from..to-1 as the inside of a JSON array. */
  slice(from: number, to: number): Buffer;
  /** First row at or after the second. */
  firstAt(second: number): number;
}

export interface RenderedDesk {
  readonly tickets: RenderedRows;
  readonly events: RenderedRows;
  /** Closes and removes the files. */
  remove(): void;
}

interface Row {
  readonly at: number;
  readonly id: number;
  readonly text: string;
}

interface RowWriter {
  add(row: Row): void;
  /** Writes what is earlier than the second: nothing earlier is still to come. */
  settle(before: number): void;
  end(): RenderedRows & { remove(): void };
}

const COMMA = 1;

function createRowWriter(path: string): RowWriter {
  const file = openSync(path, 'w+');
  const offsets: number[] = [];
  const times: number[] = [];
  let length = 0;
  let pending: Row[] = [];
  const write = (rows: readonly Row[]): void => {
    const parts: Buffer[] = [];
    for (const row of rows) {
      const bytes = Buffer.from(`${row.text},`);
      offsets.push(length);
      times.push(row.at);
      length += bytes.length;
      parts.push(bytes);
    }
    if (parts.length > 0) writeSync(file, Buffer.concat(parts));
  };
  const settle = (before: number): void => {
    pending.sort((a, b) => a.at - b.at || a.id - b.id);
    const later = pending.findIndex((row) => row.at >= before);
    const count = later < 0 ? pending.length : later;
    write(pending.slice(0, count));
    pending = pending.slice(count);
  };
  const firstAt = (second: number): number => {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] as number) < second) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (row) => void pending.push(row),
    settle,
    end() {
      settle(Number.POSITIVE_INFINITY);
      return {
        count: times.length,
        at: (index) => times[index] ?? Number.POSITIVE_INFINITY,
        firstAt,
        slice(from, to) {
          if (to <= from) return Buffer.alloc(0);
          const start = offsets[from] as number;
          const bytes = Buffer.allocUnsafe((offsets[to] ?? length) - start - COMMA);
          readSync(file, bytes, 0, bytes.length, start);
          return bytes;
        },
        remove() {
          closeSync(file);
          rmSync(path, { force: true });
        },
      };
    },
  };
}

/** Renders the tickets of `generatePages` and their updates once. Memory is one page and six days of what overlaps. */
export function renderDesk(folder: string, name: string, tickets: number): RenderedDesk {
  const ticketRows = createRowWriter(join(folder, `${name}-tickets.json`));
  const eventRows = createRowWriter(join(folder, `${name}-events.json`));
  for (const page of generatePages({ tickets })) {
    let newest = 0;
    for (const ticket of page.tickets.tickets) {
      newest = Date.parse(String(ticket.created_at)) / 1000;
      ticketRows.add({ at: Number(ticket.generated_timestamp), id: Number(ticket.id), text: JSON.stringify(ticket) });
    }
    for (const event of page.events.ticket_events)
      eventRows.add({ at: Number(event.timestamp), id: Number(event.id), text: JSON.stringify(event) });
    ticketRows.settle(newest);
    eventRows.settle(newest);
  }
  const rendered = { tickets: ticketRows.end(), events: eventRows.end() };
  return {
    ...rendered,
    remove() {
      rendered.tickets.remove();
      rendered.events.remove();
    },
  };
}
