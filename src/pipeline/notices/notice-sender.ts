import type { SendOutcome, SentNotice } from '../../domain/notices.ts';
import type { NoticeTarget } from '../../domain/operations.ts';

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
