import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import type { Run } from '../domain/operations.ts';

let fleet: ApiFleet;
let token: string;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a']);
  token = (await fleet.token('operator')).token;
});
afterEach(() => fleet.close());

const url = '/v1/workspaces/desk-a/runs';
type Wire = Omit<Run, 'slot' | 'due_at'> & { slot: string; due_at: string };

async function ask(payload: Record<string, unknown>, headers: Record<string, string> = {}) {
  const reply = await fleet.ask({ method: 'POST', url, token, payload, headers });
  return { reply, ...reply.json<{ runs: Wire[]; new: number; code?: string; message?: string }>() };
}

describe('asking for runs', () => {
  it('enters one run that is due at once', async () => {
    const { reply, runs } = await ask({ kind: 'snapshot', window_days: 30 });
    expect(reply.statusCode).toBe(202);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      workspace: 'desk-a',
      kind: 'snapshot',
      status: 'due',
      due_at: '2026-06-01T12:00:00.000Z',
      params: { window_days: 30, sync: true, as_of: null },
    });
    expect(reply.headers.location).toBe(`${url}/${runs[0]?.id}`);
    const got = await fleet.ask({ method: 'GET', url: String(reply.headers.location), token });
    expect(got.json()).toEqual(runs[0]);
  });

  it('is asking once where the idempotency key and the body are the same', async () => {
    const first = await ask({ kind: 'sync' }, { 'idempotency-key': 'k1' });
    fleet.clock.advance(60_000);
    const again = await ask({ kind: 'sync' }, { 'idempotency-key': 'k1' });
    const other = await ask({ kind: 'sync' }, { 'idempotency-key': 'k2' });
    const none = await ask({ kind: 'sync' });
    expect([first.new, again.new, other.new, none.new]).toEqual([1, 0, 1, 1]);
    expect(again.runs[0]?.id).toBe(first.runs[0]?.id);
  });

  it('reads a date as the whole day', async () => {
    const { runs } = await ask({ kind: 'snapshot', as_of: '2026-03-31' });
    expect(runs[0]?.params.as_of).toBe('2026-04-01T00:00:00.000Z');
  });

  it('makes one run for each month of the past, without a sync', async () => {
    const { runs } = await ask({ kind: 'backfill', from: '2026-01-01', to: '2026-03-31' });
    expect(runs.map(({ slot, params }) => [slot, params.as_of, params.sync])).toEqual([
      ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', false],
      ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', false],
      ['2026-04-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', false],
    ]);
  });

  it.each([
    ['looking back on nothing', { kind: 'backfill', from: '2026-01-01' }, 409, 'WRONG_STATE'],
    ['a step that never ends', { kind: 'backfill', from: '2026-01-02', to: '2026-01-05' }, 400, 'BAD_USAGE'],
    ['a connection that is not there', { kind: 'sync', connections: ['nope'] }, 400, 'BAD_USAGE'],
    ['a model that is not there', { kind: 'snapshot', model: 'six-stag' }, 404, 'UNKNOWN_NAME'],
    ['a day that is not', { kind: 'snapshot', as_of: '2026-02-30' }, 400, 'BAD_USAGE'],
    ['a kind that is not for hands', { kind: 'maintain' }, 400, 'BAD_USAGE'],
    [
      'more steps than one request may',
      { kind: 'backfill', from: '1990-01-01', to: '2026-01-01', every: 'week' },
      400,
      'BAD_USAGE',
    ],
  ])('refuses %s', async (_what, payload, status, code) => {
    const { reply, ...problem } = await ask(payload);
    expect([reply.statusCode, problem.code]).toEqual([status, code]);
    expect(await fleet.operations.runs({})).toEqual([]);
  });
});

describe('cancelling and trying again', () => {
  it('goes by the state of the run', async () => {
    const { runs } = await ask({ kind: 'sync' });
    const one = `${url}/${runs[0]?.id}`;
    const act = async (what: string) => {
      const reply = await fleet.ask({ method: 'POST', url: `${one}/${what}`, token });
      return [reply.statusCode, reply.json<{ status: unknown; code?: string }>().code ?? reply.json<Wire>().status];
    };
    expect(await act('retry')).toEqual([409, 'WRONG_STATE']);
    expect(await act('cancel')).toEqual([200, 'cancelled']);
    expect(await act('cancel')).toEqual([409, 'WRONG_STATE']);
    expect(await act('retry')).toEqual([200, 'due']);
  });
});

