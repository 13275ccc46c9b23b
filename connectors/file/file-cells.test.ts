import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import { readLines as read } from '../../test/harness/read-lines.ts';

const BASIC = `mode: tickets
ticket:
  id: id
  created_at: opened
  solved_at: solved
  first_reply_at: replied
  reopens: n
  status: { column: st, values: { open: open, waiting: pending, done: solved } }
`;
const HEADER = 'id,opened,solved,replied,n,st';
const FILLER = Array.from({ length: 40 }, (_, i) => `f${i},2024-01-01 09:00,2024-01-01 10:00,2024-01-01 09:30,0,done`);

describe('cells that cannot be', () => {
  it('an odd word, a broken number and a late reply leave the ticket where it is', async () => {
    const { tickets, notes } = await read(
      [
        HEADER,
        ...FILLER,
        'a,2024-01-01 09:00,2024-01-01 10:00,,0,strange',
        'b,2024-01-01 09:00,2024-01-01 10:00,,some,done',
        'c,2024-01-01 09:00,2024-01-01 10:00,2024-01-03 09:00,3.0,done',
        'd,2024-01-01 09:00,2024-01-01 10:00,,-2,done',
      ],
      BASIC,
    );
    expect(tickets.size).toBe(44);
    expect(notes).toEqual([
      'cells END_WITH_UNKNOWN_STATUS solved row 41',
      'cells NEGATIVE_COUNT n row 44',
      'cells NOT_A_NUMBER n row 42',
      'cells REPLY_AFTER_SOLUTION replied row 43',
      'cells UNMAPPED_VALUE st row 41',
    ]);
    expect(tickets.get('a')).toMatchObject({ status: 'solved', reported_solved_at: null });
    expect(tickets.get('b')?.reported_reopens).toBeNull();
    expect(tickets.get('c')).toMatchObject({
      reported_reopens: 3,
      reported_first_reply_at: new Date('2024-01-03T09:00:00Z'),
    });
  });

  it('`default: null` takes unlisted words as unknown without a note', async () => {
    const { tickets, notes } = await read(
      [
        'id,opened,solved,replied,n,st',
        '1,2024-01-01,2024-01-02,,,chat',
        '2,2024-01-01,,,,chat',
        '3,2024-01-01,,,,done',
      ],
      BASIC.replace('done: solved }', 'done: solved }, default: null'),
    );
    expect([...tickets.values()].map((t) => [t.id, t.status])).toEqual([
      ['1', 'solved'],
      ['2', 'open'],
      ['3', 'solved'],
    ]);
    expect(notes).toEqual(['cells END_WITH_UNKNOWN_STATUS solved row 1']);
    expect(tickets.get('1')?.reported_solved_at).toBeNull();
  });

  const cell = fc.constantFrom(
    '',
    '2024-01-02 10:00',
    '2023-12-01 10:00',
    '1970-01-01',
    '9999-12-31 23:59:59',
    '0000-00-00 00:00:00',
    '2031-01-01',
    'n/a',
    'x\0',
    '7',
    '-1',
    'done',
    'open',
  );
  it('whatever stands in the other cells, every row with key and creation is a ticket', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 6 }), async (dirty) => {
        const many = Array.from(
          { length: 200 },
          (_, i) => `f${i},2024-01-01 09:00,2024-01-01 10:00,2024-01-01 09:30,0,done`,
        );
        const lines = dirty.map((cells, i) => `d${i},2024-01-01 09:00,${cells.join(',')}`);
        const { tickets, aside } = await read([HEADER, ...many, ...lines], BASIC);
        expect(tickets.size).toBe(200 + dirty.length);
        expect(aside.every((one) => one.stream === 'cells')).toBe(true);
      }),
      runs(8),
    );
  });
});

describe('words for "no value"', () => {
  it('are no values in times, numbers and durations, and stay words in labels', async () => {
    const words = ['-', 'N/A', 'NULL', 'None', '#N/A', '–', 'NaT', 'n.a.'];
    const { tickets, notes } = await read(
      [
        'id,opened,solved,replied,n,st,team,mins',
        'a,2024-01-01 09:00,2024-01-01 10:00,2024-01-01 09:30,1,done,None,60',
        ...words.map((word, i) => `w${i},2024-01-01 09:00,${word},${word},${word},open,${word},${word}`),
      ],
      `${BASIC.replace('  reopens: n', '  reopens: n\n  group: team')}durations: [{ column: mins, measure: full_resolution, unit: minutes, clock: calendar }]\n`,
    );
    expect(notes).toEqual([]);
    for (const [i, word] of words.entries())
      expect(tickets.get(`w${i}`)).toMatchObject({
        reported_solved_at: null,
        reported_first_reply_at: null,
        reported_reopens: null,
        reported_full_resolution_calendar_s: null,
        group_id: word,
      });
  });
});

