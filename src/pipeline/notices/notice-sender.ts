import type { Notice, NoticeTarget } from '../../domain/operations.ts';
import type { PlumblineError } from '../../errors/index.ts';

/** Result of one attempt. `said` = the receiver's own words, for a person at the prompt; never kept, it may quote addresses. */
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

/** Sends notices over the channels; src/notify is the one that ships. */
export interface NoticeSender {
  /** Settings as the channel reads them, defaults filled in. Errors: BAD_USAGE listing every problem. */
  checkSettings(channel: NoticeTarget['channel'], settings: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Whether the target works without a secret. Errors: BAD_USAGE for settings that do not fit. */
  needsSecret(target: Pick<NoticeTarget, 'channel' | 'settings'>): boolean;
  /** Errors: BAD_USAGE or BAD_URL for a secret that cannot be one of this channel (`''` = none is kept). Never names it. */
  checkSecret(target: Pick<NoticeTarget, 'channel' | 'settings' | 'allow_private'>, secret: string): void;
  /** One attempt. Rejects only when `signal` aborts or with BUG. */
  send(notice: SentNotice, target: NoticeTarget, secret: string, signal: AbortSignal): Promise<SendOutcome>;
}
