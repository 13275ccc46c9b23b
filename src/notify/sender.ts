import { hiddenAt } from '../domain/free-text.ts';
import type { SendOutcome, SentNotice } from '../domain/notices.ts';
import type { NoticeTarget } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Channel, ChannelDeps } from './channel.ts';
import { email } from './email.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

/** A channel with its settings type closed over: what goes in is parsed, so callers need not know it. */
interface OpenChannel {
  check(settings: unknown): Record<string, unknown>;
  needsSecret(settings: unknown): boolean;
  checkSecret(secret: string, target: Pick<NoticeTarget, 'settings' | 'allow_private'>): void;
  deliver(notice: SentNotice, target: NoticeTarget, secret: string, signal: AbortSignal): Promise<SendOutcome>;
}

function open<S extends Record<string, unknown>>(channel: Channel<S>, deps: ChannelDeps): OpenChannel {
  const parse = (settings: unknown): S => {
    const parsed = channel.settings.safeParse(settings);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.map(String).join('.') || 'settings'}: ${issue.message}`,
    );
    throw new PlumblineError(
      'BAD_USAGE',
      `The settings do not fit the channel ${channel.id}: ${problems[0]}.`,
      'Correct --set key=value; docs/notifications.md lists the settings of every channel.',
      { problems },
    );
  };
  return {
    check: parse,
    needsSecret: (settings) => channel.needsSecret(parse(settings)),
    checkSecret: (secret, target) =>
      channel.checkSecret(secret, { settings: parse(target.settings), allow_private: target.allow_private }),
    deliver: (notice, target, secret, signal) =>
      channel.deliver({ notice, target, settings: parse(target.settings), secret, signal }, deps),
  };
}

/** Sends notices over the channels that ship. Fits `NoticeSender` of src/pipeline/notices. */
export function createNoticeSender(deps: ChannelDeps) {
  const channels: Readonly<Record<NoticeTarget['channel'], OpenChannel>> = {
    webhook: open(webhook, deps),
    slack: open(slack, deps),
    email: open(email, deps),
  };
  return {
    /** Settings with defaults filled in. Errors: BAD_USAGE listing every problem, also for a hidden character in a text. */
    checkSettings(channel: NoticeTarget['channel'], settings: Readonly<Record<string, unknown>>) {
      const hidden = hiddenAt(settings);
      if (hidden !== null)
        throw new PlumblineError(
          'BAD_USAGE',
          `The setting ${hidden} holds a control or bidirectional character.`,
          'Type it again without it.',
        );
      return channels[channel].check(settings);
    },
    /** Whether the target has a secret at all. Errors: BAD_USAGE for settings that do not fit. */
    needsSecret(target: Pick<NoticeTarget, 'channel' | 'settings'>): boolean {
      return channels[target.channel].needsSecret(target.settings);
    },
    /** Errors: BAD_USAGE or BAD_URL for a secret that cannot be one of the channel; never names it. */
    checkSecret(target: Pick<NoticeTarget, 'channel' | 'settings' | 'allow_private'>, secret: string): void {
      channels[target.channel].checkSecret(secret, target);
    },
    /** One attempt. A target that is itself at fault is `refused`. Rejects when `signal` aborts, or with BUG. */
    async send(notice: SentNotice, target: NoticeTarget, secret: string, signal: AbortSignal): Promise<SendOutcome> {
      signal.throwIfAborted();
      try {
        return await channels[target.channel].deliver(notice, target, secret, signal);
      } catch (error) {
        if (error instanceof PlumblineError && (error.kind === 'config' || error.kind === 'permission'))
          return { kind: 'refused', said: '', error };
        throw error;
      }
    },
  };
}
