import type { z } from 'zod';
import type { StreamName } from '../../src/domain/observability.ts';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import { probeCapability, type RefusalWords } from '../../src/kit/capability.ts';
import type { Capability, ConnectorPage, VendorStream } from '../../src/kit/connector.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { type Context, firstRows, listPages } from './pages.ts';

/** A vendor stream with its two verbs. */
export interface ZendeskStream extends VendorStream {
  probe(context: Context): Promise<Capability>;
  read(context: Context, checkpoint: string | null): AsyncIterable<ConnectorPage>;
}

export interface ListStream<T> {
  readonly id: string;
  readonly title: string;
  readonly provides: Partial<Record<StreamName, readonly string[]>>;
  readonly path: string;
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly words: RefusalWords;
  map(rows: readonly T[], context: Context): Promise<TelemetryBatch> | TelemetryBatch;
}

/** Configuration that is one ordinary list: probed with one row, read whole each time, page by page. */
export function listStream<T>(list: ListStream<T>): ZendeskStream {
  return {
    id: list.id,
    title: list.title,
    provides: list.provides,
    kind: 'config',
    probe: (context) => probeList(context, list.path, list.key, list.words, list.query),
    async *read(context) {
      for await (const rows of listPages(context, list.path, list.key, list.query)) {
        const parsed: Parsed<T> = parseEach(list.schema, rows, list.id);
        yield {
          records: await list.map(parsed.kept, context),
          rejected: parsed.rejected,
          checkpoint: '',
          seen: rows.length,
        };
      }
    },
  };
}

const admins = new WeakSet<object>();

/** Remembers that these credentials are an administrator's: what is refused to them is refused by the plan. */
export function rememberAdmin(http: object): void {
  admins.add(http);
}

/** As probeCapability, but a refusal of something that a plan can lack is the plan's when an administrator asks. */
export async function probeAs(
  context: Context,
  ask: () => Promise<Capability>,
  words: RefusalWords,
): Promise<Capability> {
  const result = await probeCapability(ask, words);
  return result.status === 'permission' && words.plan !== undefined && admins.has(context.http)
    ? { status: 'plan', detail: words.plan }
    : result;
}

/** Asks for one row of a list. */
export function probeList(
  context: Context,
  path: string,
  key: string,
  words: RefusalWords,
  query: ListStream<unknown>['query'] = {},
): Promise<Capability> {
  return probeAs(
    context,
    async () => {
      await firstRows(context, path, key, query);
      return { status: 'available' };
    },
    words,
  );
}

export const ADMIN_ONLY = 'Use a token of an administrator: the vendor opens this export to administrators only.';
