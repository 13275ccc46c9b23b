import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TokenAsk } from '../../src/kit/auth/token-source.ts';
import { namesOf, runVendor } from '../../test/conformance/vendor-run.ts';
import { BIG, githubRoutes } from '../../test/harness/github-issues.ts';
import { githubCase } from '../../test/harness/github-issues-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';
import type { DeskRows } from '../../test/harness/read-desk.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';
import { installationToken } from './account.ts';
import { Settings } from './settings.ts';
import { rankOf, statusOf, typeOf } from './words.ts';

const syncWith = (settings = {}, without: readonly string[] = []) => syncWhole(githubCase, { settings, without });

/** Changes of one kind of an issue, in their order. */
function changesOf(rows: DeskRows, ticket: string, kind: string, field: string | null = null) {
  return rowsOf(rows, 'event', ticket)
    .filter((one) => one.kind === kind && one.field === field)
    .map((one) => [one.initial, one.from_value, one.to_value]);
}

describe('the repository of the tests', () => {
  const { rows, requests, shows, pick } = syncedDesk(() => syncWith());

  it('gives the names by which a desk points to an issue', () => {
    expect(pick('ticket', '1', 'reference_keys')).toEqual([
      namesOf('https://github.com/acme/desk/issues/1', 'github.com/acme/desk/1', 'acme/desk#1'),
    ]);
  });

  it('gives issues and discussions, and neither pull requests nor their timelines', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '3', '4', '6', '7', '101', '102', '103', BIG].sort());
    expect(requests.some((one) => one.url.pathname.endsWith('/issues/2/timeline'))).toBe(false);
    expect(pick('ticket', '1', 'status', 'vendor_status', 'priority_rank', 'vendor_priority', 'type')).toEqual([
      'solved',
      'closed: completed',
      2,
      'priority: high',
      'problem',
    ]);
    expect(pick('ticket', '1', 'product', 'category', 'severity', 'cause_code')).toEqual([
      'mail',
      'login',
      '2',
      'config',
    ]);
    expect(pick('ticket', '1', 'assignee_id', 'filled_fields', 'reported_closed_at')).toEqual([
      '11',
      ['milestone', 'priority'],
      new Date('2026-03-02T15:00:00Z'),
    ]);
    expect(rows.ticket?.['1']?.tags).toContain('escalated');
    expect(['3', '4', '6', '7', BIG].map((id) => rows.ticket?.[id]?.status)).toEqual([
      'pending',
      'open',
      'closed',
      'hold',
      'open',
    ]);
    expect(pick('ticket', '4', 'spam', 'priority_rank')).toEqual([true, 1]);
    expect(pick('ticket', BIG, 'type')).toEqual(['task']);
    expect(pick('ticket', '7', 'assignee_id')).toEqual(['12']);
  });

  it('tells staff, customers, programs, and people who are gone', () => {
    const reporter = (id: string) => pick('ticket', id, 'created_by', 'requester_is_agent');
    expect(reporter('1')).toEqual(['customer', false]);
    expect(reporter('3')).toEqual(['agent', true]);
    // The ghost stands for every deleted user.
    expect(reporter('4')).toEqual([null, null]);
    expect(pick('ticket', '4', 'requester_key')).toEqual([null]);
    expect(reporter('6')).toEqual(['customer', false]);
    expect(reporter('7')).toEqual([null, null]);
    expect(reporter(BIG)).toEqual(['machine', false]);
  });

  it('follows an issue that is born bare, closed, opened again and closed', () => {
    expect(changesOf(rows, '1', 'status')).toEqual([
      [true, null, 'open'],
      [false, 'open', 'solved'],
      [false, 'solved', 'open'],
      [false, 'open', 'solved'],
    ]);
    // Low at 9:05, taken away and high at 10:00.
    expect(changesOf(rows, '1', 'priority')).toEqual([
      [false, null, '4'],
      [false, '4', null],
      [false, null, '2'],
    ]);
    // Bob until 9:40; Ann comes first then, and Bob again behind her.
    expect(changesOf(rows, '1', 'assignee')).toEqual([
      [false, null, '12'],
      [false, '12', null],
      [false, null, '11'],
    ]);
    expect(changesOf(rows, '1', 'field', 'product')).toEqual([[true, null, 'mail']]);
    expect(changesOf(rows, '1', 'field', 'cause_code')).toEqual([[false, null, 'config']]);
    expect(changesOf(rows, '1', 'escalation')).toEqual([[false, null, 'tag:escalated']]);
    // Two labels of the form, seven later ones, of which one went.
    const tags = changesOf(rows, '1', 'tag');
    expect(tags.filter(([initial]) => initial === true)).toHaveLength(2);
    expect(tags.filter(([, from]) => from !== null)).toHaveLength(1);
    expect(tags).toHaveLength(10);
    expect(changesOf(rows, '3', 'status')).toEqual([
      [true, null, 'open'],
      [false, 'open', 'pending'],
    ]);
    const reopened = Object.values(rows.event ?? {}).find(
      (one) => one.kind === 'status' && one.from_value === 'solved',
    );
    expect([reopened?.actor, reopened?.actor_id]).toEqual(['customer', null]);
  });

  it('tells who said what, and what a program promised', () => {
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'auto_reply', 'through_api');
    expect(said('1:opening')).toEqual([0, 'customer', null, false, null]);
    expect(said('604')).toEqual([1, 'machine', null, true, null]);
    expect(rows.message?.['604']?.promised_reply_s).toBe(8 * 3600);
    expect(said('609')).toEqual([2, 'agent', '11', false, true]);
    expect(said('620')).toEqual([3, 'customer', null, false, null]);
    expect(rows.message?.['624']).toBeUndefined();
  });

  it('connects issues with code, with each other and with other trackers', () => {
    const links = Object.values(rows.link ?? {}).filter((one) => one.ticket_id === '1');
    const shown = links.map((one) => [one.kind, one.system, one.closed_as, one.closed_at]);
    expect(shown).toHaveLength(3);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['issue', 'github', 'fixed', new Date('2026-03-02T12:00:00Z')],
        ['related', null, null, null],
        ['issue', 'jira', null, null],
      ]),
    );
  });

  it('takes an answer that was chosen for the solution of a discussion', () => {
    expect(pick('ticket', '101', 'status', 'vendor_status', 'form', 'type', 'category', 'product')).toEqual([
      'solved',
      'answered',
      'discussion',
      'question',
      'DIC_1',
      'mail',
    ]);
    expect(changesOf(rows, '101', 'status')).toEqual([
      [true, null, 'open'],
      [false, 'open', 'solved'],
    ]);
    // The rest of its comments came with further questions; replies stand where they were written.
    const said = ['DC_1', 'DC_3', 'DC_2', 'DC_4'].map((id) => pick('message', id, 'seq', 'author'));
    expect(said).toEqual([
      [1, 'agent'],
      [2, 'machine'],
      [3, 'customer'],
      [4, 'agent'],
    ]);
    expect(pick('ticket', '102', 'status', 'created_by')).toEqual(['closed', null]);
    expect(pick('ticket', '103', 'status', 'type', 'created_by')).toEqual(['open', null, 'agent']);
    // Hidden by the team: spam, or off topic.
    expect(rows.message?.DC_9).toBeUndefined();
  });

  it('gives people, teams and forms', () => {
    expect(Object.keys(rows.agent ?? {}).sort()).toEqual(['11', '12', '500']);
    expect(pick('agent', '11', 'role', 'human', 'department')).toEqual(['agent', true, 'support']);
    expect(pick('agent', '500', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('team', '50', 'purpose', 'tier')).toEqual(['support', 1]);
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['11 50', '12 50', '12 51']);
    expect(Object.keys(rows.automation ?? {}).sort()).toEqual(['form template:bug.yml', 'form template:question.md']);
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available' });
    expect(shows('csat')).toMatchObject({ status: 'absent', detail: expect.stringContaining('Reactions') });
  });
});

