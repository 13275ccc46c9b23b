import { z } from 'zod';
import type { SentNotice } from '../domain/notices.ts';
import { PlumblineError } from '../errors/index.ts';
import { requireUsable } from '../kit/base-url.ts';
import type { Channel } from './channel.ts';
import { postJson } from './post.ts';

const Settings = z.strictObject({
  /** Time for the whole exchange, seconds. */
  timeout_s: z.int().min(1).max(120).default(15),
});
type Settings = z.infer<typeof Settings>;

/** Longest text of a section block, characters. */
const MOST_TEXT = 3_000;

/** The three characters that Slack reads as its own: `&`, `<`, `>`. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `text` is the fallback and all that Mattermost shows; `blocks` is how Slack paints it. */
function slackBody(notice: SentNotice): string {
  const text = escapeText(notice.text.slice(0, MOST_TEXT / 5));
  const about = escapeText(`${notice.kind} · ${notice.at.toISOString()} · ${notice.id}`);
  return JSON.stringify({
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: about, verbatim: true }] },
    ],
  });
}

/** The address of an incoming webhook is its secret. Errors: BAD_USAGE without the address, BAD_URL naming its host. */
function addressOf(secret: string, allowPrivate: boolean): URL {
  if (!URL.canParse(secret))
    throw new PlumblineError(
      'BAD_USAGE',
      'The secret of a slack target is the address of the incoming webhook, and this is none.',
      'Copy it from the settings of the incoming webhook: https://...',
    );
  return requireUsable(new URL(secret), allowPrivate, 'receiver');
}

/**
 * A message through an incoming webhook of Slack, or of what understands the same payload (Mattermost, Rocket.Chat). It carries no id,
 * so a repeat shows twice. Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export const slack: Channel<Settings> = {
  id: 'slack',
  settings: Settings,
  needsSecret: () => true,
  checkSecret(secret, { allow_private }) {
    addressOf(secret, allow_private);
  },
  async deliver({ notice, target, settings, secret, signal }, deps) {
    const url = addressOf(secret, target.allow_private);
    const timeoutMs = settings.timeout_s * 1000;
    const body = slackBody(notice);
    return postJson({ url, headers: {}, body, allowPrivate: target.allow_private, timeoutMs, signal }, deps);
  },
};
