import type { Directory } from './directory.ts';
import { markOfField, markOfStatus, markOfTag } from './escalation-marks.ts';
import { codeTerms } from './field-terms.ts';
import type { EarlyContext } from './pages.ts';
import { ANY, collect, looksAt, read, type Terms, UNREAD, type Understood, valuesOf } from './read-terms.ts';
import type { Action } from './schema-config.ts';
import { keptTag, tagList } from './tags.ts';
import { promiseOf, tellsPerson, tellsRequester } from './tells.ts';
import { priorityRank, statusOf, typeWord } from './words.ts';

/** Actions as terms, with the number of those that were not understood. `!` in front = taken away, `*` = whichever it is. */
export function actionTerms(actions: readonly Action[], directory: Directory, context: EarlyContext): Terms {
  return collect(actions.map((action) => termsOf(action, directory, context)));
}

/** Actions that do something that no record of ours carries: known, whatever the value. */
const KNOWN: Readonly<Record<string, string>> = {
  satisfaction_score: 'survey',
  notification_messaging_csat: 'survey',
  notification_user_with_csat: 'survey',
  deflection: 'articles',
  comment_value: 'comment',
  comment_value_html: 'comment',
  comment_mode_is_public: 'comment',
  share_ticket: 'share',
  add_skills: 'skill',
  set_skills: 'skill',
  remove_skills: '!skill',
  locale_id: 'language',
  subject: 'field:subject',
};

/** Actions that tell somebody whom we do not tell apart. */
const TELLS: readonly (readonly [RegExp, string])[] = [
  [/^(notification_(target|webhook|zis)|side_conversation(_slack)?)$/, 'notify:target'],
  [/^(side_conversation_ticket|follower|cc|add_followers?)$/, 'notify:agent'],
  [/^tweet_requester$/, 'notify:requester'],
];

function termsOf(action: Action, directory: Directory, context: EarlyContext): Understood {
  const { field, value } = action;
  const custom = /^custom_fields?_(\d+)$/.exec(field)?.[1];
  if (custom !== undefined) return fieldTerms(custom, value, directory);
  if (tellsPerson(field)) return read([...(KNOWN[field] === undefined ? [] : [KNOWN[field]]), ...toldTerms(action)]);
  const group = /^notification_(sms_)?group$/.test(field) ? valuesOf(value)[0] : undefined;
  if (group !== undefined) return read([`notify:group:${/^\d+$/.test(group) ? group : ANY}`]);
  const told = TELLS.find(([pattern]) => pattern.test(field))?.[1];
  if (told !== undefined) return read([told]);
  const known = KNOWN[field];
  if (known !== undefined) return read([known]);
  if (/^(set|current|remove)_tags$/.test(field)) {
    const sign = field === 'remove_tags' ? '!' : '';
    return read(tagList(value).map((tag) => `${sign}tag:${keptTag(context, tag)}`));
  }
  return systemTerms(field, valuesOf(value)[0] ?? '', directory);
}

function fieldTerms(id: string, value: unknown, directory: Directory): Understood {
  const { terms, whole, none, name } = codeTerms(id, value, directory);
  if (none === true) return read([`!field:${name}=${ANY}`]);
  // A text is set, whatever it says: as records keep it.
  return whole || !directory.fields.has(id) ? { terms, whole } : read([`field:${name}=filled`]);
}

function systemTerms(field: string, value: string, directory: Directory): Understood {
  const id = (name: string) =>
    read([value === '' ? `!${name}:${ANY}` : `${name}:${/^current_/.test(value) ? 'self' : value}`]);
  const word = (name: string, canonical: string | number | null) =>
    canonical === null ? looksAt(name) : read([`${name}:${canonical}`]);
  switch (field) {
    case 'group_id':
      return id('group');
    case 'assignee_id':
      return id('assignee');
    case 'ticket_form_id':
      return id('form');
    case 'brand_id':
      return id('brand');
    case 'organization_id':
      return id('organisation');
    case 'set_schedule':
    case 'schedule_id':
      return id('schedule');
    case 'priority':
      return word('priority', priorityRank(value));
    case 'status':
      return word('status', statusOf(value));
    case 'type':
      return word('type', typeWord(value));
    case 'custom_status_id': {
      const category = directory.statuses.get(value)?.category;
      return category === undefined
        ? looksAt('status')
        : read([`status:${statusOf(category) ?? category}`, `state:${value}`]);
    }
    default:
      return UNREAD;
  }
}

function toldTerms(action: Action): string[] {
  const promise = promiseOf(action);
  return [
    tellsRequester(action) ? 'notify:requester' : 'notify:agent',
    ...(promise === null ? [] : [`promise:${promise.seconds}`]),
    ...(promise?.businessHours === true ? ['promise_in:business_hours'] : []),
  ];
}

/** An action that marks a case as escalated: a tag, a field or an own status whose clear name says so. */
export function marksEscalation({ field, value }: Action, directory: Directory, context: EarlyContext): boolean {
  if (/^(set|current)_tags$/.test(field)) return tagList(value).some((tag) => markOfTag(tag, context) !== null);
  const [first] = valuesOf(value);
  if (field === 'custom_status_id') return markOfStatus(first ?? '', directory, context) !== null;
  const custom = /^custom_fields?_(\d+)$/.exec(field)?.[1];
  return custom !== undefined && markOfField(custom, first === 'false' ? false : first, directory, context) !== null;
}