describe('an open status beats an end', () => {
  it('a ticket that is open again keeps no end and is counted', async () => {
    const { tickets, notes } = await read(
      [
        HEADER,
        '1,2024-01-05 09:00,2024-01-05 11:00,,,done',
        '2,2024-01-05 09:00,2024-01-06 09:00,,,open',
        '3,2024-01-05 09:00,2024-01-06 09:00,,,waiting',
        '4,2024-01-05 09:00,,,,open',
      ],
      BASIC,
    );
    expect([...tickets.values()].map((t) => [t.status, t.reported_solved_at?.toISOString() ?? null])).toEqual([
      ['solved', '2024-01-05T11:00:00.000Z'],
      ['open', null],
      ['pending', null],
      ['open', null],
    ]);
    expect(notes).toEqual(['cells OPEN_WITH_END solved row 2', 'cells OPEN_WITH_END solved row 3']);
  });

  it('the last row of a log decides', async () => {
    const { tickets, notes } = await read(
      [
        'id,at,st,solved',
        '1,2024-01-05 09:00,open,',
        '1,2024-01-05 11:00,done,2024-01-05 11:00',
        '2,2024-01-05 09:00,open,',
        '2,2024-01-05 10:00,done,2024-01-05 10:00',
        '2,2024-01-06 09:00,open,2024-01-05 10:00',
      ],
      `mode: events
ticket: { id: id, created_at: { first_event: true }, solved_at: solved, status: { column: st, values: { open: open, done: solved } } }
events: { at: at }
`,
    );
    expect(tickets.get('1')).toMatchObject({ status: 'solved', reported_solved_at: new Date('2024-01-05T11:00:00Z') });
    expect(tickets.get('2')).toMatchObject({ status: 'open', reported_solved_at: null });
    expect(notes).toEqual(['cells OPEN_WITH_END solved row 5']);
  });
});

describe('an event log', () => {
  it('takes the creation of a ticket from whichever of its rows states it', async () => {
    const { tickets, notes } = await read(
      [
        'id,opened,at,st',
        '1,2024-01-05 09:00,2024-01-05 09:00,open',
        '1,,2024-01-05 11:00,done',
        '2,,2024-01-05 10:00,open',
        '3,soon,2024-01-06 10:00,open',
        '3,2024-01-06 09:00,2024-01-06 09:00,open',
        ...Array.from({ length: 40 }, (_, i) => `f${i},2024-01-05 09:00,2024-01-05 09:00,open`),
      ],
      `mode: events
ticket: { id: id, created_at: opened, status: { column: st, values: { open: open, done: solved } } }
events: { at: at }
`,
    );
    expect(tickets.size).toBe(42);
    expect(tickets.get('1')).toMatchObject({ status: 'solved', created_at: new Date('2024-01-05T09:00:00Z') });
    expect(tickets.get('3')?.created_at).toEqual(new Date('2024-01-06T09:00:00Z'));
    expect(notes).toEqual(['cells BAD_TIME opened row 4', 'rows MISSING_TIME created_at row 3']);
  });

  it('leaves out a change before the creation of its ticket, and the rows where such changes are most', async () => {
    const { tickets, notes } = await read(
      [
        'id,opened,at,st',
        '1,2024-01-05 09:00,2024-01-05 09:00,open',
        '1,2024-01-05 09:00,2024-01-05 08:55,done',
        '2,2024-01-05 09:00,2024-01-04 09:00,open',
        '2,2024-01-05 09:00,2024-01-04 10:00,open',
        '2,2024-01-05 09:00,2024-01-05 10:00,open',
      ],
      `mode: events
ticket: { id: id, created_at: opened, status: { column: st, values: { open: open, done: solved } } }
events: { at: at }
`,
    );
    expect([...tickets.values()].map((one) => one.status)).toEqual(['open', 'open']);
    expect(notes).toEqual([
      'cells NEGATIVE_DURATION events.at row 2',
      'rows NEGATIVE_DURATION events.at row 3',
      'rows NEGATIVE_DURATION events.at row 4',
    ]);
  });

  it('notes a first reply that an activity states behind the end', async () => {
    const { notes } = await read(
      ['id,at,what', '1,2024-01-05 09:00,Log', '1,2024-01-05 10:00,Fix', '1,2024-01-05 11:00,Answer'],
      `mode: events
ticket: { id: id, created_at: { first_event: true } }
events: { at: at, activity: { column: what, values: { Log: opens, Fix: resolves, Answer: reply } } }
`,
    );
    expect(notes).toEqual(['cells REPLY_AFTER_SOLUTION what row 3']);
  });
});

