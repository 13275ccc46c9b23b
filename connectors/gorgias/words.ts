import { vocabulary } from '../../src/kit/vocabulary.ts';

/** Words that the vendor fixes; letter case does not matter. */
export const WORDS = vocabulary({
  /** Closed is the only end, and a customer's answer opens it again. */
  status: { new: 'new', open: 'open', closed: 'solved' },
  rank: { critical: 1, urgent: 1, high: 2, normal: 3, low: 4 },
  channel: {
    email: 'email',
    chat: 'chat',
    gorgias_chat: 'chat',
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
    facebook: 'social',
    'facebook-mention': 'social',
    'facebook-recommendations': 'social',
    'instagram-ad-comment': 'social',
    'instagram-comment': 'social',
    'instagram-mention': 'social',
    twitter: 'social',
    'tiktok-shop': 'social',
    'yotpo-review': 'social',
  },
  role: {
    admin: 'admin',
    agent: 'agent',
    'basic-agent': 'agent',
    'lite-agent': 'light',
    'observer-agent': 'light',
  },
  /** Classes of tools by the type of an integration, where its own name would not tell. */
  tool: {
    email: 'mail',
    gmail: 'mail',
    outlook: 'mail',
    phone: 'telephony',
    aircall: 'telephony',
    sms: 'telephony',
    whatsapp: 'chat_bot',
    shopify: 'crm_billing',
    bigcommerce: 'crm_billing',
    magento2: 'crm_billing',
    recharge: 'crm_billing',
  },
  /** What a field that the vendor manages is used for. */
  managed: { contact_reason: 'category', product: 'product', resolution: 'cause' },
  /** Status that an event of a ticket leads to, and the one that it comes from where nothing was told before. */
  after: {
    'ticket-closed': 'solved',
    'ticket-reopened': 'open',
    'ticket-snoozed': 'pending',
    'ticket-self-unsnoozed': 'open',
  },
  before: {
    'ticket-closed': 'open',
    'ticket-reopened': 'solved',
    'ticket-snoozed': 'open',
    'ticket-self-unsnoozed': 'pending',
  },
});

export const isNote = (channel: string | null): boolean => /^internal-note$/i.test(channel ?? '');
/** Written by a rule of the desk. */
export const isByRule = (via: string | null): boolean => /^rule$/i.test(via ?? '');
export const isBot = (role: string | null): boolean => /^bot$/i.test(role ?? '');
