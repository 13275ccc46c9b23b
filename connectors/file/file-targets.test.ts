import { describe, expect, it } from 'vitest';
import { type ReadLines, readLines as read } from '../../test/harness/read-lines.ts';

const clocks = ({ batch }: ReadLines) => (batch.sla_clock ?? []).map((one) => [one.ticket_id, one.metric, one.met]);
const problem = async (lines: readonly string[], mapping: string): Promise<string> =>
  read(lines, mapping).then(
    () => 'no problem',
    (error: Error) => error.message,
  );

describe('service levels', () => {
  const header = 'id,opened,st,solved,replied,due,breached';
  // Ends of the data: the last stamp, 2024-01-11 12:00.
  const lines = [
    header,
    '1,2024-01-05 09:00,done,2024-01-05 11:00,2024-01-05 09:30,2024-01-07 09:00,No',
    '2,2024-01-07 09:00,done,2024-01-11 12:00,,2024-01-10 09:00,Yes',
    '3,2024-01-08 09:00,open,,,2024-01-11 09:00,Yes',
    '4,2024-01-09 09:00,open,,,2024-01-16 09:00,No',
    '5,2024-01-09 09:00,done,,,2024-01-16 09:00,',
  ];
  const mapping = (sla: string): string => `mode: tickets
ticket: { id: id, created_at: opened, solved_at: solved, first_reply_at: replied, status: { column: st, values: { open: open, done: solved } } }
sla: [${sla}]
`;

  it('breached: Yes is not met; while open only "missed" is an outcome', async () => {
    const result = await read(
      lines,
      mapping('{ metric: overall, met: { column: breached, values: { Yes: false, No: true } } }'),
    );
    expect(clocks(result)).toEqual([
      ['1', 'overall', true],
      ['2', 'overall', false],
      ['3', 'overall', false],
      ['4', 'overall', null],
    ]);
    expect(result.provides.sla_clocks).toEqual(['fulfilled_at', 'met', 'metric', 'started_at']);
  });

  it('a deadline is held against the resolution', async () => {
    const result = await read(lines, mapping('{ metric: resolution, due_at: due }'));
    expect(clocks(result)).toEqual([
      ['1', 'resolution', true],
      ['2', 'resolution', false],
      ['3', 'resolution', false],
      ['4', 'resolution', null],
      ['5', 'resolution', null],
    ]);
    expect(result.batch.sla_clock?.[0]).toMatchObject({
      breach_at: new Date('2024-01-07T09:00:00Z'),
      fulfilled_at: new Date('2024-01-05T11:00:00Z'),
    });
    expect(result.provides.sla_clocks).toContain('breach_at');
  });

  it.each(['resolution', 'overall'])('a deadline of %s says nothing where no end is dated', async (metric) => {
    const result = await read(
      lines,
      `mode: tickets
ticket: { id: id, created_at: opened, status: { column: st, values: { open: open, done: solved } } }
sla: [{ metric: ${metric}, due_at: due }]
`,
    );
    expect(clocks(result).map(([, , met]) => met)).toEqual([null, null, null, null, null]);
    // A deadline that is over and not fulfilled is a missed one to every reader.
    expect(result.batch.sla_clock?.map((one) => one.breach_at)).toEqual([null, null, null, null, null]);
    expect(result.provides.sla_clocks).toEqual(['metric', 'started_at']);
    expect(JSON.stringify(result.said)).toContain('due: the file does not date the ends of its tickets');
  });

  it('keeps no deadline of a finished ticket whose end is not known', async () => {
    const { batch } = await read(lines, mapping('{ metric: resolution, due_at: due }'));
    expect(batch.sla_clock?.map((one) => one.breach_at !== null)).toEqual([true, true, true, true, false]);
  });

  it('a target runs from creation, here 45 minutes to the first reply', async () => {
    const result = await read(
      [
        'id,opened,st,solved,replied,goal',
        '1,2024-01-05 09:00,open,,2024-01-05 09:30,45',
        '2,2024-01-05 09:00,open,,2024-01-05 10:00,45',
        '3,2024-01-05 09:10,open,,,45',
        '4,2024-01-05 09:20,open,,,45',
      ],
      mapping('{ metric: first_reply, target: { column: goal, unit: minutes } }'),
    );
    // The data end at 10:00: the target of 3 ran out at 9:55, that of 4 runs until 10:05.
    expect(clocks(result).map(([, , met]) => met)).toEqual([true, false, false, null]);
    expect(result.batch.sla_clock?.[0]).toMatchObject({ target_s: 2700, breach_at: new Date('2024-01-05T09:45:00Z') });
  });

  it.each([
    ['{ metric: overall }', /exactly one of met, due_at and target; it has none/],
    ['{ metric: overall, due_at: due, met: { column: breached, values: { No: true } } }', /it has met and due_at/],
    ['{ metric: next_reply, due_at: due }', /cannot be held against next_reply/],
  ])('refuses %s in words', async (sla, words) => {
    expect(await problem(lines, mapping(sla))).toMatch(words);
  });
});

