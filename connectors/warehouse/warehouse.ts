import { z } from 'zod';
import type { StreamName } from '../../src/domain/observability.ts';
import { STREAM_TABLES } from '../../src/domain/stream-tables.ts';
import { TABLES, type TableName, type TelemetryBatch } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { Capability, Connector, ConnectorContext, Evidence, VendorStream } from '../../src/kit/connector.ts';
import type { HttpClient } from '../../src/kit/http.ts';
import { type Desk, type DeskClient, ORIGIN, openDeskClient, type Route } from './desk.ts';
import { ALL, type Layout, TOOLS, without } from './layout.ts';

/** What the tables of one vendor are read by. */
interface VendorTables {
  /** The vendor's own connector: its schemas and mapping read the records. */
  readonly connector: Connector;
  /** Its settings where no account is spoken with. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings of it that have no meaning here. */
  readonly omits: readonly string[];
  readonly routes: readonly Route[];
  readonly layouts: readonly Layout[];
}

interface Settings {
  readonly dir: string;
  readonly layout?: string | undefined;
  /** As the vendor's connector parsed them. */
  readonly own: unknown;
}

const Folder = z.looseObject({
  dir: z.string().min(1).meta({
    title: 'Folder',
    description: 'Holds one Parquet or CSV file, or one sub-folder, a table.',
  }),
  layout: z.string().optional().meta({
    title: 'Layout',
    description: 'Who wrote the tables, of which vendor, e.g. `fivetran/zendesk`; without it they are recognised.',
  }),
});

const Wrapped = z.strictObject({ digest: z.string(), own: z.string() });
const codec = checkpointCodec<z.infer<typeof Wrapped> | null>('warehouse', Wrapped.nullable(), null);

/** `zendesk` -> `warehouse-zendesk`. */
export function connectorId(vendor: string): string {
  return `warehouse-${vendor}`;
}

/** Connector of the tables that tools write for one vendor. `all` = the layouts that a folder is told from. */
export function tablesOf(vendor: VendorTables, all: readonly Layout[]): Connector<Settings> {
  const { connector, layouts, routes } = vendor;
  const streams = connector.streams.flatMap((stream) => streamOf(stream, layouts));
  const whole = new Map(connector.streams.map((stream) => [stream.id, stream]));
  const own = (stream: VendorStream): VendorStream => whole.get(stream.id) ?? stream;
  return {
    id: connectorId(connector.id),
    title: `${connector.title} from warehouse tables`,
    settings: settingsOf(vendor),
    flags: [{ name: 'dir', description: 'folder with one file or sub-folder a table', required: true }],
    example: { dir: `./${connector.id}` },
    secrets: [],
    account: () => ({ baseUrl: new URL(ORIGIN), auth: { kind: 'none' }, limits: { concurrency: 1, perMinute: null } }),
    client: ({ dir, layout }, stageFolder) => openDeskClient({ dir, layout, stageFolder }, routes, layouts, all),
    never: neverOf(vendor, streams),
    streams,
    async identify(context) {
      const desk = await deskOf(context.http);
      await connector.identify(inner(context));
      const { title } = TOOLS[desk.layout.tool];
      const account = `${connector.title} (${title})`;
      return { role: `tables up to ${desk.synced.toISOString()}`, account, serverNow: desk.synced };
    },
    async probe(stream, context) {
      const desk = await deskOf(context.http);
      return shown(stream, desk, vendor) ?? merged(await connector.probe(own(stream), inner(context)), stream, desk);
    },
    async *read(stream, checkpoint, context) {
      const { digest, layout } = await deskOf(context.http);
      const before = codec.read(stream.kind === 'config' ? null : checkpoint);
      // Files that changed are read whole: which of their rows are new, no tool tells.
      const from = before?.digest === digest ? before.own : null;
      for await (const page of connector.read(own(stream), from, inner(context)))
        yield {
          ...page,
          records: blanked(page.records, layout.lacks),
          checkpoint: codec.write({ digest, own: page.checkpoint }),
        };
    },
    count: async () => null,
    ...(connector.formerAgents === undefined
      ? {}
      : { formerAgents: (checkpoints) => connector.formerAgents?.(unwrapped(checkpoints)) ?? [] }),
    ...(connector.unmet === undefined
      ? {}
      : { unmet: (checkpoints) => connector.unmet?.(unwrapped(checkpoints)) ?? new Map() }),
    ticketUrl: () => null,
    lagS: 0,
  };
}

function settingsOf({ connector, settings, omits }: VendorTables): z.ZodType<Settings> {
  return Folder.transform(({ dir, layout, ...rest }, context) => {
    const meaningless = Object.keys(rest).filter((key) => omits.includes(key) || key in settings);
    if (meaningless.length > 0)
      context.addIssue({ code: 'unrecognized_keys', keys: meaningless, input: rest, path: [] });
    const own = connector.settings.safeParse({ ...settings, ...rest });
    if (!own.success)
      for (const { path, message } of own.error.issues) context.addIssue({ code: 'custom', path: [...path], message });
    return { dir, layout, own: own.data };
  }) as unknown as z.ZodType<Settings>;
}

