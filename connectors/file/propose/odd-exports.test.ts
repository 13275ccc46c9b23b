import { describe, expect, it } from 'vitest';
import { chosen, exportedFiles, readProposed } from '../../../test/harness/exported-files.ts';
import { readLines } from '../../../test/harness/read-lines.ts';
import { proposeMapping } from './propose-mapping.ts';
import { channelOf, statusOf, typeOf } from './vocabulary.ts';

const file = exportedFiles();

describe('exports in other languages', () => {
  it.each([
    [
      'German',
      'Ticket-Nr.;Status;Priorität;Erstellt am;Gelöst am',
      ['1;Gelöst;Hoch;5. Januar 2026 09:00;5. Januar 2026 12:30', '2;In Bearbeitung;Niedrig;28. März 2026 10:00;'],
    ],
    [
      'French',
      "N° de ticket;Statut;Priorité;Date d'ouverture;Date de résolution",
      ['1;Résolu;Haute;5 janv. 2026 à 09h00;5 janv. 2026 à 12h30', '2;En cours;Basse;28 mars 2026 à 10h00;'],
    ],
    [
      'Spanish',
      'Número;Estado;Prioridad;Fecha de creación;Fecha de resolución',
      ['1;Resuelto;Alta;05/01/2026 09:00;05/01/2026 12:30', '2;En curso;Baja;28/03/2026 10:00;'],
    ],
  ])('reads %s headers, words and months', async (_, header, rows) => {
    const path = file([header, ...rows]);
    const tickets = await readProposed(path, await proposeMapping([path]));
    expect(tickets).toMatchObject([
      {
        id: '1',
        status: 'solved',
        priority_rank: 2,
        created_at: new Date('2026-01-05T09:00:00Z'),
        reported_solved_at: new Date('2026-01-05T12:30:00Z'),
      },
      { id: '2', status: 'open', priority_rank: 4, created_at: new Date('2026-03-28T10:00:00Z') },
    ]);
  });
});

describe('a column that tells only whether', () => {
  it.each([
    ['Reopened?', ['Yes', 'No', ''], [1, 0, null]],
    ['Is Reopened', ['TRUE', 'FALSE', 'TRUE'], [1, 0, 1]],
    ['Wiedereröffnet', ['nein', 'ja', 'ja'], [0, 1, 1]],
    ['Reopens', ['0', '3', '1'], [0, 3, 1]],
    ['Reopened by', ['Team A', 'Yes', 'No'], [null, null, null]],
  ])('%s', async (header, cells, reopens) => {
    const path = file([
      `Ticket,Opened,Status,Resolved,${header}`,
      ...cells.map((cell, i) => `${i + 1},2026-01-05 09:00,Closed,2026-01-05 12:00,${cell}`),
    ]);
    const tickets = await readProposed(path, await proposeMapping([path]));
    expect(tickets.map((one) => one.reported_reopens)).toEqual(reopens);
  });
});

