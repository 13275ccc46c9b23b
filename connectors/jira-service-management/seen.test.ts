import { describe, expect, it } from 'vitest';
import type { FakeRoute } from '../../test/conformance/connector.ts';
import { type FakeRow, fixedReply } from '../../test/harness/fake-vendor.ts';
import { jiraIssues, jiraRoutes, jiraRows } from '../../test/harness/jira-service-management.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';
import { readDesk } from '../../test/harness/read-desk.ts';
import { slaMetric } from './words.ts';

/**
 * Kinds of replies that sites were seen to give. The replies are our own; where a kind is described or was seen stands beside it.
 * A: airbytehq/airbyte source-jira/integration_tests/expected_records.jsonl. D: description of the platform API, schema User. F: apache/devlake #7734, #7710. I: JSDCLOUD-9766, a property with its answer as text. J: mikebowler/jirametrics #22, #32, #72. M: sooperset/mcp-atlassian #847,
 * atlassian/atlassian-mcp-server #139. N: nanmu42/gitlab-jira-helper, replies of `/status`; demisto/content JiraV3 README, replies of `/field` (on github.com).
 */
const FIRST = jiraIssues()[0] as FakeRow;
const bend = (row: FakeRow, fields: FakeRow, histories: readonly FakeRow[] = []): FakeRow => ({
  ...row,
  fields: { ...(row.fields as FakeRow), ...fields },
  changelog: { startAt: 0, maxResults: 40, total: histories.length, histories },
});
const moved = (id: string, created: string, from: readonly unknown[], to: readonly unknown[], more: FakeRow = {}) => ({
  ...{ id, created, author: { accountId: '5b10:ann', accountType: 'atlassian' } },
  items: [
    { field: 'status', fieldId: 'status', from: from[0], fromString: from[1], to: to[0], toString: to[1], ...more },
  ],
});

async function readWith(issues: readonly FakeRow[], replies: Readonly<Record<string, unknown>> = {}) {
  const own = (name: string): FakeRoute[] =>
    replies[name] === undefined ? [] : [fixedReply(name, new RegExp(`^/rest/api/3/${name}$`), replies[name])];
  const routes = jiraRoutes(issues).filter((route) => replies[route.name] === undefined);
  const read = await readDesk(jiraCase, { routes: [...routes, ...Object.keys(replies).flatMap(own)] });
  expect(read.error).toBeNull();
  return read;
}

const statesOf = ({ rows }: Awaited<ReturnType<typeof readWith>>, ticket = '1001') =>
  Object.values(rows.event ?? {})
    .filter((one) => one.ticket_id === ticket && one.kind === 'status')
    .sort((a, b) => Number(a.seq) - Number(b.seq))
    .map((one) => [one.from_value, one.to_value]);

