import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { available, probeCapability } from '../../src/kit/capability.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { surveyCsat, toCsat } from './map-misc.ts';
import { firstRows, firstSecond, listPages, unixOf } from './pages.ts';
import { Rating, SurveyResponse } from './schema-config.ts';
import { byPlan, type Context } from './session.ts';
import { timeCodec } from './time-codec.ts';

type Csat = TelemetryRecord<'csat'>;

/** Surveys can be answered until the ticket closes, at most 28 days after it was solved: ratings of that time are read again. */
const ANSWER_TIME_S = 35 * 86_400;
const CSAT_FIELDS = fields('csat', 'answered_at score scale');

/** First second that is read again. */
function windowStart(context: Context, at: number): number {
  return Math.max(firstSecond(context.settings), at - ANSWER_TIME_S);
}

/** Reads a list whose rows come out of order: the checkpoint moves only behind the last page. */
async function* readRatings(
  context: Context,
  checkpoint: string | null,
  stream: string,
  pages: (from: number) => AsyncIterable<unknown[]>,
  map: (rows: readonly unknown[]) => Pick<ConnectorPage, 'records' | 'rejected'>,
): AsyncGenerator<ConnectorPage> {
  const codec = timeCodec(stream);
  const { at } = codec.read(checkpoint);
  const from = windowStart(context, at);
  const unmoved = codec.write({ at });
  let last: ConnectorPage | null = null;
  for await (const rows of pages(from)) {
    if (last !== null) yield last;
    last = { ...map(rows), checkpoint: unmoved, seen: rows.length };
  }
  if (last !== null) yield { ...last, checkpoint: codec.write({ at: unixOf(context.until) }) };
}

const RATING_WORDS = {
  permission: 'Give the token a role that may see satisfaction ratings.',
  plan: 'Satisfaction ratings need a plan with customer satisfaction surveys, and the survey switched on.',
};

function ratingPages(context: Context, from: number): AsyncIterable<unknown[]> {
  return listPages(context, '/satisfaction_ratings', 'satisfaction_ratings', {
    ...(from > 0 ? { start_time: from } : {}),
    end_time: unixOf(context.until),
  });
}

/** The older product. An account that changed to the newer surveys keeps its history here, so it is always read. */
export const ratings: Feed<Context> = {
  id: 'satisfaction-ratings',
  title: 'Satisfaction ratings',
  kind: 'history',
  provides: { csat: [...CSAT_FIELDS, 'offered_at', 'reason_code'] },
  async probe(context) {
    const asked = await probeCapability(async () => {
      await firstRows(context, '/satisfaction_ratings', 'satisfaction_ratings');
      return available();
    }, RATING_WORDS);
    return byPlan(asked, RATING_WORDS.plan, context);
  },
  read: (context, checkpoint) =>
    readRatings(
      context,
      checkpoint,
      'satisfaction-ratings',
      (from) => ratingPages(context, from),
      (rows) => {
        const { kept, rejected } = parseEach(Rating, rows, 'satisfaction-ratings');
        return { records: { csat: kept.flatMap((rating) => toCsat(rating) ?? []) }, rejected };
      },
    ),
};

/** The newer product. What both products tell of one rating is one row, under the id that the older one gave it. */
export const surveys: Feed<Context> = {
  id: 'survey-responses',
  title: 'Survey responses',
  kind: 'history',
  provides: { csat: CSAT_FIELDS },
  async probe(context) {
    const none = {
      status: 'absent',
      detail: 'No answers to the newer surveys; satisfaction ratings are read instead.',
    } as const;
    const asked = await probeCapability(
      async () =>
        (await firstRows(context, '/guide/survey_responses', 'survey_responses')).length > 0 ? available() : none,
      { permission: '' },
    );
    return asked.status === 'available' ? asked : none;
  },
  async *read(context, checkpoint) {
    const older = await olderRatings(context, checkpoint);
    yield* readRatings(
      context,
      checkpoint,
      'survey-responses',
      (from) =>
        listPages(context, '/guide/survey_responses', 'survey_responses', {
          'page[size]': 50,
          ...(from > 0 ? { 'filter[created_at_start]': from * 1000 } : {}),
        }),
      (rows) => {
        const { kept, rejected } = parseEach(SurveyResponse, rows, 'survey-responses');
        const csat = kept.flatMap((response) => surveyCsat(response) ?? []);
        return { records: { csat: csat.map((one) => underOneId(one, older.get(one.ticket_id) ?? [])) }, rejected };
      },
    );
  },
};

/** Ratings of the older product by ticket, as far back as survey answers are read; none where they may not be seen. */
async function olderRatings(context: Context, checkpoint: string | null): Promise<ReadonlyMap<string, Csat[]>> {
  const from = windowStart(context, timeCodec('survey-responses').read(checkpoint).at);
  const byTicket = new Map<string, Csat[]>();
  await probeCapability(
    async () => {
      for await (const rows of ratingPages(context, from))
        for (const one of parseEach(Rating, rows, 'survey-responses').kept.flatMap((rating) => toCsat(rating) ?? []))
          byTicket.set(one.ticket_id, [...(byTicket.get(one.ticket_id) ?? []), one]);
      return available();
    },
    { permission: '' },
  );
  return byTicket;
}

/** Answers of one ticket within this time are one rating whatever they say: the customer changed it, or both products stamped it. */
const SAME_MOMENT_S = 600;

/**
 * The answer as one row with the rating of the older product that tells the same: both good or both bad within the time that a survey can
 * be answered, or answered in the same moment, or offered there and answered here. Else it is a rating of its own.
 */
export function underOneId(answer: Csat, older: readonly Csat[]): Csat {
  const same = older.find((rating) => isSame(answer, rating));
  return same === undefined
    ? answer
    : { ...answer, id: same.id, offered_at: same.offered_at, reason_code: same.reason_code };
}

function isSame(answer: Csat, rating: Csat): boolean {
  if (answer.answered_at === null) return false;
  const answeredMs = answer.answered_at.getTime();
  const apart = (at: Date | null) =>
    at === null ? Number.POSITIVE_INFINITY : Math.abs(answeredMs - at.getTime()) / 1000;
  if (rating.answered_at === null) return apart(rating.offered_at) <= ANSWER_TIME_S;
  const bothGood = (answer.score ?? 0) >= GOOD === (rating.score ?? 0) >= GOOD;
  return apart(rating.answered_at) <= (bothGood ? ANSWER_TIME_S : SAME_MOMENT_S);
}

/** Score from which an answer is a good one, as in the figures. */
const GOOD = 0.75;
