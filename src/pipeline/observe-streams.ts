import { latest } from '../domain/latest.ts';
import { type Observability, type SetAsideTimes, STREAMS, type StreamName } from '../domain/observability.ts';
import { countAside, tellLostCells } from '../domain/set-aside.ts';
import { CONFIGURATION_STREAMS, STREAM_TABLES } from '../domain/stream-tables.ts';
import { isDeadCredentials, PlumblineError } from '../errors/index.ts';
import type { Capability, Connector, ConnectorContext, Evidence, VendorStream } from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';
import type { StreamOutcome } from './unit-result.ts';

const WORSE_LAST = ['absent', 'retention', 'plan', 'permission'] as const;

/** What a sync did with the vendor's streams. A stream that is in neither was not reached. */
interface StreamReadings {
  readonly outcomes: readonly StreamOutcome[];
  readonly capabilities: ReadonlyMap<string, Capability>;
}

type Available = Extract<Capability, { status: 'available' }>;

interface Feeders {
  readonly all: readonly VendorStream[];
  /** Read to their end. */
  readonly open: readonly VendorStream[];
  /** Failed, or not reached. */
  readonly broken: readonly VendorStream[];
}

/**
 * What a connection can show after a sync, one row for every evidence stream.
 * A stream is available when at least one vendor call that feeds it was read; its fields are those of the calls that were.
 * What those calls cannot see inside the stream, and what of kept records could not be read, stays as its detail. Otherwise the most actionable reason is kept. Never inferred from the number of rows.
 * A call that failed leaves its stream as it was known before (`failed` when it never was), so that one bad stream takes no other down;
 * where it only adds to what other calls give, the stream is available and the failure is its detail.
 * Errors: dead credentials while counting; any other failure of a count is noted.
 */
export async function observeStreams<S>(
  name: string,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  { outcomes, capabilities }: StreamReadings,
  telemetry: TelemetryStore,
): Promise<Observability[]> {
  const rows = await telemetry.rows(name);
  const aside = await telemetry.setAside(name);
  const before = new Map((await telemetry.observed(name)).map((o) => [o.stream, o]));
  const endOf = (stream: VendorStream) => outcomes.find((one) => one.stream === stream.id);
  const unmet = connector.unmet?.(await telemetry.checkpoints(name)) ?? new Map();
  const result: Observability[] = [];
  for (const stream of STREAMS) {
    const all = connector.streams.filter((s) => s.provides[stream] !== undefined);
    const shown = all.filter((s) => endOf(s)?.status === 'read' && !isAllLacked(s, stream, capabilities.get(s.id)));
    const feeders: Feeders = {
      all,
      open: isOnlyAdded(shown, all) ? [] : shown,
      broken: all.filter((s) => (endOf(s)?.status ?? 'failed') === 'failed'),
    };
    const known = before.get(stream) ?? null;
    const own = aside.filter((one) => all.some((s) => s.id === one.stream));
    const base = {
      connection: name,
      stream,
      rows: rows.get(STREAM_TABLES[stream][0]) ?? 0,
      rejected: countAside(own).records,
    };
    const failures = failuresOf(feeders.broken, endOf);
    if (isLost(stream, feeders)) result.push(unread(base, known, failures));
    else if (feeders.open.length === 0)
      result.push({
        ...base,
        ...hidden(
          all.map((s) => capabilities.get(s.id)),
          connector.never[stream],
        ),
      });
    else {
      const counted = await countOf(connector, stream, context);
      const seen = feeders.open.map((s) => capabilities.get(s.id));
      result.push({
        ...base,
        status: 'available',
        detail: joined([...detailsOf(seen), ...failures, ...counted.notes, ...lostCellsOf(own)]),
        fields: fieldsOf(stream, feeders, known, (s) => [unmet.get(s.id), lacksOf(capabilities.get(s.id))]),
        since: sinceOf(stream, seen, known, context.until),
        until: context.until,
        reconciled_share: counted.rows === null ? null : counted.rows === 0 ? 1 : Math.min(1, base.rows / counted.rows),
      });
    }
  }
  return result;
}

/** Whether all that can be seen is what only adds to a history that cannot: archived tickets without the live ones. */
function isOnlyAdded(shown: readonly VendorStream[], all: readonly VendorStream[]): boolean {
  const adds = (s: VendorStream) => s.kind === 'history' && s.adds === true;
  return shown.every(adds) && all.some((s) => s.kind === 'history' && !adds(s));
}

/** Whether a call that may be used gives nothing of this stream: what it would show rests on another call, which may not be. */
function isAllLacked(call: VendorStream, stream: StreamName, capability: Capability | undefined): boolean {
  const [provided, lacked] = [call.provides[stream] ?? [], lacksOf(capability)?.[stream] ?? []];
  return provided.length > 0 && provided.every((field) => lacked.includes(field));
}

/** History that is not read to its end cannot be counted, unless that part only adds to the rest; configuration is lost only when none of its calls was read. */
function isLost(stream: StreamName, { open, broken }: Feeders): boolean {
  if (broken.length === 0) return false;
  return (
    open.length === 0 ||
    (!CONFIGURATION_STREAMS.has(stream) && broken.some((s) => s.kind === 'history' && s.adds !== true))
  );
}

