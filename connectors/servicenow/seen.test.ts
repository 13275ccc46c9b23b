import { describe, expect, it } from 'vitest';
import { type FakeRoute, FakeStatus } from '../../test/conformance/connector.ts';
import { readDesk } from '../../test/harness/read-desk.ts';
import { serviceNowIncidents, serviceNowRoutes, serviceNowTable } from '../../test/harness/servicenow.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';
import { MaybeTime, Span, Time } from './cells.ts';
import { metricOf } from './map-sla.ts';
import { SlaDefinition } from './schema.ts';
import { Settings } from './settings.ts';

/**
 * Forms of replies that instances were seen to give, beside those that are asked for. The replies are our own; where a form was seen stands beside it.
 * C: ServiceNow/ServiceNowDocs and apache/camel camel-servicenow (No Record found). D: demisto/content ServiceNowv2 test_data/response_constants.py, syndicalt/sn-scripts
 * apis/DummyRecords.js. R: rapid7/insightconnect-plugins pull request 4061, support.servicenow.com KB3047115. F: fivetran/dbt_servicenow integration_tests/seeds/sys_user_has_role_data.csv (all on github.com).
 */
type Row = Readonly<Record<string, unknown>>;
const isReference = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** The instance of the tests with each cell in another form. */
function inForm(form: (value: unknown) => unknown) {
  return serviceNowRoutes().map((route) => ({
    ...route,
    async answer(url: URL, request: Request) {
      const reply = await route.answer(url, request);
      if (!(reply instanceof FakeStatus) || reply.status !== 200) return reply;
      const { result } = reply.body as { result: readonly Row[] };
      const bent = result.map((row) => Object.fromEntries(Object.entries(row).map(([key, of]) => [key, form(of)])));
      return new FakeStatus(200, { result: bent }, reply.headers);
    },
  }));
}

/** The reply of a table that counts one row more than it shows. */
async function withOneHidden(route: FakeRoute, url: URL, request: Request) {
  const reply = await route.answer(url, request);
  if (!(reply instanceof FakeStatus) || reply.headers['x-total-count'] === undefined) return reply;
  const total = String(Number(reply.headers['x-total-count']) + 1);
  return new FakeStatus(reply.status, reply.body, { ...reply.headers, 'x-total-count': total });
}

const withRows = (table: string, rows: readonly Row[]) => [
  ...serviceNowRoutes().filter((route) => route.name !== table),
  serviceNowTable(table, () => rows.map((row) => ({ ...row }))),
];

