import { describe, expect, it } from 'vitest';
import { freshdeskRoutes } from '../../test/harness/freshdesk.ts';
import { freshdeskCase } from '../../test/harness/freshdesk-case.ts';
import { readDesk } from '../../test/harness/read-desk.ts';
import { toArticle } from './map-config.ts';
import { Article, SolutionNode } from './schema.ts';

/**
 * Kinds of replies that the vendor does not describe and that others recorded of real accounts. The replies are our own; where a kind was seen stands beside it.
 * A: airbytehq/airbyte source-freshdesk/integration_tests/expected_records.jsonl. S: sjkingo/python-freshdesk v2/tests/sample_json_data. T: slop-place/terraform-provider-freshdesk
 * freshdesk/types_test.go, groups.go, CHANGELOG.md (all on github.com).
 */
async function readWith(replies: Readonly<Record<string, unknown>>) {
  const routes = freshdeskRoutes().map((route) =>
    Object.hasOwn(replies, route.name) ? { ...route, answer: () => structuredClone(replies[route.name]) } : route,
  );
  const read = await readDesk(freshdeskCase, { routes });
  expect(read.error).toBeNull();
  return read;
}

describe('what Freshdesk accounts were seen to answer', () => {
  it('reads roles and groups of agents one by one, as their list has neither (A, S)', async () => {
    const { rows, requests } = await readWith({});
    expect(rows.agent?.['11']).toMatchObject({ role: 'admin', department: 'support' });
    expect(rows.agent?.['12']).toMatchObject({ role: 'light' });
    expect(Object.values(rows.membership ?? {})).toContainEqual(
      expect.objectContaining({ agent_id: '12', team_id: '51' }),
    );
    expect(requests.filter((one) => /\/agents\/12$/.test(one.url.pathname))).not.toEqual([]);
  });

  it('knows no role of an agent that is gone by the time it is asked for', async () => {
    const { rows } = await readWith({ agents: [{ id: 99, type: 'support_agent', contact: { active: true } }] });
    expect(rows.agent?.['99']).toMatchObject({ role: null, department: null, active: true });
  });

  it('reads ids in quotes and times of day with seconds, as newer accounts write them (T)', async () => {
    const { rows, aside } = await readWith({
      business_hours: [
        {
          id: '158000000001',
          is_default: true,
          time_zone: 'Pacific Time (US & Canada)',
          business_hours: { monday: { start_time: '08:00:00 am', end_time: '05:00:00 pm' } },
          source_business_hours: [{ business_hours_type: 'custom', is_default: true, business_hours: [], sources: [] }],
        },
      ],
      sla_policies: [
        {
          id: '158000000002',
          active: true,
          is_default: true,
          position: 1,
          sla_target: {
            priority_4: { respond_within: 1800, resolve_within: 3600, next_respond_within: null, business_hours: true },
          },
          applicable_to: { sources: [15, 17] },
        },
      ],
    });
    expect(aside).toEqual([]);
    expect(Object.values(rows.calendar ?? {})).toMatchObject([
      { time_zone: 'America/Los_Angeles', weekly: [{ start_minute: 1440 + 480, end_minute: 1440 + 1020 }] },
    ]);
    // It is for two sources only, whatever it is called.
    expect(rows.sla_policy?.['158000000002']).toMatchObject({ is_default: false });
  });

  it('reads actions that have nothing but a name (A), and takes an empty set of conditions for none (T)', async () => {
    const { rows } = await readWith({
      scenarios: [
        { id: 1, actions: [{ name: 'priority', value: '1' }, { name: 'send_email_to_requester' }], private: false },
      ],
      creation_rules: [
        {
          id: 2,
          active: true,
          conditions: [{ name: 'condition_set_1', match_type: 'all', properties: [] }],
          actions: [{ field_name: 'priority', value: 4 }],
        },
      ],
    });
    expect(rows.automation?.['macro scenario:1']).toMatchObject({
      action_terms: ['notify:requester', 'priority:4'],
      unread_actions: 0,
    });
    expect(rows.automation?.['trigger 2']).toMatchObject({ condition_terms: [], unread_conditions: 0 });
  });

  it('says who created a ticket of a customer only where its source is told, and nothing of a contract that is not shown', async () => {
    const ticket = (id: number, source: number | null) => ({
      ...{ id, status: 2, priority: 2, source, requester_id: 67_038_833_126, responder_id: null, stats: {} },
      ...{ created_at: '2026-03-03T08:00:00Z', updated_at: '2026-03-03T09:00:00Z', custom_fields: {}, tags: [] },
    });
    const { rows } = await readWith({
      tickets: [ticket(1, 1), ticket(2, null)],
      companies: [
        { id: 70, domains: [] },
        { id: 71, domains: [], renewal_date: null },
        { id: 72, domains: [], renewal_date: 1_772_366_400 },
      ],
    });
    expect(['1', '2'].map((id) => rows.ticket?.[id]?.created_by)).toEqual(['customer', null]);
    expect(['70', '71', '72'].map((id) => rows.organisation?.[id]?.has_contract)).toEqual([null, false, true]);
    expect(rows.organisation?.['72']?.renews_at).toEqual(new Date('2026-03-01T12:00:00Z'));
  });

  it('makes no rule for every ticket, and none that does nothing, of pieces that are empty', async () => {
    const piece = { name: 'condition_set_1', match_type: 'all', properties: {} };
    const { rows } = await readWith({
      creation_rules: [
        { id: 3, active: true, conditions: [piece], actions: {} },
        { id: 4, active: true, conditions: {}, actions: [{ field_name: {}, value: 4 }] },
      ],
    });
    for (const id of ['trigger 3', 'trigger 4'])
      expect(rows.automation?.[id]).toMatchObject({ unread_conditions: 1, unread_actions: 1 });
  });

  it('reads canned responses by their folders, somebody’s own apart (A)', async () => {
    const { rows } = await readWith({});
    expect(rows.automation?.['macro canned:706']).toMatchObject({ shared: true, actions: ['comment'] });
    expect(rows.automation?.['macro canned:709']).toMatchObject({ shared: false });
  });

  it('reads what is null where a list or an instant is described (A)', async () => {
    const { rows, aside } = await readWith({
      tickets: [
        {
          id: 49548,
          status: 2,
          priority: 2,
          source: 12,
          type: null,
          requester_id: 67038833126,
          responder_id: null,
          group_id: null,
          company_id: null,
          product_id: null,
          cc_emails: null,
          to_emails: null,
          tags: [],
          custom_fields: {},
          spam: false,
          due_by: null,
          fr_due_by: null,
          created_at: '2026-03-03T08:00:00+05:30',
          updated_at: '2026-03-03T09:43:50.017Z',
          stats: { first_responded_at: null, resolved_at: null, closed_at: null, pending_since: null },
          association_type: null,
          form_id: 298,
        },
      ],
    });
    expect(aside).toEqual([]);
    expect(rows.ticket?.['49548']).toMatchObject({
      created_at: new Date('2026-03-03T02:30:00Z'),
      updated_at: new Date('2026-03-03T09:43:50.017Z'),
      channel: 'other',
      vendor_channel: '12',
      created_by: null,
      tags: [],
      filled_fields: ['priority'],
      reported_first_reply_at: null,
    });
    expect(Object.values(rows.sla_clock ?? {}).filter((one) => one.ticket_id === '49548')).toEqual([]);
  });

  it('does not say which fields are filled on a ticket whose priority cannot be read: every ticket has one', async () => {
    const ticket = {
      ...{ id: 77, created_at: '2026-03-03T08:00:00Z', updated_at: '2026-03-03T08:00:00Z', status: 2, source: 2 },
      ...{ type: 'Incident', custom_fields: { cf_area: 'x' } },
    };
    const of = async (priority: unknown) =>
      (await readWith({ tickets: [{ ...ticket, priority }] })).rows.ticket?.['77']?.filled_fields;
    expect(await of(3)).toEqual(['cf_area', 'priority', 'type']);
    expect(await of([{}])).toBeNull();
  });

  it('shows no customer what lies in folders for agents or bots (1 to 7 as askasoft/pango sdk/freshdesk/consts.go has them)', () => {
    const article = Article.parse({ id: 1, created_at: '2026-03-01T09:00:00Z', status: 2 });
    const shown = [1, 2, 3, 4, 5, 6, 7].filter(
      (visibility) => toArticle(article, SolutionNode.parse({ id: 2, visibility })).public,
    );
    expect(shown).toEqual([1, 2, 4, 6, 7]);
  });

  it('does not know who reads a folder that does not say whom it is for, or in a number that is new', () => {
    const article = Article.parse({ id: 1, created_at: '2026-03-01T09:00:00Z' });
    const of = (folder: object) => toArticle(article, SolutionNode.parse({ id: 2, ...folder }));
    expect([of({}).public, of({ visibility: 8 }).public, of({ visibility: 3 }).public]).toEqual([null, null, false]);
    expect(of({}).published).toBeNull();
    const states = [1, 2, 3].map(
      (status) => toArticle({ ...article, status }, SolutionNode.parse({ id: 2 })).published,
    );
    expect(states).toEqual([false, true, null]);
  });
});