describe('a repository that shows less', () => {
  it('leaves discussions out where people say so', async () => {
    const { rows } = await syncWith({ discussions: false });
    expect(rows.ticket?.['101']).toBeUndefined();
    expect(rows.ticket?.['1']).toBeDefined();
  });

  it('goes by associations where assignees are hidden', async () => {
    const { rows } = await syncWith({}, ['assignees']);
    expect(rows.ticket?.['3']?.created_by).toBe('agent');
    expect(rows.ticket?.['1']?.created_by).toBe('customer');
    // Who changed something bears no association.
    expect(changesOf(rows, '1', 'status')).toHaveLength(4);
  });

  it('has no codes that nobody named', async () => {
    const { rows, shows } = await syncWith({ fields: {} });
    expect(rows.ticket?.['1']?.product).toBeNull();
    expect(shows('tickets')?.fields).not.toContain('cause_code');
  });
});

describe('labels', () => {
  const settings = Settings.parse({
    repository: 'acme/desk',
    priorities: { hot: 1 },
    statuses: { parked: 'hold' },
    types: { oops: 'incident' },
  });

  it.each([
    ['P0', 1],
    ['p3', 3],
    ['priority: critical', 1],
    ['priority/low', 4],
    ['Priority - high', null],
    ['high-priority', 2],
    ['prio:2', 2],
    ['hot', 1],
    ['high', null],
    ['area: high', null],
    ['P2P', null],
  ])('%s is of rank %s', (label, rank) => {
    expect(rankOf([label], settings)).toBe(rank);
  });

  it('of several the most urgent, the one that people named, or none', () => {
    expect(rankOf(['P3', 'priority: high'], settings)).toBe(2);
    const open = (labels: string[]) => statusOf({ state: 'open', reason: null, labels }, settings);
    expect([['parked'], ['needs more info'], ['blocked'], ['bug']].map(open)).toEqual([
      'hold',
      'pending',
      'hold',
      'open',
    ]);
    // A closing without a reason says only that it is closed.
    expect(statusOf({ state: 'closed', reason: null, labels: ['parked'] }, settings)).toBe('closed');
    expect(typeOf(null, ['oops'], settings)).toBe('incident');
    expect(typeOf(null, ['type/bug'], settings)).toBe('problem');
    expect(typeOf('Feature', ['bug'], settings)).toBe('other');
    expect(typeOf(null, ['wontfix'], settings)).toBeNull();
  });
});

