import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Mapping } from '../mapping-schema.ts';
import { parseMapping } from '../plan.ts';
import { type Proposal, proposeMapping } from './propose-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-meanings-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

async function propose(...lines: readonly string[]): Promise<Proposal> {
  made += 1;
  const path = join(folder, `f${made}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return proposeMapping([path]);
}

const point = (proposal: Proposal, id: string) => {
  const found = proposal.points.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no point ${id} among ${proposal.points.map((one) => one.id).join(', ')}`);
  return found;
};
const settled = (proposal: Proposal, ...answers: readonly (readonly [string, number | string])[]): Mapping =>
  parseMapping(proposal.settle(new Map(answers)).yaml, 'settled');
const column = (proposal: Proposal, target: string): string | undefined =>
  proposal.choices.find((choice) => choice.target === target)?.column;

describe('a deadline', () => {
  it('is no end and no reply, but the due date of its promise', async () => {
    const proposal = await propose(
      'Ticket ID,Raised,Ticket status,Resolution Due Date,Response needed by,First response,Close date',
      '1,2026-01-05T09:00:00Z,Closed,2026-01-08T09:00:00Z,2026-01-05T13:00:00Z,2026-01-05T09:30:00Z,2026-01-05T11:00:00Z',
      '2,2026-01-06T09:00:00Z,Open,2026-01-09T09:00:00Z,2026-01-06T13:00:00Z,,',
    );
    expect(column(proposal, 'ticket.closed_at')).toBe('Close date');
    expect(column(proposal, 'ticket.first_reply_at')).toBe('First response');
    expect(column(proposal, 'ticket.solved_at')).toBeUndefined();
    expect(settled(proposal).sla).toEqual(
      [
        { metric: 'resolution', due_at: { column: 'Resolution Due Date' } },
        { metric: 'first_reply', due_at: { column: 'Response needed by' } },
      ].map((one) => ({ ...one, due_at: one.due_at.column })),
    );
    expect(proposal.points).toEqual([]);
  });

  it('may be called like an end: one that open tickets carry too is asked', async () => {
    const row = (n: number, status: string) => `${n},2026-01-0${n}T09:00:00Z,${status},2026-01-0${n}T17:00:00Z`;
    const proposal = await propose(
      'id,created,status,resolution date',
      row(1, 'Open'),
      row(2, 'Open'),
      row(3, 'Closed'),
    );
    expect(column(proposal, 'ticket.solved_at')).toBeUndefined();
    const doubt = point(proposal, 'solved_at:resolution date');
    expect(doubt.question).toContain('2 of 2 open tickets carry it as well');
    expect(settled(proposal, [doubt.id, 0]).ticket.solved_at).toBe('resolution date');
    expect(settled(proposal, [doubt.id, 1]).sla?.[0]).toMatchObject({
      metric: 'resolution',
      due_at: 'resolution date',
    });
  });
});

describe('an outcome', () => {
  const file = (header: string, ...words: readonly string[]): Promise<Proposal> =>
    propose(`id,created,closed,${header}`, ...words.map((word, i) => `${i},2026-01-05,2026-01-06,${word}`));
  const met = async (proposal: Promise<Proposal>) => settled(await proposal).sla?.[0]?.met?.values;

  it('follows the direction of its header, or of its own words', async () => {
    expect(await met(file('SLA breached', 'Yes', 'No'))).toEqual({ Yes: false, No: true });
    expect(await met(file('Overdue', 'true', 'false'))).toEqual({ true: false, false: true });
    expect(await met(file('SLA met', 'Y', 'N'))).toEqual({ Y: true, N: false });
    expect(await met(file('SLA breached?', 'Within SLA', 'Violated'))).toEqual({ 'Within SLA': true, Violated: false });
  });

  it('is asked where neither tells', async () => {
    const proposal = await file('SLA', 'Yes', 'No');
    expect(settled(proposal).sla).toBeUndefined();
    expect(settled(proposal, ['sla:SLA', 0]).sla?.[0]?.met?.values).toEqual({ Yes: true, No: false });
    expect(settled(proposal, ['sla:SLA', 1]).sla?.[0]?.met?.values).toEqual({ Yes: false, No: true });
  });
});