function inner<C extends Omit<ConnectorContext<Settings>, 'until'>>(
  context: C,
): Omit<C, 'settings'> & { settings: unknown } {
  return { ...context, settings: context.settings.own };
}

function deskOf(http: HttpClient): Promise<Desk> {
  if ('desk' in http) return (http as DeskClient).desk();
  throw new PlumblineError('BUG', 'Warehouse tables were asked for through a network.', 'Report this.');
}

/** A call of the vendor with what the tables of at least one tool give of it. */
function streamOf(stream: VendorStream, layouts: readonly Layout[]): VendorStream[] {
  const given = layouts
    .filter(({ streams }) => streams[stream.id] !== undefined)
    .map(({ lacks }) => without(stream.provides, lacks));
  const provides: Record<string, readonly string[]> = {};
  for (const evidence of given)
    for (const [name, fields] of Object.entries(evidence))
      provides[name] = [...new Set([...(provides[name] ?? []), ...fields])];
  return Object.keys(provides).length === 0 ? [] : [{ ...stream, provides: provides as Evidence }];
}

function neverOf({ connector, layouts }: VendorTables, streams: readonly VendorStream[]): Connector['never'] {
  const given = new Set(streams.flatMap(({ provides }) => Object.keys(provides)));
  const names = connector.streams.flatMap(({ provides }) => Object.keys(provides));
  const tools = [...new Set(layouts.map(({ tool }) => TOOLS[tool].title))].join(' and ');
  const why = `The tables that ${tools} publish${tools.includes(' and ') ? '' : 'es'} for ${connector.title} do not hold it; connect ${connector.title} itself.`;
  const own = names.filter((name) => !given.has(name)).map((name) => [name, why]);
  return { ...connector.never, ...Object.fromEntries(own) };
}

/** Why a call is not shown by this folder; null = its tables are there. */
function shown(stream: VendorStream, { layout, tables }: Desk, { connector }: VendorTables): Capability | null {
  const { title } = TOOLS[layout.tool];
  const spec = layout.streams[stream.id];
  if (spec === undefined)
    return { status: 'absent', detail: `The tables of ${title} for ${connector.title} do not hold it.` };
  const missing = spec.needs.filter((table) => !tables.has(table));
  if (missing.length === 0) return null;
  return { status: 'absent', detail: `The folder lacks ${tableWords(missing)}. ${switchOn(missing, title)}` };
}

/** What the vendor's connector says of the call, with what this layout and this folder lack. */
function merged(asked: Capability, stream: VendorStream, { layout, tables }: Desk): Capability {
  if (asked.status !== 'available') return asked;
  const { title } = TOOLS[layout.tool];
  const wanted = Object.entries(layout.streams[stream.id]?.wants ?? {}).filter(([table]) => !tables.has(table));
  const lacks: Record<string, readonly string[]> = {};
  for (const part of [asked.lacks ?? {}, layout.lacks, ...wanted.map(([, evidence]) => evidence)])
    for (const [name, fields] of Object.entries(part)) {
      const all = fields.includes(ALL) ? (stream.provides[name as StreamName] ?? []) : fields;
      lacks[name] = [...new Set([...(lacks[name] ?? []), ...all])];
    }
  const missing = wanted.map(([table]) => table);
  const why =
    missing.length === 0 ? [] : [`Without ${tableWords(missing)} a part is unknown. ${switchOn(missing, title)}`];
  const details = [...(asked.detail === undefined ? [] : [asked.detail]), ...why];
  return {
    ...asked,
    ...(Object.keys(lacks).length === 0 ? {} : { lacks: lacks as Evidence }),
    ...(details.length === 0 ? {} : { detail: details.join(' ') }),
  };
}

const tableWords = (tables: readonly string[]): string =>
  `the ${tables.every((one) => one.includes('.')) ? 'column' : 'table'}${tables.length === 1 ? '' : 's'} ${tables.join(', ')}`;
const switchOn = (tables: readonly string[], tool: string): string =>
  `Switch ${tables.length === 1 ? 'it' : 'them'} on in the ${tool} connection, export again, and sync.`;

/** What the tables do not say is unknown in every record, whatever the vendor's mapping makes of its absence. */
function blanked(records: TelemetryBatch, lacks: Evidence): TelemetryBatch {
  const gone = new Map<string, readonly string[]>();
  for (const [stream, fields] of Object.entries(lacks))
    for (const table of STREAM_TABLES[stream as StreamName]) gone.set(table, fields);
  const shownOnes = Object.entries(records).filter(([table]) => gone.get(table)?.includes(ALL) !== true);
  const entries = shownOnes.map(([table, rows]) => {
    const columns: Readonly<Record<string, { readonly nullable: boolean }>> = TABLES[table as TableName].columns;
    const fields = (gone.get(table) ?? []).filter((field) => columns[field]?.nullable === true);
    if (fields.length === 0) return [table, rows];
    const blank = Object.fromEntries(fields.map((field) => [field, null]));
    return [table, (rows as readonly object[]).map((row) => ({ ...row, ...blank }))];
  });
  return Object.fromEntries(entries) as TelemetryBatch;
}

function unwrapped(checkpoints: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...checkpoints].map(([stream, text]) => [stream, codec.read(text)?.own ?? text]));
}