describe('a GitHub App', () => {
  it('signs who it is a minute back, and is given a token of its installation', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const asked: { url: URL; headers: Readonly<Record<string, string>> }[] = [];
    const ask: TokenAsk = {
      now: new Date('2026-03-07T12:00:00Z'),
      keepSecret: async () => undefined,
      async post(url, _form, headers = {}) {
        asked.push({ url, headers });
        return { token: 'ghs_example', expires_at: '2026-03-07T13:00:00Z', permissions: { issues: 'read' } };
      },
    };
    const url = new URL('https://api.github.com/app/installations/7/access_tokens');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const source = installationToken({ url, appId: '42', privateKey: pem });
    expect(await source.fetch(ask)).toEqual({
      headers: { authorization: 'Bearer ghs_example' },
      expiresAt: new Date('2026-03-07T13:00:00Z'),
    });
    const [, claims = ''] = (asked[0]?.headers.authorization ?? '').replace('Bearer ', '').split('.');
    const { iss, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    // 11:59:00, good for three minutes.
    expect([iss, iat, exp]).toEqual(['42', 1772884740, 1772884920]);
    const bad = installationToken({ url, appId: '42', privateKey: pem });
    await expect(bad.fetch({ ...ask, post: async () => ({}) })).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
  });

  it.each([
    [200, {}, { data: null, errors: [{ type: 'RATE_LIMITED' }] }, 'limit'],
    [200, {}, { data: null, errors: [{ type: 'INSUFFICIENT_SCOPES' }] }, 'permission'],
    [200, {}, { data: { repository: null }, errors: [{ type: 'NOT_FOUND' }] }, 'absent'],
    [200, {}, { data: null, errors: [{ message: 'Something went wrong' }] }, 'failed'],
    [200, {}, { data: { repository: {} } }, null],
    [200, {}, [], null],
    [403, { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' }, {}, 'permission'],
    [403, {}, {}, null],
  ])('reads what GitHub means by %s %j %j', (status, headers, body, meaning) => {
    const { classify } = githubCase.connector.account(Settings.parse({ repository: 'a/b' }), 'secret');
    expect(classify?.({ status, headers, path: '/graphql', json: () => body })).toBe(meaning);
  });

  it('says that a repository is not seen, which GitHub calls not found', async () => {
    const routes = githubRoutes().filter((route) => route.name !== 'repository');
    const { error } = await runVendor(githubCase, { store: memoryTelemetry(), routes });
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('acme/desk') });
  });

  it('is asked for by ids as one types them, both or none', () => {
    expect(Settings.parse({ repository: 'a/b', appId: 42, installationId: '7' })).toMatchObject({ appId: '42' });
    expect(Settings.safeParse({ repository: 'a/b', appId: 42 }).success).toBe(false);
  });

  it('reaches a server of one’s own by its path', () => {
    const account = githubCase.connector.account(
      Settings.parse({ repository: 'a/b', url: 'https://git.desk.example' }),
      'secret',
    );
    expect(account.baseUrl.href).toBe('https://git.desk.example/api');
  });
});
