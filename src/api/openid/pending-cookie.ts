import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Pending } from './provider.ts';
import { returnPath } from './return-path.ts';

const NAME = 'plumbline_openid';
const PATH = '/v1/openid';
const LASTS_S = 600;

const Kept = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string() });

/** Lax, since the browser comes back from another site; nobody else's page can read or use it. */
export function keepPending(reply: FastifyReply, pending: Pending, secure: boolean): void {
  const text = Buffer.from(JSON.stringify(pending)).toString('base64url');
  reply.setCookie(NAME, text, { httpOnly: true, sameSite: 'lax', path: PATH, secure, maxAge: LASTS_S });
}

/** What this browser has under way, which is over by being read; null = nothing, or nothing that can be read. */
export function takePending(request: FastifyRequest, reply: FastifyReply): Pending | null {
  const text = request.cookies[NAME];
  reply.clearCookie(NAME, { path: PATH, httpOnly: true, sameSite: 'lax' });
  if (text === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    // A cookie that is no JSON is none of ours.
    return null;
  }
  const kept = Kept.safeParse(value);
  return kept.success ? { ...kept.data, next: returnPath(kept.data.next) } : null;
}