describe('what ServiceNow instances were seen to answer', () => {
  it.each([
    [
      'value and display value of each field',
      (value: unknown) =>
        isReference(value)
          ? { display_value: 'Canary', ...value }
          : { display_value: value === '' ? '' : 'Canary', value },
    ],
    ['null for an empty field', (value: unknown) => (value === '' ? null : value)],
    [
      'true, false and numbers as such',
      (value: unknown) =>
        value === 'true' ? true : value === 'false' ? false : /^[0-9]$/.test(String(value)) ? Number(value) : value,
    ],
  ])('reads the same desk from %s (D)', async (_form, form) => {
    const [plain, bent] = [await readDesk(serviceNowCase), await readDesk(serviceNowCase, { routes: inForm(form) })];
    expect(bent.error).toBeNull();
    expect(bent.aside).toEqual(plain.aside);
    expect(bent.rows).toEqual(plain.rows);
    expect(Object.keys(plain.rows.ticket ?? {})).toHaveLength(14);
  });

  it('takes no time from what is shown alone, on the clock of whoever asks, and reads durations in the form of times (F)', () => {
    const raw = { value: '2026-03-02 08:00:00', display_value: '2026-03-02 09:00:00' };
    expect(Time.parse(raw)).toEqual(new Date('2026-03-02T08:00:00Z'));
    expect(Time.safeParse({ display_value: '2026-03-02 09:00:00' }).success).toBe(false);
    expect(MaybeTime.safeParse({ display_value: '2026-03-02 09:00:00', link: '' }).success).toBe(false);
    expect(MaybeTime.parse({ value: '', display_value: '' })).toBeNull();
    const spans = ['1970-01-01 00:10:00', { display_value: '10 Minutes', value: '1970-01-01 00:10:00' }];
    expect([...spans, { display_value: '10 Minutes' }].map((one) => Span.parse(one))).toEqual([600, 600, null]);
    // Overdue by ten minutes.
    expect(Span.parse('1969-12-31 23:50:00')).toBe(-600);
    expect(MaybeTime.safeParse('1970-01-01 00:10:00').success).toBe(false);
  });

  it('takes "no record found" for an empty list, as the first version of the interface writes it (C)', async () => {
    const none = {
      error: {
        message: 'No Record found',
        detail: 'Records matching query not found. Check query parameter or offset parameter',
      },
      status: 'failure',
    };
    const routes = serviceNowRoutes().map((route) => ({
      ...route,
      async answer(url: URL, request: Request) {
        const reply = await route.answer(url, request);
        const body = reply instanceof FakeStatus ? (reply.body as { result?: readonly unknown[] }) : {};
        return body.result?.length === 0 ? new FakeStatus(404, none) : reply;
      },
    }));
    const [plain, bent] = [await readDesk(serviceNowCase), await readDesk(serviceNowCase, { routes })];
    expect(bent.error).toBeNull();
    expect(Object.keys(bent.rows.ticket ?? {}).sort()).toEqual(Object.keys(plain.rows.ticket ?? {}).sort());
    expect(Object.keys(bent.rows.event ?? {}).sort()).toEqual(Object.keys(plain.rows.event ?? {}).sort());
  });

  it('takes a record that is asked for alone and may not be seen for a refusal still (C)', () => {
    const reply = (detail: string) => ({
      ...{ status: 404, headers: {}, path: '/api/now/table/incident' },
      json: () => ({ error: { message: 'No Record found', detail }, status: 'failure' }),
    });
    const { classify } = serviceNowCase.connector.account(Settings.parse({ url: 'acme' }), 'key');
    expect(classify?.(reply("Record doesn't exist or ACL restricts the record retrieval"))).toBeNull();
    expect(classify?.(reply('Records matching query not found'))).toBe('empty');
  });

  it('counts nobody as an agent whose role is no longer active (F)', async () => {
    const role = (sysId: string, user: string, state: string) => ({
      ...{ sys_id: sysId, user, 'role.name': 'itil', state },
    });
    const routes = withRows('sys_user_has_role', [role('1', '12', 'active'), role('2', '13', 'inactive')]).filter(
      (route) => route.name !== 'sys_user_grmember',
    );
    const { rows } = await readDesk(serviceNowCase, {
      routes: [...routes, serviceNowTable('sys_user_grmember', () => [])],
    });
    expect(Object.keys(rows.agent ?? {})).toEqual(['12']);
  });

  it.each([
    ['a Link header and a count', (headers: Row) => headers],
    ['a count alone', ({ link: _gone, ...headers }: Row) => headers],
    ['a Link header alone', ({ 'x-total-count': _gone, ...headers }: Row) => headers],
  ])(
    'goes on behind pages of which every row is hidden, by %s (R, KB3047115: rules leave rows out of a page behind its limit)',
    async (_by, kept) => {
      const [first] = serviceNowIncidents();
      const at = (n: number) =>
        `2026-03-02 ${String(8 + Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00`;
      const incident = (n: number) => ({ ...first, sys_id: `9${n}`, sys_created_on: at(n), sys_updated_on: at(n) });
      // One that is shown, more than two pages that are not, and one that is.
      const many = Array.from({ length: 301 }, (_, n) => ({
        ...incident(n),
        ...(n % 300 === 0 ? {} : { __hidden: true }),
      }));
      const route = serviceNowTable('incident', () => many, 100);
      const answer = async (url: URL, request: Request) => {
        const reply = await route.answer(url, request);
        if (!(reply instanceof FakeStatus)) return reply;
        return new FakeStatus(reply.status, reply.body, kept(reply.headers) as Record<string, string>);
      };
      const others = serviceNowRoutes().filter((one) => one.name !== 'incident');
      const { rows, error } = await readDesk(serviceNowCase, { routes: [...others, { ...route, answer }] });
      expect(error).toBeNull();
      expect(['90', '9300'].map((id) => rows.ticket?.[id]?.id)).toEqual(['90', '9300']);
    },
  );

  it('calls nobody a customer while members and roles are counted and not all shown: he may be one of the others', async () => {
    const lists = ['sys_user_grmember', 'sys_user_has_role'];
    const partly = (...tables: readonly string[]) =>
      serviceNowRoutes().map((route) =>
        tables.includes(route.name)
          ? { ...route, answer: (url: URL, request: Request) => withOneHidden(route, url, request) }
          : route,
      );
    const { rows, shows } = await readDesk(serviceNowCase, { routes: partly(...lists) });
    expect(rows.ticket?.['1001']).toMatchObject({ requester_is_agent: null, created_by: null });
    expect(shows('tickets')?.fields).not.toContain('requester_is_agent');
    // One list that is whole is enough.
    const one = await readDesk(serviceNowCase, { routes: partly('sys_user_grmember') });
    expect(one.rows.ticket?.['1001']).toMatchObject({ requester_is_agent: false, created_by: 'customer' });
  });

  it('takes groups without a single member for members that are hidden (R: 200 with an empty list)', async () => {
    const { shows } = await readDesk(serviceNowCase, { routes: withRows('sys_user_grmember', []) });
    for (const field of ['department', 'membership']) expect(shows('agents')?.fields).not.toContain(field);
    expect(shows('agents')?.detail).toContain('sys_user_grmember');
    expect(shows('tickets')?.detail).toContain('sys_user_grmember');
  });

  it.each([
    ['Délai de résolution P1', 'resolution'],
    ['P1 Lösungszeit', 'resolution'],
    ['SLA de Resolução', 'resolution'],
    ['Délai de réponse', 'first_reply'],
    ['Tiempo de respuesta', 'first_reply'],
    ['Tempo de resposta', 'first_reply'],
    ['Canary', null],
  ])('reads what %s promises', (name, metric) => {
    expect(metricOf(SlaDefinition.parse({ sys_id: '1', name }), Settings.parse({ url: 'acme' }))).toBe(metric);
  });

  it('takes no journals at all for hidden ones where there are tickets (R: 200 with an empty list)', async () => {
    const { shows, rows, error } = await readDesk(serviceNowCase, { routes: withRows('sys_journal_field', []) });
    expect(error).toBeNull();
    expect(shows('messages')).toMatchObject({
      status: 'permission',
      detail: expect.stringContaining('sys_journal_field'),
    });
    expect(rows.message ?? {}).toEqual({});
  });

  it('says that changes may be hidden where no log shows one (R)', async () => {
    const routes = withRows('sys_audit', []).filter((route) => route.name !== 'metric_instance');
    const { shows } = await readDesk(serviceNowCase, {
      routes: [...routes, serviceNowTable('metric_instance', () => [])],
    });
    expect(shows('events')).toMatchObject({
      status: 'absent',
      detail: expect.stringMatching(/auditing is off.*sys_audit/),
    });
  });
});
