import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { runs } from '../../../test/harness/property-runs.ts';
import { aMessage, anEvent, aTicket, at } from '../../../test/harness/records.ts';
import { type Observability, STREAMS, type StreamName } from '../../domain/observability.ts';
import { type Metric, MetricsReport } from '../../domain/snapshot.ts';
import type { TelemetryBatch, Ticket, TicketEvent } from '../../domain/telemetry.ts';
import { blank } from '../../kit/blank.ts';
import { fieldsOf } from '../../signals/load/needs.ts';
import { openMemoryStore } from '../../store/duckdb/open.ts';
import type { Store } from '../../store/ports.ts';
import { computeMetrics, type Dimension, findZone } from '../metrics.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

type Fields = Partial<Record<StreamName, readonly string[]>>;
const UNTIL = '2026-02-01T00:00:00Z';

function seen(fields: Fields): Observability[] {
  return STREAMS.map((stream) => ({
    connection: 'desk',
    stream,
    status: fields[stream] === undefined ? ('absent' as const) : ('available' as const),
    detail: null,
    fields: [...(fields[stream] ?? [])],
    since: null,
    until: at(UNTIL),
    rows: 0,
    rejected: 0,
    reconciled_share: null,
  }));
}

async function storeOf(records: TelemetryBatch, fields: Fields): Promise<Store> {
  const store = await openMemoryStore();
  stores.push(store);
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  await store.telemetry.recordObservability(seen(fields));
  return store;
}

async function reportOf(records: TelemetryBatch, fields: Fields, by: readonly Dimension[] = []) {
  const store = await storeOf(records, fields);
  const report = MetricsReport.parse(await computeMetrics(store.telemetry, { from: null, to: null, by }));
  const get = (id: string): Metric => {
    const found = report.metrics.find((metric) => metric.id === id);
    if (found === undefined) throw new Error(`no metric ${id}`);
    return found;
  };
  return { report, get };
}

let eventNo = 0;
/** `when` = day of January 2026 and time. */
function ev(
  ticket_id: string,
  when: string,
  kind: TicketEvent['kind'],
  from: string | null,
  to: string | null,
  field: string | null = null,
) {
  eventNo += 1;
  return anEvent({
    id: `e${eventNo}`,
    ticket_id,
    at: at(`2026-01-${when}:00Z`),
    kind,
    field,
    from_value: from,
    to_value: to,
    initial: from === null && when.endsWith('09:00') && when.startsWith('05'),
  });
}

const ALL_FIELDS: Fields = Object.fromEntries(STREAMS.map((stream) => [stream, fieldsOf(stream)]));

describe('handoffs, by team and by person', () => {
  // 1: team a, b, a (two moves and back) and person x to y. 2: team a, b. 3: nothing. 4: person x, nobody, y, x.
  const records: TelemetryBatch = {
    ticket: ['1', '2', '3', '4'].map((id) => aTicket({ id })),
    event: [
      ev('1', '05T09:00', 'group', null, 'a'),
      ev('1', '06T09:00', 'group', 'a', 'b'),
      ev('1', '07T09:00', 'group', 'b', 'a'),
      ev('1', '05T09:00', 'assignee', null, 'x'),
      ev('1', '06T10:00', 'assignee', 'x', 'y'),
      ev('2', '06T09:00', 'group', 'a', 'b'),
      ev('4', '05T09:00', 'assignee', null, 'x'),
      ev('4', '06T09:00', 'assignee', 'x', null),
      ev('4', '07T09:00', 'assignee', null, 'y'),
      ev('4', '08T09:00', 'assignee', 'y', 'x'),
    ],
  };

  it('are the shares and means of four tickets', async () => {
    const { get } = await reportOf(records, { tickets: [], events: ['group', 'assignee'] });
    const expected = {
      handed_to_other_team_share: 0.5,
      handoffs_by_team_per_ticket_mean: 0.75,
      ping_pong_team_share: 0.25,
      handed_to_other_person_share: 0.5,
      handoffs_by_person_per_ticket_mean: 0.75,
      ping_pong_person_share: 0.25,
    };
    for (const [id, value] of Object.entries(expected))
      expect(get(id), id).toMatchObject({ value, n: 4, excluded: {} });
  });

  it('are null where the kind of change is not recorded', async () => {
    const { get } = await reportOf(records, { tickets: [], events: ['group'] });
    expect(get('handed_to_other_person_share')).toMatchObject({ value: null, excluded: { assignee_absent: 4 } });
    expect(get('handed_to_other_team_share').value).toBe(0.5);
  });
});

