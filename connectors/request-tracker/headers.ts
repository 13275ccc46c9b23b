import type { Message } from '../../src/domain/telemetry.ts';
import { batchesOf } from '../../src/kit/batches.ts';
import { each } from '../../src/kit/each.ts';
import type { Reader } from '../../src/kit/page/pager.ts';
import { vocabulary } from '../../src/kit/vocabulary.ts';
import { API, readPage, searchFor } from './pages.ts';
import { HeaderRow, type TransactionRow } from './schema.ts';

/** What the header of a message tells; nothing else of it is kept. */
export interface MessageMarks {
  readonly channel: NonNullable<Message['channel']> | null;
  /** RT's own word for the interface. */
  readonly vendorChannel: string | null;
  /** RFC 3834: `auto-replied` answers something, `auto-generated` was sent by a program. */
  readonly automatic: 'replied' | 'generated' | null;
}

export const NO_MARKS: MessageMarks = { channel: null, vendorChannel: null, automatic: null };

const WORDS = vocabulary({
  channel: {
    email: 'email',
    web: 'web',
    mobile: 'web',
    selfservice: 'portal',
    rest: 'api',
    rest2: 'api',
    cli: 'api',
    api: 'api',
  },
});

/** Ids of one search; each transaction has one top attachment, so a page holds them all. */
const BATCH = 80;

/** Marks of the top attachment of each transaction, by transaction id. Those that cannot be seen are missing. */
export async function readMarks(
  reader: Reader,
  transactions: readonly TransactionRow[],
): Promise<ReadonlyMap<string, MessageMarks>> {
  const pages = await each(batchesOf(transactions, BATCH), (wanted) =>
    readPage(reader, {
      path: `${API}/attachments`,
      // Naming Parent among the fields makes RT 5.0.3 answer 500 for every top attachment.
      query: { fields: 'TransactionId,Headers' },
      ...searchFor(...wanted.map(({ id }) => ({ field: 'TransactionId', value: id })), { field: 'Parent', value: '0' }),
    }),
  );
  const rows = pages.flatMap((page) => page.rows).flatMap((row) => HeaderRow.safeParse(row).data ?? []);
  return new Map(rows.map(({ TransactionId, Headers }) => [TransactionId, marksOf(Headers)]));
}

export function marksOf(headers: string): MessageMarks {
  const word = headerOf(headers, 'X-RT-Interface');
  const submitted = headerOf(headers, 'Auto-Submitted')?.toLowerCase() ?? 'no';
  const answers = submitted.startsWith('auto-replied') || headerOf(headers, 'X-Autoreply')?.toLowerCase() === 'yes';
  return {
    channel: word === null ? null : (WORDS.channel(word) ?? 'other'),
    vendorChannel: word,
    automatic: answers ? 'replied' : submitted.startsWith('auto-generated') ? 'generated' : null,
  };
}

function headerOf(headers: string, name: string): string | null {
  const value = new RegExp(`^${name}:[ \\t]*([^\\r\\n]*)`, 'im').exec(headers)?.[1]?.trim();
  return value === undefined || value === '' ? null : value;
}
