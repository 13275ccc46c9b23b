import type { SendOutcome } from '../domain/notices.ts';
import { PlumblineError } from '../errors/index.ts';
import { ADDRESS_REFUSED } from '../kit/address-guard.ts';
import { postText } from '../kit/post-text.ts';
import { readRetryAfter } from '../kit/retry-after.ts';
import { type ChannelDeps, inOneLine } from './channel.ts';

interface PostInput {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Posts JSON once and judges the reply as Standard Webhooks says: 2xx = delivered; 410 = the receiver wants no more; a redirect is not
 * followed and needs another address; everything else may be tried again, after Retry-After where the receiver states it.
 * Messages name host and status, never the path: it can be the secret.
 */
export async function postJson(input: PostInput, deps: ChannelDeps): Promise<SendOutcome> {
  const reply = await postText({
    ...input,
    headers: { 'content-type': 'application/json', 'user-agent': deps.userAgent, ...input.headers },
    ...(deps.lookup === undefined ? {} : { lookup: deps.lookup }),
  });
  const { host } = input.url;
  if (reply.kind === 'failed') {
    if (reply.code === ADDRESS_REFUSED)
      return refused(
        new PlumblineError(
          'BAD_URL',
          `${input.url.hostname} resolves to an address that is not public.`,
          'Use the public address of the receiver, or --allow-private when it really is on a private network.',
        ),
      );
    // A receiver that was reached and says too much has the notice all the same, but nothing proves it.
    const error = noticeFailed(`${host} did not answer (${reply.code}).`, 'Check the receiver and the network.');
    return { kind: 'failed', said: reply.code, error, retryAfterMs: null };
  }
  if (reply.kind === 'redirect')
    return refused(
      noticeFailed(
        `${host} answered ${reply.status} and redirects to ${reply.to.origin}; it was not followed.`,
        'Add the target again with the address that it redirects to.',
      ),
      `${reply.status}`,
    );
  const said = inOneLine(`${reply.status} ${reply.text}`);
  if (reply.status >= 200 && reply.status < 300) return { kind: 'delivered', said };
  if (reply.status === 410)
    return refused(
      noticeFailed(`${host} answered 410: it wants no notices any more.`, 'Remove the target, or add it again.'),
      said,
    );
  const retryAfterMs = readRetryAfter(reply.headers, deps.clock.now());
  const error = noticeFailed(`${host} answered ${reply.status}.`, 'Look into the log of the receiver.');
  return { kind: 'failed', said, error, retryAfterMs };
}

export function noticeFailed(message: string, remedy: string): PlumblineError {
  return new PlumblineError('NOTICE_FAILED', message, remedy);
}

function refused(error: PlumblineError, said = ''): SendOutcome {
  return { kind: 'refused', said, error };
}
