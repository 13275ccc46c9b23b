import { z } from 'zod';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { probeCapability } from '../capability.ts';
import { checkpointCodec } from '../checkpoint.ts';
import type { ConnectorContext } from '../connector.ts';
import { type Feed, type FeedHead, type Mapped, pageOf } from './feed.ts';

/** What became of an export: its rows, or that the span is too much for the vendor, or that it failed or is gone. */
export type Exported = readonly unknown[] | 'too_big' | 'lost';

interface ExportsFeed<C> extends FeedHead<C> {
  /** The first instant to read. */
  readonly start: (context: C) => Date;
  /** Days of one export; fewer where the vendor says that it is too big. */
  readonly spanDays: number;
  /** Days before what was read that are read again: rows that the vendor shows late. */
  readonly overlapDays: number;
  /** Begins the export of a span and gives what names it. */
  begin(context: C, from: Date, to: Date): Promise<string>;
  /** Fetches an export that is made. One that is not yet made is the client's to wait for: `Account.classify` calls it a limit. */
  fetch(context: C, id: string): Promise<Exported>;
  map(rows: readonly unknown[], context: C): Mapped | Promise<Mapped>;
}

const DAY_MS = 86_400_000;
/** Exports of one sync that may fail, or be gone when they are fetched. */
const MOST_LOST = 2;

const Job = z.strictObject({ id: z.string().min(1), to: z.iso.datetime() });
/** `to` = read up to it, null = nothing yet; `job` = an export that was begun, and the instant that it goes to. */
const State = z.strictObject({ to: z.iso.datetime().nullable(), days: z.int().min(1), job: Job.nullable() });
type State = z.infer<typeof State>;

/**
 * History that a vendor gives as exports only, begun, waited for and fetched, span by span. A sync that breaks off finds its export again. Errors: those of
 * the client; VENDOR_BROKEN when exports fail; VENDOR_CUT when a day is too big.
 */
export function exports<C extends ConnectorContext<unknown>>(feed: ExportsFeed<C>): Feed<C> {
  const { id, title, fills, adds = false, spanDays } = feed;
  const codec = checkpointCodec<State>(id, State, { to: null, days: spanDays, job: null });

  async function beginNext(context: C, { to: done, days }: State): Promise<z.infer<typeof Job>> {
    const from = done === null ? feed.start(context) : new Date(done);
    const to = new Date(Math.min(context.until.getTime(), from.getTime() + days * DAY_MS));
    const asked = new Date(from.getTime() - feed.overlapDays * DAY_MS);
    return { id: await feed.begin(context, asked, to), to: to.toISOString() };
  }

  return {
    id,
    title,
    kind: 'history',
    provides: fills,
    adds,
    // Whether it may be asked for is seen by asking for the shortest one.
    probe: (context) =>
      probeCapability(async () => {
        await feed.begin(context, new Date(context.until.getTime() - 1000), context.until);
        return (await feed.shows?.(context)) ?? { status: 'available' };
      }, feed.words),
    async *read(context, checkpoint) {
      let state = codec.read(checkpoint);
      const last = context.until.getTime();
      for (let lost = 0; state.to === null || Date.parse(state.to) < last; ) {
        const job = state.job ?? (await beginNext(context, state));
        if (state.job === null) yield pageOf({}, [], 0, codec.write({ ...state, job }));
        const found = await feed.fetch(context, job.id);
        if (typeof found !== 'string') {
          state = { ...state, to: job.to, job: null };
          yield pageOf(await feed.map(found, context), [], found.length, codec.write(state));
          continue;
        }
        // Whatever became of it, it is not fetched again.
        state = { ...state, days: found === 'lost' ? state.days : halved(state.days, id), job: null };
        yield pageOf({}, [], 0, codec.write(state));
        if (found === 'lost' && ++lost === MOST_LOST) throw unfinished(id);
      }
    },
  };
}

function halved(days: number, place: string): number {
  if (days > 1) return Math.ceil(days / 2);
  throw new PlumblineError(
    'VENDOR_CUT',
    `The helpdesk exports not even one day of ${place}: it is too big.`,
    'Ask the vendor to raise the limit of its exports, or read from a later day on (setting `since`).',
    { where: place },
  );
}

function unfinished(place: string): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    `The helpdesk could not finish its export of ${place}.`,
    'Run the sync again later. If it stays so, begin the same export by hand there, and ask the vendor.',
    { where: place },
  );
}
