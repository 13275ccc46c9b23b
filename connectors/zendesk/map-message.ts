import type { SetAside } from '../../src/domain/observability.ts';
import type { Message, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { readIssueReferences } from '../../src/kit/issue-references.ts';
import { readPromise } from '../../src/kit/read-promise.ts';
import { articleIdsIn } from '../../src/kit/records/texts.ts';
import { attribute, type Step, viaOf } from './attribute.ts';
import { type Directory, isStaff } from './directory.ts';
import { isTranscript, toChatMessages } from './map-chat.ts';
import { isSystemText } from './merge-texts.ts';
import type { EarlyContext } from './pages.ts';
import { type ChildEvent, shownTo, type Update } from './schema-events.ts';
import { wayOf } from './words.ts';

type Link = TelemetryRecord<'link'>;

interface Authorship {
  readonly author: Message['author'];
  readonly author_id: string | null;
  readonly auto_reply: boolean;
}

/** Where messages of a page of updates go. */
interface Found {
  readonly message: Message[];
  readonly link: Link[];
  readonly rejected: SetAside[];
}

/**
 * Adds the messages of one update and the issue links in them. Texts are looked at in memory for article links, issue links and a stated reply
 * time, and dropped. Texts that the system writes in a person's name are automatic, too. Notifications to the requester are automatic messages; those to agents are none. A voice comment is a call:
 * both sides took part, so it is public although the vendor marks it private.
 */
export function addMessages(found: Found, step: Step, directory: Directory, context: EarlyContext): void {
  const { message: messages, link: links, rejected } = found;
  const template = templateOf(step);
  /** The opening message has the first place, whatever is written beside it. */
  let opened = false;
  step.children.forEach((child, place) => {
    if (isTranscript(child)) {
      const lines = toChatMessages(step, child, place, directory, context, rejected);
      opened ||= lines.some((line) => line.seq === 0);
      messages.push(...lines);
    }
    if (!isMessage(child, directory, context)) return;
    const first = step.opening && !opened && !isNotification(child);
    opened ||= first;
    const message = `${step.update.id}:${child.id ?? place}`;
    const who = authorship(child, step, directory, context);
    const way = wayOf(viaOf(child, step));
    const body = textOf(child);
    const promise = who.auto_reply ? promiseOf(child, step, directory, context, body) : null;
    messages.push({
      id: message,
      ticket_id: step.update.ticketId,
      at: step.update.at,
      seq: first ? 0 : step.seq + place + 1,
      author: who.author,
      author_id: who.author_id,
      public: isPublic(child),
      channel: way.channel,
      auto_reply: who.auto_reply,
      template_id: who.author === 'agent' ? template : null,
      article_ids: articleIdsIn(body, ARTICLE),
      promised_reply_s: promise?.seconds ?? null,
      promise_business_hours: promise?.businessHours ?? null,
      // Unknown where the vendor names no way.
      through_api: way.word === '' ? null : way.isApi,
    });
    if (body !== null && !who.auto_reply) links.push(...issueLinks(body, message, step.update, context));
  });
}

function templateOf(step: Step): string | null {
  for (const child of step.children) {
    const id = macroOf(child);
    if (id !== null) return id;
  }
  return null;
}

/** Mail, mail with copies, SMS. */
const NOTIFICATIONS = new Set<string | null>(['Notification', 'NotificationWithCcs', 'SmsNotification']);

export function isNotification(child: ChildEvent): boolean {
  return NOTIFICATIONS.has(child.kind);
}

function isVoice(child: ChildEvent): boolean {
  return child.kind === 'VoiceComment' || child.type === 'VoiceComment';
}

function isMessage(child: ChildEvent, directory: Directory, context: EarlyContext): boolean {
  if (child.kind === 'Comment' || isVoice(child)) return true;
  if (child.comment_present === true) return true;
  return isNotification(child) && reachesCustomer(child, directory, context);
}

/** Recipients that are not staff; where none are listed, the rule that sent it addresses the requester. */
function reachesCustomer(child: ChildEvent, directory: Directory, context: EarlyContext): boolean {
  const recipients = (child.recipients ?? []).flatMap((r) =>
    typeof r === 'string' || typeof r === 'number' ? [String(r)] : [],
  );
  if (recipients.length > 0)
    return recipients.some((id) => isStaff(directory, context.settings.formerAgents, id) === false);
  const ruleId = ruleOf(child);
  return ruleId !== null && directory.notifiers.has(ruleId);
}

function ruleOf(child: ChildEvent): string | null {
  const from = child.via.from.id;
  return typeof from === 'string' || typeof from === 'number' ? String(from) : child.via_reference_id;
}

function isPublic(child: ChildEvent): boolean {
  if (isNotification(child) || isVoice(child)) return true;
  return shownTo(child) ?? false;
}

function authorship(child: ChildEvent, step: Step, directory: Directory, context: EarlyContext): Authorship {
  if (isNotification(child)) return { author: 'machine', author_id: null, auto_reply: true };
  if (!step.opening && isSystemText(child, step))
    return { author: 'machine', author_id: null, auto_reply: isPublic(child) };
  const who = attribute(step, child, directory, context);
  const id = answeredBy(child) ?? child.author_id ?? step.update.updaterId;
  if (isVoice(child) && id === null) return { author: 'customer', author_id: null, auto_reply: false };
  // An account of the desk that is only named like a program keeps its messages: the views judge it by its work (docs/recognition.md).
  if (who.actor === 'automation' || id === null || context.settings.machineUsers.includes(id))
    return { author: 'machine', author_id: null, auto_reply: isPublic(child) };
  const staff = isStaff(directory, context.settings.formerAgents, id);
  // Customers cannot write internal notes, so a note tells an agent even where agents cannot be listed. A private comment that came by mail is
  // no note: the vendor hides mail of people who are not on the ticket so.
  const isNote = !isPublic(child) && !isVoice(child) && wayOf(viaOf(child, step)).channel !== 'email';
  if (staff === true || isNote) return { author: 'agent', author_id: id, auto_reply: false };
  return { author: staff === false ? 'customer' : null, author_id: null, auto_reply: false };
}

/** Agent who took a call; the comment itself is often written by nobody. */
function answeredBy(child: ChildEvent): string | null {
  const data = child.row.data;
  if (!isVoice(child) || typeof data !== 'object' || data === null || !('answered_by_id' in data)) return null;
  const id = data.answered_by_id;
  return (typeof id === 'number' && id > 0) || (typeof id === 'string' && id !== '') ? String(id) : null;
}

/** Macro that an update was made with; null for other children. */
export function macroOf(child: ChildEvent): string | null {
  if (child.kind !== 'AgentMacroReference' && child.kind !== 'MacroReference' && child.macro_id === null) return null;
  const named = child.macro_id ?? child.row.macro_reference ?? child.row.value;
  return typeof named === 'string' || typeof named === 'number' ? String(named) : null;
}

function textOf(child: ChildEvent): string | null {
  // HTML first: it carries the addresses behind linked words.
  const { html_body, body } = child.row;
  if (typeof html_body === 'string') return html_body;
  return typeof body === 'string' ? body : null;
}

const ARTICLE = /\/hc\/(?:[a-z]{2}(?:-[a-z0-9]{2,4})?\/)?articles\/(\d{1,20})/gi;

function promiseOf(child: ChildEvent, step: Step, directory: Directory, context: EarlyContext, body: string | null) {
  if (body !== null) return readPromise(body);
  const ruleId = attribute(step, child, directory, context).ruleId;
  return ruleId === null ? null : (directory.notifiers.get(ruleId) ?? null);
}

function issueLinks(body: string, message: string, update: Update, context: EarlyContext): Link[] {
  return readIssueReferences(body).map(({ system, key }) => {
    // The Jira integration names issues by key alone; the same issue must give the same target.
    const name = system === 'jira' ? key.slice(key.lastIndexOf('/') + 1) : key;
    const target = context.pseudonymise('reference', name.toLowerCase());
    return {
      ...blank('link'),
      id: `${message}:${target}`,
      ticket_id: update.ticketId,
      kind: 'issue',
      system,
      target_key: target,
      linked_at: update.at,
    };
  });
}
