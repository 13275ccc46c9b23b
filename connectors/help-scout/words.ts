import { vocabulary } from '../../src/kit/vocabulary.ts';

/** Words that the vendor fixes. */
export const WORDS = vocabulary({
  status: { active: 'open', open: 'open', pending: 'pending', closed: 'closed', spam: 'closed' },
  /** Kind of a conversation, where it goes before the way that it came by. */
  kind: { chat: 'chat', phone: 'voice' },
  channel: {
    email: 'email',
    emailfwd: 'email',
    notification: 'email',
    docs: 'web',
    beacon: 'web',
    'beacon-v2': 'web',
    chat: 'chat',
    channel: 'social',
    instagram: 'social',
    messenger: 'social',
    heymarket: 'messaging',
    whatsapp: 'messaging',
    api: 'api',
    coreapi: 'api',
  },
  side: { customer: 'customer', user: 'agent', system_user: 'machine', team: 'agent' },
  /** What a thread is. */
  thread: {
    customer: 'customer',
    message: 'message',
    reply: 'message',
    chat: 'message',
    beaconchat: 'message',
    phone: 'message',
    note: 'note',
    forwardparent: 'forward',
    forwardchild: 'forward',
    lineitem: 'line',
  },
  /** By the vendor's word, or by its number in reports. */
  forCustomers: { public: true, private: false },
  rating: { 1: 1, great: 1, 2: 0.5, okay: 0.5, ok: 0.5, 3: 0, not_good: 0, 'not-good': 0, 'not good': 0, bad: 0 },
  role: { owner: 'admin', admin: 'admin', administrator: 'admin', user: 'agent', light: 'light', light_user: 'light' },
});

/** Written and not sent: the customer has not seen it, and nothing has happened. */
export const isUnsent = (state: string | null): boolean => /^(?:draft|under_?review|scheduled)$/i.test(state ?? '');
export const isByRule = (action: string | null | undefined): boolean => /^automatic-?workflow$/i.test(action ?? '');
export const isByWorkflow = (action: string | null | undefined): boolean => /workflow$/i.test(action ?? '');
/** The vendor itself, as a user: it closes and assigns in nobody's name, and who is assigned to it is assigned to nobody. */
export const VENDOR_USER = '1';
