import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../test/harness/read-lines.ts';
import { deriveTicket as derive } from './derive-ticket.ts';
import type { Mapping } from './mapping-schema.ts';
import { type Plan, planImport } from './plan.ts';
import { NO_ONE } from './read-value.ts';
import type { SourceRow } from './source-row.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2024, 0, 1, 8);

const deriveTicket = (plan: Plan, id: string, of: readonly SourceRow[]) => derive(plan, id, of, T0 + 1000 * HOUR);

const mapping = (backFilled: boolean): Mapping => ({
  version: 1,
  mode: 'events',
  ticket: {
    id: 'id',
    created_at: 'created',
    status: { column: 'state', values: {} },
    group: 'group',
    reopens: { column: 'reopens', running_total: true },
    ...(backFilled
      ? {
          solved_at: { column: 'solved', back_filled: true },
          closed_at: { column: 'closed', back_filled: true },
        }
      : {}),
  },
  events: { at: 'at', order: 'nr' },
  sla: [{ metric: 'overall', met: { column: 'sla', values: {} }, last_row_only: true }],
});
const COLUMNS = ['id', 'created', 'state', 'group', 'reopens', 'solved', 'closed', 'at', 'nr', 'sla'];
const rowStates = planImport(mapping(false), COLUMNS, 'm');
const milestones = planImport(mapping(true), COLUMNS, 'm');

interface State {
  readonly h: number;
  readonly nr?: number;
  readonly state?: string | null;
  readonly group?: string | null;
  readonly reopens?: number;
  readonly sla?: boolean;
  readonly solved?: number | null;
  readonly closed?: number | null;
}

function row(s: State, i: number): SourceRow {
  const hours = (h: number | null | undefined): number | null => (h == null ? null : T0 + h * HOUR);
  const values = {
    'ticket.id': 'T1',
    'ticket.created_at': T0,
    'ticket.status': s.state ?? null,
    'ticket.group': s.group ?? null,
    'ticket.reopens': s.reopens ?? 0,
    'ticket.solved_at': hours(s.solved),
    'ticket.closed_at': hours(s.closed),
    'events.at': T0 + s.h * HOUR,
    'events.order': s.nr ?? i,
    'sla.0.met': s.sla ?? null,
  };
  return {
    ref: `row ${i}`,
    key: 'T1',
    values,
    words: { 'ticket.status': s.state ?? null },
    content: JSON.stringify(values),
  };
}

const rows = (states: readonly State[]): SourceRow[] => states.map(row);
const path = (derived: ReturnType<typeof deriveTicket>, kind: string): string[] =>
  (derived.records.event ?? [])
    .filter((event) => event.kind === kind)
    .map(
      (event) =>
        `${(event.at.getTime() - T0) / HOUR}:${event.from_value ?? '-'}>${event.to_value}${event.initial ? '!' : ''}`,
    );

