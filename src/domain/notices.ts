import type { PlumblineError } from '../errors/index.ts';
import type { Notice } from './operations.ts';

/** Result of one attempt. `said` = the receiver's own words, cut short, for a person at the prompt; never kept, it may quote addresses. */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly said: string }
  /** Another attempt may succeed, not before `retryAfterMs` where the receiver asked for that. */
  | {
      readonly kind: 'failed';
      readonly said: string;
      readonly error: PlumblineError;
      readonly retryAfterMs: number | null;
    }
  /** No further attempt can succeed. */
  | { readonly kind: 'refused'; readonly said: string; readonly error: PlumblineError };

/** What goes out: a notice of the journal, or a test that nobody should act on. */
export type SentNotice = Omit<Notice, 'kind'> & { readonly kind: Notice['kind'] | 'test' };
