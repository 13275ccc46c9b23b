import { describe, expect, it } from 'vitest';
import { recordSchema } from '../../domain/columns.ts';
import { TABLES } from '../../domain/telemetry.ts';
import { type Change, codeChange, type Step, tagChanges, toEvents } from './history.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute));
const BORN = { ticketId: '1', createdAt: at(0), actor: 'customer', actor_id: null } as const;
const step = (id: string, minute: number, ...changes: Change[]): Step => ({
  id,
  at: at(minute),
  actor: 'agent',
  actor_id: 'a',
  changes,
});
const told = (events: ReturnType<typeof toEvents>) =>
  events.map(
    (one) =>
      `${one.kind}${one.field === null ? '' : ` ${one.field}`} ${one.from_value}>${one.to_value}${one.initial ? ' initial' : ''}`,
  );

describe('history of a ticket', () => {
  it('begins with what the first change says to have been before, else with what never changed', () => {
    const events = toEvents(
      {
        ...BORN,
        present: [
          { kind: 'status', value: 'solved' },
          { kind: 'priority', value: '2' },
          { kind: 'group', value: null },
          { kind: 'field', field: 'product', value: 'Api' },
        ],
      },
      [
        step(
          'h1',
          1,
          { kind: 'status', from: 'new', to: 'open' },
          { kind: 'field', field: 'product', from: null, to: 'Api' },
        ),
        step('h2', 2, { kind: 'status', from: 'open', to: 'solved' }),
      ],
    );
    expect(told(events)).toEqual([
      'status null>new initial',
      'priority null>2 initial',
      'status new>open',
      'field product null>Api',
      'status open>solved',
    ]);
    expect(events.map((one) => one.seq)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(events.map((one) => one.id)).size).toBe(5);
    expect(events.every((one) => recordSchema(TABLES.event).safeParse(one).success)).toBe(true);
    expect(events[0]).toMatchObject({ at: at(0), actor: 'customer' });
    expect(events[2]).toMatchObject({ at: at(1), actor: 'agent', actor_id: 'a' });
  });

  it('carries values forward where the vendor gives only the new one', () => {
    const events = toEvents(
      {
        ...BORN,
        present: [
          { kind: 'status', value: 'closed', born: 'open' },
          { kind: 'assignee', value: 'b' },
        ],
      },
      [
        step('h1', 1, { kind: 'assignee', to: 'a' }),
        step('h2', 2, { kind: 'status', to: 'open' }),
        step('h3', 3, { kind: 'status', to: 'closed' }, { kind: 'assignee', to: 'b' }),
      ],
    );
    expect(told(events)).toEqual(['status null>open initial', 'assignee null>a', 'status open>closed', 'assignee a>b']);
  });

  it('goes back to the tags at birth and keeps none in clear', () => {
    const events = toEvents({ ...BORN, present: [], tags: ['vip', 'escalated'], keep: (tag) => `#${tag.length}` }, [
      step('h1', 1, ...tagChanges(['vip', 'spam?'], ['vip', 'escalated'])),
    ]);
    expect(told(events)).toEqual([
      'tag null>#5 initial',
      'tag null>#3 initial',
      'tag null>#9',
      'escalation null>tag:#9',
      'tag #5>null',
    ]);
  });

  it('leaves tags out that nothing keeps', () => {
    expect(
      toEvents({ ...BORN, present: [], tags: ['vip'] }, [step('h', 1, { kind: 'tag', from: null, to: 'x' })]),
    ).toEqual([]);
  });

  it('tells an escalation beside the code that says so', () => {
    expect(codeChange('f1', 'Escalated to', null, 'team')).toEqual([
      { kind: 'field', field: 'f1', from: null, to: 'team' },
      { kind: 'escalation', from: null, to: 'field:f1=team' },
    ]);
    expect(codeChange('f1', 'Product', null, 'Api')).toHaveLength(1);
  });
});
