import { vocabulary } from '../../src/kit/vocabulary.ts';

/** Words that the vendor fixes. */
export const WORDS = vocabulary({
  /** Without tickets: a conversation is in the inbox, or it is not. */
  status: {
    unassigned: 'open',
    assigned: 'open',
    open: 'open',
    snoozed: 'pending',
    archived: 'solved',
    deleted: 'closed',
    trashed: 'closed',
    spam: 'closed',
  },
  /** With tickets: the category of a ticket status. */
  category: { open: 'open', waiting: 'pending', resolved: 'solved' },
  rank: {
    urgent: 1,
    critical: 1,
    highest: 1,
    p0: 1,
    p1: 1,
    high: 2,
    p2: 2,
    normal: 3,
    medium: 3,
    p3: 3,
    low: 4,
    lowest: 4,
    p4: 4,
  },
  channel: {
    email: 'email',
    call: 'voice',
    'phone-call': 'voice',
    front_chat: 'chat',
    intercom: 'chat',
    sms: 'messaging',
    whatsapp: 'messaging',
    yalo_wha: 'messaging',
    facebook: 'social',
    tweet: 'social',
    tweet_dm: 'social',
    googleplay: 'social',
    custom: 'api',
    internal: 'other',
  },
  /** What a teammate is: all but people are programs that act in a name of their own. */
  seat: {
    user: 'person',
    visitor: 'person',
    ai: 'answers',
    api: 'program',
    application: 'program',
    bulk_reply: 'program',
    csat: 'survey',
    smart_csat: 'survey',
    integration: 'program',
    macro: 'program',
    rule: 'program',
  },
  /** Who did what an event tells, where it was no teammate. */
  actor: { rule: 'automation', rules: 'automation', reminder: 'system', api: 'system', oauth_client: 'system' },
  /** Events that move a conversation without tickets. */
  moved: { archive: 'solved', reopen: 'open', reminder: 'open' },
  /** Links of trackers that the vendor connects with itself. */
  tracker: { jira: 'jira', github: 'github', asana: 'asana', trello: 'trello', monday: 'monday' },
});

/** Events that change a conversation without moving its own stamp for certain. Messages do. */
export const CHANGING = [
  ...['assign', 'unassign', 'archive', 'reopen', 'trash', 'restore', 'reminder', 'comment', 'move', 'tag', 'untag'],
  ...['conversations_merged', 'link_added', 'link_removed', 'custom_field_updated', 'ticket_status_update'],
];
