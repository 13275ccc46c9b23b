import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { MOST_GUESSES } from './guard.ts';

const DAY_MS = 86_400_000;
const OWN = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
const W = '/v1/workspaces/desk-a';
let fleet: ApiFleet;
let operator: string;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b']);
  operator = (await fleet.token('operator')).token;
});
afterEach(() => fleet.close());

type Headers = Record<string, string>;
const ask = (method: NonNullable<InjectOptions['method']>, url: string, headers: Headers, payload?: object) =>
  fleet.ask({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
const asOperator = (method: NonNullable<InjectOptions['method']>, url: string, payload?: object) =>
  fleet.ask({ method, url, token: operator, ...(payload === undefined ? {} : { payload }) });

async function inviteOne(more: object = {}) {
  const reply = await asOperator('POST', `${W}/invitations`, { respondent: 'lead-1', role: 'support_lead', ...more });
  const { link, ...row } = reply.json();
  return { reply, link: String(link), secret: String(link).split('#')[1] ?? '', row };
}

const exchange = (secret: string, headers: Headers = OWN) => ask('POST', '/v1/invitation', headers, { secret });

async function enter(secret: string) {
  const reply = await exchange(secret);
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? '';
  return { reply, headers: { ...OWN, cookie }, writing: { ...OWN, cookie, 'x-plumbline-csrf': reply.json().csrf } };
}

describe('an invitation', () => {
  it('is a link that is shown once, with its secret where no server logs it', async () => {
    const { reply, link, row } = await inviteOne({ expires_in_days: 7 });
    expect(reply.statusCode).toBe(201);
    expect(link).toMatch(/^http:\/\/localhost(:80)?\/invitation#inv_[\w-]{43}$/);
    expect(row).toMatchObject({ respondent: 'lead-1', role: 'support_lead', model: 'six-stage', state: 'open' });
    expect(row.expires_at).toBe('2026-06-08T12:00:00.000Z');
    const listed = await asOperator('GET', `${W}/invitations`);
    expect(listed.json()).toEqual({ invitations: [row], respondents: [] });
    const kept = JSON.stringify([fleet.lines, await fleet.audit(), await fleet.operations.invitations('desk-a')]);
    expect(kept).not.toContain('inv_');
  });

  it('lets one respondent answer as itself, and see its own words alone', async () => {
    await asOperator('POST', `${W}/answers`, { respondent: 'r9', role: 'agent', answers: { 'S1.1': 1 } });
    const { secret } = await inviteOne();
    const { reply, headers, writing } = await enter(secret);
    expect([reply.statusCode, reply.json().respondent]).toEqual([
      201,
      { workspace: 'desk-a', respondent: 'lead-1', role: 'support_lead' },
    ]);
    const before = (await ask('GET', '/v1/respondent/questions', headers)).json();
    expect(before.model.id).toBe('six-stage');
    expect(before.questions).toHaveLength(30);
    expect(before.questions.every((one: { answer: unknown }) => one.answer === null)).toBe(true);
    const said = {
      'S1.1': { value: 3, comment: 'since spring', proof: 'https://wiki.example/kb' },
      'S1.2': 'dont_know',
    };
    const kept = await ask('PUT', '/v1/respondent/answers', writing, { answers: said });
    expect([kept.statusCode, kept.json()]).toEqual([200, { kept: 2, not_applicable: 0 }]);
    const after = (await ask('GET', '/v1/respondent/questions', headers)).json().questions;
    const own = after.filter((one: { answer: unknown }) => one.answer !== null);
    expect(own.map((one: { id: string; answer: object }) => [one.id, one.answer])).toEqual([
      ['S1.1', { value: 3, comment: 'since spring', proof: 'https://wiki.example/kb' }],
      ['S1.2', { value: 'dont_know', comment: null, proof: null }],
    ]);
    expect(after.slice(0, 2).map((one: { id: string }) => one.id)).not.toContain('S1.1');
    const { ledger } = await fleet.store('desk-a');
    const [, ...mine] = await ledger.answers('six-stage');
    expect(mine.map(({ respondent, role, proof_checked_by }) => [respondent, role, proof_checked_by])).toEqual([
      ['lead-1', 'support_lead', null],
      ['lead-1', 'support_lead', null],
    ]);
  });

  it('opens nothing else, whatever is asked for', async () => {
    const { secret } = await inviteOne();
    const { writing } = await enter(secret);
    const refused = fleet.app.routeEntries.filter(({ access }) => access.kind === 'token');
    expect(refused.length).toBeGreaterThan(30);
    for (const { method, url } of refused) {
      const path = url.replace(':workspace', 'desk-a').replace(/:\w+/g, 'x');
      const reply = await ask(method as 'GET', path, writing, method === 'GET' ? undefined : {});
      expect([method, url, reply.statusCode]).toEqual([method, url, 401]);
    }
  });

  it('lets nobody say who looked at a proof, or answer as somebody else', async () => {
    const { secret } = await inviteOne();
    const { writing } = await enter(secret);
    const proved = { value: 3, proof: 'https://wiki.example', proof_checked_by: 'boss' };
    for (const body of [
      { answers: { 'S1.1': proved } },
      { answers: { 'S1.1': 3 }, respondent: 'r9' },
      { answers: { 'S1.1': 3 }, role: 'ceo' },
      { answers: { 'S1.1': { value: 3, proof: 'javascript:alert(1)' } } },
      { answers: { 'S1.1': { value: 3, proof: 'data:text/html,<script>' } } },
      { answers: { 'S1.1': { value: 3, proof: 'https://a.example/\u202e' } } },
    ])
      expect((await ask('PUT', '/v1/respondent/answers', writing, body)).statusCode).toBe(400);
    expect(await (await fleet.store('desk-a')).ledger.answers('six-stage')).toEqual([]);
  });

  it('takes one statement of a set out at most, whoever does', async () => {
    const [one, two] = [
      await enter((await inviteOne()).secret),
      await enter((await inviteOne({ respondent: 'r2' })).secret),
    ];
    const declare = (writing: Headers, id: string) =>
      ask('PUT', '/v1/respondent/answers', writing, { not_applicable: { [id]: 'there is no phone' } });
    expect((await declare(one.writing, 'S1.1')).json()).toEqual({ kept: 0, not_applicable: 1 });
    const second = await declare(two.writing, 'S1.2');
    expect([second.statusCode, second.json().code]).toEqual([400, 'BAD_ANSWERS']);
    expect((await declare(two.writing, 'S2.1')).statusCode).toBe(200);
  });

  it('needs the header and the origin for each write, as any session', async () => {
    const { headers, writing } = await enter((await inviteOne()).secret);
    const body = { answers: { 'S1.1': 3 } };
    expect((await ask('PUT', '/v1/respondent/answers', headers, body)).statusCode).toBe(403);
    const foreign = { ...writing, origin: 'https://evil.example' };
    expect((await ask('PUT', '/v1/respondent/answers', foreign, body)).statusCode).toBe(403);
  });

  it('leaves its writes in the audit log under its own id', async () => {
    const { secret, row } = await inviteOne();
    const { writing } = await enter(secret);
    await ask('PUT', '/v1/respondent/answers', writing, { answers: { 'S1.1': 3 } });
    const entries = await fleet.audit();
    expect(entries.map(({ actor, action, workspace }) => [actor, action, workspace])).toEqual(
      expect.arrayContaining([
        [`invitation:${row.id}`, 'invitation.open', 'desk-a'],
        [`invitation:${row.id}`, 'answers.add', 'desk-a'],
      ]),
    );
  });
});

describe('a link', () => {
  it('opens once: a second browser gets nothing, and what it says tells nothing', async () => {
    const { secret } = await inviteOne();
    const first = await exchange(secret);
    const second = await exchange(secret);
    const guessed = await exchange(`inv_${'a'.repeat(43)}`);
    expect([first, second, guessed].map(({ statusCode }) => statusCode)).toEqual([201, 403, 403]);
    expect(second.json().message).toBe(guessed.json().message);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('opens for one of many who try at once', async () => {
    const { secret } = await inviteOne();
    const replies = await Promise.all(Array.from({ length: 8 }, () => exchange(secret)));
    expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
  });

  it('opens nothing after its days, and no respondent stays longer than that', async () => {
    const [late, early] = [await inviteOne({ expires_in_days: 3 }), await inviteOne({ expires_in_days: 3 })];
    const { headers } = await enter(early.secret);
    // No request for two days: the link would not open again, so the respondent may come back.
    fleet.clock.advance(3 * DAY_MS - 1);
    expect((await ask('GET', '/v1/respondent/questions', headers)).statusCode).toBe(200);
    fleet.clock.advance(1);
    expect((await exchange(late.secret)).statusCode).toBe(403);
    expect((await ask('GET', '/v1/respondent/questions', headers)).statusCode).toBe(401);
  });

  it('opens nothing once it is revoked, and whoever came in by it is out', async () => {
    const [unopened, opened] = [await inviteOne(), await inviteOne({ respondent: 'r2' })];
    const { headers } = await enter(opened.secret);
    for (const { row } of [unopened, opened])
      expect((await asOperator('DELETE', `${W}/invitations/${row.id}`)).json().state).toBe('revoked');
    expect((await exchange(unopened.secret)).statusCode).toBe(403);
    expect((await ask('GET', '/v1/respondent/questions', headers)).statusCode).toBe(401);
    expect((await asOperator('DELETE', `/v1/workspaces/desk-b/invitations/${opened.row.id}`)).statusCode).toBe(404);
  });

  it('cannot be guessed at for long from one address, and guessing keeps nobody else out', async () => {
    const { secret } = await inviteOne();
    const statuses: number[] = [];
    for (let i = 0; i < MOST_GUESSES + 5; i++)
      statuses.push((await exchange(`inv_${String(i).padStart(43, 'x')}`)).statusCode);
    expect(statuses.filter((status) => status === 403)).toHaveLength(MOST_GUESSES);
    expect(statuses.at(-1)).toBe(429);
    expect((await exchange(secret)).statusCode).toBe(429);
    const elsewhere = {
      method: 'POST',
      url: '/v1/invitation',
      headers: OWN,
      payload: { secret },
      remoteAddress: '10.0.0.9',
    };
    expect((await fleet.ask(elsewhere as InjectOptions)).statusCode).toBe(201);
  });

  it('is not opened for a page of somebody else', async () => {
    const { secret } = await inviteOne();
    expect((await exchange(secret, { ...OWN, origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await exchange(secret)).statusCode).toBe(201);
  });
});

describe('whoever coordinates', () => {
  it('sees who was asked, who came, and how much each has answered', async () => {
    const { secret } = await inviteOne();
    await inviteOne({ respondent: 'r2', role: 'agent' });
    const { writing } = await enter(secret);
    await ask('PUT', '/v1/respondent/answers', writing, { answers: { 'S1.1': 3, 'S1.2': 2, 'S1.3': 'dont_know' } });
    const { invitations, respondents } = (await asOperator('GET', `${W}/invitations`)).json();
    expect(invitations.map((one: { respondent: string; state: string }) => [one.respondent, one.state]).sort()).toEqual(
      [
        ['lead-1', 'used'],
        ['r2', 'open'],
      ],
    );
    expect(respondents).toMatchObject([{ id: 'lead-1', model: 'six-stage', answered: 2, dont_know: 1, questions: 30 }]);
  });
});
