import { describe, expect, it } from 'vitest';
import { livedTicket, type Step, together } from '../../../../../test/harness/lived-tickets.ts';
import { at } from '../../../../../test/harness/records.ts';
import { askViews } from '../../../../../test/harness/rule-records.ts';
import type { Meaning } from '../../../../domain/meaning.ts';
import type { TelemetryBatch, Ticket } from '../../../../domain/telemetry.ts';

/** Monday. */
const START = at('2026-01-05T00:00:00Z').getTime();
const HOUR = 3_600_000;

/** Every seventeenth hour of six weeks, which meets all hours and days alike; or one a working day between nine and five. */
const ALL_HOURS = Array.from({ length: 56 }, (_, i) => new Date(START + i * 17 * HOUR));
const OFFICE = Array.from({ length: 42 }, (_, i) => new Date(START + i * 24 * HOUR + (9 + (i % 8)) * HOUR)).filter(
  (day) => day.getUTCDay() % 6 !== 0,
);
/** Four in half a minute, every working day of three weeks at nine. */
const BATCHES = OFFICE.slice(0, 15).flatMap((day) =>
  [0, 10, 20, 30].map(
    (second) => new Date(Math.floor(day.getTime() / (24 * HOUR)) * 24 * HOUR + 9 * HOUR + second * 1_000),
  ),
);

const SPOKEN: readonly Step[] = [{ after: 60, say: 'agent', by: 'a1' }];
const ANSWERED: readonly Step[] = [...SPOKEN, { after: 90, say: 'customer' }];
const NOTED: readonly Step[] = [{ after: 60, say: 'agent', by: 'a1', note: true }];
/** Somebody wrote, and the check that passed again closed the ticket. */
const CLEARED: readonly Step[] = [
  ...ANSWERED,
  { after: 90, set: 'status', from: 'open', to: 'solved', actor: 'customer' },
];

function opened(
  key: string,
  times: readonly Date[],
  channel: Ticket['channel'],
  steps: (i: number) => readonly Step[],
  more: Partial<Ticket> = {},
): TelemetryBatch {
  return together(
    ...times.map((time, i) => livedTicket(`${key}-${i}`, time, steps(i), { requester_key: key, channel, ...more })),
  );
}

/** Eighty customers with one ticket each, half of whom answer. */
const CUSTOMERS = together(
  ...Array.from({ length: 80 }, (_, i) =>
    livedTicket(`c${i}`, new Date(START + i * 9 * HOUR), i % 2 === 0 ? ANSWERED : SPOKEN, {
      requester_key: `c${i}`,
      channel: 'email',
    }),
  ),
);

const sources = (records: TelemetryBatch, meanings: readonly Meaning[] = []) =>
  askViews(together(records, CUSTOMERS), 'SELECT requester_key, how FROM source ORDER BY ALL', meanings);

describe.each(['k77', 'Straznik'])('a requester %s', (key) => {
  it.each([
    ['reports through the interface and never answers', opened(key, ALL_HOURS, 'api', () => SPOKEN)],
    ['does so in office hours', opened(key, OFFICE, 'api', () => SPOKEN)],
    ['reports by mail at all hours and never answers', opened(key, ALL_HOURS, 'email', () => SPOKEN)],
    ['reports by mail in batches', opened(key, BATCHES, 'email', () => SPOKEN)],
    ['is never written to, though others are', opened(key, ALL_HOURS, 'email', () => NOTED)],
    [
      'goes on reporting after an answer now and then',
      opened(key, ALL_HOURS, 'api', (i) => (i % 12 === 0 ? ANSWERED : SPOKEN)),
    ],
    ['only says that it is over', opened(key, ALL_HOURS, 'api', (i) => (i % 2 === 0 ? CLEARED : SPOKEN))],
  ] as const)('that %s is a program', async (_, records) => {
    expect(await sources(records)).toEqual([{ requester_key: key, how: 'work' }]);
  });

  it.each([
    [
      'sells on: many tickets through the interface, and answers',
      opened(key, ALL_HOURS, 'api', (i) => (i % 3 === 0 ? ANSWERED : SPOKEN)),
    ],
    [
      'reports by mail at all hours, and answers now and then',
      opened(key, ALL_HOURS, 'email', (i) => (i % 12 === 0 ? ANSWERED : SPOKEN)),
    ],
    ['writes by mail in office hours and is content', opened(key, OFFICE, 'email', () => SPOKEN)],
    ['writes at all hours and answers', opened(key, ALL_HOURS, 'web', (i) => (i % 4 === 0 ? ANSWERED : SPOKEN))],
    [
      'sends batches for colleagues, and answers',
      opened(key, BATCHES, 'email', (i) => (i % 5 === 0 ? ANSWERED : SPOKEN)),
    ],
    ['has too few tickets', opened(key, ALL_HOURS.slice(0, 19), 'api', () => SPOKEN)],
    [
      'is a customer for whom an assistant opens tickets',
      opened(key, ALL_HOURS, 'api', () => SPOKEN, { created_by: 'agent' }),
    ],
    ['works here', opened(key, ALL_HOURS, 'api', () => SPOKEN, { requester_is_agent: true })],
  ] as const)('that %s is a person', async (_, records) => {
    expect(await sources(records)).toEqual([]);
  });

  it('says nothing by its silence where nobody answers', async () => {
    const silent = together(
      ...Array.from({ length: 80 }, (_, i) =>
        livedTicket(`s${i}`, new Date(START + i * 9 * HOUR), SPOKEN, { requester_key: `s${i}`, channel: 'email' }),
      ),
    );
    const how = (records: TelemetryBatch) => askViews(together(records, silent), 'SELECT requester_key FROM source');
    expect(await how(opened(key, OFFICE, 'api', () => SPOKEN))).toEqual([]);
    expect(await how(opened(key, ALL_HOURS, 'web', () => SPOKEN))).toEqual([]);
    expect(await how(opened(key, ALL_HOURS, 'api', () => SPOKEN))).toEqual([{ requester_key: key }]);
  });

  it('is what people say of it', async () => {
    const said = (meaning: string): Meaning[] => [{ kind: 'bot', subject: key, meaning, rank: null }];
    const people = `SELECT DISTINCT population, created_by FROM ticket_all WHERE requester_key = '${key}'`;
    const api = together(
      opened(key, ALL_HOURS, 'api', () => SPOKEN),
      CUSTOMERS,
    );
    expect(await askViews(api, people)).toEqual([{ population: 'machine', created_by: 'machine' }]);
    expect(await askViews(api, people, said('false'))).toEqual([{ population: 'human', created_by: 'customer' }]);
    const named = opened(key, OFFICE.slice(0, 3), 'api', () => ANSWERED, { created_by: 'machine' });
    expect(await askViews(named, people, said('false'))).toEqual([{ population: 'human', created_by: 'customer' }]);
    const few = opened(key, OFFICE.slice(0, 3), 'web', () => ANSWERED);
    expect(await askViews(few, people, said('true'))).toEqual([{ population: 'machine', created_by: 'machine' }]);
    expect(
      await askViews(few, "SELECT subject, meaning, how FROM recognised WHERE kind = 'bot'", said('true')),
    ).toEqual([{ subject: key, meaning: 'source', how: 'stated' }]);
  });
});