describe('satisfaction', () => {
  const ticket = 'mode: tickets\nticket: { id: id, created_at: opened, solved_at: solved }\n';

  it('words give scores, and an unanswered offer is an offer', async () => {
    const { batch, provides, said } = await read(
      [
        'id,opened,solved,mood',
        '1,2024-01-05,2024-01-06,Good',
        '2,2024-01-05,2024-01-07,bad',
        '3,2024-01-05,2024-01-08,Offered',
        '4,2024-01-05,,Not Offered',
      ],
      `${ticket}satisfaction: { column: mood, values: { Good: 1, Bad: 0, Offered: offered, Not Offered: null } }\n`,
    );
    expect(
      batch.csat?.map((one) => [
        one.id,
        one.score,
        one.scale,
        one.answered_at?.getUTCDate() ?? null,
        one.offered_at?.getUTCDate(),
      ]),
    ).toEqual([
      ['1:csat', 1, 'Bad/Good', 6, 6],
      ['2:csat', 0, 'Bad/Good', 7, 7],
      ['3:csat', null, 'Bad/Good', null, 8],
    ]);
    expect(provides.csat).toEqual(['offered_at', 'scale', 'score']);
    expect(said.join(' ')).toContain('satisfaction is not dated');
  });

  it('numbers of a range give scores; one outside costs the cell; offers are unknown', async () => {
    const { batch, notes, provides, tickets } = await read(
      [
        'id,opened,solved,stars,when',
        '1,2024-01-05,2024-01-06,5,2024-01-09',
        '2,2024-01-05,2024-01-06,2,2024-01-09',
        '3,2024-01-05,2024-01-06,9,',
        '4,2024-01-05,2024-01-06,,',
      ],
      `${ticket}satisfaction: { column: stars, range: [1, 5], answered_at: when }\n`,
    );
    expect(batch.csat?.map((one) => [one.score, one.scale, one.offered_at, one.answered_at?.getUTCDate()])).toEqual([
      [1, '1-5', null, 9],
      [0.25, '1-5', null, 9],
    ]);
    expect(tickets.size).toBe(4);
    expect(notes).toEqual(['cells OUT_OF_RANGE stars row 3']);
    expect(provides.csat).toEqual(['answered_at', 'scale', 'score']);
  });

  it('a scale where 1 is best is read from best to worst', async () => {
    const { batch } = await read(
      ['id,opened,solved,mark', '1,2024-01-05,,1', '2,2024-01-05,,6'],
      `${ticket}satisfaction: { column: mark, range: [6, 1] }\n`,
    );
    expect(batch.csat?.map((one) => one.score)).toEqual([1, 0]);
  });

  it.each([
    ['{ column: mood }', /needs `values` .* or `range`/],
    ['{ column: mood, range: [3, 3] }', /must differ/],
  ])('refuses %s in words', async (satisfaction, words) => {
    expect(
      await problem(['id,opened,solved,mood', '1,2024-01-05,,x'], `${ticket}satisfaction: ${satisfaction}\n`),
    ).toMatch(words);
  });
});

