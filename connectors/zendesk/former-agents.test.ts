import { describe, expect, it } from 'vitest';
import type { Step } from './attribute.ts';
import type { Directory } from './directory.ts';
import { createFormerAgents } from './former-agents.ts';
import type { Context } from './pages.ts';
import { ChildEvent } from './schema-events.ts';
import { NO_VIA, type Via } from './schema-tickets.ts';
import { Settings } from './settings.ts';
import { countersOf } from './ticket-counters.ts';

const AGENT = '11';
const GONE = '77';
const CUSTOMER = '900';
const directory = {
  agents: new Map([[AGENT, {}]]),
  machines: new Set(['55']),
  unsure: new Set(),
} as unknown as Directory;
const contextOf = (): Context => ({ settings: Settings.parse({ url: 'acme' }), http: {} }) as unknown as Context;
const web: Via = { ...NO_VIA, channel: 'Web form' };

let number = 0;
function step(ticketId: string, by: string, children: object[], more: Partial<Step> & { via?: Via } = {}): Step {
  const { via = web, ...rest } = more;
  const kept = children.map((child) => ChildEvent.parse({ id: ++number, ...child }));
  return {
    update: {
      id: String(++number),
      ticketId,
      at: new Date(number),
      updaterId: by,
      via,
      viaReferenceId: null,
      children,
    },
    children: kept,
    opening: false,
    seq: 0,
    merged: [],
    ...rest,
  };
}
const open = (ticketId: string) =>
  step(ticketId, CUSTOMER, [{ event_type: 'Create', status: 'new' }, comment(true)], { opening: true });
const comment = (isPublic: boolean) => ({ event_type: 'Comment', comment_public: isPublic });
const change = (field: string, from: unknown, to: unknown) => ({
  event_type: 'Change',
  [field]: to,
  previous_value: from,
});

const told = (...steps: Step[]) => {
  const former = createFormerAgents(directory, contextOf(), {});
  former.look(steps);
  return former.state().former;
};

describe('a former agent is told by what only people of the desk can have done', () => {
  it.each([
    ['owned a ticket', step('1', AGENT, [change('assignee_id', null, 77)]), { 77: ['owned'] }],
    ['owned one that was taken away', step('1', AGENT, [change('assignee_id', 77, 11)]), { 77: ['owned'] }],
    ['wrote a note', step('1', GONE, [comment(false)]), { 77: ['note'] }],
    ['changed the team', step('1', GONE, [change('group_id', 1, 2)]), { 77: ['changed'] }],
  ])('%s', (_name, one, expected) => {
    expect(told(open('1'), one)).toEqual(expected);
  });

  it.each([
    ['a public comment', step('1', '901', [comment(true)])],
    ['a status that customers can set', step('1', CUSTOMER, [change('status', 'open', 'solved')])],
    ['a hidden comment that came by mail', step('1', '901', [comment(false)], { via: { ...NO_VIA, channel: 'Mail' } })],
    ['a change by a rule', step('1', CUSTOMER, [{ ...change('priority', 'low', 'high'), via: { channel: 'rule' } }])],
    ['what a program did', step('1', '55', [comment(false), change('assignee_id', null, 55)])],
    [
      'values at creation',
      step('1', CUSTOMER, [{ event_type: 'Create', priority: 'high', group_id: 1 }], { opening: true }),
    ],
  ])('nobody by %s', (_name, one) => {
    expect(told(open('1'), one)).toEqual({});
  });

  it('maps earlier comments anew once the author is known, each once', () => {
    const former = createFormerAgents(directory, contextOf(), {});
    const early = step('1', GONE, [comment(true)]);
    expect(former.look([open('1'), early])).toEqual([]);
    expect(former.look([step('2', GONE, [comment(false)])])).toEqual([early]);
    expect(former.look([step('3', GONE, [comment(false)])])).toEqual([]);
  });

  it('takes the vendor’s own counter, where the whole ticket was read and one stranger makes it up', () => {
    const context = contextOf();
    const counters = countersOf(context.http);
    counters.set('1', { requester: CUSTOMER, replies: 1 });
    counters.set('2', { requester: CUSTOMER, replies: 0 });
    counters.set('3', { requester: CUSTOMER, replies: 1 });
    const former = createFormerAgents(directory, context, {});
    const reply = step('1', GONE, [comment(true)]);
    // 902 is in copy on a ticket without any reply; 903 wrote on a ticket of which only the end was read.
    former.look([open('1'), reply, open('2'), step('2', '902', [comment(true)]), step('3', '903', [comment(true)])]);
    expect(former.close()).toEqual([reply]);
    expect(former.state().former).toEqual({ 77: ['counter'] });
  });

  it('remembers who was in the list before', () => {
    const first = createFormerAgents(
      { ...directory, agents: new Map([[GONE, {}]]) } as unknown as Directory,
      contextOf(),
      {},
    );
    expect(first.state()).toEqual({ former: {}, staff: [GONE] });
    expect(createFormerAgents(directory, contextOf(), first.state()).state().former).toEqual({ 77: ['listed'] });
  });

  it('looks for nobody where agents cannot be listed', () => {
    const blind = createFormerAgents({ ...directory, agents: null } as unknown as Directory, contextOf(), {});
    blind.look([step('1', GONE, [comment(false)])]);
    expect(blind.state().former).toEqual({});
  });
});
