import { available } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Feed, joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { sinceOf } from '../../src/kit/usual-settings.ts';
import { changedOf, mayRefuse, REFUSED, readOn, words } from './calls.ts';
import { type Desk, loadDesk } from './desk.ts';
import { toAttached, toComment, toEmail, toPost, WRITTEN } from './map-messages.ts';
import { type TalkDesk, toCall, toChat, toSession } from './map-talks.ts';
import { needs } from './needs.ts';
import {
  Born,
  CaseArticle,
  CaseComment,
  ChatTranscript,
  EmailMessage,
  FeedPost,
  MessagingSession,
  VoiceCall,
} from './schema.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';
import { byStamp, names, readBelow, readRest } from './soql.ts';

const { changes } = feedsOf<Settings, Session>();

const MAKER = ['CreatedDate', 'SystemModstamp', 'CreatedById', 'CreatedBy.UserType'] as const;
const SEE_MAILS = 'Give the integration user Read on cases, which opens their e-mail messages.';

/** Without the mails of an org that has them, comments would look like all that was said. */
async function besideMails({ session, settings }: Context): Promise<Capability> {
  if ((await session.shown('EmailMessage')) === 'refused') return { status: 'permission', detail: SEE_MAILS };
  return available({ since: sinceOf(settings) });
}

async function mapEach<R>(
  rows: readonly R[],
  context: Context,
  map: (row: R, desk: Desk) => ReturnType<typeof toEmail>,
) {
  const desk = await loadDesk(context);
  return joinMapped(rows.map((row) => map(row, desk)));
}

const SAID = ['author', 'author_id', 'public', 'channel', 'article_ids'] as const;
const ISSUES = ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'] as const;

const emails = changes({
  id: 'emails',
  title: 'E-mail messages of cases',
  fills: { messages: [...SAID, 'template_id', 'promised_reply_s', 'promise_business_hours'], links: ISSUES },
  words: words(SEE_MAILS),
  ...changedOf(
    'EmailMessage',
    names(
      'Id ParentId Incoming Status MessageDate CreatedDate SystemModstamp CreatedById CreatedBy.UserType ToAddress CcAddress',
      'BccAddress TextBody EmailTemplateId? Parent.CreatedDate Parent.CreatedById Parent.ContactEmail? Parent.SuppliedEmail?',
    ),
    { where: 'ParentId != null' },
  ),
  rows: EmailMessage,
  shows: besideMails,
  map: (rows, context) => mapEach(rows, context, toEmail),
});

const comments = changes({
  id: 'comments',
  title: 'Comments on cases',
  fills: { messages: ['author', 'author_id', 'public', 'note', 'article_ids'], links: ISSUES },
  words: words(readOn('cases')),
  ...changedOf('CaseComment', ['Id', 'ParentId', 'IsPublished', 'CommentBody', ...MAKER]),
  rows: CaseComment,
  shows: besideMails,
  map: (rows, context) => mapEach(rows, context, toComment),
});

const SEE_FEEDS =
  'Give the integration user the permission "View All Data", without which feeds are shown case by case only.';

const posts = changes({
  id: 'posts',
  title: 'Posts in the feeds of cases',
  fills: { messages: ['author', 'author_id', 'public', 'note', 'channel', 'article_ids'], links: ISSUES },
  adds: true,
  words: words(SEE_FEEDS),
  ...changedOf('CaseFeed', []),
  query: {
    select:
      'Id, ParentId, Type, Visibility, Body, CreatedDate, LastModifiedDate, CreatedById, CreatedBy.UserType, ' +
      '(SELECT Id, CommentBody, CreatedDate, CreatedById, CreatedBy.UserType FROM FeedComments)',
    from: 'CaseFeed',
    where: `Type IN (${WRITTEN.map((type) => `'${type}'`).join(', ')})`,
  },
  // A comment on a post moves this stamp of the post.
  by: byStamp('LastModifiedDate'),
  rows: FeedPost,
  shows: besideMails,
  map: async (rows, context) => mapEach(await withComments(rows, context), context, toPost),
});

