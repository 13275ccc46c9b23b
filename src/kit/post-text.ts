import { type AgentOptions, createAgents } from './address-guard.ts';
import { requireUsable } from './base-url.ts';
import { exchange, type Outcome } from './exchange.ts';

interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent byte for byte as UTF-8. */
  readonly body: string;
  /** Private and loopback addresses may be reached. */
  readonly allowPrivate: boolean;
  /** From the request to the last byte of the reply. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Replaces the system's DNS lookup. */
  readonly lookup?: AgentOptions['lookup'];
}

/** A receiver has nothing to tell that is longer. */
const MOST_REPLY_BYTES = 64 * 1024;

/**
 * Sends one text and gives what came back, whatever its status: one attempt, no redirect followed, no retry. The addresses that the
 * socket connects to are guarded as for helpdesks. Errors: BAD_URL for an address that may not be used; rejects when `signal` aborts.
 */
export async function postText(request: PostRequest): Promise<Outcome> {
  const url = requireUsable(request.url, request.allowPrivate, 'receiver');
  const agents = createAgents({
    allowPrivate: request.allowPrivate,
    connectTimeoutMs: request.timeoutMs,
    maxSockets: 1,
    ...(request.lookup === undefined ? {} : { lookup: request.lookup }),
  });
  try {
    return await exchange({
      url,
      method: 'POST',
      headers: request.headers,
      body: request.body,
      agent: url.protocol === 'https:' ? agents.https : agents.http,
      totalTimeoutMs: request.timeoutMs,
      maxBytes: MOST_REPLY_BYTES,
      signals: [request.signal],
    });
  } finally {
    agents.close();
  }
}
