import { type ReplyPromise, readPromise } from '../../src/kit/read-promise.ts';
import { valuesOf } from '../../src/kit/rule-terms.ts';
import type { Action } from './schema-config.ts';

/** An action that writes to one person: by mail, SMS or messaging. */
export function tellsPerson(field: string): boolean {
  return /^notification_(user|sms_user|messaging)(_|$)/.test(field);
}

/** The action writes to the requester. Messaging has one reader: where it names nobody of the desk, it is the requester. */
export function tellsRequester({ field, value }: Action): boolean {
  if (!tellsPerson(field)) return field === 'tweet_requester';
  const first = valuesOf(value)[0] ?? '';
  if (field.startsWith('notification_messaging')) return !/^(assignee_id|current_user|all_agents|\d+)$/.test(first);
  return /^requester_(id|and_ccs)$/.test(first);
}

/** The reply time that a notification to the requester states; null when it states none or writes to others. */
export function promiseOf(action: Action): ReplyPromise | null {
  if (!tellsRequester(action)) return null;
  return (
    valuesOf(action.value)
      .map(readPromise)
      .find((promise) => promise !== null) ?? null
  );
}
