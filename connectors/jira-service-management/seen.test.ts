import { describe, expect, it } from 'vitest';
import type { FakeRow } from '../../test/harness/fake-vendor.ts';
import { jiraIssues, jiraRoutes } from '../../test/harness/jira-service-management.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';
import { readDesk } from '../../test/harness/read-desk.ts';
import { slaMetric } from './words.ts';

/**
 * Kinds of replies that others recorded of real sites, or that the vendor describes and our fake does not show. The replies are our own. A: airbytehq/airbyte
 * source-jira/integration_tests/expected_records.jsonl (github.com). V: developer.atlassian.com, schema Comment of the platform and SLA of the service desk interface.
 */
async function readWith(fields: FakeRow, comments: readonly FakeRow[] = []) {
  const [first] = jiraIssues();
  const own = [{ ...first, fields: { ...(first?.fields as FakeRow), ...fields } }];
  const routes = jiraRoutes(own).map((route) =>
    route.name === 'comments'
      ? { ...route, answer: () => ({ startAt: 0, maxResults: 100, total: comments.length, comments }) }
      : route,
  );
  const read = await readDesk(jiraCase, { routes });
  expect(read.error).toBeNull();
  return read;
}

const ANN = { accountId: 'ann', accountType: 'atlassian', displayName: 'Canary Ann', active: true };

describe('what Jira sites were seen to answer', () => {
  it('tells by the key what a category of status is, in whatever language its name is', async () => {
    const { rows, aside } = await readWith({
      created: '2026-03-02T01:00:00.871-0700',
      status: {
        self: 'https://acme.atlassian.net/rest/api/3/status/10000',
        description: '',
        id: '10000',
        name: 'Erledigt',
        statusCategory: { self: 'x', id: 3, key: 'done', colorName: 'green', name: 'Fertig' },
      },
      labels: [],
      resolution: null,
      customfield_10002: [],
      customfield_10010: null,
    });
    expect(aside).toEqual([]);
    expect(rows.ticket?.['1001']).toMatchObject({
      status: 'solved',
      vendor_status: 'Erledigt',
      created_at: new Date('2026-03-02T08:00:00.871Z'),
      organisation_id: null,
      form: null,
    });
  });

  it('shows no customer what only a role or a group may see (V)', async () => {
    const said = (id: string, more: FakeRow) => ({
      id,
      author: ANN,
      body: 'x',
      created: '2026-03-02T09:30:00.000+0000',
      ...more,
    });
    const { rows } = await readWith({}, [
      said('1', { jsdPublic: true }),
      said('2', {
        jsdPublic: true,
        visibility: { type: 'role', value: 'Administrators', identifier: 'Administrators' },
      }),
      said('3', { visibility: { type: 'group', value: 'site-admins' } }),
      said('4', { jsdPublic: true, visibility: {} }),
    ]);
    expect(['1', '2', '3', '4'].map((id) => rows.message?.[id]?.public)).toEqual([true, false, false, true]);
  });

  it('reads moments of an SLA by the text that states its offset where there is no number', async () => {
    const { rows, aside } = await readWith({
      customfield_10030: {
        id: '1',
        name: 'Time to first response',
        completedCycles: [],
        ongoingCycle: {
          startTime: { iso8601: '2026-03-02T10:00:00+0100', jira: '2026-03-02T10:00:00.000+0100', friendly: 'Today' },
          breachTime: { iso8601: '2026-03-02T12:00:00+0100' },
          breached: false,
          goalDuration: { millis: 7_200_000 },
        },
      },
    });
    expect(aside).toEqual([]);
    const clocks = Object.values(rows.sla_clock ?? {}).filter((one) => one.metric === 'first_reply');
    expect(clocks).toMatchObject([
      { started_at: new Date('2026-03-02T09:00:00Z'), breach_at: new Date('2026-03-02T11:00:00Z'), target_s: 7200 },
    ]);
  });

  it.each([
    ['Time to first response', 'first_reply'],
    ['Initial Response', 'first_reply'],
    ['Time to close after resolution', null],
  ])('takes the SLA "%s" for %s', (name, metric) => {
    expect(slaMetric(name)).toBe(metric);
  });

  it('keeps the changes that come with a request whose own list of changes is empty (estuary/connectors issue 5204)', async () => {
    const [first] = jiraIssues();
    const moves = Array.from({ length: 41 }, (_, i) => ({
      id: String(9000 + i),
      author: ANN,
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