describe('time that waited', () => {
  const solved = (id: string): Ticket => aTicket({ id, status: 'solved' });
  // 1: 100 h in all, pending 20 h, on hold 30 h. 2: 50 h, pending 25 h. 3: open.
  const byStatus: TelemetryBatch = {
    ticket: [solved('1'), solved('2'), aTicket({ id: '3' })],
    event: [
      ev('1', '05T09:00', 'status', null, 'new'),
      ev('1', '05T19:00', 'status', 'new', 'pending'),
      ev('1', '06T15:00', 'status', 'pending', 'hold'),
      ev('1', '07T21:00', 'status', 'hold', 'open'),
      ev('1', '09T13:00', 'status', 'open', 'solved'),
      ev('2', '05T09:00', 'status', null, 'pending'),
      ev('2', '06T10:00', 'status', 'pending', 'open'),
      ev('2', '07T11:00', 'status', 'open', 'solved'),
      ev('3', '05T09:00', 'status', null, 'pending'),
    ],
  };

  it('is told by pending and hold, of solved tickets together', async () => {
    const { get } = await reportOf(byStatus, { tickets: [], events: ['status'] });
    expect(get('waited_for_customer_share')).toMatchObject({
      value: 45 / 150,
      n: 2,
      excluded: { unresolved_at_end: 1 },
    });
    expect(get('waited_for_other_share')).toMatchObject({ value: 30 / 150, source: 'records' });
    expect(get('waited_for_vendor_share')).toMatchObject({
      value: null,
      excluded: { unresolved_at_end: 1, waiting_not_recorded: 2 },
    });
  });

  it('is unknown where the history holds ends alone, although a ticket waits now', async () => {
    const records = {
      ticket: [aTicket({ id: '1', status: 'solved' }), aTicket({ id: '2', status: 'pending' })],
      event: [ev('1', '06T09:00', 'status', null, 'solved')],
    };
    const { get } = await reportOf(records, { tickets: ['status'], events: ['status'] });
    expect(get('waited_for_customer_share')).toMatchObject({ value: null, excluded: { waiting_not_recorded: 1 } });
  });

  it('is told outright by the field `waiting`, which goes before hold', async () => {
    const event = [
      ...(byStatus.event ?? []),
      ev('1', '06T15:00', 'field', null, 'vendor', 'waiting'),
      ev('1', '07T01:00', 'field', 'vendor', 'engineering', 'waiting'),
      ev('1', '07T21:00', 'field', 'engineering', null, 'waiting'),
    ];
    const { get } = await reportOf({ ...byStatus, event }, { tickets: [], events: ['status', 'field'] });
    expect(get('waited_for_vendor_share').value).toBeCloseTo(10 / 150, 12);
    expect(get('waited_for_engineering_share').value).toBeCloseTo(20 / 150, 12);
    expect(get('waited_for_other_share').value).toBeCloseTo(30 / 150, 12);
    expect(get('waited_for_customer_share').value).toBeCloseTo(45 / 150, 12);
  });

  it("is the vendor's own where only that is there, and unknown where no ticket ever waits", async () => {
    const ticket = [
      aTicket({
        id: '1',
        status: 'solved',
        reported_full_resolution_calendar_s: 1_000,
        reported_waiting_customer_s: 300,
      }),
      aTicket({
        id: '2',
        status: 'solved',
        reported_full_resolution_calendar_s: 1_000,
        reported_waiting_customer_s: 100,
      }),
    ];
    const fields = ['reported_full_resolution_calendar_s', 'reported_waiting_customer_s', 'status'];
    const { get } = await reportOf({ ticket }, { tickets: fields });
    expect(get('waited_for_customer_share')).toMatchObject({ value: 0.2, n: 2, source: 'vendor' });
    expect(get('waited_for_other_share').value).toBeNull();
  });
});

