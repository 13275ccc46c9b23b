import { toTeam } from '../../src/kit/records/people.ts';
import { ANY, denied, lookedAt, promiseTerms, UNREAD, type Understood, valuesOf } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { markOfField, markOfStatus, markOfTag } from './escalation-marks.ts';
import { customFieldId } from './field-names.ts';
import { type Desk, type FieldSaid, partly, readField, readSystem, SCHEDULE } from './field-terms.ts';
import type { Action } from './schema-config.ts';
import { tagList } from './tags.ts';
import { promiseOf, tellsPerson, tellsRequester } from './tells.ts';

/** Actions that do something whatever the value: word (null = none is known) and term. The first that fits. */
const DOES: readonly (readonly [RegExp, string | null, string])[] = [
  [/^satisfaction_score$|^notification_(messaging|user_with)_csat$/, 'offer_survey', 'survey'],
  [/^deflection$/, 'suggest_articles', 'articles'],
  [/^comment_(value(_html)?|mode_is_public)$/, 'comment', 'comment'],
  [/^share_ticket$/, 'share', 'share'],
  [/^(add|set)_skills$/, 'set_skill', 'skill'],
  [/^remove_skills$/, null, '!skill'],
  [/^locale_id$/, null, 'language'],
  [/^subject$/, null, 'field:subject'],
  [/^(notification_(target|webhook|zis)|side_conversation(_slack)?)$/, 'notify_target', 'notify:target'],
  [/^(side_conversation_ticket|follower|cc|add_followers?)$/, 'notify_agent', 'notify:agent'],
  [/^tweet_requester$/, 'notify_requester', 'notify:requester'],
];

/** Fields that actions set, beside those of the account. */
const SET =
  /^((group|assignee|ticket_form|brand|organization|custom_status)_id|priority|status|type|(set|current|remove)_tags)$/;

/** An action. One that marks a case as escalated says so beside what it sets. */
export function readAction(action: Action, desk: Desk): readonly Understood[] {
  const { field, value } = action;
  const does = DOES.filter(([pattern]) => pattern.test(field)).map(([, word, term]) => ({ word, terms: [term] }));
  if (tellsPerson(field)) return [...does, told(action)];
  if (does.length > 0) return does;
  if (/^notification_(sms_)?group$/.test(field)) {
    const [group = ''] = valuesOf(value);
    return [lookedAt('notify_agent', `notify:group:${/^\d+$/.test(group) ? group : ANY}`)];
  }
  if (/^(set_schedule|schedule_id)$/.test(field)) return setTo(readSystem(SCHEDULE, value), action, desk);
  const found = SET.test(field) || customFieldId(field) !== null ? readField(field, value, desk) : null;
  if (found === null) return [UNREAD];
  const escalates = marksEscalation(action, desk) ? [{ word: 'escalate', terms: [] }] : [];
  return [...setTo(found, action, desk), ...escalates];
}

function told(action: Action): Understood {
  if (!tellsRequester(action)) return lookedAt('notify_agent', 'notify:agent');
  return { word: 'notify_requester', terms: ['notify:requester', ...promiseTerms(promiseOf(action))] };
}

/** A field set to what is said of it; a text is set, whatever it says: as records keep it. */
function setTo({ word, what, said, none }: FieldSaid, { field }: Action, { directory }: Desk): readonly Understood[] {
  const id = customFieldId(field);
  const sets = id === null ? `set_${word}` : 'set_field';
  const mapped = id === null ? undefined : directory.mapped.get(id);
  const role = mapped === undefined ? [] : [{ word: `set_${mapped}`, terms: [] }];
  if (said.every(({ terms }) => terms !== null)) {
    const denies = none || field === 'remove_tags';
    return [...said.map((one) => ({ ...(denies ? denied(one) : one), word: sets })), ...role];
  }
  const isText = id !== null && directory.fields.has(id);
  return [...(isText ? [lookedAt(sets, `${what}=filled`)] : partly(sets, what)), ...role];
}

/** An action that marks a case as escalated: a team that takes such cases, or a tag, a field or an own status whose clear name says so. */
export function marksEscalation({ field, value }: Action, { directory, context }: Desk): boolean {
  if (/^(set|current)_tags$/.test(field)) return tagList(value).some((tag) => markOfTag(tag, context) !== null);
  const [first = ''] = valuesOf(value);
  if (field === 'group_id') {
    const group = directory.groups.find(({ id }) => id === first) ?? { id: first, name: null };
    return toTeam(group, statedOf(context.settings)).purpose === 'escalation';
  }
  if (field === 'custom_status_id') return markOfStatus(first, directory, context) !== null;
  const custom = customFieldId(field);
  return custom !== null && markOfField(custom, first === 'false' ? false : first, directory, context) !== null;
}
