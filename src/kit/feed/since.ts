import { z } from 'zod';
import { createLoopGuard } from '../loop-guard.ts';
import {
  askPage,
  cutOff,
  namesOf,
  type PageAsk,
  type Pager,
  type Query,
  type Reader,
  type RowsPlace,
} from '../page/pager.ts';
import { Instant } from '../vendor-schema.ts';

/** A list that the vendor gives by the instant of the last change. */
export interface Since {
  /** Query parameter with the instant to read from. */
  readonly param: string;
  /** Key of that instant in a row. */
  readonly field: string;
  /** Key of the row's id. @defaultValue id */
  readonly id?: string;
  /** Query that sorts by the instant, oldest first. Without one the list is walked by its pages and resumes from its beginning. */
  readonly order?: Query;
  /** How the vendor wants instants written. @defaultValue ISO-8601, whole seconds, Z */
  readonly write?: (at: Date) => string | number;
  /** How a row writes it. @defaultValue ISO-8601 with an offset */
  readonly read?: z.ZodType<Date>;
  /** Read again before the point that was reached: rows stamped before it and shown after it. @defaultValue 60 */
  readonly overlapS?: number;
}

/** Where a walk stands: read up to `at`; `ids` = what was already read of the overlap; `to` = complete up to it, null = never yet. */
export const SinceState = z.strictObject({
  at: z.iso.datetime().nullable(),
  ids: z.array(z.string()),
  to: z.iso.datetime().nullable(),
});
export type SinceState = z.infer<typeof SinceState>;
export const SINCE_BEGIN: SinceState = { at: null, ids: [], to: null };

export interface SinceWalk {
  readonly reader: Reader;
  readonly pager: Pager;
  readonly ask: PageAsk;
  readonly place: RowsPlace;
  readonly by: Since;
  /** First instant to read, where nothing was read yet. */
  readonly start: Date;
  readonly until: Date;
  readonly state: SinceState;
}

export interface SincePage {
  /** Rows that were not read before, up to `until`. A row without a readable instant is among them. */
  readonly fresh: readonly unknown[];
  readonly seen: number;
  readonly state: SinceState;
}

/** Vendors stamp whole seconds, and some take "since" as "after". */
const STEP_BACK_MS = 1000;
/** More names than this in a checkpoint cost more than reading those rows again. */
const MOST_IDS = 2000;

/**
 * Rows changed since the state, each version once, in pages with the state behind each.
 *
 * Page numbers over a list that is sorted by the last change lose rows: one that changes moves to the end, all behind it move up, and the first of the
 * next page is passed over. So as long as rows come in order, every page is asked for anew from the last instant read; only rows that share an instant
 * are paged through. A list that does not keep the order is walked by its pages, and the state moves at its end.
 *
 * Rows stamped after `until` belong to the next sync. Errors: those of the client; VENDOR_LOOP; VENDOR_CUT when more rows share an instant than the
 * vendor pages through.
 */
export async function* walkSince(walk: SinceWalk): AsyncGenerator<SincePage> {
  const { reader, pager, by, until, place } = walk;
  const overlapMs = (by.overlapS ?? 60) * 1000;
  const stampOf = stampReader(by);
  const seen = new Set(walk.state.ids);
  const guard = createLoopGuard(place.place);
  let reached = walk.state.at === null ? walk.start.getTime() - 1 : Date.parse(walk.state.at);
  let from = new Date(walk.state.at === null ? walk.start.getTime() : reached - overlapMs);
  let ordered = by.order !== undefined;
  const write = by.write ?? writeSeconds;
  const askFrom = (at: Date): PageAsk =>
    pager.first({ ...walk.ask, query: { ...walk.ask.query, ...by.order, [by.param]: write(at) } });
  const stateAt = (ms: number, to: string | null): SinceState => ({
    at: new Date(ms).toISOString(),
    ids: recent(seen, ms - Math.max(overlapMs, STEP_BACK_MS)),
    to,
  });

  let ask = askFrom(from);
  let last = '';
  for (;;) {
    const page = await askPage(reader, ask, place);
    const names = namesOf(page.rows);
    if (page.rows.length > 0 && names === last) guard.repeat();
    last = names;
    const rows = page.rows.map((row) => ({ row, ...stampOf(row) }));
    ordered &&= keepsOrder(rows, from.getTime() - STEP_BACK_MS);
    const due = rows.filter(({ ms }) => ms === null || ms <= until.getTime());
    const fresh = due.filter(({ key }) => key === null || !seen.has(key));
    for (const { key } of fresh) if (key !== null) seen.add(key);
    const newest = Math.max(reached, ...due.map(({ ms }) => ms ?? reached));
    const advanced = newest > reached;
    reached = newest;
    if (fresh.length > 0 || page.rows.length > 0)
      yield {
        fresh: fresh.map(({ row }) => row),
        seen: page.rows.length,
        state: ordered && reached >= walk.start.getTime() ? stateAt(reached, walk.state.to) : walk.state,
      };
    const beyond = ordered && due.length < rows.length;
    const next = pager.after(page);
    if (beyond || next.kind === 'end') break;
    const further = new Date(reached - STEP_BACK_MS);
    if (ordered && advanced && further > from && write(further) !== write(from)) {
      from = further;
      ask = askFrom(from);
      last = '';
    } else if (next.kind === 'cut') throw cutOff(place.place, next.limit);
    else ask = next.ask;
    guard.step(ask.next ?? JSON.stringify(ask));
  }
  yield { fresh: [], seen: 0, state: stateAt(Math.max(reached, until.getTime()), until.toISOString()) };
}

interface Stamp {
  /** Null for a row whose instant cannot be read. */
  readonly ms: number | null;
  /** Id and version; null for a row that cannot be told from others. */
  readonly key: string | null;
}

function stampReader(by: Since): (row: unknown) => Stamp {
  const read = by.read ?? Instant;
  return (row) => {
    const record = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {};
    const at = read.safeParse(record[by.field]);
    const id = record[by.id ?? 'id'];
    const ms = at.success ? at.data.getTime() : null;
    const named = typeof id === 'string' || typeof id === 'number';
    return { ms, key: named && ms !== null ? `${id}@${ms}` : null };
  };
}

/** Oldest first, and none older than was asked for. */
function keepsOrder(rows: readonly Stamp[], fromMs: number): boolean {
  let before = fromMs;
  for (const { ms } of rows) {
    if (ms === null) continue;
    if (ms < before) return false;
    before = ms;
  }
  return true;
}

/** Names of versions stamped after an instant; none when they are too many, as reading twice does no harm. */
function recent(seen: Set<string>, afterMs: number): string[] {
  for (const key of seen) if (Number(key.slice(key.lastIndexOf('@') + 1)) < afterMs) seen.delete(key);
  return seen.size > MOST_IDS ? [] : [...seen].sort();
}

/** ISO-8601 in whole seconds, as most vendors want it. */
export function writeSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
