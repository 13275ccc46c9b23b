import { vocabulary } from '../../src/kit/vocabulary.ts';

const each = <const V>(meaning: V, words: string): Record<string, V> =>
  Object.fromEntries(words.split(' ').map((word) => [word, meaning]));

/** Words that the vendor fixes. */
export const WORDS = vocabulary({
  /** Without tickets: a conversation is in the inbox, or it is not. */
  status: {
    ...each('open', 'unassigned assigned open'),
    ...each('pending', 'snoozed'),
    ...each('solved', 'archived'),
    ...each('closed', 'deleted trashed spam'),
  },
  /** With tickets: the category of a ticket status. */
  category: { open: 'open', waiting: 'pending', resolved: 'solved' },
  rank: {
    ...each(1, 'urgent critical highest p0 p1'),
    ...each(2, 'high p2'),
    ...each(3, 'normal medium p3'),
    ...each(4, 'low lowest p4'),
  },
  channel: {
    ...each('email', 'email'),
    ...each('voice', 'call phone-call'),
    ...each('chat', 'front_chat intercom'),
    ...each('messaging', 'sms whatsapp yalo_wha'),
    ...each('social', 'facebook tweet tweet_dm googleplay'),
    ...each('api', 'custom'),
  },
  /** What a teammate is: all but people are programs that act in a name of their own. */
  seat: {
    ...each('person', 'user visitor'),
    ...each('assistant', 'ai'),
    ...each('survey', 'csat smart_csat'),
    ...each('program', 'api application bulk_reply integration macro rule'),
  },
  /** Who did what an event tells, where it was no teammate. */
  actor: { ...each('automation', 'rule rules'), ...each('system', 'reminder api oauth_client') },
  /** Events that move a conversation without tickets. */
  moved: { archive: 'solved', reopen: 'open', reminder: 'open' },
  /** Links of trackers that the vendor connects with itself. */
  tracker: { jira: 'jira', github: 'github', asana: 'asana', trello: 'trello', monday: 'monday' },
});

/** A conversation that has only been drafted is in no inbox; events name it all the same. */
export const isInvisible = (status: string | null): boolean => /^invisible$/i.test(status ?? '');

/** Events that change a conversation without moving its own stamp for certain. Messages do. */
export const CHANGING = [
  ...['assign', 'unassign', 'archive', 'reopen', 'trash', 'restore', 'reminder', 'comment', 'move', 'tag', 'untag'],
  ...['conversations_merged', 'link_added', 'link_removed', 'custom_field_updated', 'ticket_status_update'],
];
