import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { Notice, NoticeTarget } from '../domain/operations.ts';
import { createNoticeSender } from './sender.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const PASSWORD = 'correct horse';
const NOTICE: Notice = {
  id: 'ntc_0123456789abcdef0123456789abcdef',
  workspace: 'acme',
  kind: 'sync_broken',
  subject: 'desk',
  at: new Date('2026-03-01T11:59:00Z'),
  run: 'run-1',
  digest: null,
  text: 'acme: desk cannot be read any more (PERMISSION_DENIED): The token was refused.',
  data: { code: 'PERMISSION_DENIED', since: null },
};

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly secure: boolean;
  readonly text: string;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A real SMTP server on loopback with STARTTLS (its own self-signed certificate) and AUTH. */
async function mailServer(options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: false,
    onAuth(auth, _session, done) {
      logins.push(`${auth.username}:${auth.password}`);
      if (auth.username === 'bot' && auth.password === PASSWORD) return done(null, { user: 'bot' });
      const refused: Error & { responseCode?: number } = new Error('Bad login');
      refused.responseCode = 535;
      return done(refused);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom;
        mails.push({
          from: from === false ? '' : (from?.address ?? ''),
          to: session.envelope.rcptTo.map((r) => r.address),
          user: session.user as string | undefined,
          secure: session.secure,
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done(null, 'queued as 1');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails, logins };
}

function target(port: number, more: Record<string, unknown> = {}, allow_private = true): NoticeTarget {
  return {
    workspace: 'acme',
    name: 'mail',
    channel: 'email',
    settings: {
      host: '127.0.0.1',
      port,
      from: 'plumbline@acme.example',
      to: ['lead@acme.example', 'ops@acme.example'],
      user: 'bot',
      allow_self_signed: true,
      timeout_s: 5,
      ...more,
    },
    secret: 'env:SMTP_PASSWORD',
    allow_private,
    kinds: null,
    created_at: NOW,
  };
}

const sender = createNoticeSender({ clock: { now: () => NOW }, userAgent: 'plumbline/test' });
const { signal } = new AbortController();
const send = (to: NoticeTarget, secret = PASSWORD, notice = NOTICE) => sender.send(notice, to, secret, signal);

/** Header lines of a mail, unfolded (RFC 5322 section 2.2.3). */
function headersOf(mail: Mail | undefined): Map<string, string> {
  const head = (mail?.text ?? '').split('\r\n\r\n')[0] ?? '';
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
}

describe('email', () => {
  it('upgrades the connection, logs in and hands the mail over', async () => {
    const server = await mailServer();
    expect(await send(target(server.port))).toMatchObject({ kind: 'delivered', said: expect.stringMatching(/^250 /) });
    const [mail, ...more] = server.mails;
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      from: 'plumbline@acme.example',
      to: ['lead@acme.example', 'ops@acme.example'],
      user: 'bot',
      secure: true,
    });
    const headers = headersOf(mail);
    expect(headers.get('subject')).toBe(`[Plumbline] ${NOTICE.text}`);
    expect(headers.get('from')).toBe('plumbline@acme.example');
    expect(headers.get('date')).toBe('Sun, 01 Mar 2026 11:59:00 +0000');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(mail?.text).toContain('code: PERMISSION_DENIED\r\nsince: unknown\r\n');
  });

  it('gives a repeat the same Message-ID', async () => {
    const server = await mailServer();
    await send(target(server.port));
    await send(target(server.port));
    const ids = server.mails.map((mail) => headersOf(mail).get('message-id'));
    expect(ids).toEqual(Array(2).fill(`<${NOTICE.id}@acme.example>`));
  });

  it('lets nothing into the headers that is not meant to be there', async () => {
    const server = await mailServer();
    const text = 'acme: moved\r\nBcc: thief@evil.example\r\n\r\nbody of the thief';
    await send(target(server.port), PASSWORD, { ...NOTICE, text });
    const [mail] = server.mails;
    expect(mail?.to).toEqual(['lead@acme.example', 'ops@acme.example']);
    const headers = headersOf(mail);
    expect(headers.has('bcc')).toBe(false);
    expect(headers.get('subject')).toBe('[Plumbline] acme: moved Bcc: thief@evil.example body of the thief');
    const evil = { from: 'a@acme.example\r\nBcc: thief@evil.example' };
    expect((await send(target(server.port, evil))).kind).toBe('refused');
    expect((await send(target(server.port, { to: ['Lead <lead@acme.example>, x@evil.example'] }))).kind).toBe(
      'refused',
    );
    expect(server.mails).toHaveLength(1);
  });

  it('takes a self-signed certificate only where the settings say so, and sends no password before', async () => {
    const server = await mailServer();
    const outcome = await send(target(server.port, { allow_self_signed: false }));
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'NOTICE_FAILED' } });
    expect([server.logins, server.mails]).toEqual([[], []]);
  });

  it('does not go on in clear with a server that cannot encrypt', async () => {
    const server = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const outcome = await send(target(server.port));
    expect(outcome.kind).not.toBe('delivered');
    expect([server.logins, server.mails]).toEqual([[], []]);
  });

  it('speaks TLS from the first byte when told to', async () => {
    const server = await mailServer({ secure: true });
    expect((await send(target(server.port, { security: 'tls' }))).kind).toBe('delivered');
    expect(server.mails[0]?.secure).toBe(true);
  });

  it('speaks in clear only when told to, and never with a password', async () => {
    const server = await mailServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
    const plain = { security: 'none', user: null };
    expect((await send(target(server.port, plain), '')).kind).toBe('delivered');
    expect((await send(target(server.port, { security: 'none' }))).kind).toBe('refused');
    expect(server.logins).toEqual([]);
  });

  it('does not send without the login that it was given, where the server offers none', async () => {
    const server = await mailServer({ authOptional: true, disabledCommands: ['AUTH'] });
    expect((await send(target(server.port))).kind).not.toBe('delivered');
    expect(server.mails).toEqual([]);
  });

  it('gives up at once on a refused password, and does not show it', async () => {
    const server = await mailServer();
    const outcome = await send(target(server.port), 'battery staple');
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'NOTICE_FAILED' } });
    expect(JSON.stringify(outcome)).not.toContain('staple');
    if (outcome.kind === 'refused') expect(outcome.error.message).toContain('535');
  });

  it.each([
    [550, 'refused'],
    [451, 'failed'],
  ])('reads %i as %s, and keeps the address in the reply out of the message', async (responseCode, kind) => {
    const server = await mailServer({
      onRcptTo(address, _session, done) {
        done(Object.assign(new Error(`<${address.address}> is not known here`), { responseCode }));
      },
    });
    const outcome = await send(target(server.port));
    expect(outcome.kind).toBe(kind);
    if (outcome.kind !== 'delivered') {
      expect(outcome.error.message).toContain(`${responseCode}`);
      expect(outcome.error.message).not.toContain('lead@');
    }
  });

  it('counts a mail that some recipients get as delivered, and says so', async () => {
    const server = await mailServer({
      onRcptTo(address, _session, done) {
        done(address.address.startsWith('ops') ? Object.assign(new Error('no'), { responseCode: 550 }) : null);
      },
    });
    expect(await send(target(server.port))).toMatchObject({
      kind: 'delivered',
      said: expect.stringContaining('1 of 2 recipients refused'),
    });
  });

  it('lets a server that says nothing go after its time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => silent.close(() => resolve())));
    const { port } = silent.address() as AddressInfo;
    const outcome = await send(target(port, { timeout_s: 1 }));
    expect(outcome.kind).toBe('failed');
    if (outcome.kind === 'failed') expect(outcome.error.message).toContain('no end within 1 s');
  });

  it('refuses a private address unless it is allowed', async () => {
    const server = await mailServer();
    expect(await send(target(server.port, {}, false))).toMatchObject({ kind: 'refused', error: { code: 'BAD_URL' } });
    expect(server.logins).toEqual([]);
    const named = target(server.port, { host: 'localhost' }, false);
    expect(await send(named)).toMatchObject({ kind: 'refused', error: { code: 'BAD_URL' } });
  });

  it('checks settings before they are kept', () => {
    expect(
      sender.checkSettings('email', { host: 'mail.acme.example', from: 'a@b.example', to: 'c@d.example' }),
    ).toEqual({
      host: 'mail.acme.example',
      port: 587,
      security: 'starttls',
      from: 'a@b.example',
      to: ['c@d.example'],
      user: null,
      allow_self_signed: false,
      timeout_s: 30,
    });
    expect(() => sender.checkSettings('email', { host: 'h', from: 'x', to: [] })).toThrow(
      expect.objectContaining({
        code: 'BAD_USAGE',
        problems: expect.arrayContaining([expect.stringMatching(/^from/)]),
      }),
    );
    expect(() => sender.checkSecret(target(587), '')).toThrow(/no password/);
  });
});