describe('words for nobody in an event log', () => {
  const states = (...groups: (string | null)[]) => groups.map((group, i) => row({ h: i, group }, i));
  const changes = (...groups: (string | null)[]) =>
    deriveTicket(rowStates, 'T1', states(...groups)).records.event?.flatMap((one) =>
      one.kind === 'group' ? [[one.from_value, one.to_value, one.initial]] : [],
    );
  const groupOf = (...groups: (string | null)[]) =>
    deriveTicket(rowStates, 'T1', states(...groups)).records.ticket?.[0]?.group_id;

  it('end what was in force; an empty cell says nothing and leaves it so', () => {
    expect(changes('A', null, 'A', NO_ONE, null, 'B')).toEqual([
      [null, 'A', true],
      ['A', null, false],
      [null, 'B', false],
    ]);
    expect(groupOf('A', null)).toBe('A');
    expect(groupOf('A', NO_ONE, null)).toBeNull();
  });

  it('are read so from a file', async () => {
    const { tickets, batch } = await readLines(
      [
        'id,at,st,who',
        ...['A7', '', 'Unassigned', '(nobody)'].map((who, i) => `1,2024-01-0${i + 2} 09:00,open,${who}`),
      ],
      `mode: events
ticket: { id: id, created_at: { first_event: true }, status: { column: st, values: { open: open } }, assignee: { column: who, as: id } }
events: { at: at }
`,
    );
    expect(tickets.get('1')?.assignee_id).toBeNull();
    const told = batch.event?.filter((one) => one.kind === 'assignee');
    expect(told?.map((one) => [one.at.toISOString().slice(0, 10), one.to_value])).toEqual([
      ['2024-01-02', 'A7'],
      ['2024-01-04', null],
    ]);
  });

  const logged = (words: readonly string[], fields: string) =>
    readLines(
      ['id,at,st,word', ...words.map((word, i) => `1,2024-01-0${i + 2} 09:00,open,${word}`)],
      `mode: events
ticket: { id: id, created_at: { first_event: true }, status: { column: st, values: { open: open } }, ${fields} }
events: { at: at }
`,
    );
  const told = ({ batch }: Awaited<ReturnType<typeof logged>>, kind: string) =>
    batch.event
      ?.filter((one) => one.kind === kind)
      .map((one) => [one.at.toISOString().slice(0, 10), one.from_value, one.to_value]);

  it('end a priority too: one that maps to nothing, and one that nobody listed, leaves it unknown', async () => {
    const high = ['2024-01-02', null, '2'];
    const values = 'priority: { column: word, values: { High: 2, Tbd: null } }';
    const ended = await logged(['High', '', 'Tbd', 'High', 'High'], values);
    expect(told(ended, 'priority')).toEqual([high, ['2024-01-04', '2', null], ['2024-01-05', null, '2']]);
    const last = await logged(['High', 'Tbd'], values);
    expect(last.tickets.get('1')).toMatchObject({ priority_rank: null, vendor_priority: 'Tbd' });
    // One of forty words is not listed: its cell is noted, and the priority is not known from there on.
    const many = await readLines(
      [
        'id,at,st,word',
        ...Array.from({ length: 39 }, (_, i) => `${i + 2},2024-01-02 09:00,open,High`),
        ...['1,2024-01-02 09:00,open,High', '1,2024-01-03 09:00,open,Odd'],
      ],
      `mode: events
ticket: { id: id, created_at: { first_event: true }, status: { column: st, values: { open: open } }, ${values} }
events: { at: at }
`,
    );
    expect(many.tickets.get('1')?.priority_rank).toBeNull();
    expect(many.tickets.get('2')?.priority_rank).toBe(2);
  });

  it('end a code that the mapping says to be none', async () => {
    const read = await logged(['net', 'general'], 'category: { column: word, values: { general: null } }');
    expect(told(read, 'field')).toEqual([
      ['2024-01-02', null, 'net'],
      ['2024-01-03', 'net', null],
    ]);
  });

  it('are no change where nobody was there before', () => {
    expect(changes(NO_ONE, null, NO_ONE)).toEqual([]);
  });
});

