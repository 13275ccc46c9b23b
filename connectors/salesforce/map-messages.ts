import type { Message } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, makerOf } from './desk.ts';
import {
  type CaseArticle,
  type CaseComment,
  type EmailMessage,
  FeedComment,
  type FeedPost,
  isIncoming,
  longId,
} from './schema.ts';

/** Mails are made within the transaction that makes their case; an acknowledgement follows at once. */
const AT_ONCE_MS = 60_000;
const DRAFT = /^(?:5|draft)$/i;

/** A mail, or nothing for a draft and for the mail that made its case, which is the opening message. */
export function toEmail(row: EmailMessage, desk: Desk): Mapped {
  if (DRAFT.test(row.Status ?? '')) return {};
  const incoming = isIncoming(row) === true;
  const sinceCaseMs = row.CreatedDate.getTime() - (row.Parent?.CreatedDate?.getTime() ?? Number.NEGATIVE_INFINITY);
  const atOnce = Math.abs(sinceCaseMs) <= AT_ONCE_MS;
  const links = linksIn(row.TextBody, row.Id, row.ParentId, row.CreatedDate, desk);
  if (incoming && atOnce) return { link: links };
  const maker = incoming ? 'customer' : makerOf(row, desk);
  // An acknowledgement is sent in the name of whoever stands for the cases that come by mail and form.
  const acknowledges =
    !incoming && atOnce && row.Parent?.SuppliedEmail != null && row.CreatedById === row.Parent.CreatedById;
  const author = acknowledges ? 'machine' : maker;
  return {
    message: [
      {
        ...messageOf(row.Id, row.ParentId, row.MessageDate ?? row.CreatedDate, author, row.CreatedById),
        public: incoming || goesToCustomer(row),
        channel: 'email',
        auto_reply: author === 'machine',
        template_id: row.EmailTemplateId,
        article_ids: articlesIn(row.TextBody, desk),
        ...promiseIn(row.TextBody, author),
      },
    ],
    link: author === 'machine' ? [] : links,
  };
}

/** A mail to somebody else than the customer and the customer's colleagues is not seen by them. Where no address is known, it is taken to go to them. */
function goesToCustomer(row: EmailMessage): boolean {
  const known = [row.Parent?.ContactEmail, row.Parent?.SuppliedEmail].flatMap((one) => one?.toLowerCase() ?? []);
  const to = `${row.ToAddress ?? ''} ${row.CcAddress ?? ''} ${row.BccAddress ?? ''}`.toLowerCase();
  if (known.length === 0 || to.trim() === '') return true;
  return known.some((address) => to.includes(address) || to.includes(address.slice(address.indexOf('@'))));
}

function messageOf(id: string, ticketId: string, at: Date, author: Message['author'], maker: string | null) {
  return {
    ...blank('message'),
    id,
    ticket_id: ticketId,
    at,
    // The opening is 0; others are told apart by their time.
    seq: 1,
    author,
    author_id: author === 'agent' ? maker : null,
  };
}

export function toComment(row: CaseComment, desk: Desk): Mapped {
  const author = makerOf(row, desk);
  return {
    message: [
      {
        ...messageOf(row.Id, row.ParentId, row.CreatedDate, author, row.CreatedById),
        public: row.IsPublished,
        auto_reply: author === 'machine',
        article_ids: articlesIn(row.CommentBody, desk),
      },
    ],
    link: linksIn(row.CommentBody, row.Id, row.ParentId, row.CreatedDate, desk),
  };
}

/** Entries that people write into the feed of a case; the others tell of mails, comments and changes, which are read where they are. */
export const WRITTEN = ['TextPost', 'ContentPost', 'LinkPost', 'QuestionPost', 'AdvancedTextPost'] as const;

/** A post with its comments, which are seen by whoever sees the post. */
export function toPost(row: FeedPost, desk: Desk): Mapped {
  const open = /^allusers$/i.test(row.Visibility);
  const { kept, rejected } = parseEach(FeedComment, row.FeedComments?.records ?? [], 'posts');
  const said = [{ ...row, text: row.Body }, ...kept.map((one) => ({ ...one, text: one.CommentBody }))];
  return {
    message: said.map((one) => {
      const author = makerOf(one, desk);
      return {
        ...messageOf(one.Id, row.ParentId, one.CreatedDate, author, one.CreatedById),
        public: open,
        channel: open ? 'portal' : null,
        auto_reply: author === 'machine',
        article_ids: articlesIn(one.text, desk),
      };
    }),
    link: said.flatMap((one) => linksIn(one.text, one.Id, row.ParentId, one.CreatedDate, desk)),
    rejected,
  };
}

/** An article that was attached to a case: an entry of its feed that customers do not see. */
export function toAttached(row: CaseArticle, desk: Desk): Mapped {
  if (row.KnowledgeArticleId === null) return {};
  const author = makerOf(row, desk);
  return {
    message: [
      {
        ...messageOf(row.Id, row.CaseId, row.CreatedDate, author, row.CreatedById),
        public: false,
        auto_reply: false,
        article_ids: [row.KnowledgeArticleId],
      },
    ],
  };
}

/** Addresses of articles end in their id (`kA0...`) or in a name that the org gave them. */
const ARTICLE = /\/(?:articles?|Knowledge\w*|view)\/(?:[\w-]+\/)*?(kA\w{13}(?:\w{3})?|[\w-]+)(?=[\s"'<>)?#/.,]|$)/g;

/** Articles that a text links to, by their ids; names that the knowledge base does not have are left out. Null where there is no text. */
function articlesIn(text: string | null, { articleNames }: Desk): string[] | null {
  const found = articleIdsIn(text, ARTICLE);
  if (found === null || articleNames === null) return null;
  return found
    .flatMap((name) =>
      /^kA\w{13}(?:\w{3})?$/.test(name) ? longId(name) : (articleNames.get(name.toLowerCase()) ?? []),
    )
    .sort();
}

function linksIn(text: string | null, id: string, ticketId: string, at: Date, { context }: Desk) {
  return issueLinksIn(text, { id, ticketId, at }, context.pseudonymise);
}
