import { z } from 'zod';
import { createLoopGuard } from '../loop-guard.ts';
import {
  askPage,
  cutOff,
  type PageAsk,
  type Pager,
  type Query,
  type Reader,
  type RowsPlace,
  valueAt,
} from '../page/pager.ts';
import { refOf } from '../parse-each.ts';
import { Instant } from '../vendor-schema.ts';

/** A list that the vendor gives by the instant of the last change. */
export interface Since {
  /** Query parameter with the instant to read from; absent where `ask` puts it into the request. */
  readonly param?: string;
  /** A request for rows from one instant to another, where no parameter holds it: a search that is posted. Goes before `param` and `order`. */
  readonly ask?: (ask: PageAsk, from: Date, to: Date) => PageAsk;
  /**
   * Walk span by span of so many seconds, each whole before the next, where the vendor keeps no order: so what was read of a long history stands. The vendor
   * may give more than the span (whole days): rows before it were read already, rows behind it come with the next one.
   */
  readonly spanS?: number;
  /**
   * With `spanS`: the vendor compares an instant that it does not show, and `field` lies at or before it. Rows of a span are taken however old `field` is, and
   * those of the overlap are read again: the same `field` does not mean the same row.
   */
  readonly loose?: boolean;
  /** Key of that instant in a row (`fields.updated` for nested ones). */
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
  /** Spans that the vendor rounds the instant of a question down to. @defaultValue 1 */
  readonly grainS?: number;
}

/** For a list that takes neither an instant nor an order: one span, longer than any desk, whose rows before the checkpoint are passed over unread. */
export const WALKED_WHOLE = { spanS: 4e9, ask: (ask) => ask } as const satisfies Pick<Since, 'spanS' | 'ask'>;

/** Where a walk stands: read up to `at`; `ids` = what was already read of the overlap; `to` = complete up to it, null = never yet. */
export const SinceState = z.strictObject({
  at: z.iso.datetime().nullable(),
  ids: z.array(z.string()),
  to: z.iso.datetime().nullable(),
});
export type SinceState = z.infer<typeof SinceState>;
export const SINCE_BEGIN: SinceState = { at: null, ids: [], to: null };

