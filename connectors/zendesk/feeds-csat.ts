import type { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { available, probeCapability } from '../../src/kit/capability.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { askPage, type Query } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { surveyCsat, toCsat } from './map-misc.ts';
import { API, firstSecond, listPages, PAGES, unixOf } from './pages.ts';
import { Rating, SurveyResponse } from './schema-config.ts';
import { byPlan, type Context } from './session.ts';
import { timeCodec } from './time-export.ts';

type Csat = TelemetryRecord<'csat'>;

/** Surveys can be answered until the ticket closes, at most 28 days after it was solved: ratings of that time are read again. */
const ANSWER_TIME_S = 35 * 86_400;
const CSAT_FIELDS = fields('csat', 'answered_at score scale');

/** A list of ratings. */
interface Ratings<R> {
  readonly key: string;
  readonly path: string;
  readonly size: number;
  readonly rows: z.ZodType<R>;
  query(from: number, until: number): Query;
  map(row: R): Csat | null;
}

const OLDER: Ratings<Rating> = {
  key: 'satisfaction_ratings',
  path: '/satisfaction_ratings',
  size: 100,
  rows: Rating,
  query: (from, until) => ({ ...(from > 0 ? { start_time: from } : {}), end_time: until }),
  map: toCsat,
};
const NEWER: Ratings<SurveyResponse> = {
  key: 'survey_responses',
  path: '/guide/survey_responses',
  size: 50,
  rows: SurveyResponse,
  query: (from) => (from > 0 ? { 'filter[created_at_start]': from * 1000 } : {}),
  map: surveyCsat,
};

interface RatingsPage {
  readonly csat: Csat[];
  readonly rejected: readonly SetAside[];
  readonly seen: number;
}

async function* pagesOf<R>(
  list: Ratings<R>,
  feed: string,
  from: number,
  context: Context,
): AsyncGenerator<RatingsPage> {
  const query = list.query(from, unixOf(context.until));
  for await (const { rows } of listPages(context, list.path, list.key, query, list.size)) {
    const { kept, rejected } = parseEach(list.rows, rows, feed);
    const told = toAnswers(
      kept.flatMap((row) => list.map(row) ?? []),
      { feed, path: 'score', expected: 'a rating on a known scale' },
    );
    yield { csat: told.csat, rejected: [...rejected, ...told.rejected], seen: rows.length };
  }
}

/** One row of a list, for probing. */
async function firstRows(
  { path, key }: Pick<Ratings<unknown>, 'path' | 'key'>,
  context: Context,
): Promise<readonly unknown[]> {
  return (await askPage(context, PAGES.first({ path: `${API}${path}` }, 1), { at: key, place: path })).rows;
}

/** Reads ratings, which come out of order: the checkpoint moves only behind the last page. */
async function* readRatings(
  context: Context,
  checkpoint: string | null,
  feed: string,
  pages: (from: number) => AsyncIterable<RatingsPage>,
): AsyncGenerator<ConnectorPage> {
  const codec = timeCodec(feed);
  const { at } = codec.read(checkpoint);
  let last: ConnectorPage | null = null;
  for await (const { csat, ...page } of pages(Math.max(firstSecond(context.settings), at - ANSWER_TIME_S))) {
    if (last !== null) yield last;
    last = { records: { csat }, ...page, checkpoint: codec.write({ at }) };
  }
  if (last !== null) yield { ...last, checkpoint: codec.write({ at: unixOf(context.until) }) };
}

const RATING_WORDS = {
  permission: 'Give the token a role that may see satisfaction ratings.',
  plan: 'Satisfaction ratings need a plan with customer satisfaction surveys, and the survey switched on.',
};

/** The older product. An account that changed to the newer surveys keeps its history here, so it is always read. */
export const ratings: Feed<Context> = {
  id: 'satisfaction-ratings',
  title: 'Satisfaction ratings',
  kind: 'history',
  provides: { csat: [...CSAT_FIELDS, 'offered_at', 'reason_code'] },
  async probe(context) {
    const asked = await probeCapability(async () => {
      await firstRows(OLDER, context);
      return available();
    }, RATING_WORDS);
    return byPlan(asked, RATING_WORDS.plan, context);
  },
  read: (context, checkpoint) =>
    readRatings(context, checkpoint, 'satisfaction-ratings', (from) =>
      pagesOf(OLDER, 'satisfaction-ratings', from, context),
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
      async () => ((await firstRows(NEWER, context)).length > 0 ? available() : none),
      { permission: '' },
    );
    return asked.status === 'available' ? asked : none;
  },
  read: (context, checkpoint) =>
    readRatings(context, checkpoint, 'survey-responses', async function* (from) {
      const older = await olderRatings(context, from);
      for await (const page of pagesOf(NEWER, 'survey-responses', from, context))
        yield { ...page, csat: page.csat.map((one) => underOneId(one, older.get(one.ticket_id) ?? [])) };
    }),
};

/** Ratings of the older product by ticket, as far back as survey answers are read; none where they may not be seen. */
async function olderRatings(context: Context, from: number): Promise<ReadonlyMap<string, Csat[]>> {
  const found: Csat[] = [];
  await probeCapability(
    async () => {
      for await (const { csat } of pagesOf(OLDER, 'survey-responses', from, context)) found.push(...csat);
      return available();
    },
    { permission: '' },
  );
  return groupBy(found, (one) => one.ticket_id);
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
  const [mine, theirs] = [answer.score, rating.score];
  const saysTheSame = mine !== null && theirs !== null && mine >= GOOD === theirs >= GOOD;
  return apart(rating.answered_at) <= (saysTheSame ? ANSWER_TIME_S : SAME_MOMENT_S);
}

/** Score from which an answer is a good one, as in the figures. */
const GOOD = 0.75;
