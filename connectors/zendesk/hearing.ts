import { z } from 'zod';
import type { Step } from './attribute.ts';
import type { Directory } from './directory.ts';
import { isNotification, macroOf } from './map-message.ts';

/** What a log was found to hold so far, carried from sync to sync: messages of rules, references to macros. */
export const HeardState = {
  notices: z.boolean().optional(),
  templates: z.boolean().optional(),
  /** Neither was ever met, though rules of the account write to requesters: the log does not carry them. */
  mute: z.boolean().optional(),
};
type Heard = { readonly [Part in keyof typeof HeardState]?: boolean | undefined };

/** Watches what children the updates of a log have. A log that holds none of a kind does not show that kind; whoever asks must not take it for none. */
export function createHearing(before: Heard, directory: Directory) {
  let notices = before.notices === true;
  let templates = before.templates === true;
  return {
    look(steps: readonly Step[]) {
      for (const { children } of steps)
        for (const child of children) {
          if (notices && templates) return;
          notices ||= isNotification(child);
          templates ||= macroOf(child) !== null;
        }
    },
    state: () => ({ notices, templates, mute: !notices && !templates && directory.notifiers.size > 0 }),
  };
}

export const NOTICE_FIELDS = ['auto_reply', 'promised_reply_s', 'promise_business_hours'] as const;
export const TEMPLATE_FIELDS = ['template_id'] as const;

/** Fields of messages that an export of events has not been seen to hold. */
export function unheard({ notices, templates }: Heard): string[] {
  return [...(notices === true ? [] : NOTICE_FIELDS), ...(templates === true ? [] : TEMPLATE_FIELDS)];
}

/** Fields of messages that audits do not hold: all of them when not even the messages of active rules are there. */
export function unheardOfAudits({ mute }: Heard): string[] {
  return mute === true ? [...NOTICE_FIELDS, ...TEMPLATE_FIELDS] : [];
}