interface SinceWalk {
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

interface SincePage {
  /** Rows that were not read before, up to `until`. A row without a readable instant is among them. */
  readonly fresh: readonly unknown[];
  readonly seen: number;
  readonly state: SinceState;
}

/** A list that changes faster than it can be walked must still come to an end. */
const MOST_WALKS = 3;
/** More names than this in a checkpoint cost more than reading those rows again. */
const MOST_IDS = 2000;

/**
 * Rows changed since the state, each version once, in pages with the state behind each.
 *
 * Page numbers over a list that is sorted by the last change lose rows: one that changes moves to the end, all behind it move up, and the first of the
 * next page is passed over. So as long as rows come in order, every page is asked for anew from the last instant read; only rows that share an instant
 * are paged through, and asked for once more until that brings nothing new. A list that does not keep the order is walked by its pages, as often as it
 * takes for one walk of several pages to bring nothing new, and the state moves at its end.
 *
 * Rows stamped after `until` belong to the next sync. Errors: those of the client; VENDOR_LOOP; VENDOR_CUT when more rows share an instant than the
 * vendor pages through.
 */
export async function* walkSince(walk: SinceWalk): AsyncGenerator<SincePage> {
  const spanMs = (walk.by.spanS ?? Number.POSITIVE_INFINITY) * 1000;
  const last = walk.until.getTime();
  let { state } = walk;
  for (let end = 0; end < last; ) {
    const from = state.at === null ? walk.start.getTime() : Date.parse(state.at);
    end = Math.min(last, from + spanMs);
    // Only the last span makes the whole complete.
    for await (const page of walkSpan({ ...walk, state, until: new Date(end) }, end === last)) {
      state = page.state;
      yield page;
    }
  }
}

async function* walkSpan(walk: SinceWalk, isLast: boolean): AsyncGenerator<SincePage> {
  const { reader, pager, by, until, place } = walk;
  const write = by.write ?? writeSeconds;
  const reach = createReach(walk);
  const nameOf = nameReader(by);
  const askFrom = (at: Date): PageAsk => pager.first(askSince(walk.ask, by, at, until));
  let guard = createLoopGuard(place.place);
  let from = reach.start;
  let ask = askFrom(from);
  let last = '';
  let question = reach.begin();
  let repeats = 0;
  /** Asks from an instant; from the same one once more when the pages of a question may have passed over a row. */
  const begin = (at: Date): void => {
    repeats = at === from ? repeats + 1 : 0;
    if (at === from) guard = createLoopGuard(place.place);
    [from, ask, last, question] = [at, askFrom(at), '', reach.begin()];
  };
  const isOver = (beyond: boolean, ends: boolean, walks: number): boolean =>
    beyond || (ends && (reach.isDone() || walks === MOST_WALKS));
  for (let walks = 1; ; ) {
    const page = await askPage(reader, ask, place);
    last = guard.goesOn(last, page.rows.map(nameOf));
    const { fresh, beyond } = reach.take(page.rows, from, question);
    if (page.rows.length > 0) yield { fresh, seen: page.rows.length, state: reach.state() };
    const next = pager.after(page);
    const isDone = isOver(beyond, next.kind === 'end', walks);
    const further = reach.resume(question);
    const leaves = further !== null && write(further) !== write(from);
    if ((isDone || leaves) && reach.mayHavePassedOver(question) && repeats < MOST_WALKS) {
      begin(from);
    } else if (isDone) break;
    else if (next.kind === 'end') {
      walks += 1;
      guard = createLoopGuard(place.place);
      [from, repeats] = [reach.start, 0];
      [ask, last, question] = [askFrom(from), '', reach.begin()];
    } else if (leaves) {
      reach.confirm(question);
      begin(further);
    } else if (next.kind === 'cut') throw cutOff(place.place, next.limit);
    else ask = next.ask;
    guard.step(ask.next ?? JSON.stringify(ask));
  }
  yield { fresh: [], seen: 0, state: reach.end(until, isLast) };
}

/** A request for the rows from one instant to another, before the pager adds to it. */
export function askSince(ask: PageAsk, by: Since, from: Date, to: Date): PageAsk {
  if (by.ask !== undefined) return by.ask(ask, from, to);
  const since = by.param === undefined ? {} : { [by.param]: (by.write ?? writeSeconds)(from) };
  return { ...ask, query: { ...ask.query, ...by.order, ...since } };
}

/** How far a walk has come: what was seen, whether the list keeps its order, and the state that may be saved. */
function createReach({ by, state, start, until }: SinceWalk) {
  const overlapMs = (by.overlapS ?? 60) * 1000;
  // Vendors stamp whole seconds or less exactly, and some take "since" as "after".
  const stepBackMs = (by.grainS ?? 1) * 1000;
  const stampOf = stampReader(by);
  const seen = new Set(state.ids);
  let reached = state.at === null ? start.getTime() - 1 : Date.parse(state.at);
  const first = new Date(state.at === null ? start.getTime() : reached - overlapMs);
  let ordered = by.order !== undefined;
  let [pages, news] = [0, 0];
  const stateAt = (ms: number, to: string | null): SinceState => ({
    at: new Date(ms).toISOString(),
    // A question is answered from up to one span before its instant.
    ids: by.loose === true ? [] : recent(seen, ms - Math.max(overlapMs, stepBackMs) - stepBackMs),
    to,
  });
  return {
    start: first,
    begin: (): Question => ({ base: reached, pages: 0, news: 0, newest: reached }),
    take(rows: readonly unknown[], from: Date, question: Question) {
      const stamped = rows.map((row) => ({ row, ...stampOf(row) }));
      ordered &&= keepsOrder(stamped, from.getTime() - stepBackMs);
      const due = stamped.filter(({ ms }) => ms === null || ms <= until.getTime());
      const fresh = due.filter(({ key, ms }) => {
        if (key === null) return true;
        if (by.spanS !== undefined && by.loose !== true && ms !== null && ms < first.getTime()) return false;
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew;
      });
      const keyed = fresh.filter(({ key }) => key !== null).length;
      pages += 1;
      news += keyed;
      question.pages += 1;
      question.news += keyed;
      question.newest = Math.max(question.newest, ...due.map(({ ms }) => ms ?? question.newest));
      // The first page of a question goes on from its instant without a gap; those behind it are found by their place.
      if (question.pages === 1) reached = question.newest;
      return { fresh: fresh.map(({ row }) => row), beyond: ordered && due.length < rows.length };
    },
    /** Where a question that came further is asked anew; null while it stands, or where the list keeps no order. */
    resume: ({ newest, base }: Question) => (ordered && newest > base ? new Date(newest - stepBackMs) : null),
    /**
     * Rows that change leave the pages of a question, and those behind them move up: what was read by place is whole only when the same question
     * brings nothing new.
     */
    mayHavePassedOver: (question: Question) => ordered && question.pages > 1 && question.news > 0,
    confirm(question: Question) {
      reached = question.newest;
    },
    /** Without an order the list has to be walked whole before anything is saved. */
    state: () => (ordered && reached >= start.getTime() ? stateAt(reached, state.to) : state),
    /** In order, or in one page, or nothing new in the whole walk that has ended; else it is walked again. */
    isDone() {
      const done = ordered || pages === 1 || news === 0;
      [pages, news] = [0, 0];
      return done;
    },
    end: (at: Date, isLast: boolean) => stateAt(Math.max(reached, at.getTime()), isLast ? at.toISOString() : state.to),
  };
}

/** One question, asked from an instant, with all its pages. */
interface Question {
  /** How far everything was read when it was asked, milliseconds. */
  readonly base: number;
  pages: number;
  /** Rows that were not read before. */
  news: number;
  newest: number;
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
    const at = read.safeParse(valueAt(record, by.field));
    const id = record[by.id ?? 'id'];
    const ms = at.success ? at.data.getTime() : null;
    const named = typeof id === 'string' || typeof id === 'number';
    return { ms, key: named && ms !== null ? `${id}@${ms}` : null };
  };
}

/** Where rows are named by a key of the vendor's own, a page that comes twice is known by it. */
function nameReader({ id }: Since): (row: unknown, index: number) => string {
  return id === undefined ? refOf : (row, index) => refOf({ id: valueAt(row, id) }, index);
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
