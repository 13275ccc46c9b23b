import { vocabulary } from '../../src/kit/vocabulary.ts';

/** Words that the vendor fixes; letter case does not matter. */
export const WORDS = vocabulary({
  /** Closed is the only end, and a customer's answer opens it again. */
  status: { new: 'new', open: 'open', closed: 'solved' },
  rank: { critical: 1, urgent: 1, high: 2, normal: 3, low: 4 },
  channel: {
    email: 'email',
    chat: 'chat',
    contact_form: 'web',
    'help-center': 'web',
    api: 'api',
    phone: 'voice',
    aircall: 'voice',
    sms: 'messaging',
    whatsapp: 'messaging',
    'facebook-messenger': 'messaging',
    'instagram-direct-message': 'messaging',
    'twitter-direct-message': 'messaging',
  },
  role: { admin: 'admin', agent: 'agent', 'basic-agent': 'agent', 'lite-agent': 'light', 'observer-agent': 'light' },
  /** What a field that the vendor manages is used for. */
  managed: { contact_reason: 'category', product: 'product', resolution: 'cause' },
  day: { 1: 'mon', 2: 'tue', 3: 'wed', 4: 'thu', 5: 'fri', 6: 'sat', 7: 'sun' },
  /** Status that an event of a ticket leads to. */
  after: {
    'ticket-closed': 'solved',
    'ticket-reopened': 'open',
    'ticket-snoozed': 'pending',
    'ticket-self-unsnoozed': 'open',
  },
  /** Status that it comes from, where nothing was told before. */
  before: {
    'ticket-closed': 'open',
    'ticket-reopened': 'solved',
    'ticket-snoozed': 'open',
    'ticket-self-unsnoozed': 'pending',
  },
});

export const isNote = (channel: string | null): boolean => /^internal-note$/i.test(channel ?? '');
export const isBot = (role: string | null): boolean => /^bot$/i.test(role ?? '');
/** The AI agent as the vendor names it on its messages. */
export const isBotName = (name: string | null): boolean => /^(?:gorgias bot|ai agent)$/i.test(name ?? '');
/** Written by a rule of the desk. */
export const isByRule = (via: string | null): boolean => /^rule$/i.test(via ?? '');

/** Comments, reviews and mentions are told by their network. */
export function channelOf(word: string | null) {
  return WORDS.channel(word) ?? (/^(?:facebook|instagram|twitter|tiktok|yotpo)\b/i.test(word ?? '') ? 'social' : null);
}
