import { z } from 'zod';
import type { SentNotice } from '../domain/notices.ts';
import { requireUsable } from '../kit/base-url.ts';
import type { Channel } from './channel.ts';
import { postJson } from './post.ts';
import { signatureOf, signingKey } from './signature.ts';

const Settings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Time for the whole exchange, seconds. */
  timeout_s: z.int().min(1).max(120).default(15),
});
type Settings = z.infer<typeof Settings>;

/** What a receiver reads; docs/notifications.md shows one of every kind. */
export function webhookBody(notice: SentNotice): string {
  const { id, kind, workspace, subject, at, text, data, digest } = notice;
  return JSON.stringify({ id, kind, workspace, subject, at: at.toISOString(), text, data, digest });
}

/**
 * A signed POST as Standard Webhooks 1.0.0 has it. Id and body of a notice are the same at every attempt; timestamp and signature
 * are those of the attempt. Source: https://www.standardwebhooks.com
 */
export const webhook: Channel<Settings> = {
  id: 'webhook',
  settings: Settings,
  needsSecret: () => true,
  checkSecret(secret, { settings, allow_private }) {
    signingKey(secret);
    requireUsable(new URL(settings.url), allow_private, 'receiver');
  },
  async deliver({ notice, target, settings, secret, signal }, deps) {
    const key = signingKey(secret);
    const body = webhookBody(notice);
    const timestampS = Math.floor(deps.clock.now().getTime() / 1000);
    return postJson(
      {
        url: new URL(settings.url),
        headers: {
          'webhook-id': notice.id,
          'webhook-timestamp': `${timestampS}`,
          'webhook-signature': signatureOf(key, notice.id, timestampS, body),
        },
        body,
        allowPrivate: target.allow_private,
        timeoutMs: settings.timeout_s * 1000,
        signal,
      },
      deps,
    );
  },
};
