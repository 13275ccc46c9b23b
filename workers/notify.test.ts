import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Notice } from '../src/domain/operations.ts';
import { PlumblineError } from '../src/errors/index.ts';
import { createNoticeSender } from '../src/notify/index.ts';
import { openMemoryOperations } from '../src/store/operations/embedded.ts';
import { openReceiver } from '../test/harness/http-receiver.ts';
import type { JobContext } from './contract.ts';
import { notifyFlow, notifyHandler } from './notify.ts';

const START = new Date('2026-03-01T12:00:00Z');
const KEY = Buffer.alloc(24, 9);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const NOTICE: Notice = {
  id: 'ntc_00000000000000000000000000000001',
  workspace: 'acme',
  kind: 'stage_changed',
  subject: null,
  at: START,
  run: 'run-1',
  digest: 'd1',
  text: 'acme: Stage rose from 2 to 3.',
  data: { from: 2, to: 3 },
};

function context(signal = new AbortController().signal): JobContext {
  return { signal, turnEnds: START, attempt: 1, last: true, children: [], alive: async () => undefined };
}

/** A fleet of one notice and one webhook; `work` is the dispatcher's turn: whatever is due is put and run by `workers` at a time. */
async function fleet(answer?: (response: ServerResponse, turn: number) => void) {
  const receiver = await openReceiver(answer);
  let ms = START.getTime();
  const clock = { now: () => new Date(ms) };
  const operations = await openMemoryOperations({ clock });
  closers.push(
    () => receiver.close(),
    () => operations.close(),
  );
  const secret = { value: `whsec_${KEY.toString('base64')}` };
  const handler = notifyHandler({
    operations,
    sender: createNoticeSender({ clock, userAgent: 'plumbline/test' }),
    readSecret: async () => {
      if (secret.value === '') throw new PlumblineError('SECRET_MISSING', 'The secret env:HOOK is gone.', 'Set HOOK.');
      return secret.value;
    },
    random: () => 0,
  });
  await operations.saveNoticeTarget({
    workspace: 'acme',
    name: 'hook',
    channel: 'webhook',
    settings: { url: `${receiver.url}/hook`, timeout_s: 1 },
    secret: 'env:HOOK',
    allow_private: true,
    kinds: null,
    created_at: START,
  });
  await operations.addNotices([NOTICE]);
  const due = async () => (await operations.dueDeliveries(clock.now(), 100)).map(notifyFlow);
  const work = async (workers = 1) => {
    for (const flow of await due())
      for (let i = 0; i < workers; i += 1) await handler.run(handler.payload.parse(flow.payload), context());
  };
  const delivery = async () => (await operations.deliveries(NOTICE.id))[0];
  const wait = (seconds: number) => {
    ms += seconds * 1000;
  };
  return { receiver, operations, handler, secret, due, work, delivery, wait, clock };
}

