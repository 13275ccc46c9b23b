import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { PATIENT } from '../../test/harness/patience.ts';
import { RunParams } from '../domain/operations.ts';

let fleet: ApiFleet;
let token: string;
let base: string;

beforeEach(async () => {
  fleet = await openApiFleet(['desk-a']);
  token = (await fleet.token('viewer')).token;
  await fleet.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(fleet.app.server.address() as AddressInfo).port}`;
  const now = fleet.clock.now();
  const run = { id: 'r1', workspace: 'desk-a', kind: 'snapshot', schedule: null, slot: now, due_at: now } as const;
  const params = RunParams.parse({});
  await fleet.operations.addRuns([{ ...run, params, requested_by: 'cli', created_at: now }]);
});
afterEach(() => fleet.close());

interface Listener {
  readonly status: number;
  readonly type: string | undefined;
  text(): string;
  readonly ended: Promise<void>;
  hangUp(): void;
}

/** A client over a real socket. */
function listen(headers: Record<string, string> = {}): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const options = { headers: { authorization: `Bearer ${token}`, ...headers } };
    const request = get(`${base}/v1/workspaces/desk-a/runs/r1/events`, options, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (part: string) => {
        text += part;
      });
      reply.on('error', () => undefined);
      const ended = new Promise<void>((done) => {
        reply.once('close', done);
      });
      const type = reply.headers['content-type'];
      resolve({ status: reply.statusCode ?? 0, type, text: () => text, ended, hangUp: () => request.destroy() });
    });
    request.once('error', reject);
  });
}

/** The stream has looked at the journal and waits for its next turn. */
async function asleep(): Promise<void> {
  await vi.waitFor(() => expect(fleet.clock.sleepers()).toBe(1), PATIENT);
}

/** Lets the stream look at the journal once more. */
async function second(): Promise<void> {
  await asleep();
  fleet.clock.advance(1_000);
}

interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly status: string; readonly progress: unknown; readonly digest: string | null };
}

/** Reads a stream as the standard for server-sent events says: blocks end with an empty line, comments begin with a colon. */
function eventsIn(text: string): SentEvent[] {
  return text.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith(':'))
        .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)] as const),
    );
    const data = fields.get('data');
    return data === undefined
      ? []
      : [{ id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) }];
  });
}

describe('events of a run', () => {
  it('tell its state, each change once, and end with it', async () => {
    const client = await listen();
    expect([client.status, client.type]).toEqual([200, 'text/event-stream']);
    await second();
    await second();
    await asleep();
    const now = fleet.clock.now();
    await fleet.operations.touchRun('r1', now, { begin: true, progress: { step: 'sync', done: 3, total: 10 } });
    await second();
    await second();
    await asleep();
    await fleet.operations.endRun('r1', now, { status: 'done', digest: 'abc' });
    await second();
    await client.ended;
    const told = eventsIn(client.text()).map(({ event, data }) => [event, data.status, data.progress, data.digest]);
    expect(told).toEqual([
      ['progress', 'due', null, null],
      ['progress', 'running', { step: 'sync', done: 3, total: 10 }, null],
      ['end', 'done', { step: 'sync', done: 3, total: 10 }, 'abc'],
    ]);
  });

  it('go on where the client was, and do not come back after the end', async () => {
    const first = await listen();
    await second();
    await asleep();
    const [due] = eventsIn(first.text());
    first.hangUp();
    await vi.waitFor(() => expect(fleet.clock.sleepers()).toBe(0), PATIENT);
    const again = await listen({ 'last-event-id': due?.id ?? '' });
    await second();
    await second();
    expect(eventsIn(again.text())).toEqual([]);
    await asleep();
    await fleet.operations.endRun('r1', fleet.clock.now(), { status: 'cancelled' });
    await second();
    await again.ended;
    const [end] = eventsIn(again.text());
    expect([end?.event, end?.data.status]).toEqual(['end', 'cancelled']);
    expect((await listen({ 'last-event-id': end?.id ?? '' })).status).toBe(204);
    const late = await listen();
    await late.ended;
    expect(eventsIn(late.text())).toEqual([end]);
  });

  it('send a comment after 15 quiet seconds, so that proxies keep the line open', async () => {
    const client = await listen();
    for (let i = 0; i < 14; i++) await second();
    await asleep();
    await vi.waitFor(() => expect(client.text()).toContain(': alive\n\n'), PATIENT);
    expect(client.text().match(/: alive/g)).toHaveLength(1);
    client.hangUp();
  });

  it('stop looking when the client hangs up', async () => {
    const client = await listen();
    await asleep();
    client.hangUp();
    await vi.waitFor(() => expect(fleet.clock.sleepers()).toBe(0), PATIENT);
  });

  it('end when the token is revoked', async () => {
    const client = await listen();
    const [row] = await fleet.operations.tokens();
    if (row === undefined) throw new Error('no token');
    await fleet.operations.saveToken({ ...row, revoked_at: fleet.clock.now() });
    for (let i = 0; i < 14; i++) await second();
    await client.ended;
    expect(eventsIn(client.text())).toHaveLength(1);
  });

  it('end when the server closes, which does not wait for them', async () => {
    const client = await listen();
    await asleep();
    await fleet.app.close();
    await client.ended;
    expect(eventsIn(client.text())).toHaveLength(1);
  });
});

describe('streams that one token holds open', () => {
  it('are ten at most; what ends makes room, and others have their own', async () => {
    const open = await Promise.all(Array.from({ length: 10 }, () => listen()));
    expect(open.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await listen()).status).toBe(429);
    const own = token;
    token = (await fleet.token('viewer')).token;
    expect((await listen()).status).toBe(200);
    token = own;
    open[0]?.hangUp();
    await vi.waitFor(async () => expect((await listen()).status).toBe(200), { timeout: 10_000 });
  });
});