describe('a bare day as an end', () => {
  const lines = [
    'id,opened,solved',
    '1,2024-01-05 09:00,2024-01-05',
    '2,2024-03-31 09:00,2024-03-31',
    '3,2024-01-06 10:00,2024-01-08',
  ];
  const mapping = 'mode: tickets\nticket: { id: id, created_at: opened, solved_at: solved }\n';

  it('lasts until its last second when the start is a time of that day, and it is said', async () => {
    const { tickets, notes, said } = await read(lines, mapping);
    expect([...tickets.values()].map((t) => t.reported_solved_at?.toISOString())).toEqual([
      '2024-01-05T23:59:59.000Z',
      '2024-03-31T23:59:59.000Z',
      '2024-01-08T00:00:00.000Z',
    ]);
    expect(notes).toEqual([]);
    expect(said).toContain('solved has no time of day: 2 tickets end at the end of their day.');
  });

  it('is a day of the zone of the file, also when the clocks change', async () => {
    const { tickets } = await read(lines, mapping, 'Europe/Berlin');
    expect([...tickets.values()].map((t) => t.reported_solved_at?.toISOString())).toEqual([
      '2024-01-05T22:59:59.000Z',
      '2024-03-31T21:59:59.000Z',
      '2024-01-07T23:00:00.000Z',
    ]);
  });

  it('is the whole day that it is beside a start without a time of day', async () => {
    const { tickets } = await read(['id,opened,solved', '1,2024-01-05,2024-01-05', '2,2024-01-05,2024-01-08'], mapping);
    expect([...tickets.values()].map((t) => t.reported_solved_at?.toISOString())).toEqual([
      '2024-01-05T00:00:00.000Z',
      '2024-01-08T00:00:00.000Z',
    ]);
  });

  it('of today ends now, not in the future', async () => {
    const { tickets, notes } = await read(['id,opened,solved', '1,2024-05-31 09:00,2024-06-01'], mapping);
    expect(tickets.get('1')?.reported_solved_at?.toISOString()).toBe('2024-06-01T00:00:00.000Z');
    expect(notes).toEqual([]);
  });
});

describe('durations', () => {
  const mapping = (unit: string): string => `mode: tickets
ticket: { id: id, created_at: opened, status: { column: st, values: { open: open, done: solved } } }
durations:
  - { measure: full_resolution, clock: calendar, column: full, unit: ${unit} }
  - { measure: first_reply, clock: business, column: reply, unit: minutes }
  - { measure: waiting_customer, clock: calendar, column: wait, unit: minutes }
`;

  it('are kept in seconds as the vendor gave them; bad ones cost the cell', async () => {
    const { tickets, notes, provides } = await read(
      [
        'id,opened,st,full,reply,wait',
        '1,2024-01-05 09:00,done,2.5,"1,234",10',
        '2,2024-01-05 09:00,done,-1,30,',
        '3,2024-01-05 09:00,open,4,45,',
        '4,2024-01-05 09:00,done,99999,60,soon',
        '5,2024-02-05 09:00,done,1,60,',
      ],
      mapping('hours'),
    );
    expect(tickets.get('1')).toMatchObject({
      reported_full_resolution_calendar_s: 9000,
      reported_first_reply_business_s: 74_040,
      reported_waiting_customer_s: 600,
    });
    expect(tickets.get('2')?.reported_full_resolution_calendar_s).toBeNull();
    expect(tickets.get('3')).toMatchObject({ status: 'open', reported_full_resolution_calendar_s: null });
    expect(tickets.get('4')).toMatchObject({
      reported_full_resolution_calendar_s: null,
      reported_waiting_customer_s: null,
    });
    expect(notes).toEqual([
      'cells ABSURD_DURATION full row 4',
      'cells NEGATIVE_DURATION full row 2',
      'cells NOT_A_DURATION wait row 4',
      'cells OPEN_WITH_END full row 3',
    ]);
    expect(provides.tickets).toEqual(
      expect.arrayContaining([
        'reported_full_resolution_calendar_s',
        'reported_first_reply_business_s',
        'reported_waiting_customer_s',
      ]),
    );
    expect(provides.tickets).not.toContain('reported_first_reply_calendar_s');
  });

  it('a comma is decimal or parts thousands as the column shows, and unread where it can be either', async () => {
    const reply = async (values: readonly string[]) => {
      const lines = values.map((value, i) => `${i},2024-01-05 09:00,done,1,"${value}",`);
      const { tickets } = await read(
        ['id,opened,st,full,reply,wait', ...lines, 'z,2024-05-05 09:00,open,,,'],
        mapping('hours'),
      );
      return values.map((_, i) => tickets.get(String(i))?.reported_first_reply_business_s ?? null);
    };
    expect(await reply(['1,5', '2,25', '1,234'])).toEqual([90, 135, 74]);
    expect(await reply(['1,234', '999', '12'])).toEqual([74_040, 59_940, 720]);
    expect(await reply(['1,234.5', '7'])).toEqual([74_070, 420]);
    expect(await reply(['1.234,5', '7'])).toEqual([74_070, 420]);
    expect(await reply(['1,234', '1234'])).toEqual([null, 74_040]);
    // A point parts thousands in half of Europe: 1.200 minutes beside 30 and 45 is 72 s or 72,000 s.
    expect(await reply(['1.200', '30', '45'])).toEqual([null, 1_800, 2_700]);
    expect(await reply(['1.200', '0.500', '30'])).toEqual([72, 30, 1_800]);
    expect(await reply(['1.200', '12.250'])).toEqual([72, 735]);
    expect(await reply(['1.200', '1500'])).toEqual([72, 90_000]);
    expect(await reply(['1.200', '30,5'])).toEqual([72_000, 1_830]);
  });

  it('alone tell that a ticket is solved, and how far the file reaches', async () => {
    const { tickets, notes } = await read(
      ['id,opened,full', '1,2024-01-05 09:00,48:00', '2,2024-01-05 10:00,'],
      'mode: tickets\nticket: { id: id, created_at: opened }\ndurations: [{ measure: full_resolution, clock: calendar, column: full, unit: clock }]\n',
    );
    expect(tickets.get('1')).toMatchObject({ status: 'solved', reported_full_resolution_calendar_s: 172_800 });
    expect(tickets.get('2')?.status).toBe('open');
    expect(notes).toEqual([]);
  });
});

