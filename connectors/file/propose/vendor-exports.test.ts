import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFile } from '../../../test/harness/read-file.ts';
import { type Proposal, proposeMapping } from './propose-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-vendor-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

function file(lines: readonly string[], ext = 'csv'): string {
  made += 1;
  const path = join(folder, `f${made}.${ext}`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const chosen = (proposal: Proposal): Record<string, string> =>
  Object.fromEntries(proposal.choices.map((one) => [one.target, one.column]));

const asked = (proposal: Proposal): string[] => proposal.points.map((one) => one.id);

/** Tickets under the proposed mapping, all open points answered with their first option (the zone is UTC). */
async function read(path: string, proposal: Proposal) {
  const { yaml } = proposal.settle(new Map(proposal.points.map((point) => [point.id, 0])));
  return (await readFile(path, yaml)).tickets;
}

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
    expect(await read(path, proposal)).toMatchObject([
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
    expect(await read(path, proposal)).toMatchObject([
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
    expect((await read(path, proposal)).map((one) => one.assignee_id)).toEqual(['77', '78']);
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
    expect((await read(path, proposal)).map((one) => [one.id, one.status])).toEqual([
      ['SUP-1', 'solved'],
      ['SUP-2', 'new'],
    ]);
  });
});