describe('words that tools write where nobody is set', () => {
  it('are no person, no team, no label and no priority', async () => {
    const path = file([
      'Request ID,Created Time,Request Status,Priority,Technician,Group,Category',
      '1,2026-01-05 09:00,Open,High,Not Assigned,Network,Not Assigned',
      '2,2026-01-06 09:00,Open,Not Assigned,Bob Stone,Unassigned,Mail',
      '3,2026-01-07 09:00,Closed,Low,--None--,No Group,uncategorized',
      '4,2026-01-08 09:00,Unassigned,Low,nobody,Network,Mail',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.points.map((one) => one.id)).toEqual(['time-zone']);
    const tickets = await readProposed(path, proposal);
    expect(tickets.map((one) => [one.priority_rank, one.assignee_id, one.group_id, one.category])).toEqual([
      [2, null, 'Network', null],
      [null, 'Bob Stone', null, 'Mail'],
      [4, null, null, null],
      [4, null, 'Network', 'Mail'],
    ]);
    // As a state it tells that nobody has begun.
    expect(tickets[3]?.status).toBe('new');
  });
});

describe('names that tools give to ordinary fields', () => {
  it.each([
    ['Mode', ['E-Mail', 'Web Form', 'Phone Call'], 'ticket.channel'],
    ['Entry type', ['E-mail', 'Portal', 'Phone'], 'ticket.channel'],
    ['Operator', ['Ann Berg', 'Bob Stone', 'Ann Berg'], 'ticket.assignee'],
    ['Number of agent messages', ['1', '3', '2'], 'ticket.replies'],
    ['SolutionInMin', ['360', '180', '60'], 'durations.full_resolution'],
  ])('%s', async (header, cells, target) => {
    const ends = [15, 12, 10];
    const path = file([
      `Ticket,Opened,Status,Resolved,${header}`,
      ...cells.map((cell, i) => `${i + 1},2026-01-05 09:00,Closed,2026-01-05 ${ends[i]}:00,${cell}`),
    ]);
    expect(chosen(await proposeMapping([path]))).toMatchObject({ [target]: header });
  });
});

describe('ratings in percent', () => {
  const csv = (cells: readonly string[]) =>
    file(['Ticket;Opened;Status;Satisfaction', ...cells.map((cell, i) => `${i + 1};2026-01-05 09:00;Closed;${cell}`)]);

  it.each([[['80 %', '0 %', '100 %']], [['80%', '87.5%', '33%']], [['80 %', '87,5 %', '33 %']]])(
    '%j are read as shares of the best, without a question',
    async (cells) => {
      const path = csv(cells);
      const proposal = await proposeMapping([path]);
      expect(chosen(proposal)).toMatchObject({ satisfaction: 'Satisfaction' });
      expect(proposal.points.map((one) => one.id)).toEqual(['time-zone']);
    },
  );

  it('is a share of a scale of stars too, and stars may name how many there are; what lies beyond is told', async () => {
    const mapping = `mode: tickets
ticket: { id: id, created_at: opened, status: { column: st, values: { done: solved } } }
satisfaction: { column: r, range: [1, 5] }
`;
    const cells = ['80 %', '4/5', '5 of 5', '4/10', '120 %', '3'];
    const { batch, notes } = await readLines(
      ['id,opened,st,r', ...cells.map((cell, i) => `${i},2024-01-05 09:00,done,${cell}`)],
      mapping,
    );
    const scores = new Map(batch.csat?.map((one) => [one.ticket_id, one.score]));
    expect(cells.map((_, i) => scores.get(String(i)) ?? null)).toEqual([0.8, 0.75, 1, null, null, 0.5]);
    expect(notes).toEqual(['cells NOT_A_NUMBER r row 4', 'cells OUT_OF_RANGE r row 5']);
  });
});

/** Words that GLPI (help.glpi-project.org, "Ticket life cycle") and OTRS (doc.otrs.com, "Ticket states") fix, and those of its file Kernel/Language/de.pm. */
describe('words of GLPI and of OTRS or Znuny', () => {
  it.each([
    [statusOf, 'Approval', 'hold'],
    [statusOf, 'Processing (planned)', 'open'],
    [statusOf, 'Processando (planejado)', 'open'],
    [statusOf, 'pending auto close+', 'pending'],
    [statusOf, 'pending auto close-', 'pending'],
    [statusOf, 'pending reminder', 'pending'],
    [statusOf, 'warten auf erfolgreich schließen', 'pending'],
    [statusOf, 'warten auf erfolglos schließen', 'pending'],
    [statusOf, 'warten zur Erinnerung', 'pending'],
    [statusOf, 'closed unsuccessful', 'closed'],
    [statusOf, 'merged', 'closed'],
    [statusOf, 'removed', 'closed'],
    [statusOf, 'entfernt', 'closed'],
    [typeOf, 'RfC', 'change'],
    [typeOf, 'Incident::ServiceRequest', 'question'],
    [typeOf, 'Problem::KnownError', 'problem'],
    [typeOf, 'Problem::PendingRfC', 'problem'],
    [channelOf, 'Helpdesk', 'portal'],
    [channelOf, 'Direct', 'other'],
    [channelOf, 'webrequest', 'web'],
  ])('%o reads %s', (read, word, meaning) => expect(read(word)).toBe(meaning));

  it('have "Major" above "Very high", where the column has both; elsewhere it is high', async () => {
    const ranks = async (...words: string[]) => {
      const path = file([
        'ID;Status;Opening date;Priority',
        ...words.map((word, i) => `${i + 1};New;2026-01-05 09:00;${word}`),
      ]);
      return (await readProposed(path, await proposeMapping([path]))).map((one) => one.priority_rank);
    };
    expect(await ranks('Major', 'Very high', 'High', 'Medium', 'Low', 'Very low')).toEqual([1, 1, 2, 3, 4, 4]);
    expect(await ranks('Majeure', 'Très haute', 'Haute', 'Moyenne', 'Basse', 'Très basse')).toEqual([1, 1, 2, 3, 4, 4]);
    expect(await ranks('Critical', 'Major', 'Minor')).toEqual([1, 2, 4]);
  });
});

describe('ratings from 0 to 1', () => {
  it.each([
    [['0', '1', '1'], '0 is the worst, 1 the best'],
    [['0.25', '0.5', '1'], '0 is the worst, 1 the best'],
    [['1', '1', '1'], '1 is the worst, 5 the best'],
  ])('%j are first taken for: %s', async (cells, label) => {
    const path = file([
      'Ticket,Opened,Status,CSAT',
      ...cells.map((cell, i) => `${i + 1},2026-01-05 09:00,Closed,${cell}`),
    ]);
    const { points } = await proposeMapping([path]);
    expect(points.find((one) => one.target === 'satisfaction')?.options[0]?.label).toBe(label);
  });
});

describe('what a spreadsheet does to an export', () => {
  it('refuses ids that it has rounded, with the value, the column and the way out', async () => {
    const path = file([
      'Ticket Id,Created Time,Modified Time,Status',
      '1.23457E+17,2026-01-05 09:00,2026-01-05 10:00,Open',
      '1.23457E+17,2026-01-06 09:00,2026-01-06 10:00,Closed',
    ]);
    await expect(proposeMapping([path])).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      message: expect.stringMatching(/"Ticket Id".*1\.23457E\+17/),
      remedy: expect.stringMatching(/text/),
    });
  });

  it('passes over the footer of a report behind a blank line, and no line between rows', async () => {
    const rows = ['"1","2026-01-05 09:00","Open"', '"2","2026-01-06 09:00","Closed"'];
    const footer = ['', '"Cases last quarter"', '"Copyright (c) 2000-2026 salesforce.com, inc."', '"Acme Inc"'];
    const report = await proposeMapping([file(['Case Number,Date/Time Opened,Status', ...rows, ...footer])]);
    expect(report.looked).toEqual({ rows: 2, of: 2 });
    expect(report.notes.join()).toContain('footer');
    const cut = await proposeMapping([
      file(['Case Number,Date/Time Opened,Status', rows[0] ?? '', '', 'text', rows[1] ?? '']),
    ]);
    expect(cut.looked).toEqual({ rows: 2, of: 3 });
  });

  it('takes no count for an id where the id is rounded', async () => {
    const path = file([
      'Ticket Id,Number of Reopen,Created Time,Modified Time,Status',
      '1.23457E+17,1,2026-01-05 09:00,2026-01-05 10:00,Open',
      '1.23457E+17,1,2026-01-06 09:00,2026-01-06 10:00,Closed',
    ]);
    await expect(proposeMapping([path])).rejects.toThrow(/1\.23457E\+17/);
  });

  it('takes another id where the long one is rounded', async () => {
    const path = file([
      'Ticket Id,Ticket Number,Created Time,Status',
      '1.23E+17,101,2026-01-05 09:00,Open',
      '1.23E+17,102,2026-01-06 09:00,Closed',
    ]);
    expect(chosen(await proposeMapping([path]))).toMatchObject({ 'ticket.id': 'Ticket Number' });
  });

  it('says that rounded seconds are no times', async () => {
    const path = file(['id,created_at,status', '1,1.76739E+12,Open', '2,1.76746E+12,Closed']);
    await expect(proposeMapping([path])).rejects.toThrow(/"created_at" holds numbers that a spreadsheet has rounded/);
  });

  it('keeps an end that it hid behind #####, and takes #N/A for none', async () => {
    const path = file([
      'Ticket,Opened,Status,Resolved',
      '1,2026-01-05 09:00,Closed,2026-01-05 12:00',
      '2,2026-01-06 09:00,Closed,########',
      '3,2026-01-07 09:00,Open,#N/A',
      '4,2026-01-08 09:00,Closed,2026-01-08 12:00',
    ]);
    const proposal = await proposeMapping([path]);
    expect(chosen(proposal)).toMatchObject({ 'ticket.solved_at': 'Resolved' });
    const tickets = await readProposed(path, proposal);
    expect(tickets.map((one) => [one.status, one.reported_solved_at?.toISOString() ?? null])).toEqual([
      ['closed', '2026-01-05T12:00:00.000Z'],
      ['closed', null],
      ['open', null],
      ['closed', '2026-01-08T12:00:00.000Z'],
    ]);
  });

  it('reads days as numbers under a header that speaks of a time', async () => {
    // 46027.375 is 2026-01-05 09:00, counted from 1899-12-30.
    const path = file(['id,created,resolved,status', '1,46027.375,46027.5,Closed', '2,46028,,Open']);
    const [one] = await readProposed(path, await proposeMapping([path]));
    expect(one).toMatchObject({
      created_at: new Date('2026-01-05T09:00:00Z'),
      reported_solved_at: new Date('2026-01-05T12:00:00Z'),
    });
  });

  it('passes over a footer that has no id, and names merged cells', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i + 1},2026-01-${String(i + 5).padStart(2, '0')} 09:00,Open`);
    const totals = file(['Ticket,Opened,Status', ...rows, ',,Total: 20']);
    expect(chosen(await proposeMapping([totals]))).toMatchObject({ 'ticket.id': 'Ticket' });
    const merged = file(['Ticket,Opened,Status', ...rows.flatMap((row) => [row, ',,note'])]);
    await expect(proposeMapping([merged])).rejects.toThrow(/"Ticket" .* but 20 of 40 rows have none/);
  });
});

describe('times and durations of home-made sheets', () => {
  it('declares the one order that reads years of two digits', async () => {
    const path = file(['Case ID,Opened,Status', '1,1/25/26 9:05,Open', '2,2/3/26 17:00,Closed']);
    expect((await readProposed(path, await proposeMapping([path])))[0]?.created_at).toEqual(
      new Date('2026-01-25T09:05:00Z'),
    );
  });

  it('does not take a year in front for a day', async () => {
    const path = file(['Case ID,Opened,Status', '1,26/01/05 9:05,Open', '2,26/02/28 17:00,Closed']);
    await expect(proposeMapping([path])).rejects.toThrow(/years of two digits/);
  });

  it('takes zero in a column of seconds for no time, also where most tickets are open', async () => {
    // 1767603600 is 2026-01-05 09:00 UTC.
    const path = file(['id,status,created_at,resolved_at', '1,Closed,1767603600,1767614400', '2,Open,1767690000,0']);
    const tickets = await readProposed(path, await proposeMapping([path]));
    expect(tickets.map((one) => one.reported_solved_at)).toEqual([new Date('2026-01-05T12:00:00Z'), null]);
  });

  it('takes a stamp of which a few values are words, and says which', async () => {
    const path = file([
      'Ticket,Opened,Resolved,Status',
      '1,2026-01-05 09:00,2026-01-05 12:00,Closed',
      '2,2026-01-06 09:00,TBD,Open',
      '3,2026-01-07 09:00,2026-01-07 12:00,Closed',
    ]);
    const proposal = await proposeMapping([path]);
    expect(chosen(proposal)).toMatchObject({ 'ticket.solved_at': 'Resolved' });
    expect(proposal.choices.find((one) => one.target === 'ticket.solved_at')?.why).toContain('"TBD"');
  });

  it.each([
    ['2h 15m', 8100],
    ['1.5 days', 129_600],
    ['00:45 hrs', 2700],
    ['1 day, 3:00:00', 97_200],
    ['2 Std. 15 Min.', 8100],
  ])('asks on which clock %j is, and reads it', async (text, seconds) => {
    const path = file(['Ticket,Opened,Status,Time to resolve', `1,2026-01-05 09:00,Closed,"${text}"`]);
    const proposal = await proposeMapping([path]);
    expect(proposal.points.map((one) => one.id)).toContain('duration:Time to resolve');
    const [ticket] = await readProposed(path, proposal);
    expect(ticket?.reported_full_resolution_calendar_s).toBe(seconds);
  });

  it('does not take the time of day of a date for a duration', async () => {
    const path = file([
      'Case ID,Date opened,Date closed,Time closed,Status',
      '1,25/01/2026,26/01/2026,10:33,Closed',
      '2,27/01/2026,28/01/2026,09:10,Closed',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.points.map((one) => one.id)).toEqual(['time-zone']);
    expect(proposal.unused).toEqual([]);
    expect(chosen(proposal)).toMatchObject({ 'ticket.closed_at': 'Date closed + Time closed' });
    expect(proposal.yaml).not.toContain('durations:');
  });

  it('leaves out what may be either, and says how the two are read as one', async () => {
    const path = file([
      'Case ID,Date opened,Resolution date,Resolution time,Status',
      '1,25/01/2026,26/01/2026,10:33,Closed',
      '2,27/01/2026,28/01/2026,09:10,Closed',
    ]);
    const { unused } = await proposeMapping([path]);
    expect(unused.find((one) => one.column === 'Resolution time')?.suggestion).toMatch(
      /time of day of "Resolution date" rather than a duration.*`joined`/,
    );
  });

  it('tells milliseconds by the stamps of their rows', async () => {
    const rows = [3, 4, 5, 6].map((h) => `${h},2026-01-05 09:00,2026-01-05 ${h + 9}:00,Closed,${h * 3_600_000}`);
    const path = file(['Ticket,Opened,Closed at,Status,Time to close', ...rows]);
    expect((await proposeMapping([path])).yaml).toContain('unit: milliseconds');
  });
});

it('finds a list inside of objects', async () => {
  const tickets = [
    { id: '1', status: 'open', created_at: '2026-01-05T09:00:00Z' },
    { id: '2', status: 'closed', created_at: '2026-01-06T09:00:00Z' },
  ];
  const path = file([JSON.stringify({ data: { tickets: { nodes: tickets } } })], 'json');
  const proposal = await proposeMapping([path]);
  expect(proposal.notes.join()).toContain('data.tickets.nodes');
  expect(await readProposed(path, proposal)).toHaveLength(2);
});