describe('support lines', () => {
  const records: TelemetryBatch = {
    ticket: ['1', '2', '3', '4'].map((id) => aTicket({ id, support_line: id === '3' ? 'L2' : 'L1' })),
    event: [
      ev('1', '05T09:00', 'field', null, 'L1', 'support_line'),
      ev('1', '06T09:00', 'field', 'L1', 'L2', 'support_line'),
      ev('2', '05T09:00', 'field', null, 'L1', 'support_line'),
      ev('3', '05T09:00', 'field', null, 'L2', 'support_line'),
    ],
  };

  it('tell what left the first one, and break figures down', async () => {
    const { get, report } = await reportOf(records, { tickets: ['support_line'], events: ['field'] }, ['line']);
    expect(get('left_first_line_share')).toMatchObject({
      value: 0.5,
      n: 2,
      excluded: { began_in_a_later_line: 1, line_not_recorded: 1 },
    });
    const created = report.breakdowns
      .filter((one) => one.by === 'line')
      .map((one) => [one.value, one.metrics.find((m) => m.id === 'tickets_created')?.value]);
    expect(created).toEqual([
      ['L1', 2],
      ['L2', 2],
    ]);
  });

  it('of a field without changes do not tell where a ticket began', async () => {
    const { get } = await reportOf({ ticket: records.ticket ?? [] }, { tickets: ['support_line'] });
    expect(get('left_first_line_share')).toMatchObject({ value: null, excluded: { events_absent: 4 } });
  });
});

describe('tiers of customers', () => {
  it('break figures down; a customer of none is unknown', async () => {
    const records: TelemetryBatch = {
      organisation: [
        { ...blank('organisation'), id: 'o1', tier: 'gold' },
        { ...blank('organisation'), id: 'o2' },
      ],
      ticket: [
        aTicket({ id: '1', organisation_id: 'o1' }),
        aTicket({ id: '2', organisation_id: 'o1' }),
        aTicket({ id: '3', organisation_id: 'o2' }),
        aTicket({ id: '4', organisation_id: null }),
      ],
    };
    const { report } = await reportOf(records, { tickets: ['organisation_id'], organisations: ['tier'] }, ['tier']);
    const created = report.breakdowns
      .filter((one) => one.by === 'tier')
      .map((one) => [one.value, one.metrics.find((m) => m.id === 'tickets_created')?.value]);
    expect(created).toEqual([
      ['gold', 2],
      ['unknown', 2],
    ]);
  });
});

describe('open work by age', () => {
  it('counts from creation to the end, each age with its row', async () => {
    const ages = [0.5, 1, 6.9, 7, 30, 89, 90, 91];
    const ticket = ages.map((days, i) =>
      aTicket({ id: String(i), created_at: new Date(at(UNTIL).getTime() - days * 86_400_000) }),
    );
    const { report, get } = await reportOf({ ticket }, { tickets: ['status', 'open_tickets'] });
    expect(get('backlog_open_at_end').value).toBe(8);
    expect(
      report.breakdowns.filter((one) => one.by === 'age').map((one) => [one.value, one.metrics[0]?.value]),
    ).toEqual([
      ['0-1 d', 1],
      ['1-7 d', 2],
      ['7-30 d', 1],
      ['30-90 d', 2],
      ['>90 d', 2],
    ]);
  });

  it('is unknown in an export of closed tickets', async () => {
    const ticket = [aTicket({ id: '1', status: 'closed', reported_closed_at: at('2026-01-06T09:00:00Z') })];
    const { report, get } = await reportOf({ ticket }, { tickets: ['status', 'reported_closed_at'] });
    expect(get('backlog_open_at_end')).toMatchObject({ value: null, excluded: { open_tickets_absent: 1 } });
    expect(get('tickets_solved').value).toBe(1);
    expect(report.breakdowns.filter((one) => one.by === 'age')).toEqual([]);
  });
});