describe('listing', () => {
  it('filters by status and bounds the list', async () => {
    const first = await ask({ kind: 'sync' });
    await ask({ kind: 'snapshot' });
    await fleet.ask({ method: 'POST', url: `${url}/${first.runs[0]?.id}/cancel`, token });
    const list = async (query: string) => {
      const reply = await fleet.ask({ method: 'GET', url: `${url}?${query}`, token });
      return reply.statusCode === 200 ? reply.json<{ runs: Wire[] }>().runs.map(({ kind }) => kind) : reply.statusCode;
    };
    expect(await list('status=cancelled')).toEqual(['sync']);
    expect(await list('status=due,cancelled')).toHaveLength(2);
    expect(await list('limit=1')).toHaveLength(1);
    expect(await list('limit=1001')).toBe(400);
    expect(await list('status=gone')).toBe(400);
  });
});

describe('schedules', () => {
  const schedule = '/v1/workspaces/desk-a/schedules/daily';
  it('are added, paused, let go on from the next slot, and removed', async () => {
    const put = await fleet.ask({ method: 'PUT', url: schedule, token, payload: { every: '1d', jitter: '0' } });
    expect(put.json()).toMatchObject({ kind: 'snapshot', next_at: '2026-06-02T00:00:00.000Z', paused: false });
    await fleet.ask({ method: 'POST', url: `${schedule}/pause`, token });
    fleet.clock.advance(3 * 86_400_000);
    const resumed = await fleet.ask({ method: 'POST', url: `${schedule}/resume`, token });
    expect(resumed.json()).toMatchObject({ paused: false, next_at: '2026-06-05T00:00:00.000Z' });
    expect((await fleet.ask({ method: 'DELETE', url: schedule, token })).json()).toEqual({ removed: 'daily' });
    expect((await fleet.ask({ method: 'GET', url: schedule, token })).statusCode).toBe(404);
    expect((await fleet.ask({ method: 'DELETE', url: schedule, token })).statusCode).toBe(404);
  });

  it.each([
    ['both rhythms', { every: '1d', cron: '0 6 * * *' }],
    ['neither', {}],
    ['a cron line of four fields', { cron: '0 6 * *' }],
    ['a zone that is not', { cron: '0 6 * * *', tz: 'Europe/Atlantis' }],
  ])('refuse %s', async (_what, payload) => {
    const reply = await fleet.ask({ method: 'PUT', url: schedule, token, payload });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'BAD_SCHEDULE']);
  });
});

describe('answers', () => {
  const answers = '/v1/workspaces/desk-a/answers';
  it('are kept as an answers file would be', async () => {
    const { token: assessor } = await fleet.token('assessor');
    const payload = { respondent: 'r1', role: 'support_lead', answers: { 'S1.1': 3, 'S1.2': 'dont_know' } };
    const reply = await fleet.ask({ method: 'POST', url: answers, token: assessor, payload });
    expect(reply.json()).toMatchObject({ kept: 2, blank: 0, not_applicable: 0, model: 'six-stage' });
    const kept = await (await fleet.store('desk-a')).ledger.answers('six-stage');
    expect(kept.map(({ criterion, value, respondent }) => [criterion, value, respondent])).toEqual([
      ['S1.1', 3, 'r1'],
      ['S1.2', 'dont_know', 'r1'],
    ]);
  });

  it('are refused as a whole where one is wrong, with the nearest statement', async () => {
    const payload = { respondent: 'r1', role: 'support_lead', answers: { 'S1.1': 3, 'S1.99': 2 } };
    const reply = await fleet.ask({ method: 'POST', url: answers, token, payload });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'BAD_ANSWERS']);
    expect(await (await fleet.store('desk-a')).ledger.answers('six-stage')).toEqual([]);
  });

  it('may be declared not applicable with a reason', async () => {
    const path = '/v1/workspaces/desk-a/not-applicable';
    const payload = { criterion: 'S1.1', reason: 'there is no phone', respondent: 'r1', role: 'support_lead' };
    expect((await fleet.ask({ method: 'POST', url: path, token, payload })).statusCode).toBe(201);
    const listed = await fleet.ask({ method: 'GET', url: path, token });
    expect(listed.json()).toMatchObject({ not_applicable: [{ criterion: 'S1.1', by: 'r1' }] });
  });
});
