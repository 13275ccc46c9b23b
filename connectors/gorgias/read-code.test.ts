import { describe, expect, it } from 'vitest';
import { Path, readCode } from './read-code.ts';

const on = (text: string) => new Path(text);

describe('the code of rules and views', () => {
  it('reads the example of the vendor', () => {
    const code = `
if (eq(ticket.from_agent, false) && eq(ticket.status, 'open')) {
  if (containsAny(message.intents.name, ['other/no_reply']) || containsAny(ticket.customer.email, [
    'noreply@',
    '@noreply'
  ])) {
    Action('addTags', { tags: 'auto-close' });
    Action('setStatus', { status: 'closed' })
  }
}
`;
    const call = (name: string, ...args: unknown[]) => ({ name, args, denied: false });
    expect(readCode(code)).toEqual({
      branches: false,
      calls: [
        call('eq', on('ticket.from_agent'), false),
        call('eq', on('ticket.status'), 'open'),
        call('containsAny', on('message.intents.name'), ['other/no_reply']),
        call('containsAny', on('ticket.customer.email'), ['noreply@', '@noreply']),
        call('Action', 'addTags', { tags: 'auto-close' }),
        call('Action', 'setStatus', { status: 'closed' }),
      ],
    });
  });

  it.each([
    ['an else', 'if (eq(a, 1)) { b(1) } else { c(2) }', true],
    ['a second if', 'if (eq(a, 1)) { b(1) } if (eq(a, 2)) { c(2) }', true],
    ['an if behind an action', "{ Action('x', {}); if (eq(a, 1)) { b(1) } }", true],
    ['an if within an if', 'if (eq(a, 1)) { if (eq(b, 2)) { c(3) } }', false],
    ['a group that is denied', '!(eq(a, 1) && eq(a, 2))', true],
    ['one call that is denied', '!eq(a, 1) && eq(a, 2)', false],
    ['else as a word of a text', "if (eq(a, 'or else')) { b(1) }", false],
  ])('tells whether there is more than one way through: %s', (_what, code, branches) => {
    expect(readCode(code).branches).toBe(branches);
  });

  it('reads texts, numbers, nested records and what is denied', () => {
    expect(readCode(`!eq(ticket.custom_fields[12].value, "a 'b' \\"c\\"\\n", -1.5, null)`).calls).toEqual([
      { name: 'eq', args: [on('ticket.custom_fields[12].value'), 'a \'b\' "c"\n', -1.5, null], denied: true },
    ]);
    expect(readCode("Action('setAssignee', { 'assignee_user': { id: 11, name: 'eq(x)' } })").calls).toEqual([
      { name: 'Action', args: ['setAssignee', { assignee_user: { id: 11, name: 'eq(x)' } }], denied: false },
    ]);
  });

  it.each([
    [null],
    [''],
    ['eq('],
    ["eq(ticket.status, 'open"],
    ['{{{'],
    [')]}'],
    ['a(b(c(d'],
    ['a(constructor, {b:'],
    ["Action('x', { a: "],
  ])('comes to an end on %j', (code) => {
    expect(readCode(code).branches).toBe(false);
  });
});
