import { describe, expect, it } from 'vitest';
import { purposeOf, tierOfName } from './recognise-team.ts';

describe('names of groups and queues', () => {
  it.each([
    ['Support Tier 1', 'support', 1],
    ['Tier 2 Escalations', 'escalation', 2],
    ['tier-2', 'escalation', 2],
    ['L3', 'escalation', 3],
    ['L3 Platform', 'escalation', 3],
    ['2nd line', 'escalation', 2],
    ['2nd level', null, 2],
    ['Level 4', null, 4],
    ['desk_t1', null, 1],
    ['VIP desk', 'premium', null],
    ['Platform Engineering', 'engineering', null],
    ['Devs', 'engineering', null],
    ['Product', 'product', null],
    ['Customer Success', 'success', null],
    ['Billing', 'sales', null],
    ['Resellers', 'partner', null],
    ['Helpdesk', 'support', null],
    ['General', null, null],
    ['HTML5 team', null, null],
    ['tier 15', null, null],
    ['Cats', null, null],
    ['', null, null],
    [null, null, null],
  ])('%s', (name, purpose, tier) => {
    expect([purposeOf(name), tierOfName(name)]).toEqual([purpose, tier]);
  });
});
