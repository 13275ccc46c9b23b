import { vocabulary } from '../../src/kit/vocabulary.ts';

/** Words that the vendor fixes. */
export const WORDS = vocabulary({
  status: { open: 'open', resolved: 'solved', pending: 'pending', snoozed: 'pending' },
  rank: { urgent: 1, high: 2, medium: 3, low: 4 },
  channel: {
    'channel::email': 'email',
    'channel::webwidget': 'chat',
    'channel::api': 'api',
    'channel::whatsapp': 'messaging',
    'channel::sms': 'messaging',
    'channel::twiliosms': 'messaging',
    'channel::telegram': 'messaging',
    'channel::line': 'messaging',
    'channel::facebookpage': 'social',
    'channel::instagram': 'social',
    'channel::twitterprofile': 'social',
    'channel::tiktok': 'social',
    'channel::voice': 'voice',
  },
  /** Who a message comes from, by its kind. */
  side: {
    0: 'in',
    incoming: 'in',
    1: 'out',
    outgoing: 'out',
    2: 'activity',
    activity: 'activity',
    3: 'template',
    template: 'template',
  },
  sender: {
    user: 'agent',
    contact: 'customer',
    agentbot: 'bot',
    agent_bot: 'bot',
    'captain::assistant': 'bot',
    captain_assistant: 'bot',
  },
  role: { administrator: 'admin', agent: 'agent' },
  target: { frt: 'first_reply', nrt: 'next_reply', rt: 'resolution' },
  /** Status that the vendor's own measurement tells of. */
  measured: {
    conversation_resolved: 'solved',
    conversation_bot_resolved: 'solved',
    conversation_opened: 'open',
    conversation_bot_handoff: 'open',
  },
});

/** Agents can answer past the program there, in the app of the channel, and what they write comes in as a message of nobody. */
export const hasOwnApp = (channel: string | null): boolean =>
  /^channel::(?:facebookpage|instagram|whatsapp|tiktok|twitterprofile)$/i.test(channel ?? '');
export const isByBot = (name: string): boolean => /_bot_/.test(name);
/** The question of a survey, which the vendor lists among the messages. */
export const SURVEY = 'input_csat';
