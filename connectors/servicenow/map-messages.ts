import type { Message } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { articleIdsIn, issueLinksIn, openingOf, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, sideIn } from './desk.ts';
import { toTicket } from './map-ticket.ts';
import type { Journal, Task } from './schema.ts';

export const COMMENT = 'comments';
export const WORK_NOTE = 'work_notes';

/** Links to articles by id, and the numbers that the screen puts in front of an article's text. */
const ARTICLE = /sys_kb_id=([0-9a-f]{32}|\d+)|\b(KB\d{5,})\b/;

/** Whether texts name articles by their numbers, so that the numbers have to be known. */
export function namesArticles(journals: readonly Journal[]): boolean {
  return journals.some((one) => ARTICLE.test(one.value ?? ''));
}

/** The opening message of a ticket, its comments and its notes. `articles` null = they are not shown, so that links to them cannot be told. */
export function mapMessages(
  row: Task,
  journals: readonly Journal[],
  articles: ReadonlyMap<string, string> | null,
  desk: Desk,
): Mapped {
  const said = journals
    .filter((one) => (one.element === COMMENT || one.element === WORK_NOTE) && !isPartOfOpening(one, row))
    .sort((a, b) => a.sys_created_on.getTime() - b.sys_created_on.getTime() || (a.sys_id < b.sys_id ? -1 : 1));
  const opener = desk.staff.users?.get(row.opened_by ?? '');
  const opening = openingOf(toTicket(row, desk), opener === undefined ? {} : { author_id: opener.sys_id });
  return {
    message: [
      opening.author === 'agent' ? opening : { ...opening, author_id: null },
      ...said.map((one, i) => toMessage(one, row, i + 1, articles, desk)),
    ],
    link: said.flatMap((one) =>
      issueLinksIn(
        one.value,
        { id: one.sys_id, ticketId: row.sys_id, at: one.sys_created_on },
        desk.context.pseudonymise,
      ),
    ),
  };
}

/** What is typed into the comments of a new ticket is saved with it, by whoever opened it. */
function isPartOfOpening(one: Journal, row: Task): boolean {
  return one.element === COMMENT && one.sys_created_on.getTime() === row.sys_created_on?.getTime();
}

function toMessage(
  one: Journal,
  row: Task,
  seq: number,
  articles: ReadonlyMap<string, string> | null,
  desk: Desk,
): Message {
  const note = one.element === WORK_NOTE;
  const side = sideIn(one.sys_created_by, row, desk);
  // Only people of the desk can write work notes.
  const person = note ? 'agent' : side === 'customer' ? 'customer' : null;
  const author = side === 'system' || side === 'machine' ? 'machine' : side === 'agent' ? 'agent' : person;
  const linked = articleIdsIn(one.value, ARTICLE);
  return {
    ...blank('message'),
    id: one.sys_id,
    ticket_id: row.sys_id,
    at: one.sys_created_on,
    seq,
    author,
    author_id: author === 'agent' ? (desk.staff.byName.get(one.sys_created_by ?? '')?.sys_id ?? null) : null,
    public: !note,
    auto_reply: author === 'machine',
    article_ids:
      linked === null || articles === null ? null : [...new Set(linked.map((id) => articles.get(id) ?? id))].sort(),
    ...promiseIn(note ? null : one.value, author),
  };
}
