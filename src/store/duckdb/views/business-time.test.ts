import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { businessSecondsByMinute, type OracleCalendar } from '../../../../test/harness/business-time-oracle.ts';
import { runs } from '../../../../test/harness/property-runs.ts';
import { aMessage, anEvent, aTicket, at } from '../../../../test/harness/records.ts';
import type { SqlRow } from '../../../domain/sql-session.ts';
import type { TelemetryBatch, TelemetryRecord } from '../../../domain/telemetry.ts';
import type { Store } from '../../ports.ts';
import { openMemoryStore } from '../open.ts';

type Calendar = TelemetryRecord<'calendar'>;

const HOUR = 3600;
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

function days(
  first: number,
  last: number,
  open: number,
  close: number,
): { start_minute: number; end_minute: number }[] {
  const made = [];
  for (let day = first; day <= last; day++)
    made.push({ start_minute: day * 1440 + open * 60, end_minute: day * 1440 + close * 60 });
  return made;
}

const OFFICE = days(1, 5, 9, 17);
const ALWAYS = [{ start_minute: 0, end_minute: 10_080 }];

function calendar(more: Partial<Calendar> & { id: string; time_zone: string }): Calendar {
  return {
    weekly: OFFICE,
    holidays: [],
    valid_from: at('1970-01-01T00:00:00Z'),
    valid_to: null,
    is_default: false,
    ...more,
  };
}

const span = { asOf: at('2026-12-31T00:00:00Z'), horizon: at('2025-12-01T00:00:00Z') };

async function storeWith(records: TelemetryBatch): Promise<Store> {
  const store = await openMemoryStore();
  stores.push(store);
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  return store;
}

async function ask(store: Store, sql: string, params: Record<string, Date | string | null> = {}): Promise<SqlRow[]> {
  return store.telemetry.measure(span, (session) => session.query(sql, params));
}

async function businessS(store: Store, id: string | null, from: string, to: string): Promise<unknown> {
  const sql = `SELECT business_s('desk', $id::VARCHAR, $from::TIMESTAMP, $to::TIMESTAMP) AS s`;
  return (await ask(store, sql, { id, from: at(from), to: at(to) }))[0]?.s;
}

