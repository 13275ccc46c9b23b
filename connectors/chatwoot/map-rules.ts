import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeField } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import {
  ANY,
  denied,
  lookedAt,
  type RuleField,
  readValues,
  ruleField,
  setTo,
  tellsRequester,
  toAutomation,
  UNREAD,
  type Understood,
  unread,
  valuesOf,
} from '../../src/kit/rule-terms.ts';
import { type Desk, isList } from './account.ts';
import { Action, Condition, type Rule } from './schema.ts';
import { WORDS } from './words.ts';

/** Attributes that rules look at, whatever the value. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  content: 'text',
  mail_subject: 'text',
  referer: 'text',
  message_type: 'actor',
  private_note: 'update',
  email: 'requester',
  name: 'requester',
  phone_number: 'requester',
  company: 'requester',
  city: 'requester',
  country_code: 'requester',
  contact_identifier: 'requester',
  browser_language: 'language',
  conversation_language: 'language',
};

/** When a rule runs. */
const EVENTS: Readonly<Record<string, Understood>> = {
  conversation_created: lookedAt('created'),
  conversation_updated: lookedAt('created', '!created'),
  conversation_opened: lookedAt('status', 'changed:status'),
  conversation_resolved: lookedAt('status', 'changed:status'),
  message_created: lookedAt('update'),
};

export function toRule(row: Rule, kind: 'trigger' | 'macro', desk: Desk): TelemetryRecord<'automation'> {
  // What is no list is a condition or an action of another form: it is there, and not understood.
  const list = (value: unknown): unknown[] => (value === null || value === undefined ? [] : [value].flat());
  const event = row.event_name === null ? [] : [EVENTS[row.event_name] ?? UNREAD];
  return toAutomation({
    id: kind === 'macro' ? `macro:${row.id}` : row.id,
    kind,
    active: row.active !== false,
    shared: !/^personal$/i.test(row.visibility ?? ''),
    conditions: kind === 'macro' ? null : [...event, ...list(row.conditions).map((one) => readCondition(one, desk))],
    does: list(row.actions).map((one) => readAction(one, desk)),
  });
}

function readCondition(given: unknown, desk: Desk): Understood {
  const parsed = Condition.safeParse(given);
  if (!parsed.success) return UNREAD;
  const { attribute_key: key, filter_operator: operator } = parsed.data;
  const looked = LOOKED_AT[key];
  if (looked !== undefined) return lookedAt(looked);
  const understood = readField(key, valuesOf(parsed.data.values), desk);
  const { word } = understood;
  switch (operator) {
    case 'equal_to':
    case 'contains':
      return understood;
    case 'not_equal_to':
    case 'does_not_contain':
      return denied(understood);
    case 'is_present':
      return word === null ? UNREAD : lookedAt(word, anyOf(key, word));
    case 'is_not_present':
      return word === null ? UNREAD : lookedAt(word, `!${anyOf(key, word)}`);
    case 'attribute_changed':
      return word === null ? UNREAD : lookedAt(word, `changed:${word}`);
    default:
      return unread(understood);
  }
}

function anyOf(key: string, word: string): string {
  return FIXED.has(key) ? `${word}:${ANY}` : `field:${key}=${ANY}`;
}
const FIXED: ReadonlySet<string> = new Set(['status', 'priority', 'team_id', 'assignee_id', 'inbox_id', 'labels']);

/** Attribute and values in canonical words, the same for conditions and actions. */
function readField(key: string, values: readonly string[], desk: Desk): Understood {
  const known = fieldsOf(desk)[key];
  if (known !== undefined) return readValues(known, values);
  const own = desk.attributes.find((one) => one.attribute_key === key);
  if (own === undefined) return UNREAD;
  const read = readValues(codeField(desk.codes, key), values);
  return isList(own) ? read : unread(read);
}

function fieldsOf({ context, inboxes }: Desk): Readonly<Record<string, RuleField>> {
  const { pseudonymise, settings } = context;
  return {
    status: ruleField('status', WORDS.status),
    priority: ruleField('priority', WORDS.rank),
    team_id: ruleField('group'),
    assignee_id: ruleField('assignee'),
    inbox_id: ruleField('channel', (id) => WORDS.channel(inboxes?.get(id)?.channel_type)),
    labels: ruleField('tag', (label) => keptTag(pseudonymise, settings.clearTags, label)),
  };
}

/** Actions that do something whatever the value. */
const DOES: Readonly<Record<string, Understood>> = {
  send_email_transcript: lookedAt('notify_requester', 'notify:requester'),
  send_attachment: lookedAt('notify_requester', 'notify:requester'),
  send_webhook_event: lookedAt('notify_target', 'notify:target'),
  add_private_note: lookedAt('comment'),
  add_sla: lookedAt('set_sla', 'sla_breach'),
  mute_conversation: lookedAt('mute'),
  snooze_conversation: lookedAt('set_status', 'status:pending'),
  pending_conversation: lookedAt('set_status', 'status:pending'),
  resolve_conversation: lookedAt('set_status', 'status:solved'),
  open_conversation: lookedAt('set_status', 'status:open'),
  remove_assigned_agent: lookedAt('set_assignee', `!assignee:${ANY}`),
  remove_assigned_team: lookedAt('set_group', `!group:${ANY}`),
};

/** Actions on an attribute. */
const SETS: Readonly<Record<string, string>> = {
  assign_team: 'team_id',
  assign_agent: 'assignee_id',
  add_label: 'labels',
  remove_label: 'labels',
  change_priority: 'priority',
  change_status: 'status',
};

function readAction(given: unknown, desk: Desk): Understood {
  const parsed = Action.safeParse(given);
  if (!parsed.success) return UNREAD;
  const { action_name: name, action_params: params } = parsed.data;
  const values = valuesOf(params);
  const done = DOES[name];
  if (done !== undefined) return done;
  if (name === 'send_message') return tellsRequester(values[0] ?? null);
  if (name === 'send_email_to_team') return lookedAt('notify_agent', `notify:group:${ANY}`);
  const key = SETS[name];
  if (key === undefined) return UNREAD;
  if (values[0] === 'nil')
    return lookedAt(
      `set_${key === 'team_id' ? 'group' : 'assignee'}`,
      `!${key === 'team_id' ? 'group' : 'assignee'}:${ANY}`,
    );
  const teamOf = (id: string) => desk.teams?.get(id)?.name;
  return setTo(readField(key, values, desk), values, teamOf, name === 'remove_label');
}
