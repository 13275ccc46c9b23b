import { describe, expect, it } from 'vitest';
import { purposeOf, tierOfName } from './recognise-team.ts';

describe('names of groups and queues', () => {
  it.each([
    ['Support Tier 1', 'support', 1],
    ['Tier 2 Escalations', 'escalation', 2],
    ['tier-2', 'support', 2],
    ['L3', 'support', 3],
    ['L3 Platform', 'support', 3],
    ['2nd line', 'support', 2],
    ['2nd level', 'support', 2],
    ['Third line', 'support', null],
    ['Level 4', 'support', 4],
    ['desk_t1', 'support', 1],
    ['Eskalationen', 'escalation', null],
    ['Escalators and lifts', null, null],
    ['Escalades N2', 'escalation', null],
    ['Kundendienst', 'support', null],
    ['Großkunden', 'premium', null],
    ['Softwareentwicklung', 'engineering', null],
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