describe('numbers', () => {
  it('of a priority have no direction until somebody gives them one', async () => {
    const lines = [
      'id,created,closed,priority',
      '1,2026-01-05,2026-01-06,1',
      '2,2026-01-05,2026-01-06,3',
      '3,2026-01-05,2026-01-06,5',
    ];
    const proposal = await propose(...lines);
    const values = (mapping: Mapping) => (mapping.ticket.priority as { values?: object } | undefined)?.values;
    expect(values(settled(proposal))).toEqual({ 1: null, 3: null, 5: null });
    expect(values(settled(proposal, ['priority:priority', 0]))).toEqual({ 1: 1, 3: 3, 5: 4 });
    // 5 is the top, 4 rank 2, 3 rank 3, the rest rank 4.
    expect(values(settled(proposal, ['priority:priority', 1]))).toEqual({ 1: 4, 3: 3, 5: 1 });
  });

  it('of a duration have no unit unless header or stamps give one', async () => {
    const row = (n: number, end: string, ...cells: readonly (string | number)[]) =>
      [n, '2026-01-05T09:00:00Z', end, ...cells].join(',');
    const proposal = await propose(
      'id,created,solved,Resolution time,First reply time in minutes,First reply time in minutes within business hours,Time to close',
      row(1, '2026-01-05T11:00:00Z', 120, 10, 10, 3),
      row(2, '2026-01-05T12:00:00Z', 180, 20, 15, 4),
      row(3, '2026-01-05T14:30:00Z', 330, 30, 30, 5),
    );
    const durations = settled(proposal).durations ?? [];
    // 120, 180 and 330 are the minutes between the stamps.
    expect(durations.find((one) => one.column === 'Resolution time')).toMatchObject({
      unit: 'minutes',
      clock: 'calendar',
    });
    expect(durations.filter((one) => one.measure === 'first_reply').map((one) => one.clock)).toEqual([
      'calendar',
      'business',
    ]);
    expect(point(proposal, 'duration:Time to close').options.map((one) => one.label)).toContain(
      'hours, business hours',
    );
  });

  it('of a rating have no scale', async () => {
    const proposal = await propose('id,created,closed,CSAT', '1,2026-01-05,2026-01-06,1', '2,2026-01-05,2026-01-06,4');
    expect(settled(proposal).satisfaction).toBeUndefined();
    expect(settled(proposal, ['satisfaction:CSAT', 1]).satisfaction?.range).toEqual([5, 1]);
    const said = await propose(
      'id,created,closed,Rating (0-10)',
      '1,2026-01-05,2026-01-06,1',
      '2,2026-01-05,2026-01-06,4',
    );
    expect(settled(said).satisfaction?.range).toEqual([0, 10]);
  });
});

describe('words', () => {
  it('NA and None may be teams: asked in a column of labels, unknown in one of times', async () => {
    const proposal = await propose(
      'id,created,closed,Team',
      '1,2026-01-05,None,NA',
      '2,2026-01-05,2026-01-06,EMEA',
      '3,2026-01-05,2026-01-06,EMEA',
    );
    expect(settled(proposal).missing).toBeUndefined();
    expect(settled(proposal).ticket).toMatchObject({
      group: 'Team',
      closed_at: { column: 'closed', missing: ['None'] },
    });
    expect(settled(proposal, ['missing:Team', 0]).ticket.group).toEqual({ column: 'Team', missing: ['NA'] });
    expect(settled(proposal, ['missing:Team', 1]).ticket.group).toBe('Team');
  });
});