describe('what Jira sites were seen to answer', () => {
  it('tells statuses, SLAs and codes in the language of the reader by the names that they were given (N)', async () => {
    const { statuses, fields } = jiraRows();
    const inJapanese = (row: FakeRow): FakeRow => ({ ...row, name: '名前', untranslatedName: row.name });
    const local = jiraIssues().map((row) => {
      const status = (row.fields as FakeRow).status as FakeRow;
      return { ...row, fields: { ...(row.fields as FakeRow), status: { ...status, name: '名前' } } };
    });
    const plain = await readWith(jiraIssues());
    const read = await readWith(local, { status: statuses.map(inJapanese), field: fields.map(inJapanese) });
    const told = ({ rows }: typeof read) =>
      Object.values(rows.ticket ?? {}).map((one) => [one.id, one.status, one.product, one.severity, one.cause_code]);
    expect(told(read)).toEqual(told(plain));
    expect(read.rows.sla_clock).toEqual(plain.rows.sla_clock);
    expect(read.rows.event).toEqual(plain.rows.event);
  });

  it('tells a past status without an id by its name (J 72)', async () => {
    const histories = [
      moved('1', '2026-03-02T09:30:00.000+0000', [null, 'Waiting for support'], [null, 'Waiting for customer']),
      moved('2', '2026-03-02T09:50:00.000+0000', [null, 'Waiting for customer'], [null, 'Resolved']),
    ];
    expect(statesOf(await readWith([bend(FIRST, {}, histories)]))).toEqual([
      [null, 'open'],
      ['open', 'pending'],
      ['pending', 'solved'],
    ]);
  });

  it('tells a past status that is gone, or whose id is another one’s now, by its name (J 32)', async () => {
    const histories = [
      // The site has no 77; its 1 is "Waiting for support", and "Resolved" is its 3.
      moved('1', '2026-03-02T09:30:00.000+0000', ['77', 'Waiting for a vendor'], ['78', 'Done']),
      moved('2', '2026-03-02T09:40:00.000+0000', ['78', 'Done'], ['1', 'Canceled']),
      // Renamed since: the id counts.
      moved('3', '2026-03-02T09:45:00.000+0000', ['1', 'Canceled'], ['2', 'Canary of old']),
      moved('4', '2026-03-02T09:50:00.000+0000', ['2', 'Canary of old'], ['3', 'Resolved']),
    ];
    expect(statesOf(await readWith([bend(FIRST, {}, histories)]))).toEqual([
      [null, 'hold'],
      ['hold', 'solved'],
      ['solved', 'closed'],
      ['closed', 'pending'],
      ['pending', 'solved'],
    ]);
  });

  it('tells two statuses of one name apart by their ids (J 22)', async () => {
    const { statuses } = jiraRows();
    const same = {
      id: '11923',
      name: 'Resolved',
      untranslatedName: 'Resolved',
      statusCategory: { key: 'indeterminate' },
    };
    const histories = [
      moved('1', '2026-03-02T09:30:00.000+0000', ['1', 'Waiting for support'], ['3', 'Resolved']),
      moved('2', '2026-03-02T09:40:00.000+0000', ['3', 'Resolved'], ['11923', 'Resolved']),
    ];
    const read = await readWith([bend(FIRST, { status: same }, histories)], { status: [same, ...statuses] });
    expect(statesOf(read)).toEqual([
      [null, 'open'],
      ['open', 'solved'],
      ['solved', 'open'],
    ]);
  });

  it('knows nobody by the account that erased and damaged records share (D)', async () => {
    const nobody = { accountId: 'unknown', key: 'unknown', name: 'unknown', displayName: 'Former user', active: false };
    const read = await readWith([bend(FIRST, { reporter: nobody, creator: nobody, assignee: nobody })]);
    expect(read.rows.ticket?.['1001']).toMatchObject({
      ...{ requester_key: null, requester_is_agent: null, assignee_id: null, created_by: null },
    });
    const told = moved('1', '2026-03-02T09:30:00.000+0000', ['1', 'Open'], ['3', 'Resolved']);
    const changed = await readWith([
      bend(FIRST, { creator: nobody }, [
        { ...told, author: nobody },
        { ...told, id: '2', author: null },
      ]),
    ]);
    // The site itself is named by no author at all.
    const actors = Object.values(changed.rows.event ?? {}).map(({ id, actor }) => [id, actor]);
    expect(actors).toContainEqual(['1001:1:0:0', null]);
    expect(actors).toContainEqual(['1001:initial:status', null]);
    expect(actors.filter(([, actor]) => actor === 'system')).toEqual([['1001:2:0:0', 'system']]);
    const plain = await readWith([bend(FIRST, { reporter: { ...nobody, accountId: '5b10:x' } })]);
    expect(plain.rows.ticket?.['1001']?.requester_key).not.toBeNull();
  });

  it('names people of older changes by their accounts (F)', async () => {
    const histories = [
      moved('1', '2026-03-02T09:30:00.000+0000', [null, null], ['ann', 'Canary Ann'], {
        ...{ field: 'assignee', fieldId: 'assignee', tmpFromAccountId: null, tmpToAccountId: '5b10:ann' },
      }),
      moved('2', '2026-03-02T09:40:00.000+0000', ['5b10:ann', 'Canary Ann'], ['5b10:bob', 'Canary Bob'], {
        ...{ field: 'assignee', fieldId: 'assignee', tmpFromAccountId: '5b10:ann', tmpToAccountId: '5b10:bob' },
      }),
    ];
    const { rows } = await readWith([bend(FIRST, {}, histories)]);
    const assigned = Object.values(rows.event ?? {}).filter((one) => one.kind === 'assignee');
    expect(assigned.map((one) => [one.from_value, one.to_value])).toEqual([
      [null, '5b10:ann'],
      ['5b10:ann', '5b10:bob'],
    ]);
  });

  it('reads a moment of an SLA by any of its forms, each with its offset', async () => {
    const cycle = {
      startTime: { jira: '2026-03-02T02:00:00.000-0700', friendly: 'Canary' },
      stopTime: { iso8601: '2026-03-02T02:30:00-0700' },
      breachTime: { epochMillis: 1_772_445_600_000, friendly: 'Canary' },
      ...{ breached: false, goalDuration: { millis: 3_600_000, friendly: '1h' } },
    };
    const sla = {
      id: '17',
      name: 'Time to first response',
      completedCycles: [cycle],
      slaDisplayFormat: 'NEW_SLA_FORMAT',
    };
    const none = {
      id: '18',
      name: 'Time to resolution',
      errorMessage: 'Canary',
      completedCycles: [],
      ongoingCycle: null,
    };
    const read = await readWith([bend(FIRST, { customfield_10030: sla, customfield_10031: none })]);
    expect(read.aside).toEqual([]);
    expect(Object.values(read.rows.sla_clock ?? {})).toMatchObject([
      {
        metric: 'first_reply',
        started_at: new Date('2026-03-02T09:00:00Z'),
        fulfilled_at: new Date('2026-03-02T09:30:00Z'),
        breach_at: new Date('2026-03-02T10:00:00Z'),
        met: true,
      },
    ]);
  });

  it('tells by the key what a category of status is, in whatever language its name is (A)', async () => {
    const fields = {
      created: '2026-03-02T01:00:00.871-0700',
      status: {
        ...{
          self: 'https://acme.atlassian.net/rest/api/3/status/10000',
          description: '',
          id: '10000',
          name: 'Erledigt',
        },
        statusCategory: { self: 'x', id: 3, key: 'done', colorName: 'green', name: 'Fertig' },
      },
      ...{ labels: [], resolution: null, customfield_10002: [], customfield_10010: null },
    };
    const { rows, aside } = await readWith([bend(FIRST, fields)]);
    expect(aside).toEqual([]);
    expect(rows.ticket?.['1001']).toMatchObject({
      ...{ status: 'solved', vendor_status: 'Erledigt', organisation_id: null, form: null },
      created_at: new Date('2026-03-02T08:00:00.871Z'),
    });
  });

  it('takes a comment for the customer by what the desk says of it, not by a role that it is kept to (M)', async () => {
    const role = { type: 'role', value: 'Service Desk Team', identifier: 'Service Desk Team' };
    const said = (id: string, more: FakeRow): FakeRow => ({
      ...{ id, created: '2026-03-02T09:30:00.000+0000', author: { accountId: '5b10:ann' }, body: 'Canary', ...more },
    });
    const comments = [
      said('601', { jsdPublic: true, visibility: role }),
      said('602', { jsdPublic: false, visibility: role }),
      // Where the desk does not say it, the role or group does.
      said('603', { visibility: { type: 'group', value: 'site-admins' } }),
      said('604', { visibility: {} }),
    ];
    const routes = jiraRoutes([bend(FIRST, {})]).filter((route) => route.name !== 'comments');
    const { rows } = await readDesk(jiraCase, {
      routes: [
        ...routes,
        fixedReply('comments', /^\/rest\/api\/2\/issue\/\d+\/comment$/, {
          ...{ startAt: 0, maxResults: 100, total: comments.length, comments },
        }),
      ],
    });
    expect(comments.map(({ id }) => rows.message?.[String(id)]?.public)).toEqual([true, false, false, true]);
  });

  it('takes a comment for internal by its property, also as text, and sets one aside whose property says nothing (I)', async () => {
    const said = (id: string, value: unknown): FakeRow => ({
      ...{ id, created: '2026-03-02T09:30:00.000+0000', author: { accountId: '5b10:ann' }, body: 'Canary' },
      properties: [{ key: 'sd.public.comment', value }],
    });
    const comments = [
      said('601', { internal: true }),
      said('602', { internal: 'true' }),
      said('603', { internal: false }),
      said('604', {}),
      said('605', null),
      { ...said('606', null), properties: [] },
    ];
    const routes = jiraRoutes([bend(FIRST, {})]).filter((route) => route.name !== 'comments');
    const { rows, aside } = await readDesk(jiraCase, {
      routes: [
        ...routes,
        fixedReply('comments', /^\/rest\/api\/2\/issue\/\d+\/comment$/, {
          ...{ startAt: 0, maxResults: 100, total: comments.length, comments },
        }),
      ],
    });
    expect(comments.map(({ id }) => rows.message?.[String(id)]?.public)).toEqual([
      ...[false, false, true, undefined, undefined, true],
    ]);
    expect(aside.map(({ ref, code }) => [ref, code])).toEqual([
      ['604', 'RECORD_REJECTED'],
      ['605', 'RECORD_REJECTED'],
    ]);
  });

  it.each([
    ['Time to first response', 'first_reply'],
    ['Initial Response', 'first_reply'],
    ['Time to close after resolution', null],
  ])('takes the SLA "%s" for %s', (name, metric) => {
    expect(slaMetric([name])).toBe(metric);
  });

  it('keeps the changes that come with a request whose own list of changes is empty (estuary/connectors issue 5204)', async () => {
    const [first] = jiraIssues();
    const moves = Array.from({ length: 41 }, (_, i) => ({
      id: String(9000 + i),
      author: { accountId: '5b10:ann', accountType: 'atlassian' },
      created: `2026-03-03T09:${String(i).padStart(2, '0')}:00.000+0000`,
      items: [
        {
          field: 'priority',
          fieldId: 'priority',
          fieldtype: 'jira',
          from: String(2 + (i % 2)),
          to: String(3 - (i % 2)),
        },
      ],
    }));
    const own = [{ ...first, changelog: { startAt: 0, maxResults: 41, total: 60, histories: moves.toReversed() } }];
    const routes = jiraRoutes(own).map((route) =>
      route.name === 'changelog'
        ? {
            ...route,
            path: /\/issue\/\d+\/changelog$/,
            answer: () => ({ startAt: 0, maxResults: 100, total: 0, isLast: true, values: [] }),
          }
        : route,
    );
    const { rows, error } = await readDesk(jiraCase, { routes });
    expect(error).toBeNull();
    const told = Object.values(rows.event ?? {}).filter((one) => one.ticket_id === first?.id);
    expect(told.filter((one) => one.kind === 'priority')).toHaveLength(41);
    // What it was created with cannot be worked back.
    expect(told.filter((one) => one.initial === true)).toEqual([]);
  });
});
