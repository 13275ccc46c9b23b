import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import {
  ANY,
  denied,
  lookedAt,
  readValues,
  ruleField,
  toAutomation,
  UNREAD,
  type Understood,
} from '../../src/kit/rule-terms.ts';
import { type Context, type Desk, nameOf } from './account.ts';
import { type CustomField, idIn, type Rule, type Template, type View } from './schema.ts';

/** What the vendor's sentences about actions begin with, and what they mean; the rest of a sentence is a name of the desk. */
const SENTENCES: readonly (readonly [RegExp, Understood | ((rest: string, desk: Desk) => Understood)])[] = [
  [/^assign(?: the conversation)? to (.+)/i, (rest, desk) => assigns(rest, desk)],
  [/^unassign\b/i, lookedAt('set_assignee', `!assignee:${ANY}`)],
  [/^(?:add(?: the)? tag|tag with|apply(?: the)? tag) (.+)/i, (rest, desk) => tags(rest, desk)],
  [
    /^(?:untag|remove(?: the)? tag)(?: with)? (.+)/i,
    (rest, desk) => ({ ...denied(tags(rest, desk)), word: 'set_tag' }),
  ],
  [/^move (?:to|in|into)(?: the)?(?: inbox)? (.+)/i, (rest, desk) => moves(rest, desk)],
  [/^(?:archive|resolve)\b/i, lookedAt('set_status', 'status:solved')],
  [/^(?:re-?open|unarchive)\b/i, lookedAt('set_status', 'status:open')],
  [/^snooze\b/i, lookedAt('set_status', 'status:pending')],
  [/^(?:send (?:an? )?)?(?:auto-?)?(?:reply|response)\b/i, lookedAt('notify_requester', 'notify:requester')],
  [/^notify\b|^send (?:an? )?notification/i, lookedAt('notify_agent', 'notify:agent')],
  [/webhook|^(?:send|post) to (?:an? )?(?:url|slack|app)/i, lookedAt('notify_target', 'notify:target')],
  [/^(?:add (?:an? )?)?comment\b/i, lookedAt('comment')],
];

function readSentence(text: string, desk: Desk): Understood {
  for (const [pattern, meaning] of SENTENCES) {
    const match = pattern.exec(text.trim());
    if (match !== null) return typeof meaning === 'function' ? meaning((match[1] ?? '').trim(), desk) : meaning;
  }
  return UNREAD;
}

const same = (a: string | null, b: string): boolean => a !== null && a.trim().toLowerCase() === b.toLowerCase();

/** The one record of a name; null where none or several have it. */
function named<R>(all: Iterable<R> | undefined, isIt: (one: R) => boolean): R | null {
  const found = [...(all ?? [])].filter(isIt);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function assigns(name: string, { teammates }: Desk): Understood {
  const one = named(teammates?.values(), (mate) =>
    [nameOf(mate), mate.first_name, mate.username].some((own) => same(own, name)),
  );
  return { word: 'set_assignee', terms: one === null ? null : [`assignee:${one.id}`] };
}

function tags(name: string, { context }: Desk): Understood {
  const kept = keptTag(context.pseudonymise, context.settings.clearTags, name);
  return { word: saysEscalation(name) ? 'escalate' : 'set_tag', terms: [`tag:${kept}`] };
}

function moves(name: string, { inboxes }: Desk): Understood {
  const one = named(inboxes?.values(), (inbox) => same(inbox.name, name));
  const word = purposeOf(name) === 'escalation' ? 'escalate' : 'set_group';
  return { word, terms: one === null ? null : [`group:${one.id}`] };
}

/** A rule: the vendor tells its actions as sentences, and neither its conditions nor whether it is switched on. */
export function toRule(row: Rule, desk: Desk): TelemetryRecord<'automation'> {
  return toAutomation({
    id: row.id,
    kind: 'trigger',
    active: true,
    shared: row.is_private !== true,
    does: row.actions.map((one) => readSentence(one, desk)),
  });
}

/** A view that people share: a conversation is in it when it is in one of its inboxes and bears one of its tags. */
export async function toView(
  row: View,
  { session, settings, pseudonymise }: Context,
): Promise<TelemetryRecord<'automation'>> {
  const known = row.tag_ids.length + row.not_tag_ids.length > 0 ? await session.tags() : null;
  const tag = ruleField('tag', (id) => {
    const name = known?.get(id)?.name ?? null;
    return name === null ? null : keptTag(pseudonymise, settings.clearTags, name);
  });
  const of = (ids: readonly string[], field: ReturnType<typeof ruleField>): Understood[] =>
    ids.length === 0 ? [] : [readValues(field, ids)];
  return toAutomation({
    id: row.id,
    kind: 'view',
    active: true,
    conditions: [
      ...of(row.inbox_ids, ruleField('group')),
      ...of(row.tag_ids, tag),
      ...of(row.not_tag_ids, tag).map(denied),
      ...(row.no_tags === true ? [lookedAt('tag', `!tag:${ANY}`)] : []),
      ...of(row.assignee_ids, ruleField('assignee')),
      ...of(row.not_assignee_ids, ruleField('assignee')).map(denied),
    ],
  });
}

/** A prepared text; one of a teammate is his own. */
export function toTemplate(row: Template): TelemetryRecord<'automation'> {
  const owner = row._links?.related?.owner ?? '';
  return toAutomation({
    id: row.id,
    kind: 'macro',
    active: true,
    shared: idIn(owner)?.startsWith('tea_') !== true,
    actions: ['comment'],
  });
}

const HOLDS: Readonly<Record<string, Holds>> = {
  enum: 'code',
  boolean: 'checkbox',
  number: 'number',
  datetime: 'date',
};

/** A custom field of conversations by the hints of its name and type (docs/recognition.md). */
export function toField(row: CustomField): TelemetryRecord<'automation'> {
  return fieldRecord({
    id: row.id,
    name: row.id,
    title: row.name,
    holds: HOLDS[row.type?.toLowerCase() ?? ''] ?? 'text',
  });
}
