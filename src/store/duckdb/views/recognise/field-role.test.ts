import { describe, expect, it } from 'vitest';
import { anEvent, aTicket, at } from '../../../../../test/harness/records.ts';
import { aRule, askViews } from '../../../../../test/harness/rule-records.ts';
import type { Meaning } from '../../../../domain/meaning.ts';
import type { TelemetryBatch, Ticket, TicketEvent } from '../../../../domain/telemetry.ts';

const HOUR = 3_600_000;
const START = at('2026-01-05T08:00:00Z').getTime();

interface Set {
  readonly field: string;
  readonly value: string;
  /** Hours after creation; 0 = at creation. */
  readonly after: number;
  readonly actor?: TicketEvent['actor'];
}

/** Tickets an hour apart; each lives ten hours. `fill` says which fields the i-th gets. */
function desk(
  n: number,
  fill: (i: number) => readonly Set[],
  more: (i: number) => Partial<Ticket> = () => ({}),
): TelemetryBatch {
  const ticket: Ticket[] = [];
  const event: TicketEvent[] = [];
  for (let i = 0; i < n; i++) {
    const created = START + i * HOUR;
    const id = `t${i}`;
    ticket.push(
      aTicket({ id, created_at: new Date(created), status: 'solved', organisation_id: `o${i % 10}`, ...more(i) }),
    );
    const put = (one: Partial<TicketEvent> & { id: string; kind: TicketEvent['kind'] }) =>
      event.push(anEvent({ ticket_id: id, seq: event.length, ...one }));
    put({ id: `${id}n`, kind: 'status', from_value: null, to_value: 'new', initial: true, at: new Date(created) });
    put({ id: `${id}s`, kind: 'status', from_value: 'new', to_value: 'solved', at: new Date(created + 10 * HOUR) });
    for (const [k, one] of fill(i).entries())
      put({
        id: `${id}f${k}`,
        kind: 'field',
        field: one.field,
        from_value: null,
        to_value: one.value,
        initial: one.after === 0,
        actor: one.actor ?? (one.after === 0 ? 'customer' : 'agent'),
        at: new Date(created + one.after * HOUR),
      });
  }
  return { ticket, event };
}

const roles = async (records: TelemetryBatch, meanings: readonly Meaning[] = []): Promise<Record<string, string>> => {
  const rows = await askViews(records, 'SELECT field, role, how FROM field_role ORDER BY field, role', meanings);
  return Object.fromEntries(rows.map((row) => [String(row.field), `${row.role}/${row.how}`]));
};

/** Two desks that say the same in other words. */
const VOCABULARIES = [
  { grades: ['sev-one', 'sev-two'], causes: ['bug', 'usage', 'outage'], topics: ['login', 'billing', 'export'] },
  { grades: ['rot', 'gelb'], causes: ['k7', 'k8', 'k9'], topics: ['anmeldung', 'rechnung', 'ausfuhr'] },
] as const;

