import type { z } from 'zod';
import type { SendOutcome, SentNotice } from '../domain/notices.ts';
import type { NoticeTarget } from '../domain/operations.ts';
import type { AgentOptions } from '../kit/address-guard.ts';

interface Attempt<S> {
  readonly notice: SentNotice;
  readonly target: Pick<NoticeTarget, 'name' | 'allow_private'>;
  readonly settings: S;
  readonly secret: string;
  readonly signal: AbortSignal;
}

export interface ChannelDeps {
  readonly clock: { now(): Date };
  /** Name and version sent as user agent. */
  readonly userAgent: string;
  /** Replaces the system's DNS lookup. */
  readonly lookup?: AgentOptions['lookup'];
}

/** One way to tell somebody. To add one: a file beside this, a line in sender.ts, its name in CHANNEL_KINDS. */
export interface Channel<S> {
  readonly id: NoticeTarget['channel'];
  readonly settings: z.ZodType<S>;
  /** Whether a target of these settings has a secret at all. */
  needsSecret(settings: S): boolean;
  /** Throws BAD_USAGE for a secret that cannot be one of this channel; `''` = there is none. Never names it. */
  checkSecret(secret: string, target: { readonly settings: S; readonly allow_private: boolean }): void;
  /** One attempt. Throws PlumblineError of kind config or permission where the target itself is at fault. */
  deliver(attempt: Attempt<S>, deps: ChannelDeps): Promise<SendOutcome>;
}

const MOST_SAID = 300;

/** The receiver's words on one line, without control characters, at most 300 characters. */
export function inOneLine(text: string): string {
  // Terminal escapes must not reach the terminal.
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID)}...` : line;
}
