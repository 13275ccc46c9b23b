import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseMapping } from './plan.ts';
import { type Proposal, proposeMapping } from './propose/propose-mapping.ts';
import { channelOf, flagOf, priorityOf, statusOf } from './propose/vocabulary.ts';
import { openFileSource } from './source.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures', 'incidents.csv');
const folder = mkdtempSync(join(tmpdir(), 'plumbline-propose-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

function file(content: string): string {
  made += 1;
  const path = join(folder, `f${made}.csv`);
  writeFileSync(path, content);
  return path;
}

const why = (proposal: Proposal, target: string): string =>
  proposal.choices.find((choice) => choice.target === target)?.why ?? 'not chosen';
const column = (proposal: Proposal, target: string): string | undefined =>
  proposal.choices.find((choice) => choice.target === target)?.column;

describe('proposeMapping on an event log', () => {
  it('finds key, stamp, order, milestones, totals and words, each with its reason', async () => {
    const proposal = await proposeMapping([FIXTURE]);
    expect(proposal.mode).toBe('events');
    expect(Object.fromEntries(proposal.choices.map((choice) => [choice.target, choice.column]))).toMatchObject({
      'ticket.id': 'number',
      'ticket.created_at': 'opened_at',
      'ticket.solved_at': 'resolved_at',
      'ticket.closed_at': 'closed_at',
      'ticket.status': 'incident_state',
      'ticket.priority': 'priority',
      'ticket.channel': 'contact_type',
      'ticket.group': 'assignment_group',
      'ticket.assignee': 'assigned_to',
      'ticket.requester': 'caller_id',
      'ticket.cause_code': 'closed_code',
      'ticket.reopens': 'reopen_count',
      'ticket.reassignments': 'reassignment_count',
      'events.at': 'sys_updated_at',
      'events.order': 'sys_mod_count',
      'sla.overall': 'made_sla',
    });
    expect(why(proposal, 'ticket.id')).toContain('4 different values on 17 rows');
    // Counted by hand: the stamp is ahead of its row on 9 of the 15 rows that have one.
    expect(why(proposal, 'ticket.solved_at')).toContain('9 of 15 rows later than the row itself');
    expect(why(proposal, 'ticket.reopens')).toContain('rises in 1: a running total');
  });

  it('writes a mapping file that reads the log like one made by hand', async () => {
    const { yaml } = await proposeMapping([FIXTURE]);
    const mapping = parseMapping(yaml, 'proposal.yaml');
    expect(mapping.missing).toEqual(['?']);
    expect(mapping.ticket.created_at).toEqual({ column: 'opened_at', date_format: 'day_first' });
    const tickets = async (text: string) => {
      const source = await openFileSource({
        paths: [FIXTURE],
        mapping: parseMapping(text, 'm'),
        mappingName: 'm',
        pseudonymise: (_, value) => value,
        now: new Date('2024-01-01T00:00:00Z'),
      });
      const all = [];
      for await (const page of source.read(null, new AbortController().signal))
        all.push(...(page.records.ticket ?? []));
      await source.close();
      return all.map((t) => [t.id, t.status, t.reported_solved_at, t.priority_rank, t.channel, t.reported_reopens]);
    };
    const byHand = readFileSync(join(import.meta.dirname, 'fixtures', 'incidents.yaml'), 'utf8');
    expect(await tickets(yaml)).toEqual(await tickets(byHand));
  });

  it('leaves open what the data do not tell', async () => {
    const { open, yaml } = await proposeMapping([FIXTURE]);
    expect(open.some((one) => one.includes('time_zone'))).toBe(true);
    expect(open.some((one) => one.includes('events.actor'))).toBe(true);
    for (const one of open) expect(yaml).toContain(`# OPEN: ${one}`);
  });
});

describe('proposeMapping on one row a ticket', () => {
  it('sees that no id comes twice', async () => {
    const proposal = await proposeMapping([
      file(
        'Ticket ID,Created At,Status,Resolved At\n1,2024-01-05 10:00,Open,\n2,2024-01-06 10:00,Done,2024-01-07 10:00\n',
      ),
    ]);
    expect(proposal.mode).toBe('tickets');
    expect(column(proposal, 'ticket.created_at')).toBe('Created At');
    expect(parseMapping(proposal.yaml, 'p').ticket.status).toEqual({
      column: 'Status',
      values: { Open: 'open', Done: 'solved' },
    });
  });

  it('does not guess an order of day and month that no value tells', async () => {
    const proposal = await proposeMapping([file('id,created,status\n1,3/4/2024,open\n2,5/4/2024,closed\n')]);
    expect(proposal.yaml).not.toMatch(/^date_format/m);
    expect(proposal.open.join('\n')).toMatch(/"created" can be read day first or month first/);
  });

  it('asks about words it does not know instead of giving them a meaning', async () => {
    const proposal = await proposeMapping([
      file('id,created,status\n1,2024-01-01,open\n2,2024-01-02,closed\n3,2024-01-03,parked\n'),
    ]);
    expect(proposal.open.join('\n')).toContain('"parked" in "status" (1 row)');
    expect(parseMapping(proposal.yaml, 'p').ticket.status).toMatchObject({ values: { parked: null } });
  });

  it('keeps foreign headers inside their comment and their string', async () => {
    const proposal = await proposeMapping([
      file('id,created,"status: {x}\n# y",status\n1,2024-01-01,a,open\n2,2024-01-02,b,closed\n'),
    ]);
    expect(parseMapping(proposal.yaml, 'p').unused).toEqual(['status: {x}\n# y']);
  });

  it('says that nothing can be a key', async () => {
    await expect(proposeMapping([file('a,b\nx,1\nx,1\n')])).rejects.toMatchObject({ code: 'BAD_MAPPING' });
  });
});

describe('vocabulary', () => {
  it.each([
    [statusOf, 'In Progress', 'open'],
    [statusOf, 'ON HOLD', 'hold'],
    [statusOf, 'Awaiting User Info', 'pending'],
    [statusOf, 'banana', null],
    [priorityOf, '1 - Critical', 1],
    [priorityOf, 'P3', 3],
    [priorityOf, 'Normal', 3],
    [priorityOf, '', null],
    [channelOf, 'Self service', 'portal'],
    [channelOf, 'Carrier pigeon', null],
    [flagOf, 'Yes', true],
    [flagOf, '0', false],
    [flagOf, 'maybe', null],
  ] as const)('%o reads %j as %j', (read, word, meaning) => {
    expect(read(word)).toBe(meaning);
  });
});
