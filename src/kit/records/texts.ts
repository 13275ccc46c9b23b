import type { Message, TelemetryRecord, Ticket } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import type { ConnectorContext } from '../connector.ts';
import { type IssueReference, readIssueReferences } from '../issue-references.ts';
import { readPromise } from '../read-promise.ts';

/** Texts are looked at and dropped; null = the vendor gave none, and nothing is known of it. */
type Text = string | null;

/** Ids of articles that a text links to: the first group of each match that holds something. Sorted, each once; null without a text. */
export function articleIdsIn(text: Text, link: RegExp): string[] | null {
  if (text === null) return null;
  // Most texts link to none.
  if (text.search(link) === -1) return [];
  const found = [...text.matchAll(new RegExp(link, link.flags.includes('g') ? link.flags : `${link.flags}g`))];
  return [...new Set(found.flatMap(([, ...groups]) => groups.find((one) => one !== undefined) ?? []))].sort();
}

/** The reply time that a text of a machine states; people's own promises are not read. */
export function promiseIn(
  text: Text,
  author: Message['author'],
): Pick<Message, 'promised_reply_s' | 'promise_business_hours'> {
  const promise = author === 'machine' && text !== null ? readPromise(text) : null;
  return { promised_reply_s: promise?.seconds ?? null, promise_business_hours: promise?.businessHours ?? null };
}

/** The reply time that an article states, seconds. */
export function promiseOfArticle(text: Text): number | null {
  return text === null ? null : (readPromise(text)?.seconds ?? null);
}

/** Records of issue trackers that a text links to. `wanted` leaves out those that are the desk's own. */
export function issueLinksIn(
  text: Text,
  from: { readonly id: string; readonly ticketId: string; readonly at: Date },
  pseudonymise: ConnectorContext<unknown>['pseudonymise'],
  wanted: (issue: IssueReference) => boolean = () => true,
): TelemetryRecord<'link'>[] {
  return readIssueReferences(text ?? '')
    .filter(wanted)
    .map((issue, i) => ({
      ...blank('link'),
      id: `${from.id}:issue:${i}`,
      ticket_id: from.ticketId,
      kind: 'issue',
      system: issue.system,
      target_key: pseudonymise('reference', issue.key),
      linked_at: from.at,
    }));
}

/** The text that a ticket was opened with, where the vendor lists it among no messages. */
export function openingOf(ticket: Ticket, more: Partial<Message> = {}): Message {
  return {
    ...blank('message'),
    id: `${ticket.id}:opening`,
    ticket_id: ticket.id,
    at: ticket.created_at,
    seq: 0,
    author: ticket.created_by,
    public: true,
    channel: ticket.channel,
    auto_reply: false,
    ...more,
  };
}
