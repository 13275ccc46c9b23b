import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { blank } from '../../src/kit/blank.ts';
import { orRefusal, probeCapability } from '../../src/kit/capability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import { csvRows } from '../../src/kit/csv-rows.ts';
import { type Feed, pageOf } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { EpochSeconds, LooseInstant, UtcText } from '../../src/kit/instants.ts';
import { parseEach, refOf } from '../../src/kit/parse-each.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { Instant } from '../../src/kit/vendor-schema.ts';
import type { Context } from './account.ts';
import { Export, ExportRow } from './schema.ts';

const EXPORTS = '/analytics/exports';
/** No text, name or address is asked for. */
const COLUMNS = ['Activity API ID', 'Conversation API ID', 'Message date', 'Survey rating'];
const DAY_MS = 86_400_000;
/** One export covers so many days, fewer where the vendor says that it would be too big. */
const SPAN_DAYS = 90;
/** One export may be begun every three seconds. */
const QUOTA = { id: 'exports', perMinute: 20 };

const State = z.strictObject({
  /** Read up to it; null = nothing yet. */
  to: z.iso.datetime().nullable(),
  days: z.int().min(1),
  /** An export that was begun, and the instant that it goes to. */
  job: z.strictObject({ id: z.string().min(1), to: z.iso.datetime() }).nullable(),
});
type State = z.infer<typeof State>;
const codec = checkpointCodec('satisfaction', State, { to: null, days: SPAN_DAYS, job: null });

const WORDS = {
  permission: 'Give the API token the scope `analytics:read`: only the export of analytics has the answers to surveys.',
  absent: 'Analytics is not part of the plan of this company.',
};

/** Answers to surveys, which only the export of activities has: begun, waited for, fetched. */
export const satisfaction: Feed<Context> = {
  id: 'satisfaction',
  title: 'Answers of satisfaction surveys',
  kind: 'history',
  adds: false,
  provides: { csat: fields('csat', 'answered_at score scale') },
  probe: (context) =>
    probeCapability(async () => {
      await begin(context, new Date(context.until.getTime() - 1000), context.until);
      return { status: 'available' };
    }, WORDS),
  async *read(context, checkpoint) {
    let state = codec.read(checkpoint);
    const last = context.until.getTime();
    for (let lost = 0; state.to === null || Date.parse(state.to) < last; ) {
      const job = state.job ?? (await beginNext(context, state));
      if (state.job === null) yield pageOf({}, [], 0, codec.write({ ...state, job }));
      const found = await fetchRows(context, job.id);
      if (typeof found === 'string') {
        lost += found === 'too_big' ? 0 : 1;
        // Whatever became of it, it is not asked for again.
        state = { ...state, days: found === 'too_big' ? halved(state.days) : state.days, job: null };
        yield pageOf({}, [], 0, codec.write(state));
        if (lost === MOST_LOST) throw unfinished();
        continue;
      }
      // An export covers whole days: what comes behind the end belongs to the next sync.
      const { answers, rejected } = toAnswers(found, context.until);
      state = { ...state, to: job.to, job: null };
      yield pageOf({ csat: answers }, rejected, found.length, codec.write(state));
    }
  },
};

/** Exports of one sync that may fail, or be gone when they are asked for. */
const MOST_LOST = 2;

function unfinished(): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    'The helpdesk could not finish the export of analytics.',
    'Run the sync again later. If it stays so, begin the same export by hand (Analytics > Exports) and ask the vendor.',
    { where: EXPORTS },
  );
}

async function beginNext(context: Context, state: State): Promise<NonNullable<State['job']>> {
  const from = state.to === null ? startAt(context.settings, '2014-01-01') : new Date(state.to);
  const to = new Date(Math.min(context.until.getTime(), from.getTime() + state.days * DAY_MS));
  // Answers of the last day are asked for once more: analytics lag behind.
  return { id: await begin(context, new Date(from.getTime() - DAY_MS), to), to: to.toISOString() };
}

async function begin(context: Context, from: Date, to: Date): Promise<string> {
  const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
  const { data } = await context.http.getJson({
    path: EXPORTS,
    method: 'POST',
    body: { type: 'events', start: seconds(from), end: seconds(to), columns: COLUMNS },
    quota: QUOTA,
    schema: Export,
    signal: context.signal,
  });
  return data.id;
}

/** Rows of an export that is done, or why there are none. The client waits while it is made (`classify`). */
async function fetchRows(context: Context, id: string): Promise<Record<string, string>[] | 'too_big' | 'lost'> {
  const { signal, http } = context;
  const look = { path: `${EXPORTS}/${encodeURIComponent(id)}`, quota: QUOTA, schema: Export, signal };
  const { found } = await orRefusal(() => http.getJson(look), [404, 410]);
  if (/^too_big$/i.test(found?.data.status ?? '')) return 'too_big';
  const url = found?.data.url ?? null;
  if (url === null) return 'lost';
  const isElsewhere = URL.canParse(url) && new URL(url).origin !== http.origin;
  const at = isElsewhere ? { origin: 'exports' } : {};
  const { data: text } = await http.getText({ path: EXPORTS, next: url, signal, ...at });
  return csvRows(text);
}

function halved(days: number): number {
  if (days > 1) return Math.ceil(days / 2);
  throw new PlumblineError(
    'VENDOR_CUT',
    'The helpdesk exports no whole day of this company: it is too big.',
    'Ask the vendor to raise the limit of exports of analytics.',
    { where: EXPORTS },
  );
}

const When = z.union([Instant, LooseInstant, UtcText, EpochSeconds]);
const BEST = 5;

function toAnswers(rows: readonly Record<string, string>[], until: Date) {
  const rated = rows.filter((row) => (row['Survey rating'] ?? '').trim() !== '');
  const { kept, rejected } = parseEach(ExportRow, rated, 'satisfaction', (row, i) =>
    refOf({ id: (row as Record<string, string>)['Activity API ID'] }, i),
  );
  const answers: TelemetryRecord<'csat'>[] = [];
  const aside: SetAside[] = [...rejected];
  for (const [i, row] of kept.entries()) {
    const { 'Activity API ID': id, 'Conversation API ID': conversation } = row;
    const at = When.safeParse(row['Message date']);
    if (id === null || conversation === null || !at.success) {
      const detail = 'expected: an activity of a conversation with its date';
      aside.push({
        stream: 'satisfaction',
        ref: refOf({ id }, i),
        code: 'RECORD_REJECTED',
        path: 'Message date',
        detail,
      });
      continue;
    }
    if (at.data > until) continue;
    answers.push({
      ...blank('csat'),
      id,
      ticket_id: conversation,
      answered_at: at.data,
      score: scoreOf(row['Survey rating']),
      scale: '1-5',
    });
  }
  return { answers, rejected: aside };
}

/** Stars, 1 to 5; null for anything else. */
function scoreOf(rating: string | null): number | null {
  const stars = Number(/^\s*([1-5])(?:\.0+)?(?:\s*(?:\/\s*5|stars?))?\s*$/i.exec(rating ?? '')?.[1] ?? Number.NaN);
  return Number.isNaN(stars) ? null : (stars - 1) / (BEST - 1);
}
