import { describe, expect, it } from 'vitest';
import { toAnswer as chatwootAnswer } from '../../connectors/chatwoot/map-conversation.ts';
import { Answer as ChatwootAnswer } from '../../connectors/chatwoot/schema.ts';
import { toCsat as freshdeskAnswer } from '../../connectors/freshdesk/map-config.ts';
import { Rating as FreshdeskRating } from '../../connectors/freshdesk/schema.ts';
import { toAnswer as frontAnswer } from '../../connectors/front/satisfaction.ts';
import { Rated } from '../../connectors/front/schema.ts';
import { toSurvey as gorgiasSurvey } from '../../connectors/gorgias/map-config.ts';
import { Survey as GorgiasSurvey } from '../../connectors/gorgias/schema.ts';
import { toRating as helpScoutRating } from '../../connectors/help-scout/map-config.ts';
import { Rating as HelpScoutRating } from '../../connectors/help-scout/schema.ts';
import { toFieldAnswers } from '../../connectors/salesforce/map-surveys.ts';
import { surveyCsat, toCsat as zendeskRating } from '../../connectors/zendesk/map-misc.ts';
import { SurveyResponse, Rating as ZendeskRating } from '../../connectors/zendesk/schema-config.ts';
import { toAnswer as zohoAnswer } from '../../connectors/zoho-desk/map-ticket.ts';
import { Rating as ZohoRating } from '../../connectors/zoho-desk/schema.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';

const AT = '2026-03-02T09:00:00Z';
const SECONDS = Date.parse(AT) / 1000;

/** Answers in words or numbers that no paper of the vendor names. */
const UNREAD = {
  chatwoot: () =>
    chatwootAnswer(
      ChatwootAnswer.parse({ id: 1, rating: 9, message_id: 2, conversation_id: 3, created_at: SECONDS }),
      undefined,
    ),
  freshdesk: () =>
    freshdeskAnswer(FreshdeskRating.parse({ id: 1, ticket_id: 2, created_at: AT, ratings: { default_question: 104 } })),
  'freshdesk, no face at all': () => freshdeskAnswer(FreshdeskRating.parse({ id: 1, ticket_id: 2, created_at: AT })),
  front: () =>
    frontAnswer(
      Rated.parse({
        'Activity API ID': 'evt_1',
        'Conversation API ID': 'cnv_1',
        'Message date': '2026-03-02 09:00:00',
        'Survey rating': 'great',
      }),
    ),
  gorgias: () =>
    gorgiasSurvey(GorgiasSurvey.parse({ id: 1, ticket_id: 2, score: 9, sent_datetime: AT, scored_datetime: AT })),
  'help-scout': () =>
    helpScoutRating(HelpScoutRating.parse({ id: 1, threadid: 2, ratingId: 'superb', ratingCreatedAt: AT })),
  'zendesk, newer surveys': () =>
    surveyCsat(
      SurveyResponse.parse({
        id: 'a',
        created_at: AT,
        subjects: [{ type: 'ticket', id: 7 }],
        answers: [{ type: 'rating_scale', rating: 12, rating_category: 'superb', created_at: AT }],
      }),
    ),
  'zoho-desk': () =>
    zohoAnswer(ZohoRating.parse({ id: 1, rating: 'SUPERB', ratedTime: '2026-03-02T09:00:00.000Z', ticketId: '5' })),
};

/** Case fields with the stars of an org that was told they go from 1 to 5; changes of the field are not kept. */
async function salesforceAnswers(...stars: readonly unknown[]) {
  const context = {
    settings: { satisfaction: { field: 'Stars__c', worst: 1, best: 5 } },
    session: { shown: async () => 'no' },
  };
  const rows = stars.map((one, i) => ({ Id: `500${i}`, Stars__c: one }));
  return toFieldAnswers(rows as never, context as never);
}

describe('an answer in a field of a Salesforce case', () => {
  it('is set aside by its value where it is no number of the scale, and is none where the field is empty', async () => {
    const { csat, rejected } = await salesforceAnswers('4', 'Superb', 9, '', null);
    expect(csat?.map((one) => [one.ticket_id, one.score])).toEqual([
      ['5000', 0.75],
      ['5001', null],
      ['5002', null],
    ]);
    expect(rejected?.map((one) => [one.ref, one.code, one.path, one.detail])).toEqual([
      ['5001:field', 'CELL_REJECTED', 'Stars__c', 'expected: 1 to 5'],
      ['5002:field', 'CELL_REJECTED', 'Stars__c', 'expected: 1 to 5'],
    ]);
  });
});

describe('an answer whose worth cannot be read', () => {
  it.each(Object.entries(UNREAD))('was given, and is neither good nor bad (%s)', (_name, read) => {
    const answer = read();
    expect(answer).toMatchObject({ answered_at: new Date(AT), score: null });
    const told = toAnswers([answer as never], { feed: 'ratings', path: 'rating', expected: 'a known rating' });
    expect(told.csat).toHaveLength(1);
    expect(told.rejected).toEqual([
      { stream: 'ratings', ref: answer?.id, code: 'CELL_REJECTED', path: 'rating', detail: 'expected: a known rating' },
    ]);
  });

  it('is no answer where nothing was answered yet', () => {
    const offer = GorgiasSurvey.parse({ id: 1, ticket_id: 2, sent_datetime: AT });
    const told = toAnswers([gorgiasSurvey(offer) as never], { feed: 'ratings', path: 'score', expected: '1 to 5' });
    expect(told).toMatchObject({ csat: [{ answered_at: null, score: null }], rejected: [] });
  });
});

/** developer.zendesk.com, satisfaction ratings: offered, unoffered, received, good and bad, each of these with or without a comment. */
describe('a legacy rating of Zendesk', () => {
  const read = (score: string) => ZendeskRating.safeParse({ id: 1, ticket_id: 2, score, created_at: AT }).data;
  it('is set aside where its word is not known: whether it is an answer cannot be told', () => {
    expect(['offered', 'good_with_comment', 'bad_without_comment', 'unoffered'].map((one) => read(one)?.score)).toEqual(
      ['offered', 'good_with_comment', 'bad_without_comment', 'unoffered'],
    );
    expect(read('superb')).toBeUndefined();
    expect(zendeskRating(read('unoffered') as never)).toBeNull();
  });
});