describe("the vendor's own durations", () => {
  it('feed the figures and are marked', async () => {
    const ticket = [600, 1_200, 1_800].map((reply, i) =>
      aTicket({
        id: String(i),
        status: 'closed',
        reported_first_reply_calendar_s: reply,
        reported_first_reply_business_s: reply / 2,
        reported_full_resolution_calendar_s: reply * 12,
      }),
    );
    const fields = [
      'status',
      'reported_first_reply_calendar_s',
      'reported_first_reply_business_s',
      'reported_full_resolution_calendar_s',
    ];
    const { get } = await reportOf({ ticket }, { tickets: fields });
    expect(get('first_reply_time_p50_calendar_h')).toMatchObject({ value: 1 / 3, n: 3, source: 'vendor' });
    expect(get('first_reply_time_p50_business_h')).toMatchObject({ value: 1 / 6, n: 3, source: 'vendor' });
    expect(get('full_resolution_time_mean_calendar_h')).toMatchObject({ value: 4, n: 3, source: 'vendor' });
    expect(get('tickets_solved').value).toBe(3);
  });
});

describe('a reply that is not seen', () => {
  it('is none where the desk counts replies, and unknown where messages could not be read', async () => {
    const store = await storeOf(
      {
        ticket: [
          aTicket({ id: '1', reported_first_reply_calendar_s: 3_600, reported_replies: 1 }),
          aTicket({ id: '2', reported_replies: 0 }),
          aTicket({ id: '3' }),
        ],
      },
      { tickets: ['status', 'reported_first_reply_calendar_s', 'reported_replies'] },
    );
    const [row] = (await store.telemetry.observability()).filter((one) => one.stream === 'messages');
    if (row === undefined) throw new Error('no row of messages');
    await store.telemetry.recordObservability([{ ...row, status: 'failed' }]);
    const report = await computeMetrics(store.telemetry, { from: null, to: null, by: [] });
    expect(report.metrics.find((one) => one.id === 'first_reply_time_p50_calendar_h')).toMatchObject({
      value: 1,
      n: 1,
      excluded: { no_reply_by_end: 1, messages_failed: 1 },
    });
  });
});

/** Every stream in `npm run test:all`, every eighth in `npm test`: each is a measurement of its own. */
const WITHOUT = STREAMS.filter((_, index) => import.meta.env.MODE === 'all' || index % 8 === 0);

