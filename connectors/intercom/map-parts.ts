import type { Message, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Account, isOperator } from './account.ts';
import type { Part } from './schema.ts';
import { canSpeak, isByRule, isNote, WORDS } from './words.ts';

type Author = Part['author'];

/** Who wrote a part; answers of the AI agent come in the name of whoever it stands in for. */
export function authorOf(author: Author, account: Account): Message['author'] {
  if (author === null) return null;
  if (author.from_ai_agent === true || author.is_ai_answer === true) return 'machine';
  const word = WORDS.author(author.type);
  return word === 'agent' && (isOperator(author) || account.programs.has(author.id ?? '')) ? 'machine' : word;
}

/** Who changed something. */
export function actorOf(part: Part, account: Account): Pick<TelemetryRecord<'event'>, 'actor' | 'actor_id'> {
  const author = isByRule(part.part_type) ? 'machine' : authorOf(part.author, account);
  const actor = author === 'machine' ? 'automation' : author;
  return { actor, actor_id: actor === 'agent' ? (part.author?.id ?? null) : null };
}

/** What was said in the parts, oldest first. Parts without words, and those that the vendor writes itself, are no messages. */
export function toMessages(parts: readonly Part[], ticketId: string, account: Account): Message[] {
  return parts.filter(isSaid).map((part, i) => {
    const author = authorOf(part.author, account);
    return {
      ...blank('message'),
      ...readBody(part.body, author),
      id: part.id,
      ticket_id: ticketId,
      at: part.created_at,
      seq: i + 1,
      author,
      author_id: author === 'agent' ? (part.author?.id ?? null) : null,
      public: !isNote(part.part_type),
      channel: isSet(part.email_message_metadata) ? 'email' : null,
      auto_reply: author === 'machine' && part.author?.from_ai_agent !== true,
      through_api: part.app_package_code === undefined ? null : part.app_package_code !== null,
    };
  });
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** A comment may be a picture without words; closing, opening and assigning are messages only with words. */
function isSaid({ part_type: type, body }: Part): boolean {
  if (/^(?:comment|quick_reply)$/i.test(type)) return true;
  return (isNote(type) || canSpeak(type)) && body !== null && /[^\s>](?![^<]*>)/.test(body);
}

/** What is read of a text before it is dropped: articles linked, and the reply time that a machine states. */
export function readBody(
  body: string | null,
  author: Message['author'],
): Pick<Message, 'article_ids' | 'promised_reply_s' | 'promise_business_hours'> {
  return { article_ids: articleIdsIn(body, /\/articles\/(\d+)/), ...promiseIn(body, author) };
}

/** Records of issue trackers that the texts link to. */
export function issueLinks(parts: readonly Part[], ticketId: string, { context }: Account): TelemetryRecord<'link'>[] {
  return parts.flatMap((part) =>
    issueLinksIn(part.body, { id: part.id, ticketId, at: part.created_at }, context.pseudonymise),
  );
}