/** The stream as it was known before, with what went wrong since. */
function unread(
  base: Pick<Observability, 'connection' | 'stream' | 'rows' | 'rejected'>,
  known: Observability | null,
  failures: readonly string[],
): Observability {
  const detail = joined(failures);
  if (known !== null && known.status !== 'failed') return { ...known, ...base, detail: detail ?? known.detail };
  return { ...base, status: 'failed', detail, fields: [], since: null, until: null, reconciled_share: null };
}

function failuresOf(
  broken: readonly VendorStream[],
  endOf: (stream: VendorStream) => StreamOutcome | undefined,
): string[] {
  return broken.map((stream) => {
    const why = endOf(stream)?.detail;
    return why === undefined || why === null
      ? `${stream.title}: not reached by the last sync, which ended before.`
      : `${stream.title}: not read to the end by the last sync. ${why}`;
  });
}

function lacksOf(capability: Capability | undefined): Evidence | undefined {
  return capability?.status === 'available' ? capability.lacks : undefined;
}

/**
 * Fields of the calls that were read, unless the account has no such field or nothing they gave ever held one, and those of failed calls that
 * earlier syncs have filled.
 */
function fieldsOf(
  stream: StreamName,
  { open, broken }: Feeders,
  known: Observability | null,
  missingIn: (call: VendorStream) => readonly (Evidence | undefined)[],
): string[] {
  const given = (streams: readonly VendorStream[]) =>
    streams.flatMap((s) => {
      const missing = missingIn(s).flatMap((one) => one?.[stream] ?? []);
      return (s.provides[stream] ?? []).filter((field) => !missing.includes(field));
    });
  const kept = given(broken).filter((field) => known?.status === 'available' && known.fields.includes(field));
  return [...new Set([...given(open), ...kept])].sort();
}

/** A count serves to reconcile: one that cannot be had is noted and takes nothing down. */
async function countOf<S>(
  connector: Connector<S>,
  stream: StreamName,
  context: ConnectorContext<S>,
): Promise<{ readonly rows: number | null; readonly notes: readonly string[] }> {
  try {
    return { rows: await connector.count(stream, context), notes: [] };
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.kind === 'bug' || context.signal.aborted) throw error;
    if (isDeadCredentials(error)) throw error;
    return { rows: null, notes: [`The helpdesk's own count could not be had: ${error.message}`] };
  }
}

function hidden(
  capabilities: readonly (Capability | undefined)[],
  never: string | undefined,
): Pick<Observability, 'status' | 'detail' | 'fields' | 'since' | 'until' | 'reconciled_share'> {
  const known = capabilities.flatMap((c) => (c === undefined ? [] : [reasonOf(c)]));
  const worst = known.sort((a, b) => WORSE_LAST.indexOf(b.status) - WORSE_LAST.indexOf(a.status))[0];
  return {
    status: worst?.status ?? 'absent',
    detail: worst?.detail ?? never ?? 'This kind of source does not record it.',
    fields: [],
    since: null,
    until: null,
    reconciled_share: null,
  };
}

/** Why a call shows nothing of a stream; one that may be used lacks all of it. */
function reasonOf(capability: Capability) {
  const { status, detail } = capability;
  return status === 'available' ? { status: capability.hidden ?? 'absent', detail } : { status, detail };
}

/** What the calls that were read could not see. */
function detailsOf(capabilities: readonly (Capability | undefined)[]): string[] {
  return capabilities.flatMap((c) => (c?.detail === undefined ? [] : [c.detail]));
}

/** What of kept records could not be read, as a note. */
function lostCellsOf(aside: readonly SetAsideTimes[]): string[] {
  const told = tellLostCells(aside);
  return told === null ? [] : [told];
}

/** Each thing once; null when there is none. */
function joined(details: readonly string[]): string | null {
  return details.length === 0 ? null : [...new Set(details)].join(' ');
}

/**
 * Configuration is known from the first time it was seen; history from where the vendor's retention begins, or its archive ended at the first read. Later reads go on
 * from the cursor, so that what lies before stays unknown, unless the archive is read too.
 */
function sinceOf(
  stream: StreamName,
  capabilities: readonly (Capability | undefined)[],
  known: Observability | null,
  until: Date,
): Date | null {
  if (CONFIGURATION_STREAMS.has(stream)) return known?.since ?? until;
  const shown = capabilities.filter((c) => c?.status === 'available');
  const starts = shown.flatMap(({ since }) => since ?? []);
  if (shown.some(({ showsArchived }) => showsArchived === true)) return latest(starts);
  const before = known?.status === 'available' ? known : null;
  return latest([
    ...starts,
    ...shown.flatMap((one) => archiveEnd(one, before, until) ?? []),
    ...(before?.since ? [before.since] : []),
  ]);
}

/** Where the archive ends that the vendor has at a first read, or at one after so long a pause that records were archived unread; null = nowhere. */
function archiveEnd({ archivedAfterS }: Available, before: Observability | null, until: Date): Date | null {
  if (archivedAfterS === undefined) return null;
  const end = new Date(until.getTime() - 1000 * archivedAfterS);
  return before !== null && before.until !== null && before.until >= end ? null : end;
}