describe('names of columns', () => {
  it('are those of the file, whatever our own queries call theirs', async () => {
    const { tickets, notes } = await read(
      ['k,v,t,n,word,p,d', '1,2024-01-05 09:00,2024-01-06 09:00,3,done,1.5,x', '2,2024-01-05 09:00,,1,open,2,y'],
      `mode: tickets
ticket: { id: k, created_at: v, solved_at: t, reopens: n, category: d, status: { column: word, values: { done: solved, open: open } } }
durations: [{ measure: first_reply, clock: calendar, column: p, unit: hours }]
`,
    );
    expect(tickets.get('1')).toMatchObject({
      reported_reopens: 3,
      reported_first_reply_calendar_s: 5400,
      status: 'solved',
    });
    expect(notes).toEqual([]);
  });
});

describe('the hour that comes twice', () => {
  // Clocks in Berlin went from 03:00 back to 02:00 on 2023-10-29: 02:10 was at 00:10 and at 01:10 UTC.

  it('is the first, or the second where the first lies before the creation', async () => {
    const { tickets, notes } = await read(
      [
        HEADER,
        'a,2023-10-29 02:50,2023-10-29 02:10,,0,done',
        'b,2023-10-29 01:50,2023-10-29 02:10,2023-10-29 02:00,0,done',
        'c,2023-10-29 02:10,2023-10-29 03:10,,0,done',
        'd,2023-10-29 02:50+02:00,2023-10-29 02:50+01:00,,0,done',
      ],
      BASIC,
      'Europe/Berlin',
    );
    expect(notes).toEqual([]);
    const stamps = (id: string) => [tickets.get(id)?.created_at, tickets.get(id)?.reported_solved_at];
    const utc = (at: string) => new Date(`2023-10-29T${at}:00Z`);
    expect(stamps('a')).toEqual([utc('00:50'), utc('01:10')]);
    expect(stamps('b')).toEqual([new Date('2023-10-28T23:50:00Z'), utc('00:10')]);
    expect(stamps('c')).toEqual([utc('00:10'), utc('02:10')]);
    expect(stamps('d')).toEqual([utc('00:50'), utc('01:50')]);
  });

  it('keeps a change of an event log that would else lie before the creation', async () => {
    const { tickets, notes } = await read(
      ['t,created,changed,st', '5,2023-10-29 02:10,2023-10-29 02:10,open', '5,2023-10-29 02:10,2023-10-29 02:05,done'],
      `mode: events
ticket: { id: t, created_at: created, status: { column: st, values: { open: open, done: solved } } }
events: { at: changed }
`,
      'Europe/Berlin',
    );
    expect(notes).toEqual([]);
    expect(tickets.get('5')).toMatchObject({ status: 'solved', updated_at: new Date('2023-10-29T01:05:00Z') });
  });
});
