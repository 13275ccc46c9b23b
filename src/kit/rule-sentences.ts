import { saysEscalation } from './recognise-escalation.ts';
import { purposeOf } from './recognise-team.ts';
import { ANY, denied, lookedAt, UNREAD, type Understood } from './rule-terms.ts';

/** Whom and what the names in a sentence stand for at this desk; null = nobody, or several. */
interface DeskNames {
  readonly agentId: (name: string) => string | null;
  readonly teamId: (name: string) => string | null;
  readonly keepTag: (tag: string) => string;
}

type Meaning = Understood | ((rest: string, names: DeskNames) => Understood);

/** What a sentence begins with, and what it means; its rest is a name of the desk. First row that fits wins. */
const BEGINNINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^assign(?: the conversation)? to (.+)/i, assigns],
  [/^unassign\b/i, lookedAt('set_assignee', `!assignee:${ANY}`)],
  [/^(?:add(?: the)? tag|tag with|apply(?: the)? tag) (.+)/i, tags],
  [/^(?:untag|remove(?: the)? tag)(?: with)? (.+)/i, untags],
  [/^move (?:to|in|into)(?: the)?(?: inbox)? (.+)/i, moves],
  [/^(?:archive|resolve)\b/i, lookedAt('set_status', 'status:solved')],
  [/^(?:re-?open|unarchive)\b/i, lookedAt('set_status', 'status:open')],
  [/^snooze\b/i, lookedAt('set_status', 'status:pending')],
  [/^(?:send (?:an? )?)?(?:auto-?)?(?:reply|response)\b/i, lookedAt('notify_requester', 'notify:requester')],
  [/^notify\b|^send (?:an? )?notification/i, lookedAt('notify_agent', 'notify:agent')],
  [/webhook|^(?:send|post) to (?:an? )?(?:url|slack|app)/i, lookedAt('notify_target', 'notify:target')],
  [/^(?:add (?:an? )?)?comment\b/i, lookedAt('comment')],
];

/** An action of a rule that the vendor tells as an English sentence, the only form in which it does. What is no sentence, or not a known one, is unread. */
export function readSentence(sentence: unknown, names: DeskNames): Understood {
  if (typeof sentence !== 'string') return UNREAD;
  for (const [beginning, meaning] of BEGINNINGS) {
    const match = beginning.exec(sentence.trim());
    if (match !== null) return typeof meaning === 'function' ? meaning((match[1] ?? '').trim(), names) : meaning;
  }
  return UNREAD;
}

function assigns(name: string, { agentId }: DeskNames): Understood {
  const id = agentId(name);
  return { word: 'set_assignee', terms: id === null ? null : [`assignee:${id}`] };
}

function moves(name: string, { teamId }: DeskNames): Understood {
  const id = teamId(name);
  const word = purposeOf(name) === 'escalation' ? 'escalate' : 'set_group';
  return { word, terms: id === null ? null : [`group:${id}`] };
}

function tags(tag: string, { keepTag }: DeskNames): Understood {
  return { word: saysEscalation(tag) ? 'escalate' : 'set_tag', terms: [`tag:${keepTag(tag)}`] };
}

function untags(tag: string, names: DeskNames): Understood {
  return { ...denied(tags(tag, names)), word: 'set_tag' };
}

/** Id of the one record that bears a name, in whatever letter case; null where none or several do. `namesOf` = what a record is called. */
export function idOfName<R extends { readonly id: string }>(
  all: Iterable<R> | undefined,
  name: string,
  namesOf: (one: R) => readonly (string | null)[],
): string | null {
  const wanted = name.trim().toLowerCase();
  const found = [...(all ?? [])].filter((one) => namesOf(one).some((own) => own?.trim().toLowerCase() === wanted));
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}
