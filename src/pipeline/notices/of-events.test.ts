import { describe, expect, it } from 'vitest';
import type { Answer } from '../../domain/assessment.ts';
import type { Observability } from '../../domain/observability.ts';
import { Notice, type Run, RunParams } from '../../domain/operations.ts';
import { type AgeNews, noticesOfAge } from './of-age.ts';
import { noticesOfRun } from './of-run.ts';
import { noticesOfSync, type SyncNews } from './of-sync.ts';

const AT = new Date('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): Date => new Date(AT.getTime() - hours * HOUR_MS);
const DENIED = { code: 'PERMISSION_DENIED', message: 'The helpdesk\nrefuses.', remedy: 'Make a new token.' };

function sync(more: Partial<SyncNews>): Notice[] {
  return noticesOfSync({
    workspace: 'acme',
    connection: 'desk',
    run: 'run-1',
    at: AT,
    failure: DENIED,
    forGood: true,
    failedBefore: false,
    last: null,
    ...more,
  });
}

describe('noticesOfSync', () => {
  it('says once that a connection is broken, and once that it works again', () => {
    const [broken] = sync({});
    if (broken === undefined) throw new Error('nothing was said');
    expect(broken).toMatchObject({
      kind: 'sync_broken',
      subject: 'desk',
      run: 'run-1',
      text: 'acme: desk cannot be read any more (PERMISSION_DENIED): The helpdesk refuses.',
      data: { code: 'PERMISSION_DENIED', remedy: 'Make a new token.' },
    });
    expect(Notice.safeParse(broken).success).toBe(true);
    expect(sync({ run: 'run-2', last: broken })).toEqual([]);
    const [restored] = sync({ run: 'run-3', failure: null, last: broken });
    expect(restored).toMatchObject({ kind: 'sync_restored', data: { broken_since: AT.toISOString() } });
    expect(sync({ run: 'run-4', failure: null, last: restored ?? null })).toEqual([]);
    const [next] = sync({ run: 'run-5', last: restored ?? null });
    expect(next?.kind).toBe('sync_broken');
    expect(new Set([broken.id, restored?.id, next?.id]).size).toBe(3);
  });

  it('waits for the second run when the failure may pass', () => {
    const passing = { code: 'VENDOR_UNREACHABLE', message: 'No answer.', remedy: 'Later.' };
    expect(sync({ failure: passing, forGood: false })).toEqual([]);
    expect(sync({ failure: passing, forGood: false, failedBefore: true })).toHaveLength(1);
  });

  it('gives two workers that see one outage one id, whichever run they are in', () => {
    const [last] = sync({ failure: null, last: sync({})[0] ?? null });
    const ids = ['run-8', 'run-9'].map((run) => sync({ run, last: last ?? null })[0]?.id);
    expect(ids[0]).toBe(ids[1]);
  });

  it('is quiet when all is well, and keeps unexpected messages to itself', () => {
    expect(sync({ failure: null })).toEqual([]);
    const [odd] = sync({ failure: { code: 'BUG', message: 'duplicate key (jane@example.com)', remedy: 'Report.' } });
    expect(odd?.text).toBe('acme: desk cannot be read any more (BUG).');
  });
});

const RUN: Run = {
  id: 'run-1',
  workspace: 'acme',
  kind: 'snapshot',
  schedule: 'nightly',
  slot: hoursAgo(1),
  due_at: hoursAgo(1),
  params: RunParams.parse({}),
  status: 'failed',
  attempts: 8,
  progress: null,
  digest: null,
  failure: { code: 'SANDBOX_TIMEOUT', message: 'Too slow.', remedy: 'Raise it.' },
  requested_by: 'schedule',
  created_at: hoursAgo(1),
  started_at: hoursAgo(1),
  ended_at: AT,
  seen_at: AT,
};

describe('noticesOfRun', () => {
  const say = (more: Partial<Parameters<typeof noticesOfRun>[0]>) =>
    noticesOfRun({ run: RUN, before: null, saidBroken: false, at: AT, ...more });

  it('says the first failure of a row', () => {
    expect(say({})[0]).toMatchObject({
      kind: 'run_failed',
      subject: 'nightly',
      run: 'run-1',
      text: 'acme: snapshot run of schedule nightly failed (SANDBOX_TIMEOUT): Too slow.',
    });
    expect(say({ before: { status: 'done' } })).toHaveLength(1);
  });

  it('is quiet for the next of a row, where the broken connection was named, and for a run that ended well', () => {
    expect(say({ before: { status: 'failed' } })).toEqual([]);
    expect(say({ saidBroken: true })).toEqual([]);
    expect(say({ run: { ...RUN, status: 'done' } })).toEqual([]);
  });
});

function observed(until: Date | null): Observability {
  return {
    connection: 'desk',
    stream: 'tickets',
    status: 'available',
    detail: null,
    fields: [],
    since: null,
    until,
    rows: 1,
    rejected: 0,
    reconciled_share: null,
  };
}

function age(more: Partial<AgeNews>): Notice[] {
  return noticesOfAge({
    workspace: 'acme',
    at: AT,
    connections: ['desk'],
    observability: [],
    staleAfterMs: 36 * HOUR_MS,
    lastStale: new Map(),
    answers: [],
    lastExpiring: null,
    ...more,
  });
}

describe('noticesOfAge: data', () => {
  it.each([
    ['exactly the allowed age', hoursAgo(36), 0],
    ['an hour more', hoursAgo(37), 1],
    ['never read', null, 0],
  ])('with %s', (_what, until, n) => {
    expect(age({ observability: [observed(until)] })).toHaveLength(n);
  });

  it('says it once for an outage, and again for the next', () => {
    const [first] = age({ observability: [observed(hoursAgo(40))] });
    if (first === undefined) throw new Error('nothing was said');
    expect(first).toMatchObject({ kind: 'data_stale', subject: 'desk', data: { age_h: 40, allowed_h: 36 } });
    const lastStale = new Map([['desk', first]]);
    const later = (hours: number) => new Date(AT.getTime() + hours * HOUR_MS);
    expect(age({ observability: [observed(hoursAgo(40))], lastStale, at: later(24) })).toEqual([]);
    // A little came in, but never up to the instant at which it was said.
    expect(age({ observability: [observed(hoursAgo(1))], lastStale, at: later(48) })).toEqual([]);
    const [second] = age({ observability: [observed(later(2))], lastStale, at: later(48) });
    expect(second?.kind).toBe('data_stale');
    expect(second?.id).not.toBe(first.id);
  });

  it('is quiet about connections that are not synced', () => {
    expect(age({ connections: [], observability: [observed(hoursAgo(999))] })).toEqual([]);
  });
});

describe('noticesOfAge: answers', () => {
  const DAY_MS = 24 * HOUR_MS;
  const answer = (expiresInDays: number): Answer => ({
    model: 'six-stage',
    criterion: 'S1.1',
    respondent: 'r1',
    role: 'lead',
    value: 3,
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: hoursAgo(24),
    expires_at: new Date(AT.getTime() + expiresInDays * DAY_MS),
  });
  const at = (days: number): Date => new Date(AT.getTime() + days * DAY_MS);

  it('asks for answers that expire within 28 days, in one notice without a name', () => {
    const [notice, ...rest] = age({ answers: [answer(28), answer(5), answer(29)] });
    expect(rest).toEqual([]);
    expect(notice).toMatchObject({
      kind: 'answers_expiring',
      data: { answers: 2, first_expires: at(5).toISOString() },
    });
    expect(JSON.stringify(notice)).not.toContain('r1');
    expect(age({ answers: [answer(29)] })).toEqual([]);
  });

  it('repeats nothing, and says what is new after 14 days', () => {
    const [last] = age({ answers: [answer(5), answer(28)] });
    const lastExpiring = last ?? null;
    expect(age({ answers: [answer(5), answer(30)], lastExpiring, at: at(3) })).toEqual([]);
    expect(age({ answers: [answer(28)], lastExpiring, at: at(20) })).toEqual([]);
    expect(age({ answers: [answer(28), answer(30)], lastExpiring, at: at(14) })).toHaveLength(1);
  });
});