describe('queue notify', () => {
  it('delivers once, whoever is given the job and however often', async () => {
    const { receiver, operations, handler, due, work, delivery } = await fleet();
    const [flow] = await due();
    expect(flow).toEqual({
      queue: 'notify',
      lane: 'usual',
      id: `${NOTICE.id}__hook`,
      payload: { workspace: 'acme', notice: NOTICE.id, target: 'hook' },
      children: [],
    });
    await work(3);
    await handler.run(handler.payload.parse(flow?.payload), context());
    await operations.addNotices([NOTICE]);
    await work();
    expect(receiver.received).toHaveLength(1);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 1, failure: null, delivered_at: START });
    expect(await operations.tallies()).toEqual([
      { name: 'notices_delivered_total', labels: { channel: 'webhook' }, value: 1 },
    ]);
  });

  it('keeps secrets and texts out of the job', async () => {
    const { due } = await fleet();
    expect(Object.keys((await due())[0]?.payload ?? {}).sort()).toEqual(['notice', 'target', 'workspace']);
  });

  it('tries again after a 500 with the same id and body, and a new signature that holds', async () => {
    const { receiver, work, wait, delivery } = await fleet((response, turn) =>
      response.writeHead(turn === 1 ? 500 : 204).end(),
    );
    await work(2);
    expect(receiver.received).toHaveLength(1);
    expect(await delivery()).toMatchObject({ status: 'due', attempts: 1, failure: { code: 'NOTICE_FAILED' } });
    wait(4);
    await work();
    expect(receiver.received).toHaveLength(1);
    wait(1);
    await work();
    const [first, second, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-timestamp']).toBe('1772366405');
    const signed = `${NOTICE.id}.1772366405.${second?.body}`;
    const expected = createHmac('sha256', KEY).update(signed).digest('base64');
    expect(second?.headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2, failure: null });
  });

  it('sends the id by which a receiver drops a repeat, when the answer was lost on the way', async () => {
    const seen = new Set<unknown>();
    let taken = 0;
    const { receiver, work, wait } = await fleet((response, turn) => {
      const id = receiver.received[turn - 1]?.headers['webhook-id'];
      if (!seen.has(id)) taken += 1;
      seen.add(id);
      if (turn === 1) response.destroy();
      else response.end();
    });
    await work();
    wait(5);
    await work();
    expect([receiver.received.length, taken]).toEqual([2, 1]);
  });

  it('waits as long as Retry-After says', async () => {
    const { receiver, work, wait } = await fleet((response, turn) =>
      turn === 1 ? response.writeHead(429, { 'retry-after': '600', date: START.toUTCString() }).end() : response.end(),
    );
    await work();
    wait(599);
    await work();
    expect(receiver.received).toHaveLength(1);
    wait(1);
    await work();
    expect(receiver.received).toHaveLength(2);
  });

  it('gives up after 24 hours, once, and counts it', async () => {
    const { receiver, operations, work, wait, delivery, clock } = await fleet((response) =>
      response.writeHead(503).end(),
    );
    for (let attempt = 1; attempt < 20; attempt += 1) {
      await work();
      const current = await delivery();
      if (current?.status !== 'due') break;
      wait((current.next_at.getTime() - clock.now().getTime()) / 1000);
    }
    expect(await delivery()).toMatchObject({ status: 'failed', failure: { code: 'NOTICE_FAILED' } });
    const hours = (clock.now().getTime() - START.getTime()) / 3_600_000;
    expect(hours).toBe(24);
    expect(receiver.received).toHaveLength(9);
    wait(3_600);
    await work();
    expect(receiver.received).toHaveLength(9);
    expect(await operations.tallies()).toEqual([
      { name: 'notices_failed_total', labels: { channel: 'webhook' }, value: 1 },
    ]);
  });

  it.each([
    ['410', (response: ServerResponse) => response.writeHead(410).end()],
    ['a redirect', (response: ServerResponse) => response.writeHead(302, { location: 'https://a.example/' }).end()],
  ])('gives up at once on %s', async (_what, answer) => {
    const { work, delivery, operations } = await fleet(answer);
    await work();
    expect(await delivery()).toMatchObject({ status: 'failed', attempts: 1 });
    expect((await operations.tallies()).map((t) => t.name)).toEqual(['notices_failed_total']);
  });

  it('gives up at once without a secret', async () => {
    const { receiver, secret, work, delivery } = await fleet();
    secret.value = '';
    await work();
    expect(receiver.received).toEqual([]);
    expect(await delivery()).toMatchObject({ status: 'failed', failure: { code: 'SECRET_MISSING' } });
  });

  it('tries again after a receiver that hangs', async () => {
    const { work, wait, delivery } = await fleet((response, turn) => (turn === 1 ? undefined : response.end()));
    await work();
    expect(await delivery()).toMatchObject({ status: 'due', attempts: 1 });
    wait(5);
    await work();
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  it('leaves the delivery due at once when it is drained in the middle', async () => {
    const stop = new AbortController();
    const { handler, due, delivery, work, receiver } = await fleet((response, turn) =>
      turn === 1 ? stop.abort(new Error('drained')) : response.end(),
    );
    const [flow] = await due();
    await expect(handler.run(handler.payload.parse(flow?.payload), context(stop.signal))).rejects.toThrow('drained');
    expect(await delivery()).toMatchObject({ status: 'due', attempts: 0, next_at: START });
    await work();
    expect(receiver.received).toHaveLength(2);
    expect(await delivery()).toMatchObject({ status: 'delivered' });
  });

  it('takes up what a killed worker was sending, after its claim', async () => {
    const { operations, receiver, work, wait, delivery } = await fleet();
    const begun = await delivery();
    if (begun === undefined) throw new Error('no delivery');
    await operations.endDelivery({ ...begun, attempts: 1, next_at: new Date(START.getTime() + 180_000) });
    await work();
    wait(179);
    await work();
    expect(receiver.received).toHaveLength(0);
    wait(1);
    await work();
    expect(receiver.received).toHaveLength(1);
  });

  it('forgets what was meant for a target that is removed', async () => {
    const { operations, handler, due, receiver } = await fleet();
    const [flow] = await due();
    await operations.removeNoticeTarget('acme', 'hook');
    const outcome = await handler.run(handler.payload.parse(flow?.payload), context());
    expect(outcome).toEqual({ kind: 'done', result: 'skipped' });
    expect(receiver.received).toEqual([]);
    expect(await due()).toEqual([]);
  });

  it('ends a delivery whose job failed for good', async () => {
    const { operations, handler, due, delivery } = await fleet();
    const job = handler.payload.parse((await due())[0]?.payload);
    await handler.failed(job, new Error('jane@example.com'));
    expect(await delivery()).toMatchObject({ status: 'failed', failure: { code: 'BUG' } });
    expect(JSON.stringify(await delivery())).not.toContain('jane');
    await handler.failed(job, new Error('again'));
    expect((await operations.tallies())[0]?.value).toBe(1);
  });
});