describe('business_s', () => {
  const BERLIN_NIGHT = [{ start_minute: 0, end_minute: 360 }];
  const KOLKATA = [...days(1, 5, 9, 13), ...days(1, 5, 14, 18)];
  const calendars = [
    calendar({ id: 'ny', time_zone: 'America/New_York' }),
    calendar({ id: 'ny-always', time_zone: 'America/New_York', weekly: ALWAYS }),
    calendar({ id: 'berlin-sunday', time_zone: 'Europe/Berlin', weekly: BERLIN_NIGHT }),
    calendar({ id: 'berlin-2-3', time_zone: 'Europe/Berlin', weekly: [{ start_minute: 120, end_minute: 180 }] }),
    calendar({ id: 'berlin-2-230', time_zone: 'Europe/Berlin', weekly: [{ start_minute: 120, end_minute: 150 }] }),
    calendar({
      id: 'kolkata',
      time_zone: 'Asia/Kolkata',
      weekly: KOLKATA,
      holidays: [{ from: '2026-01-26', to: '2026-01-26' }],
      is_default: true,
    }),
    calendar({ id: 'nowhere', time_zone: 'Middle/Earth' }),
    calendar({ id: 'overlapping', time_zone: 'UTC', weekly: [...days(1, 1, 9, 12), ...days(1, 1, 11, 14)] }),
  ];

  let worked: Store;
  beforeAll(async () => {
    worked = await openMemoryStore();
    const records = { calendar: calendars };
    await worked.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  });
  afterAll(() => worked.close());

  // Worked by hand. New York: clocks go forward on 2026-03-08 and back on 2026-11-01; Berlin: 2026-03-29 and 2026-10-25.
  it.each([
    ['office hours over a weekend with a clock change', 'ny', '2026-03-06T21:00:00Z', '2026-03-09T14:00:00Z', 2 * HOUR],
    ['a whole office week after it', 'ny', '2026-03-09T00:00:00Z', '2026-03-14T00:00:00Z', 40 * HOUR],
    ['opening in winter: 14:00 UTC', 'ny', '2026-03-06T13:00:00Z', '2026-03-06T14:30:00Z', 0.5 * HOUR],
    ['opening in summer: 13:00 UTC', 'ny', '2026-03-09T13:00:00Z', '2026-03-09T14:30:00Z', 1.5 * HOUR],
    [
      'a week around the clock, 23-hour Sunday',
      'ny-always',
      '2026-03-08T05:00:00Z',
      '2026-03-15T04:00:00Z',
      167 * HOUR,
    ],
    [
      'a week around the clock, 25-hour Sunday',
      'ny-always',
      '2026-11-01T04:00:00Z',
      '2026-11-08T05:00:00Z',
      169 * HOUR,
    ],
    ['an ordinary week around the clock', 'ny-always', '2026-06-07T04:00:00Z', '2026-06-14T04:00:00Z', 168 * HOUR],
    ['0-6 on a Sunday that skips 2-3', 'berlin-sunday', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', 5 * HOUR],
    ['0-6 on a Sunday that repeats 2-3', 'berlin-sunday', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z', 7 * HOUR],
    ['0-6 on an ordinary Sunday', 'berlin-sunday', '2026-06-06T12:00:00Z', '2026-06-07T12:00:00Z', 6 * HOUR],
    ['hours that do not exist', 'berlin-2-3', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', 0],
    ['hours that come twice', 'berlin-2-3', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z', 2 * HOUR],
    ['half an hour that comes twice', 'berlin-2-230', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z', HOUR],
    ['a split shift, half-hour zone', 'kolkata', '2026-01-05T04:00:00Z', '2026-01-06T04:30:00Z', 8.5 * HOUR],
    ['a closed Monday', 'kolkata', '2026-01-23T11:30:00Z', '2026-01-27T04:30:00Z', 2 * HOUR],
    ['the default calendar', null, '2026-01-05T04:00:00Z', '2026-01-06T04:30:00Z', 8.5 * HOUR],
    ['overlapping hours once', 'overlapping', '2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z', 5 * HOUR],
    ['nothing between equal instants', 'ny', '2026-03-09T15:00:00Z', '2026-03-09T15:00:00Z', 0],
    ['to the millisecond', 'ny', '2026-03-09T12:59:59.750Z', '2026-03-09T13:00:01.250Z', 1.25],
    ['unknown: an instant before the other', 'ny', '2026-03-09T15:00:00Z', '2026-03-09T14:00:00Z', null],
    ['unknown: no such calendar', 'other', '2026-03-09T13:00:00Z', '2026-03-09T14:00:00Z', null],
    ['unknown: no such zone', 'nowhere', '2026-03-09T13:00:00Z', '2026-03-09T14:00:00Z', null],
  ])('counts %s', async (_, id, from, to, seconds) => {
    expect(await businessS(worked, id, from, to)).toBe(seconds);
  });

  it('is unknown without any calendar', async () => {
    expect(await businessS(await storeWith({}), null, '2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z')).toBeNull();
  });

  it('follows a change of schedule, where the vendor applies the latest one to all history', async () => {
    // Monday 2026-02-02: 9-17 before, 8-12 from then on (UTC). Friday 15:00 -> Monday 10:00: 2 h + 2 h; by the latest hours 0 h + 2 h.
    const first = calendar({ id: 'c', time_zone: 'UTC', is_default: true });
    const second = { ...first, valid_from: at('2026-02-02T00:00:00Z'), weekly: days(1, 5, 8, 12) };
    const ticket = aTicket({ id: '1', created_at: at('2026-01-30T15:00:00Z') });
    const reply = aMessage({ id: 'm', ticket_id: '1', at: at('2026-02-02T10:00:00Z') });
    const store = await storeWith({ calendar: [first, second], ticket: [ticket], message: [reply] });
    const [row] = await ask(
      store,
      'SELECT first_reply_business_s AS a, first_reply_business_vendor_s AS b FROM ticket_all',
    );
    expect(row).toEqual({ a: 4 * HOUR, b: 2 * HOUR });
    expect(await businessS(store, 'c', '2026-01-30T15:00:00Z', '2026-02-02T10:00:00Z')).toBe(4 * HOUR);
  });

  // Los Angeles 9-17: 18:00 UTC on 2 March 2026 is 10:00 there, so two hours; in Berlin (the default) it is 19:00, after hours.
  it('is that of the schedule that the log gave the case last, before asOf', async () => {
    const calendars = [
      calendar({ id: 'eu', time_zone: 'Europe/Berlin', is_default: true }),
      calendar({ id: 'us', time_zone: 'America/Los_Angeles' }),
    ];
    const given = (id: string, when: string, to: string) =>
      anEvent({ id, ticket_id: '1', at: at(when), kind: 'field', field: 'schedule', to_value: to });
    const store = await storeWith({
      calendar: calendars,
      ticket: [aTicket({ id: '1', created_at: at('2026-03-02T18:00:00Z') })],
      message: [aMessage({ id: 'm', ticket_id: '1', at: at('2026-03-02T20:00:00Z'), seq: 1 })],
      event: [
        given('a', '2026-03-02T18:00:00Z', 'eu'),
        given('b', '2026-03-02T18:00:01Z', 'us'),
        given('c', '2027-01-01T00:00:00Z', 'eu'),
      ],
    });
    const [row] = await ask(
      store,
      'SELECT calendar_id, first_reply_business_s AS s, opened_off_hours AS off FROM ticket_all',
    );
    expect(row).toEqual({ calendar_id: 'us', s: 2 * HOUR, off: false });
  });

  it('is unknown before the first hours that are known', async () => {
    const store = await storeWith({
      calendar: [calendar({ id: 'c', time_zone: 'UTC', valid_from: at('2026-02-02T00:00:00Z') })],
    });
    expect(await businessS(store, 'c', '2026-01-30T15:00:00Z', '2026-02-02T10:00:00Z')).toBeNull();
    expect(await businessS(store, 'c', '2026-02-02T09:30:00Z', '2026-02-02T10:00:00Z')).toBe(0.5 * HOUR);
  });

  it('measures resolutions and tells office hours from the rest', async () => {
    const store = await storeWith({
      calendar: [calendar({ id: 'c', time_zone: 'UTC', is_default: true })],
      ticket: [aTicket({ id: '1', created_at: at('2026-01-05T08:00:00Z'), status: 'solved' })],
      event: [
        anEvent({ id: 'a', ticket_id: '1', at: at('2026-01-05T08:00:00Z'), initial: true, to_value: 'new' }),
        anEvent({ id: 'b', ticket_id: '1', at: at('2026-01-05T11:00:00Z'), from_value: 'new', to_value: 'solved' }),
        anEvent({ id: 'c', ticket_id: '1', at: at('2026-01-05T20:00:00Z'), from_value: 'solved', to_value: 'open' }),
        anEvent({ id: 'd', ticket_id: '1', at: at('2026-01-06T10:00:00Z'), from_value: 'open', to_value: 'solved' }),
      ],
      message: [
        aMessage({ id: 'm', ticket_id: '1', at: at('2026-01-05T11:00:00Z'), seq: 1 }),
        aMessage({ id: 'n', ticket_id: '1', at: at('2026-01-05T21:00:00Z'), seq: 2 }),
      ],
    });
    const [row] = await ask(
      store,
      `SELECT opened_off_hours, first_resolution_calendar_s AS fc, first_resolution_business_s AS fb,
        full_resolution_calendar_s AS lc, full_resolution_business_s AS lb FROM ticket_all`,
    );
    expect(row).toEqual({ opened_off_hours: true, fc: 3 * HOUR, fb: 2 * HOUR, lc: 26 * HOUR, lb: 9 * HOUR });
    const replies = await ask(store, 'SELECT ordinal, off_hours FROM reply ORDER BY ordinal');
    expect(replies).toEqual([
      { ordinal: 1, off_hours: false },
      { ordinal: 2, off_hours: true },
    ]);
  });

  it('lists openings in UTC with the open seconds before each', async () => {
    const store = await storeWith({ calendar: [calendar({ id: 'ny', time_zone: 'America/New_York' })] });
    const rows = await ask(
      store,
      `SELECT opens_at, closes_at, cumulative_s - first_value(cumulative_s) OVER (ORDER BY opens_at) AS since
       FROM business_interval WHERE calendar_id = 'ny' AND basis = 'true' AND opens_at >= $from AND closes_at < $to ORDER BY opens_at`,
      { from: at('2026-03-06T00:00:00Z'), to: at('2026-03-11T00:00:00Z') },
    );
    expect(rows).toEqual([
      { opens_at: at('2026-03-06T14:00:00Z'), closes_at: at('2026-03-06T22:00:00Z'), since: 0 },
      { opens_at: at('2026-03-09T13:00:00Z'), closes_at: at('2026-03-09T21:00:00Z'), since: 8 * HOUR },
      { opens_at: at('2026-03-10T13:00:00Z'), closes_at: at('2026-03-10T21:00:00Z'), since: 16 * HOUR },
    ]);
  });

  const anyCalendar = fc.record({
    time_zone: fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ),
    weekly: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 10_079 }), fc.integer({ min: 1, max: 900 })).map(([start, length]) => ({
        start_minute: start,
        end_minute: Math.min(start + length, 10_080),
      })),
      { maxLength: 12 },
    ),
    holidays: fc.constantFrom<OracleCalendar['holidays']>(
      [],
      [{ from: '2026-03-09', to: '2026-03-10' }],
      [{ from: '2026-10-25', to: '2026-10-25' }],
    ),
  });
  // Windows around the clock changes of the zones above: March, April, October and November 2026.
  const anyInstants = fc
    .tuple(
      fc.constantFrom(
        '2026-03-07T00:00:00Z',
        '2026-03-28T00:00:00Z',
        '2026-04-04T00:00:00Z',
        '2026-10-03T00:00:00Z',
        '2026-10-24T00:00:00Z',
        '2026-10-31T00:00:00Z',
        '2026-06-10T00:00:00Z',
      ),
      fc.uniqueArray(fc.integer({ min: 0, max: 3 * 86_400_000 }), { minLength: 3, maxLength: 3 }),
    )
    .map(([start, offsets]) => offsets.sort((a, b) => a - b).map((ms) => new Date(at(start).getTime() + ms)));

  it('equals asking minute after minute, adds up, and is never negative nor longer than the clock', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyCalendar, anyInstants), { minLength: 4, maxLength: 4 }), async (cases) => {
        const store = await storeWith({
          calendar: cases.map(([c], i) =>
            calendar({ id: String(i), time_zone: c.time_zone, weekly: c.weekly, holidays: [...c.holidays] }),
          ),
        });
        const parts = cases.map(
          (_, i) => `SELECT business_s('desk', '${i}', $a${i}::TIMESTAMP, $b${i}::TIMESTAMP) AS ab,
            business_s('desk', '${i}', $b${i}::TIMESTAMP, $c${i}::TIMESTAMP) AS bc,
            business_s('desk', '${i}', $a${i}::TIMESTAMP, $c${i}::TIMESTAMP) AS ac, ${i} AS i`,
        );
        const params = Object.fromEntries(
          cases.flatMap(([, instants], i) => instants.map((instant, k) => [`${'abc'[k]}${i}`, instant])),
        );
        const rows = await ask(store, `${parts.join(' UNION ALL ')} ORDER BY i`, params);
        for (const [i, [made, [a, b, c]]] of cases.entries()) {
          if (a === undefined || b === undefined || c === undefined) throw new Error('three instants');
          const row = rows[i];
          const [ab, bc, ac] = [Number(row?.ab), Number(row?.bc), Number(row?.ac)];
          expect(ac).toBe(businessSecondsByMinute(made, a, c));
          expect(ab).toBe(businessSecondsByMinute(made, a, b));
          expect(Math.round((ab + bc) * 1000)).toBe(Math.round(ac * 1000));
          expect(Math.min(ab, bc, ac)).toBeGreaterThanOrEqual(0);
          expect(ac).toBeLessThanOrEqual((c.getTime() - a.getTime()) / 1000);
        }
      }),
      { ...runs(12), seed: 20_261_121 },
    );
  });
});