describe('unknown', () => {
  const records: TelemetryBatch = {
    ticket: [
      aTicket({ id: '1', status: 'solved', reported_solved_at: at('2026-01-06T09:00:00Z') }),
      aTicket({ id: '2', status: 'closed' }),
    ],
    event: [anEvent({ id: 'x', ticket_id: '1', kind: 'field', field: 'update', actor: 'agent' })],
  };

  it('is null with its reason: nobody is named, an end has no date', async () => {
    const { get } = await reportOf(records, {
      tickets: ['status', 'group_id', 'reported_solved_at'],
      events: ['actor', 'touch'],
    });
    expect(get('agents_active')).toMatchObject({ value: null, excluded: { agent_unknown: 1 } });
    expect(get('teams_active')).toMatchObject({ value: null, excluded: { no_team: 2 } });
    expect(get('full_resolution_time_p50_calendar_h')).toMatchObject({
      value: 24,
      n: 1,
      excluded: { end_not_recorded: 1 },
    });
    expect(get('tickets_solved')).toMatchObject({ value: 1, excluded: { end_not_recorded: 1 } });
  });

  it('never turns into 0 when a stream or a field is taken away', async () => {
    const full = await reportOf(
      { ...records, message: [aMessage({ id: 'm', ticket_id: '1', author_id: 'x' })] },
      ALL_FIELDS,
    );
    const cuts = STREAMS.flatMap((stream) => [
      { stream, field: null },
      ...(stream === 'tickets' || stream === 'events' ? fieldsOf(stream).map((field) => ({ stream, field })) : []),
    ]);
    await fc.assert(
      fc.asyncProperty(fc.subarray(cuts, { minLength: 1, maxLength: 25 }), async (chosen) => {
        const fields = Object.fromEntries(
          STREAMS.filter((stream) => !chosen.some((cut) => cut.stream === stream && cut.field === null)).map(
            (stream) => [
              stream,
              fieldsOf(stream).filter((field) => !chosen.some((cut) => cut.stream === stream && cut.field === field)),
            ],
          ),
        );
        const { report } = await reportOf(
          { ...records, message: [aMessage({ id: 'm', ticket_id: '1', author_id: 'x' })] },
          fields,
        );
        for (const metric of report.metrics) {
          const before = full.get(metric.id).value;
          if (metric.value === null) expect(before === null || Object.keys(metric.excluded).length > 0).toBe(true);
          else expect(metric.value).toBe(before);
        }
      }),
      { ...runs(10), seed: 11 },
    );
  });

  let complete: ReturnType<typeof reportOf> | undefined;

  it.each(WITHOUT)('keeps each figure or gives its reason without %s', async (stream) => {
    complete ??= reportOf(records, ALL_FIELDS);
    const full = await complete;
    const fields = { ...ALL_FIELDS };
    delete fields[stream];
    const { report } = await reportOf(records, fields);
    for (const metric of report.metrics)
      if (metric.value === null && full.get(metric.id).value !== null)
        expect(Object.keys(metric.excluded).length).toBeGreaterThan(0);
      else expect(metric.value).toBe(full.get(metric.id).value);
  });
});

describe('zone of the desk', () => {
  const calendar = (time_zone: string) => ({
    id: 'c',
    time_zone,
    weekly: [{ start_minute: 0, end_minute: 10_080 }],
    holidays: [],
    valid_from: new Date(0),
    valid_to: null,
    is_default: true,
  });
  // 23:30 on the 31st in Berlin is 22:30 UTC; half past midnight there is the next month.
  const ticket = [
    aTicket({ id: '1', created_at: at('2026-01-31T22:30:00Z') }),
    aTicket({ id: '2', created_at: at('2026-01-31T23:30:00Z') }),
  ];

  it('is that of the calendar, and decides the month', async () => {
    const { report } = await reportOf(
      { ticket, calendar: [calendar('Europe/Berlin')] },
      { tickets: [], calendars: ['id'] },
      ['month'],
    );
    expect(report.zone).toMatchObject({ id: 'Europe/Berlin', from: 'calendar' });
    expect(report.breakdowns.filter((one) => one.by === 'month').map((one) => one.value)).toEqual([
      '2026-01',
      '2026-02',
    ]);
  });

  it('falls back to the workspace, the mapping, and UTC with a word', async () => {
    const store = await storeOf({ ticket }, { tickets: [] });
    const connection = {
      name: 'desk',
      vendor: 'file',
      role: 'desk' as const,
      settings: { time_zone: 'Pacific/Auckland' },
      secret: 'none',
      allow_private: false,
      status: 'connected' as const,
      created_at: at(UNTIL),
    };
    const find = (choice: Parameters<typeof findZone>[1]) => findZone(store.telemetry, choice);
    expect(await find({ workspace: 'Asia/Tokyo', connections: [connection] })).toMatchObject({
      id: 'Asia/Tokyo',
      from: 'workspace',
    });
    expect(await find({ connections: [connection] })).toMatchObject({ id: 'Pacific/Auckland', from: 'mapping' });
    expect(await find({})).toMatchObject({ id: 'UTC', from: 'none' });
    expect(await find({ option: 'Asia/Kolkata', workspace: 'Asia/Tokyo' })).toMatchObject({
      id: 'Asia/Kolkata',
      from: 'option',
    });
    await expect(find({ option: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});