describe('deriveTicket', () => {
  it('derives changes from consecutive rows, values at creation marked', () => {
    const derived = deriveTicket(
      rowStates,
      'T1',
      rows([
        { h: 0, state: 'new', group: 'a' },
        { h: 1, state: 'open', group: 'a' },
        { h: 2, state: 'open', group: 'b' },
        { h: 3, state: 'solved', group: 'b' },
        { h: 4, state: 'open', group: 'b', reopens: 1 },
        { h: 5, state: 'solved', group: 'b', reopens: 1 },
      ]),
    );
    expect(path(derived, 'status')).toEqual([
      '0:->new!',
      '1:new>open',
      '3:open>solved',
      '4:solved>open',
      '5:open>solved',
    ]);
    expect(path(derived, 'group')).toEqual(['0:->a!', '2:a>b']);
    expect(derived.records.ticket?.[0]).toMatchObject({ status: 'solved', reported_reopens: 1, group_id: 'b' });
  });

  it('begins as new when the first row already shows an end', () => {
    const derived = deriveTicket(rowStates, 'T1', rows([{ h: 2, state: 'solved' }]));
    expect(path(derived, 'status')).toEqual(['0:->new!', '2:new>solved']);
  });

  it('lets a missing value stand for the last known one', () => {
    const derived = deriveTicket(
      rowStates,
      'T1',
      rows([
        { h: 0, state: 'new', group: null },
        { h: 1, state: null, group: 'a' },
        { h: 2, state: 'open', group: null },
        { h: 3, group: 'a' },
      ]),
    );
    expect(path(derived, 'group')).toEqual(['1:->a']);
    expect(path(derived, 'status')).toEqual(['0:->new!', '2:new>open']);
  });

  it('replaces entries into solved and closed by back-filled stamps', () => {
    const end = { solved: 9, closed: 20 };
    const derived = deriveTicket(
      milestones,
      'T1',
      rows([
        { h: 0, state: 'new', ...end },
        { h: 5, state: 'solved', ...end },
        { h: 6, state: 'open', ...end },
        { h: 9, state: 'solved', ...end },
        { h: 20, state: 'closed', ...end },
      ]),
    );
    expect(path(derived, 'status')).toEqual(['0:->new!', '6:new>open', '9:open>solved', '20:solved>closed']);
    expect(derived.rejected).toEqual([]);
  });

  it('believes a missing back-filled stamp: solved at an unknown instant is no entry', () => {
    const derived = deriveTicket(
      milestones,
      'T1',
      rows([
        { h: 0, state: 'new', closed: 20 },
        { h: 5, state: 'solved', closed: 20 },
        { h: 20, state: 'closed', closed: 20 },
      ]),
    );
    expect(path(derived, 'status')).toEqual(['0:->new!', '20:new>closed']);
    expect(derived.records.ticket?.[0]).toMatchObject({ status: 'closed', reported_solved_at: null });
  });

  it('sets aside an open state after the final stamp', () => {
    const end = { solved: 3, closed: 9 };
    const derived = deriveTicket(
      milestones,
      'T1',
      rows([
        { h: 0, state: 'open', ...end },
        { h: 4, state: 'new', ...end },
      ]),
    );
    expect(derived.rejected.map((one) => [one.ref, one.code])).toEqual([['row 1', 'STATUS_AFTER_FINAL']]);
    expect(path(derived, 'status')).toEqual(['0:->open!', '3:open>solved', '9:solved>closed']);
  });

  it.each([
    ['met by a finished ticket', 'solved', true, true],
    ['missed by a finished ticket', 'solved', false, false],
    ['undecided while open', 'open', true, null],
    ['missed while open', 'open', false, false],
  ])('takes the service level of the last row: %s', (_, state, sla, met) => {
    const derived = deriveTicket(
      rowStates,
      'T1',
      rows([
        { h: 0, state: 'new', sla: true },
        { h: 1, state, sla },
      ]),
    );
    expect(derived.records.sla_clock?.[0]).toMatchObject({ metric: 'overall', met });
  });

  it('orders rows of one instant by the order number', () => {
    const derived = deriveTicket(
      rowStates,
      'T1',
      rows([
        { h: 0, nr: 0, state: 'new' },
        { h: 1, nr: 9, state: 'solved' },
        { h: 1, nr: 2, state: 'open' },
      ]),
    );
    expect(path(derived, 'status')).toEqual(['0:->new!', '1:new>open', '1:open>solved']);
  });

  const state = fc.record({
    h: fc.integer({ min: 0, max: 6 }),
    nr: fc.integer({ min: 0, max: 3 }),
    state: fc.constantFrom('new', 'open', 'pending', 'solved', 'closed', null),
    group: fc.constantFrom('a', 'b', null),
    reopens: fc.integer({ min: 0, max: 2 }),
    sla: fc.boolean(),
    solved: fc.constantFrom(3, null),
    closed: fc.constantFrom(7, null),
  });
  const shuffled = fc
    .array(state, { minLength: 1, maxLength: 12 })
    .chain((states) =>
      fc.tuple(fc.constant(rows(states)), fc.shuffledSubarray(rows(states), { minLength: states.length })),
    );

  it('never depends on the order of rows in the file, and repeats add nothing', () => {
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([straight, mixed], withMilestones) => {
        const plan = withMilestones ? milestones : rowStates;
        const strip = (derived: ReturnType<typeof deriveTicket>) => ({
          records: derived.records,
          rejected: derived.rejected.length,
        });
        const expected = strip(deriveTicket(plan, 'T1', straight));
        expect(strip(deriveTicket(plan, 'T1', mixed))).toEqual(expected);
        expect(strip(deriveTicket(plan, 'T1', [...straight, ...mixed]))).toEqual(expected);
      }),
    );
  });

  it('gives every event its own id, in time order, each change from the value before', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), fc.boolean(), (states, withMilestones) => {
        const events = deriveTicket(withMilestones ? milestones : rowStates, 'T1', rows(states)).records.event ?? [];
        expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
        expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i));
        for (const kind of ['status', 'group']) {
          const chain = events.filter((event) => event.kind === kind);
          for (const [i, event] of chain.entries()) {
            const before = chain[i - 1];
            expect(event.from_value).toBe(before?.to_value ?? null);
            if (before !== undefined) expect(event.at.getTime()).toBeGreaterThanOrEqual(before.at.getTime());
          }
        }
      }),
    );
  });
});