describe('field_role', () => {
  it.each(VOCABULARIES)('tells fields by their use: $topics', async ({ grades, causes, topics }) => {
    const records = desk(60, (i) => [
      { field: '11', value: grades[i % 2] ?? '', after: 0 },
      { field: '22', value: topics[(i * 7) % 3] ?? '', after: 0 },
      { field: '33', value: causes[(i * 5) % 3] ?? '', after: 9.9 },
      { field: '44', value: causes[i % 3] ?? '', after: 9.5 },
      { field: '55', value: ['a', 'b', 'c'][i % 3] ?? '', after: 1 },
      // A language is born with the ticket and routes too, but it is the customer's: each of the ten has one.
      { field: '66', value: ['x', 'y', 'z', 'w'][(i % 10) % 4] ?? '', after: 0 },
    ]);
    const found = await roles({
      ...records,
      automation: [
        aRule('r1', [`field:11=${grades[0]}`, 'created'], ['priority:1']),
        aRule('r2', [`field:11=${grades[1]}`, 'created'], ['priority:3']),
        aRule('r3', [`field:22=${topics[0]}`], ['group:g1']),
        aRule('r4', [`field:22=${topics[1]}`], ['group:g2']),
        aRule('r5', ['field:66=x'], ['group:g3']),
        aRule('r6', ['field:66=y'], ['group:g4']),
      ],
    });
    expect(found).toEqual({ '11': 'severity/work', '22': 'category/work', '33': 'cause/work', '44': 'cause/work' });
  });

  it('tells a severity by the priorities that people give, though they slip on a fifth of the tickets', async () => {
    const words = ['stoi', 'kuleje', 'drobne'];
    /** Priority 1, 3, 4 by value on four of five tickets, the next one on the fifth; values by turns. */
    const records = (told: (i: number) => number) => {
      const { ticket, event = [] } = desk(90, (i) => [{ field: '11', value: words[i % 3] ?? '', after: 0 }]);
      const given = (i: number) =>
        anEvent({
          id: `t${i}p`,
          ticket_id: `t${i}`,
          seq: 1_000 + i,
          kind: 'priority',
          from_value: null,
          to_value: ['1', '3', '4'][told(i) % 3] ?? null,
          actor: 'agent',
          at: new Date(START + (i + 1) * HOUR),
        });
      return {
        ...(ticket === undefined ? {} : { ticket }),
        event: [...event, ...Array.from({ length: 90 }, (_, i) => given(i))],
      };
    };
    const slips = (i: number) => (i % 5 === 0 ? i + 1 : i);
    expect(await roles(records(slips))).toEqual({ '11': 'severity/work' });
    // A topic has urgent and lesser cases alike.
    expect(await roles(records((i) => Math.floor(i / 3)))).toEqual({});
  });

  it('does not know what a field is for that is given at birth and that nothing asks for', async () => {
    const records = desk(60, (i) => [{ field: '22', value: ['a', 'b', 'c', 'd'][(i * 7) % 4] ?? '', after: 0 }]);
    expect(await roles(records)).toEqual({});
    const view = aRule('v1', ['field:22=a'], [], { kind: 'view' });
    expect(await roles({ ...records, automation: [view] })).toEqual({ '22': 'category/work' });
  });

  it.each([
    ['sage', 'cedar'],
    ['kupo', 'rami'],
  ])('takes two lists of which one depends on the other for a classification: %s', async (topic, product) => {
    // Six topics of three products; who opened the ticket says nothing of either.
    const scheme = (i: number, set: number): readonly Set[] => [
      { field: '22', value: `${topic}${(i * 7) % 6}`, after: set },
      { field: '23', value: `${product}${((i * 7) % 6) % 3}`, after: set },
    ];
    const mostly = desk(72, (i) => (i % 2 === 0 ? scheme(Math.floor(i / 2), i % 4 === 0 ? 0 : 2) : []));
    expect(await roles(mostly)).toEqual({ '22': 'category/work', '23': 'category/work' });
  });

  it.each([
    ['lists that go their own ways', (i: number) => [`a${(i * 7) % 6}`, `b${Math.floor(i / 7) % 3}`]],
    [
      'numbers of cases, each of which goes with anything',
      (i: number) => [`n${Math.floor(i / 4)}x`, `b${Math.floor(i / 4) % 3}`],
    ],
    [
      "a country and its region, which are the customer's",
      (i: number) => [`c${(i % 10) % 6}`, `r${((i % 10) % 6) % 3}`],
    ],
    ['one value above all', (i: number) => [`a${(i * 7) % 6}`, (i * 7) % 6 === 0 && i % 12 === 0 ? 'y' : 'x']],
  ])('does not take for a classification %s', async (_, values) => {
    const records = desk(72, (i) => values(i).map((value, k) => ({ field: `5${k}`, value, after: 0 })));
    expect(await roles(records)).toEqual({});
  });

  it('takes a field that comes with escalations for their reason', async () => {
    const records = desk(60, (i) => (i % 3 === 0 ? [{ field: '77', value: i % 2 === 0 ? 'p' : 'q', after: 3.1 }] : []));
    const event = [
      ...(records.event ?? []),
      ...Array.from({ length: 20 }, (_, i) =>
        anEvent({
          id: `x${i}`,
          ticket_id: `t${i * 3}`,
          kind: 'escalation',
          from_value: null,
          to_value: 'tag:h1',
          at: new Date(START + (i * 3 + 3) * HOUR),
        }),
      ),
    ];
    expect(await roles({ ...records, event })).toEqual({ '77': 'reason/work' });
  });

  it('puts what people state before all else, at one connection or at all', async () => {
    const records = desk(60, (i) => [
      { field: '33', value: ['a', 'b', 'c'][i % 3] ?? '', after: 9.9 },
      { field: '55', value: ['a', 'b', 'c'][i % 3] ?? '', after: 1 },
    ]);
    const said = (subject: string, meaning: string): Meaning => ({ kind: 'field', subject, meaning, rank: null });
    expect(await roles(records, [said('33', 'none'), said('desk/55', 'category')])).toEqual({
      '55': 'category/stated',
    });
    expect(await roles(records, [said('33', 'none'), said('desk/33', 'product')])).toEqual({ '33': 'product/stated' });
  });

  it('keeps the role of canonical names', async () => {
    const records = desk(
      3,
      () => [{ field: 'cause_code', value: 'x', after: 2 }],
      () => ({ product: 'p' }),
    );
    expect(await roles(records)).toEqual({ cause_code: 'cause/source', product: 'product/source' });
  });
});

describe('ticket_field', () => {
  const columns = `field, role, value, set_by, initial,
    epoch(from_at) / 3600 - ${START / HOUR} AS since, epoch(until_at) / 3600 - ${START / HOUR} AS until`;

  it('is the stays of a ticket with its values', async () => {
    const records = desk(1, () => [
      { field: 'severity', value: '2', after: 0 },
      { field: 'severity', value: '1', after: 4 },
      { field: 'cause_code', value: 'bug', after: 9 },
    ]);
    expect(await askViews(records, `SELECT ${columns} FROM ticket_field ORDER BY field, from_at`)).toEqual([
      { field: 'cause_code', role: 'cause', value: null, set_by: null, initial: false, since: 0, until: 9 },
      { field: 'cause_code', role: 'cause', value: 'bug', set_by: 'agent', initial: false, since: 9, until: null },
      { field: 'severity', role: 'severity', value: '2', set_by: 'customer', initial: true, since: 0, until: 4 },
      { field: 'severity', role: 'severity', value: '1', set_by: 'agent', initial: false, since: 4, until: null },
    ]);
  });

  it('takes the last sync for the whole time where no history names the field, and nothing for tickets that changed later', async () => {
    const records = desk(
      2,
      () => [],
      (i) => ({
        product: 'p',
        updated_at: at(i === 0 ? '2026-02-01T00:00:00Z' : '2026-03-02T00:00:00Z'),
      }),
    );
    expect(await askViews(records, 'SELECT ticket_id, field, value, from_at FROM ticket_field')).toEqual([
      { ticket_id: 't0', field: 'product', value: 'p', from_at: null },
    ]);
  });

  it('knows a ticket without any event of a field that the history names as never filled', async () => {
    const records = desk(2, (i) => (i === 0 ? [{ field: 'category', value: 'x', after: 1 }] : []));
    expect(
      await askViews(records, `SELECT value, from_at IS NULL AS open FROM ticket_field WHERE ticket_id = 't1'`),
    ).toEqual([{ value: null, open: false }]);
  });
});
