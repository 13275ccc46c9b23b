import { beforeAll, describe, expect, it } from 'vitest';
import type { FakeRoute } from '../../test/conformance/connector.ts';
import { runVendor, type VendorRun } from '../../test/conformance/vendor-run.ts';
import { countedList } from '../../test/harness/counted-list.ts';
import { type FakeRow, fixedReply } from '../../test/harness/fake-vendor.ts';
import { jiraIssues, jiraRoutes } from '../../test/harness/jira-service-management.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';
import { memoryTelemetry } from '../../test/harness/memory-telemetry.ts';

/** Data Center names people by `key`, knows no kinds of accounts, and gives changes without the ids of fields. */
function asDataCenter(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asDataCenter);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !['accountType', 'fieldId', 'properties', 'jsdPublic', 'groupId'].includes(key))
    .map(([key, inner]) => [key === 'accountId' ? 'key' : key, asDataCenter(inner)]);
  return Object.fromEntries(entries);
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'jira-servicedesk-users': ['5b10:ann', '5b10:bob'],
  'Canary Escalations L2': ['5b10:bob'],
};

function dataCenterRoutes(): readonly FakeRoute[] {
  const issues = (jiraIssues() as FakeRow[])
    .map((row) => asDataCenter({ ...row, changelog: { ...(row.changelog as FakeRow), total: undefined } }) as FakeRow)
    .filter((row) => row.id !== '1002');
  const counted = {
    start: 'startAt',
    limit: 'maxResults',
    size: 2,
    end: (_place: number, total: number) => ({ total }),
  };
  const own: readonly FakeRoute[] = [
    countedList({ name: 'search', path: /^\/rest\/api\/2\/search$/, at: 'issues', rows: () => issues, ...counted }),
    fixedReply('groups', /^\/rest\/api\/2\/groups\/picker$/, {
      groups: Object.keys(MEMBERS).map((name) => ({ name, html: name })),
      total: 2,
    }),
    countedList({
      name: 'members',
      path: /^\/rest\/api\/2\/group\/member$/,
      at: 'values',
      rows: (url) =>
        (MEMBERS[url.searchParams.get('groupname') ?? ''] ?? []).map((key) => ({ key, name: key, active: true })),
      ...counted,
    }),
  ];
  const others = jiraRoutes()
    .filter((route) => !['search', 'groups', 'members', 'changelog'].includes(route.name))
    .map((route) => ({
      ...route,
      async answer(url: URL, request: Request) {
        const reply = await route.answer(url, request);
        return route.name === 'comments' ? asDataCenter(reply) : reply;
      },
    }));
  return [...own, ...others];
}

describe('a Data Center', () => {
  const store = memoryTelemetry();
  let run: VendorRun;
  let rows: Record<string, Record<string, Record<string, unknown>>>;
  beforeAll(async () => {
    const settings = { url: 'https://jira.acme.example', deployment: 'data_center' };
    run = await runVendor({ ...jiraCase, settings }, { store, routes: dataCenterRoutes() });
    rows = store.all() as typeof rows;
  });

  it('is asked by the second version of the interface, with a bearer token', () => {
    expect([run.error, run.result?.error ?? null]).toEqual([null, null]);
    expect(run.requests.filter((one) => one.url.pathname.startsWith('/rest/api/3'))).toEqual([]);
    expect(new Set(run.requests.map((one) => one.headers.authorization))).toEqual(new Set(['Bearer sesame-open-key']));
  });

  it('tells agents by their group, and the requester by asking', () => {
    expect(Object.keys(rows.agent ?? {}).sort()).toEqual(['5b10:ann', '5b10:bob']);
    expect(rows.message?.['601']).toMatchObject({ author: 'agent', author_id: '5b10:ann', public: true });
    expect(rows.message?.['603']?.author).toBe('customer');
    expect(rows.team?.['Canary Escalations L2']).toMatchObject({ purpose: 'escalation', tier: 2 });
  });

  it('reads changes by the names of fields', () => {
    const told = Object.values(rows.event ?? {})
      .filter((event) => event.ticket_id === '1001' && event.initial === false)
      .sort((a, b) => (a.seq as number) - (b.seq as number))
      .map((event) => [event.kind, event.from_value, event.to_value]);
    expect(told).toContainEqual(['field', null, 'S1']);
    expect(told).toContainEqual(['status', 'open', 'solved']);
    expect(told).toContainEqual(['group', 'Canary Support Tier 1', 'Canary Escalations L2']);
  });

  it('shows no channels', async () => {
    const tickets = (await store.telemetry.observability()).find((one) => one.stream === 'tickets');
    expect(tickets?.fields).not.toContain('channel');
    expect(rows.ticket?.['1001']?.channel).toBeNull();
  });
});