/** Posts with all of their comments: of many the vendor gives the first with the post, and the others in pages of their own. */
async function withComments(rows: readonly FeedPost[], context: Context): Promise<FeedPost[]> {
  return each(rows, async (row) => {
    const next = row.FeedComments?.nextRecordsUrl ?? null;
    if (row.FeedComments === null || next === null) return row;
    const records = [...row.FeedComments.records, ...(await readRest(context, next, 'posts'))];
    return { ...row, FeedComments: { ...row.FeedComments, records } };
  });
}

const attached = changes({
  id: 'attached-articles',
  title: 'Articles attached to cases',
  fills: { messages: ['author', 'author_id', 'public', 'note', 'article_ids'] },
  adds: true,
  words: words('Give the integration user the permission "View Articles".'),
  ...changedOf('CaseArticle', ['Id', 'CaseId', 'KnowledgeArticleId', ...MAKER]),
  rows: CaseArticle,
  shows: besideMails,
  map: (rows, context) => mapEach(rows, context, toAttached),
});

async function mapTalks<R>(
  rows: readonly R[],
  context: Context,
  caseOf: (row: R) => string | null,
  map: (row: R, desk: TalkDesk) => Mapped,
) {
  const ids = rows.flatMap((row) => caseOf(row) ?? []).filter((id) => id.startsWith('500'));
  const cases = await readBelow(context, 'talks', ids, {
    select: 'Id, CreatedDate',
    from: 'Case',
    of: 'Id',
    rows: Born,
  });
  const born = new Map(cases.kept.map((row) => [row.Id, row.CreatedDate]));
  return mapEach(rows, context, (row, desk) => map(row, { ...desk, born }));
}

const TALKED = ['author', 'author_id', 'public', 'channel'] as const;
const TALK = ['Id', 'OwnerId', 'CreatedDate', 'SystemModstamp'] as const;

const chats = changes({
  id: 'chats',
  title: 'Chats of cases',
  fills: { messages: TALKED },
  adds: true,
  words: words(readOn('chat transcripts')),
  ...changedOf('LiveChatTranscript', [...TALK, 'CaseId', 'StartTime', 'OperatorMessageCount'], {
    where: 'CaseId != null',
  }),
  rows: ChatTranscript,
  shows: besideMails,
  map: (rows, context) => mapTalks(rows, context, (row) => row.CaseId, toChat),
});

const calls = changes({
  id: 'calls',
  title: 'Calls of cases',
  fills: { messages: TALKED },
  adds: true,
  words: words(readOn('voice calls')),
  ...changedOf('VoiceCall', [...TALK, 'RelatedRecordId', 'CallAcceptDateTime', 'CallConnectDateTime'], {
    where: 'RelatedRecordId != null',
  }),
  rows: VoiceCall,
  shows: besideMails,
  map: (rows, context) => mapTalks(rows, context, (row) => row.RelatedRecordId, toCall),
});

const sessions = changes({
  id: 'messaging-sessions',
  title: 'Messaging sessions, and those with a bot',
  fills: { messages: TALKED, bot_sessions: ['started_at', 'handed_over', 'requester_key', 'ticket_id'] },
  adds: true,
  words: words(readOn('messaging sessions')),
  ...changedOf('MessagingSession', [
    ...TALK,
    ...['StartTime', 'AcceptTime', 'AgentType', 'CaseId', 'MessagingEndUserId'],
  ]),
  rows: MessagingSession,
  map: (rows, context) => mapTalks(rows, context, (row) => row.CaseId, toSession),
});

/** All that is said on cases, by the objects that hold it. */
export const MESSAGES: readonly Feed<Context>[] = [
  ...[emails, comments],
  mayRefuse(posts, { status: 'permission', detail: SEE_FEEDS }),
  ...[attached, ...[chats, calls, sessions].map((feed) => needs(feed, 'Case'))].map((feed) => mayRefuse(feed, REFUSED)),
];