describe('an event log', () => {
  const path = ({ batch }: ReadLines, id: string, kind: string, field: string | null = null): string[] =>
    (batch.event ?? [])
      .filter((one) => one.ticket_id === id && one.kind === kind && one.field === field)
      .map((one) => `${one.at.toISOString().slice(8, 16)} ${one.from_value ?? '-'}>${one.to_value ?? '-'}`);
  const EFFECTS =
    '{ Log: opens, Pick up: takes, Answer: reply, Ask: waits_customer, Vendor: waits_other, Back: resumes, Fix: resolves, Archive: closes, Again: reopens, Print: null }';
  const activity = (values = EFFECTS): string =>
    `mode: events
ticket: { id: case, created_at: { first_event: true } }
events: { at: at, activity: { column: what, values: ${values} }, actor: { constant: agent }, actor_id: who }
`;
  const lines = [
    'case,what,at,who',
    'a,Fix,2024-01-03 12:00,p',
    'a,Log,2024-01-02 08:00,p',
    'a,Pick up,2024-01-02 09:00,q',
    'a,Answer,2024-01-02 09:30,q',
    'a,Ask,2024-01-02 10:00,q',
    'a,Back,2024-01-03 08:00,q',
    'a,Pick up,2024-01-03 13:00,r',
    'a,Answer,2024-01-03 13:30,r',
    'a,Again,2024-01-04 09:00,r',
    'a,Fix,2024-01-04 11:00,r',
    'a,Archive,2024-01-09 11:00,r',
    'a,Fix,2024-01-09 12:00,r',
    'b,Print,2024-01-05 08:00,p',
    'b,Vendor,2024-01-05 09:00,p',
  ];

  it('activities act on the state before; the first event is the creation', async () => {
    const result = await read(lines, activity());
    expect(path(result, 'a', 'status')).toEqual([
      '02T08:00 ->new',
      '02T09:00 new>open',
      '02T10:00 open>pending',
      '03T08:00 pending>open',
      '03T12:00 open>solved',
      '04T09:00 solved>open',
      '04T11:00 open>solved',
      '09T11:00 solved>closed',
    ]);
    expect(result.tickets.get('a')).toMatchObject({
      status: 'closed',
      created_at: new Date('2024-01-02T08:00:00Z'),
      reported_first_reply_at: new Date('2024-01-02T09:30:00Z'),
      reported_first_reply_calendar_s: 5400,
      reported_replies: 2,
    });
    expect(result.tickets.get('b')).toMatchObject({
      status: 'hold',
      reported_replies: 0,
      reported_first_reply_at: null,
    });
    expect(result.batch.message).toBeUndefined();
    expect(result.provides.messages).toBeUndefined();
    expect(result.provides.events).toEqual(expect.arrayContaining(['status', 'touch', 'actor']));
    expect(result.provides.tickets).toEqual(
      expect.arrayContaining(['reported_replies', 'reported_first_reply_at', 'open_tickets']),
    );
  });

  it('a first reply alone gives no count of replies', async () => {
    const { tickets, provides } = await read(lines, activity(EFFECTS.replace('Answer: reply', 'Answer: first_reply')));
    expect(tickets.get('a')?.reported_replies).toBeNull();
    expect(provides.tickets).not.toContain('reported_replies');
  });

  it('a status goes before an activity where it speaks', async () => {
    const result = await read(
      [
        'case,what,at,who,st',
        'a,Log,2024-01-02 08:00,p,',
        'a,Fix,2024-01-02 09:00,p,Waiting',
        'a,Fix,2024-01-02 10:00,p,',
      ],
      activity().replace(
        'first_event: true }',
        'first_event: true }, status: { column: st, values: { Waiting: pending } }',
      ),
    );
    expect(path(result, 'a', 'status')).toEqual(['02T08:00 ->new', '02T09:00 new>pending', '02T10:00 pending>solved']);
  });

  it('a log that names nothing that ends a ticket is asked what does', async () => {
    expect(
      await problem(lines, activity(EFFECTS.replace(' Fix: resolves, Archive: closes,', ' Fix: null, Archive: null,'))),
    ).toMatch(/events\.activity lists nothing that resolves or closes a ticket/);
  });

  it('whom a ticket waits for, and its support line, are changes', async () => {
    const result = await read(
      [
        'case,at,st,reason,line',
        'a,2024-01-02 08:00,open,,L1',
        'a,2024-01-02 09:00,wait,Supplier,L1',
        'a,2024-01-02 10:00,wait,,L2',
        'a,2024-01-02 11:00,wait,User,L2',
        'a,2024-01-02 12:00,open,,L2',
        'a,2024-01-02 13:00,wait,Weather,L2',
      ],
      `mode: events
ticket: { id: case, created_at: at, support_line: line, status: { column: st, values: { open: open, wait: pending } } }
events: { at: at }
waiting: { column: reason, values: { Supplier: vendor, User: customer } }
`,
    );
    expect(path(result, 'a', 'field', 'waiting')).toEqual([
      '02T09:00 ->vendor',
      '02T11:00 vendor>customer',
      '02T12:00 customer>-',
    ]);
    expect(path(result, 'a', 'field', 'support_line')).toEqual(['02T08:00 ->L1', '02T10:00 L1>L2']);
    expect(result.tickets.get('a')?.support_line).toBe('L2');
    expect(result.provides.events).toContain('field');
  });

  it('one row a ticket shows how it stands, never how long it waited', async () => {
    const { batch, said } = await read(
      ['case,at,st,reason', 'a,2024-01-02 08:00,open,User'],
      `mode: tickets
ticket: { id: case, created_at: at, status: { column: st, values: { open: open } } }
waiting: { column: reason, values: { User: customer } }
`,
    );
    expect(batch.event).toBeUndefined();
    expect(said.join(' ')).toContain('one row a ticket does not tell how long');
  });
});