describe('names', () => {
  it('of things are no key while an id is there, and the id of another record is none either', async () => {
    const proposal = await propose(
      'Case name,Requester ID,Case ID,Account number,Created,Closed',
      'a,1,11,5,2026-01-05,2026-01-06',
      'b,2,12,6,2026-01-05,2026-01-06',
    );
    expect(column(proposal, 'ticket.id')).toBe('Case ID');
  });

  it('the end is the one whose values bear out its name, and a deadline of that name is asked about', async () => {
    // Columns as a list of GLPI has them: "Time to resolve" is due on open tickets too.
    const proposal = await propose(
      '"ID";"Status";"Opening date";"Time to resolve";"Closing date";"Resolution date"',
      '"1";"Closed";"2026-03-02 09:00";"2026-03-03 09:00";"2026-03-04 09:00";"2026-03-02 14:00"',
      '"2";"Solved";"2026-03-03 10:00";"2026-03-04 10:00";"";"2026-03-03 20:00"',
      '"3";"New";"2026-03-04 11:00";"2026-03-05 11:00";"";""',
      '"4";"New";"2026-03-05 12:00";"2026-03-06 12:00";"";""',
    );
    expect(column(proposal, 'ticket.solved_at')).toBe('Resolution date');
    expect(column(proposal, 'ticket.closed_at')).toBe('Closing date');
    const asked = point(proposal, 'solved_at:Time to resolve');
    expect(asked.options.map(({ label }) => label)).toEqual(['a deadline', 'neither: leave it out']);
    const { ticket, sla } = settled(proposal, ['solved_at:Time to resolve', 0]);
    expect(ticket.solved_at).toBe('Resolution date');
    expect(sla).toMatchObject([{ metric: 'resolution', due_at: 'Time to resolve' }]);
  });

  it('an update stamp is no resolution', async () => {
    const proposal = await propose(
      'id,created,status,resolution_updated',
      '1,2026-01-05,Done,2026-01-06',
      '2,2026-01-05,Open,2026-01-06',
    );
    expect(column(proposal, 'ticket.solved_at')).toBeUndefined();
    expect(column(proposal, 'ticket.updated_at')).toBe('resolution_updated');
  });

  it('of teams are taken, hashed, however long their names are, and sentences under such a header are not', async () => {
    const teams = [
      'The team that answers whatever comes in by mail from customers in the north and the east of the country',
      'فريق دعم العملاء للمستوى الثاني في منطقة الشرق الأوسط وشمال أفريقيا والخليج',
      '東京カスタマーサポート第二階層エスカレーションチーム・夜間対応および祝日担当グループ',
    ];
    const rows = (group: (row: number) => string) =>
      Array.from({ length: 12 }, (_, row) => `${row + 1},2026-01-05,2026-01-06,${group(row)}`);
    const chosen = await propose('id,created,closed,Group', ...rows((row) => teams[row % 3] ?? ''));
    expect(settled(chosen).ticket.group).toEqual({ column: 'Group', as: 'hash' });
    const typed = await propose(
      'id,created,closed,Group',
      ...rows((row) => `Sent to the ${row} people who know about it`),
    );
    expect(column(typed, 'ticket.group')).toBeUndefined();
  });

  it('of people and sentences are left out with the reason', async () => {
    const proposal = await propose(
      'id,created,closed,Resolution',
      '1,2026-01-05,2026-01-06,Reset the password of the customer and called back',
      '2,2026-01-05,2026-01-06,Sent a new device to the branch in the north',
    );
    expect(proposal.unused).toEqual([
      { column: 'Resolution', sample: null, suggestion: 'looks like sentences: not proposed' },
    ]);
  });
});

describe('an event log', () => {
  const LOG = [
    'CaseID,ActivityID,CompleteTimestamp',
    '1,1,2026-01-05T10:00:00Z',
    '1,8,2026-01-06T10:00:00Z',
    '2,1,2026-01-07T10:00:00Z',
    '2,8,2026-01-08T10:00:00Z',
  ];

  it('asks now what opens, resolves and closes a ticket, with what speaks for each', async () => {
    const proposal = await propose(...LOG);
    expect(proposal.mode).toBe('events');
    expect(proposal.points.map((one) => one.id)).toEqual(['activity:opens', 'activity:resolves', 'activity:closes']);
    expect(point(proposal, 'activity:resolves').options[0]).toMatchObject({
      label: '8',
      evidence: 'the first of 0 and the last of 2 tickets, 2 rows',
    });
    const mapping = settled(proposal, ['activity:opens', 0], ['activity:resolves', 0], ['activity:closes', 2]);
    expect(mapping.ticket.created_at).toEqual({ first_event: true });
    expect(mapping.events?.activity?.values).toEqual({ 1: 'opens', 8: 'resolves' });
  });

  it('does not take what stands in the middle for an opening', async () => {
    const proposal = await propose(
      'case:concept:name,concept:name,time:timestamp',
      ...[1, 2, 3].flatMap((n) => [
        `${n},Insert ticket,2026-01-0${n}T10:00:00Z`,
        `${n},Create SW anomaly,2026-01-0${n}T11:00:00Z`,
        `${n},Resolve ticket,2026-01-0${n}T12:00:00Z`,
      ]),
    );
    expect(settled(proposal).events?.activity?.values).toEqual({
      'Insert ticket': 'opens',
      'Create SW anomaly': null,
      'Resolve ticket': 'resolves',
    });
  });
});
