import { describe, expect, it } from 'vitest';
import { asked, chosen, exportedFiles, readProposed } from '../../../test/harness/exported-files.ts';
import { proposeMapping } from './propose-mapping.ts';

const file = exportedFiles();

describe('the columns of a preset', () => {
  it('are known with the zone of the account in brackets, as Intercom writes them, and nothing is asked', async () => {
    const zone = '(America/New_York)';
    const path = file([
      `Conversation ID,Conversation started at ${zone},Team currently assigned,Current conversation state,Last teammate rating,Conversation first closed at ${zone},Conversation first replied at ${zone},Conversation last closed at ${zone},Conversation priority,"First response time, only within office hours (seconds)"`,
      `21501,2026-01-05 09:00:00,Billing,closed,1,2026-01-05 10:00:00,2026-01-05 09:10:00,2026-01-06 09:00:00,Priority,300`,
      `21502,2026-04-06 09:00:00,Billing,snoozed,,,2026-04-06 09:30:00,,Not priority,60`,
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.preset?.id).toBe('intercom-conversations');
    expect(asked(proposal)).toEqual([]);
    // New York is five hours behind in January and four in April; the last closure is the end.
    expect(await readProposed(path, proposal)).toMatchObject([
      {
        id: '21501',
        status: 'closed',
        priority_rank: 2,
        created_at: new Date('2026-01-05T14:00:00Z'),
        reported_first_reply_at: new Date('2026-01-05T14:10:00Z'),
        reported_closed_at: new Date('2026-01-06T14:00:00Z'),
        reported_first_reply_business_s: 300,
      },
      { id: '21502', status: 'pending', priority_rank: null, created_at: new Date('2026-04-06T13:00:00Z') },
    ]);
  });

  it('are known with the arrow of a report that is sorted by them', async () => {
    const path = file([
      'Case Owner  ↑,Case Number,Status,Date/Time Opened,Date/Time Closed',
      'Ana Lima,00000001,Closed,2026-01-15 09:00,2026-01-15 10:00',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.preset?.id).toBe('salesforce-cases');
    expect(chosen(proposal)).toMatchObject({ 'ticket.assignee': 'Case Owner  ↑' });
  });

  it('are known in an export of tickets rather than conversations of Intercom', async () => {
    const path = file([
      'Conversation ID,Ticket created (UTC),Current conversation state,Conversation created at (UTC),Ticket last resolved (UTC),Ticket time to resolve (seconds)',
      '21501,2026-01-05 10:00:00,closed,2026-01-05 09:00:00,2026-01-05 12:00:00,7200',
      '21502,2026-01-06 10:00:00,open,2026-01-06 09:00:00,,',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.preset?.id).toBe('intercom-conversations');
    expect(await readProposed(path, proposal)).toMatchObject([
      {
        created_at: new Date('2026-01-05T10:00:00Z'),
        reported_solved_at: new Date('2026-01-05T12:00:00Z'),
        reported_full_resolution_calendar_s: 7200,
      },
      { status: 'open', reported_solved_at: null },
    ]);
  });

  it('are known as parts of a cell: words as people see them, times as they are stored', async () => {
    const cell = (shown: string, stored: string) => ({ display_value: shown, value: stored });
    const row = (number: string, state: [string, string], opened: [string, string], resolved: [string, string]) => ({
      number: cell(number, number),
      state: cell(...state),
      priority: cell('1 - Critical', '1'),
      opened_at: cell(...opened),
      resolved_at: cell(...resolved),
      sys_updated_on: cell(...opened),
      assigned_to: { display_value: 'Ana Lima', link: 'https://desk.example/x/77', value: '77' },
    });
    const path = file(
      [
        JSON.stringify({
          result: [
            row(
              'INC1',
              ['Resolved', '6'],
              ['2026-01-05 01:00:00', '2026-01-05 09:00:00'],
              ['2026-01-05 04:00:00', '2026-01-05 12:00:00'],
            ),
            row('INC2', ['On Hold', '3'], ['2026-01-28 01:00:00', '2026-01-28 09:00:00'], ['', '']),
          ],
        }),
      ],
      'json',
    );
    const proposal = await proposeMapping([path]);
    expect(proposal.preset?.id).toBe('servicenow-list');
    expect(asked(proposal)).toEqual(['time-zone']);
    expect(await readProposed(path, proposal)).toMatchObject([
      {
        id: 'INC1',
        status: 'solved',
        priority_rank: 1,
        created_at: new Date('2026-01-05T09:00:00Z'),
        reported_solved_at: new Date('2026-01-05T12:00:00Z'),
      },
      { id: 'INC2', status: 'hold', created_at: new Date('2026-01-28T09:00:00Z') },
    ]);
  });

  it('name who is meant by the value of a reference, not by its address', async () => {
    const who = (id: string) => ({ link: `https://desk.example/api/x/${id}`, value: id });
    const path = file(
      [
        JSON.stringify([
          { number: 'A1', opened_at: '2026-01-15 09:00:00', state: 'Closed', assigned_to: who('77') },
          { number: 'A2', opened_at: '2026-01-16 09:00:00', state: 'New', assigned_to: who('78') },
        ]),
      ],
      'json',
    );
    const proposal = await proposeMapping([path]);
    expect(chosen(proposal)).toMatchObject({ 'ticket.assignee': 'assigned_to.value' });
    expect((await readProposed(path, proposal)).map((one) => one.assignee_id)).toEqual(['77', '78']);
  });

  it('are known where the product says work item for issue, and what is left of a target is no duration', async () => {
    const path = file([
      'Summary,Work item key,Work item id,Work type,Status,Priority,Created,Resolved,Custom field (Time to resolution)',
      'x,SUP-1,1,Incident,Done,High,05/Jan/26 9:00 AM,05/Jan/26 5:00 PM,8:00',
      'x,SUP-2,2,Incident,To Do,Low,28/Jan/26 9:00 AM,,4:00',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.preset?.id).toBe('jira-csv');
    expect(chosen(proposal)['durations.full_resolution']).toBeUndefined();
    expect((await readProposed(path, proposal)).map((one) => [one.id, one.status])).toEqual([
      ['SUP-1', 'solved'],
      ['SUP-2', 'new'],
    ]);
  });
});

describe('a report with its title above and its sums below', () => {
  const header = 'Request ID,Subject,Technician,Created Time,Resolved Time,Request Status,Priority,Request Mode';
  const rows = [
    '1,x,Ana Lima,"Jan 5, 2026 09:00 AM","Jan 5, 2026 12:00 PM",Closed,High,E-Mail',
    '2,x,Not Assigned,"Jan 28, 2026 09:00 AM",-,Onhold,Low,Phone Call',
  ];

  it('is read where commas of their own cut the lines of the title', async () => {
    const path = file([
      'All Requests',
      'Generated by : Ana Lima on : Apr 2, 2026 09:00 AM',
      '',
      header,
      ...rows,
      '',
      'Total : 2',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.looked).toEqual({ rows: 2, of: 2 });
    expect(proposal.notes.join()).toMatch(/2 lines above the header/);
    expect(await readProposed(path, proposal)).toMatchObject([
      { id: '1', status: 'closed', channel: 'email', reported_solved_at: new Date('2026-01-05T12:00:00Z') },
      { id: '2', status: 'hold', assignee_id: null, channel: 'voice' },
    ]);
  });

  it('is read where the table begins in the second column, and ends with sums and a footer', async () => {
    const path = file([
      ',Cases by owner,,,',
      ',,,,',
      ',Case Number,Case Owner,Status,Date/Time Opened',
      ',00000001,Ana Lima,Closed,2026-01-15 09:00',
      ',00000002,Ana Lima,New,2026-01-16 09:00',
      ',Total,Count,2,',
      ',,,,',
      ',Confidential Information - Do Not Distribute,,,',
      ',"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.",,,',
    ]);
    const proposal = await proposeMapping([path]);
    expect(proposal.looked).toEqual({ rows: 2, of: 2 });
    expect((await readProposed(path, proposal)).map((one) => one.id)).toEqual(['00000001', '00000002']);
  });

  it('keeps a row of one filled cell that more rows follow', async () => {
    const path = file(['id,created,status', '1,2026-01-15 09:00,Open', '', '2,,', '3,2026-01-16 09:00,Open']);
    expect((await proposeMapping([path])).looked).toEqual({ rows: 3, of: 3 });
  });

  it('never takes a row for the header, and keeps a header that its rows are wider than', async () => {
    const path = file(['id,created', '1,2026-01-05 09:00,a,b,c,d,e,f', '2,2026-01-06 09:00,a,b,c,d,e,f']);
    await expect(proposeMapping([path])).rejects.toThrow(/more cells than the header/);
  });
});

describe('how long things took', () => {
  const header = 'Ticket ID,Status,Created,Resolved';
  /** Ticket i is solved i hours after 09:00. */
  const rows = (cell: (hours: number) => string): string[] =>
    [2, 3, 4, 5].map(
      (i) => `${i},Closed,2026-01-1${i} 09:00,2026-01-1${i} ${String(9 + i).padStart(2, '0')}:00,${cell(i)}`,
    );

  it('is on the wall clock where words say what the stamps say', async () => {
    const path = file([`${header},Resolution Time`, ...rows((i) => `${i} hours 0 minutes`)]);
    const proposal = await proposeMapping([path]);
    expect(asked(proposal)).toEqual(['time-zone']);
    expect((await readProposed(path, proposal)).map((one) => one.reported_full_resolution_calendar_s)).toEqual([
      7200, 10_800, 14_400, 18_000,
    ]);
  });

  it('is asked without the units in which the answer came long after the end', async () => {
    const path = file([`${header},First Response Time`, ...rows((i) => String(i * 600))]);
    const [point] = (await proposeMapping([path])).points;
    // 20 minutes to 50 minutes in seconds; in minutes it would be 20 to 50 hours, the tickets lived for 2 to 5.
    expect(point?.options.map((one) => one.label)).toEqual([
      'seconds, wall clock',
      'seconds, business hours',
      'leave it out',
    ]);
  });

  it('is not the clock of a target, in whatever language the tracker was', async () => {
    const path = file([
      'Clave de incidencia,Estado,Creada,Actualizada,Resuelta,Persona asignada,Informador,Campo personalizado (Time to resolution)',
      'SUP-1,Resuelta,05/ene/26 9:00 AM,06/ene/26 9:00 AM,05/ene/26 3:00 PM,Ana Lima,Dora Quill,2:00',
      'SUP-2,En curso,28/ene/26 9:00 AM,28/ene/26 9:30 AM,,Ana Lima,Eli Stone,4:00',
    ]);
    const proposal = await proposeMapping([path]);
    expect(asked(proposal)).toEqual(['time-zone']);
    expect(await readProposed(path, proposal)).toMatchObject([
      {
        id: 'SUP-1',
        status: 'solved',
        assignee_id: 'Ana Lima',
        requester_key: 'Dora Quill',
        updated_at: new Date('2026-01-06T09:00:00Z'),
        reported_solved_at: new Date('2026-01-05T15:00:00Z'),
        reported_full_resolution_calendar_s: null,
      },
      { id: 'SUP-2', status: 'open' },
    ]);
  });

  it('is not what is longer than the tickets lived', async () => {
    const path = file([`${header},Time to resolution`, ...rows((i) => `${i * 10}:00`)]);
    const proposal = await proposeMapping([path]);
    expect(asked(proposal)).toEqual(['time-zone']);
    expect(proposal.unused.find((one) => one.column === 'Time to resolution')?.suggestion).toMatch(
      /longer than the tickets/,
    );
  });

  it('is in business hours where the last word says so', async () => {
    const path = file([`${header},full_resolution_time_in_minutes.business`, ...rows((i) => String(i * 30))]);
    const proposal = await proposeMapping([path]);
    expect(asked(proposal)).toEqual(['time-zone']);
    expect((await readProposed(path, proposal))[0]?.reported_full_resolution_business_s).toBe(3600);
  });
});

describe('of two times of one name', () => {
  it('the one with a time of day is taken, wherever it stands', async () => {
    const path = file([
      'Incident Number,Status,Created On,Created Date Time,First Call Resolution',
      '1,Working,01/15/2026,01/15/2026 09:30,True',
      '2,Backlog,01/16/2026,01/16/2026 09:45,False',
    ]);
    const proposal = await proposeMapping([path]);
    expect(asked(proposal)).toEqual(['time-zone']);
    // Whether the first call solved it is no code of a cause.
    expect(chosen(proposal)['ticket.cause_code']).toBeUndefined();
    expect((await readProposed(path, proposal)).map((one) => [one.created_at.toISOString(), one.status])).toEqual([
      ['2026-01-15T09:30:00.000Z', 'open'],
      ['2026-01-16T09:45:00.000Z', 'new'],
    ]);
  });
});

describe('numbers of a product', () => {
  it('are read by its own count, in which four is urgent', async () => {
    const path = file(
      [
        JSON.stringify([
          {
            id: 1,
            status: 4,
            priority: 4,
            source: 3,
            responder_id: 9,
            requester_id: 5,
            fr_due_by: '2026-01-15T13:00:00Z',
            due_by: '2026-01-16T09:00:00Z',
            created_at: '2026-01-15T09:00:00Z',
          },
          {
            id: 2,
            status: 3,
            priority: 1,
            source: 1,
            responder_id: null,
            requester_id: 6,
            fr_due_by: '2026-01-16T13:00:00Z',
            due_by: '2026-01-17T09:00:00Z',
            created_at: '2026-01-16T09:00:00Z',
          },
        ]),
      ],
      'json',
    );
    const proposal = await proposeMapping([path]);
    expect(proposal.preset?.id).toBe('freshdesk-json');
    expect(asked(proposal)).toEqual([]);
    expect(await readProposed(path, proposal)).toMatchObject([
      { status: 'solved', priority_rank: 1, channel: 'voice', assignee_id: '9', requester_key: '5' },
      { status: 'pending', priority_rank: 4, channel: 'email', assignee_id: null, requester_key: '6' },
    ]);
  });
});

describe('a mark "Overdue"', () => {
  const header = 'Ticket ID,Status,Created,Closed,Due Date,Overdue';
  const late = (mark: string) => `1,Closed,2026-01-12 09:00,2026-01-20 09:00,2026-01-13 09:00,${mark}`;
  const kept = '2,Closed,2026-01-14 09:00,2026-01-14 12:00,2026-01-15 09:00,No';
  const open = '3,Open,2026-01-16 09:00,,2026-01-17 09:00,Yes';

  it('on open tickets alone says nothing of what was kept: the deadline does', async () => {
    const proposal = await proposeMapping([file([header, late('No'), kept, open])]);
    expect(chosen(proposal)).toMatchObject({ 'sla.overall': 'Due Date' });
    expect(proposal.unused.find((one) => one.column === 'Overdue')?.suggestion).toMatch(/late now/);
  });

  it('on tickets that are over is their outcome', async () => {
    expect(chosen(await proposeMapping([file([header, late('Yes'), kept, open])]))).toMatchObject({
      'sla.overall': 'Overdue',
    });
  });
});

describe('words of a survey', () => {
  it('of the classic faces are known', async () => {
    const path = file([
      'Ticket Id,Status,Created Time,Resolved Time,Group,Survey Result',
      ...['Awesome', 'Awesome', 'Just okay', 'Just not good', ''].map(
        (word, i) => `${i},Closed,2026-01-15 09:00,2026-01-15 10:00,Billing,${word}`,
      ),
    ]);
    const { yaml } = (await proposeMapping([path])).settle(new Map([['time-zone', 0]]));
    // The best, the middle, the worst.
    expect(yaml).toMatch(/Awesome: 1\b/);
    expect(yaml).toMatch(/Just okay: 0\.5\b/);
    expect(yaml).toMatch(/Just not good: 0\b/);
  });
});

describe('who is who', () => {
  it('the agent is the assignee, whoever owns the ticket besides', async () => {
    const path = file([
      'code,ownerEmail,agentName,status,date_created',
      'A-1,dora@globex.example,Ana Lima,Open,2026-01-15 09:00:00',
    ]);
    expect(chosen(await proposeMapping([path]))).toMatchObject({ 'ticket.assignee': 'agentName' });
  });

  it('who a ticket is from is the requester, and a dash is nobody', async () => {
    const path = file([
      'Ticket Number,Date Created,From,Current Status,Agent Assigned',
      '1,2026-01-15 09:00:00,Dora Quill,Open,-',
      '2,2026-01-16 09:00:00,Eli Stone,Closed,Ana Lima',
    ]);
    const proposal = await proposeMapping([path]);
    expect(asked(proposal)).toEqual(['time-zone']);
    expect((await readProposed(path, proposal)).map((one) => [one.requester_key, one.assignee_id])).toEqual([
      ['Dora Quill', null],
      ['Eli Stone', 'Ana Lima'],
    ]);
  });
});

describe('"Answered"', () => {
  const states = async (...words: readonly string[]) => {
    const path = file(['Ticket,Created,Status', ...words.map((word, i) => `${i},2026-01-15 09:00,${word}`)]);
    return (await readProposed(path, await proposeMapping([path]))).map((one) => one.status);
  };

  it('waits for the customer beside an end, and is the end where there is no other', async () => {
    expect(await states('Open', 'Answered', 'Resolved', 'Postponed')).toEqual(['open', 'pending', 'solved', 'hold']);
    expect(await states('Open', 'Answered')).toEqual(['open', 'solved']);
  });
});

describe('one row a message', () => {
  // Every row carries what the conversation is when the file is made; three of the four were over.
  const messages = (i: number, state: string, ...sent: readonly [string, string][]): string[] =>
    sent.map(
      ([direction, at], nr) => `m${i}${nr},c${i},${direction},${state},Billing,${at},Ana Lima,c${i}@globex.example`,
    );
  const path = (): string =>
    file([
      'Message ID,Conversation ID,Direction,Status,Inbox,Message date,Author,Contact handle',
      ...messages(
        1,
        'Archived',
        ['Inbound', '2026-01-15 09:00:00'],
        ['Outbound', '2026-01-15 09:20:00'],
        ['Outbound', '2026-01-15 11:00:00'],
      ),
      ...messages(2, 'Assigned', ['Inbound', '2026-01-16 09:00:00'], ['Inbound', '2026-01-16 10:00:00']),
      // The desk wrote first: nobody was waiting.
      ...messages(
        3,
        'Archived',
        ['Outbound', '2026-01-17 09:00:00'],
        ['Inbound', '2026-01-17 10:00:00'],
        ['Outbound', '2026-01-17 10:30:00'],
      ),
      ...messages(4, 'Archived', ['Inbound', '2026-01-18 09:00:00'], ['Inbound', '2026-01-18 09:30:00']),
    ]);

  it('gives conversations with their answers, and no end at their first message', async () => {
    const messages = path();
    const proposal = await proposeMapping([messages]);
    expect(chosen(proposal)).toMatchObject({
      'ticket.id': 'Conversation ID',
      'ticket.requester': 'Contact handle',
      'events.at': 'Message date',
      'events.activity': 'Direction',
    });
    const tickets = await readProposed(messages, proposal);
    expect(tickets.map((one) => [one.id, one.status, one.reported_solved_at ?? one.reported_closed_at])).toEqual([
      ['c1', 'closed', null],
      ['c2', 'open', null],
      ['c3', 'closed', null],
      ['c4', 'closed', null],
    ]);
    expect(tickets.map((one) => [one.reported_first_reply_calendar_s, one.reported_replies])).toEqual([
      [1200, 2],
      [null, 0],
      [5400, 1],
      [null, 0],
    ]);
  });
});
