import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { hostileJson } from '../../test/harness/hostile-texts.ts';
import { BODY_LIMITS } from './bounded-body.ts';

const SIZE = 250 * 1024;
/** Processor time of one request, milliseconds: seven times what the slowest takes, a tenth of what the first form took. */
const MOST_CPU_MS = 1_500;
const ROUTES = [
  ['POST', '/v1/workspaces/desk-a/answers'],
  ['POST', '/v1/workspaces/desk-a/not-applicable'],
  ['POST', '/v1/workspaces/desk-a/connections'],
  ['POST', '/v1/workspaces/desk-a/runs'],
  ['PUT', '/v1/workspaces/desk-a/schedules/nightly'],
  ['PUT', '/v1/workspaces/desk-a/notice-targets/ops'],
  ['POST', '/v1/tokens'],
  ['POST', '/v1/workspaces'],
] as const;

let fleet: ApiFleet;
let token = '';
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a']);
  ({ token } = await fleet.token('admin'));
  // What is loaded on first use is not the cost of a request.
  await post('/v1/workspaces/desk-a/answers', '{}');
});
afterAll(() => fleet.close());

function post(url: string, payload: string, method: 'POST' | 'PUT' = 'POST') {
  return fleet.ask({ method, url, token, payload, headers: { 'content-type': 'application/json' } });
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('one bad request', () => {
  it.each(hostileJson(SIZE))('is refused soon, with a short reply: %s', async (_name, body) => {
    for (const [method, url] of ROUTES) {
      let reply: Awaited<ReturnType<typeof post>> | null = null;
      const cpu = await cpuOf(async () => {
        reply = await post(url, body, method);
      });
      const { statusCode, body: text } = reply as unknown as Awaited<ReturnType<typeof post>>;
      expect([url, statusCode]).toEqual([url, 400]);
      expect(text.length).toBeLessThan(150_000);
      expect(cpu).toBeLessThan(MOST_CPU_MS);
    }
  });

  it.each([
    ['values', `{"a":[${'1,'.repeat(BODY_LIMITS.values)}1]}`, /more than 5000 values/],
    ['depth', `${'['.repeat(22)}${']'.repeat(22)}`, /nested more than 20 deep/],
    ['keys', `{"${'k'.repeat(201)}":1}`, /a key of more than 200 characters/],
    ['texts', `{"name":"${'x'.repeat(20_001)}"}`, /a text of more than 20000 characters/],
  ])('has bounded %s', async (_what, body, message) => {
    const reply = await post('/v1/workspaces', body);
    expect(reply.json()).toMatchObject({ status: 400, code: 'BAD_USAGE', message: expect.stringMatching(message) });
  });

  it('lists a hundred problems at most', async () => {
    const workspaces = Array.from({ length: 900 }, () => 'Not A Name');
    const reply = await post('/v1/tokens', JSON.stringify({ name: 'x', role: 'viewer', workspaces }));
    expect(reply.json<{ problems: string[] }>().problems.length).toBeLessThanOrEqual(101);
  });

  it('is JSON: what only YAML makes of an answer is kept as it was sent', async () => {
    const answers = { 'S1.1': { value: 2, comment: '*alias &anchor !tag # no comment: {here}' } };
    const reply = await post(
      '/v1/workspaces/desk-a/answers',
      JSON.stringify({ respondent: 'ana', role: 'lead', answers }),
    );
    expect(reply.statusCode).toBe(201);
    const { ledger } = await fleet.store('desk-a');
    expect((await ledger.answers('six-stage')).map(({ comment }) => comment)).toEqual([answers['S1.1'].comment]);
  });
});

describe('free text over HTTP', () => {
  it.each(['\u001b[2J', '\u202e', '\u009b1m', '\t', '\u2067'])('holds no hidden character: %j', async (sign) => {
    const cases = [
      ['/answers', { respondent: `a${sign}b`, role: 'lead', answers: {} }],
      ['/answers', { respondent: 'ana', role: `a${sign}b`, answers: {} }],
      ['/answers', { respondent: 'ana', role: 'lead', answers: { 'S1.1': { value: 1, comment: `a${sign}b` } } }],
      ['/not-applicable', { respondent: 'ana', role: 'lead', criterion: 'S3.2', reason: `no ${sign} tiers here` }],
    ] as const;
    for (const [path, body] of cases) {
      const reply = await post(`/v1/workspaces/desk-a${path}`, JSON.stringify(body));
      expect([path, reply.statusCode]).toEqual([path, 400]);
    }
    const named = await post('/v1/tokens', JSON.stringify({ name: `a${sign}b`, role: 'viewer' }));
    expect(named.statusCode).toBe(400);
  });

  it('names nobody by an address', async () => {
    for (const path of ['/answers', '/not-applicable']) {
      const body = {
        respondent: 'ana@example.org',
        role: 'lead',
        answers: {},
        criterion: 'S3.2',
        reason: 'no tiers here',
      };
      const { answers: _a, ...declared } = body;
      const { criterion: _c, reason: _r, ...answered } = body;
      const sent = path === '/answers' ? answered : declared;
      const reply = await post(`/v1/workspaces/desk-a${path}`, JSON.stringify(sent));
      expect([reply.statusCode, reply.json<{ message: string }>().message]).toEqual([
        400,
        expect.stringContaining('is an e-mail address; use initials'),
      ]);
    }
  });
});
