import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { SendOutcome, SentNotice } from '../domain/notices.ts';
import { PlumblineError } from '../errors/index.ts';
import { openGuardedSocket } from '../kit/guarded-socket.ts';
import { type Channel, type ChannelDeps, inOneLine } from './channel.ts';
import { noticeFailed } from './post.ts';

/** A bare address: z.email() lets no line break, comma or display name through, so nothing can be smuggled into a header. */
const Address = z.email();

const Settings = z.strictObject({
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'write a host name or an IP address'),
  port: z.int().min(1).max(65_535).default(587),
  /** starttls = plain port, upgraded before anything is said (587); tls = TLS from the first byte (465); none = in clear. */
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  from: Address,
  to: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(Address).min(1).max(50)),
  /** Null = the server takes mail without a login. */
  user: z.string().min(1).nullable().default(null),
  /** Accept a certificate that no known authority has signed. */
  allow_self_signed: z.boolean().default(false),
  /** Time for the whole exchange, seconds. */
  timeout_s: z.int().min(1).max(120).default(30),
});
type Settings = z.infer<typeof Settings>;

/** Longest subject, characters; the whole text is in the body. */
const MOST_SUBJECT = 150;

/**
 * An e-mail in plain text by SMTP, encrypted unless the settings say otherwise. Its Message-ID is made from the notice, so that mail
 * programs show a repeat once. The password goes over an encrypted connection only. Nothing of the body comes from tickets.
 */
export const email: Channel<Settings> = {
  id: 'email',
  settings: Settings,
  needsSecret: (settings) => settings.user !== null,
  checkSecret(secret, { settings }) {
    if (settings.user !== null && secret === '')
      throw badTarget(`There is no password for ${settings.user}.`, 'Pass --token-env V or --token-file F.');
    if (settings.user !== null && settings.security === 'none')
      throw badTarget('The password would be sent without encryption.', 'Use security=starttls or security=tls.');
  },
  async deliver({ notice, target, settings, secret, signal }, deps) {
    this.checkSecret(secret, { settings, allow_private: target.allow_private });
    const timeoutMs = settings.timeout_s * 1000;
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const transport = transportOf(settings, secret, target.allow_private, within, deps);
      const { rejected, response } = await transport.sendMail({ ...messageOf(notice, settings), signal: within });
      const left = rejected.length === 0 ? '' : `; ${rejected.length} of ${settings.to.length} recipients refused`;
      return { kind: 'delivered', said: inOneLine(`${response}${left}`) };
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof PlumblineError) throw cause;
      return readFailure(cause, settings, within.aborted);
    }
  },
};

function transportOf(
  settings: Settings,
  secret: string,
  allowPrivate: boolean,
  signal: AbortSignal,
  deps: ChannelDeps,
): ReturnType<typeof createTransport> {
  const { host, port, security, user } = settings;
  const timeoutMs = settings.timeout_s * 1000;
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { rejectUnauthorized: !settings.allow_self_signed, minVersion: 'TLSv1.2' },
    ...(user === null ? {} : { auth: { user, pass: secret }, forceAuth: true }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, callback) => {
      openGuardedSocket({
        host,
        port,
        allowPrivate,
        timeoutMs,
        signal,
        ...(deps.lookup === undefined ? {} : { lookup: deps.lookup }),
      }).then(
        (connection) => callback(null, { connection }),
        (error: Error) => callback(error),
      );
    },
  });
}

function messageOf(notice: SentNotice, settings: Settings) {
  const line = inOneLine(notice.text).slice(0, MOST_SUBJECT);
  const figures = Object.entries(notice.data).map(([name, value]) => `${name}: ${value === null ? 'unknown' : value}`);
  return {
    from: settings.from,
    to: settings.to,
    subject: `[Plumbline] ${line}`,
    text: [
      notice.text,
      '',
      `kind: ${notice.kind}`,
      ...(notice.subject === null ? [] : [`about: ${notice.subject}`]),
      `at: ${notice.at.toISOString()}`,
      ...figures,
      ...(notice.digest === null ? [] : [`snapshot: ${notice.digest}`]),
      `notice: ${notice.id}`,
      '',
    ].join('\n'),
    messageId: `<${notice.id}@${settings.from.slice(settings.from.lastIndexOf('@') + 1)}>`,
    date: notice.at,
    // RFC 3834: no out-of-office reply is wanted.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Plumbline-Notice': notice.id },
  };
}

/** The server's words can hold addresses of people, so only its code goes into the message that is kept. */
function readFailure(cause: unknown, settings: Settings, timedOut: boolean): SendOutcome {
  const { code, responseCode, response, message } = cause as NodeJS.ErrnoException & {
    responseCode?: number;
    response?: string;
  };
  const said = inOneLine(response ?? message ?? '');
  const why = timedOut ? `no end within ${settings.timeout_s} s` : `${responseCode ?? ''} ${code ?? 'unknown'}`.trim();
  const error = noticeFailed(
    `${settings.host}:${settings.port} did not take the mail (${why}).`,
    code === 'EAUTH'
      ? 'Check the user and the password.'
      : 'Check host, port and security of the target, and the log of the mail server.',
  );
  // RFC 5321 section 4.2.1: 5yz = the same again would be refused again.
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', said, error };
  return { kind: 'failed', said, error, retryAfterMs: null };
}

function badTarget(message: string, remedy: string): PlumblineError {
  return new PlumblineError('BAD_USAGE', message, remedy);
}
