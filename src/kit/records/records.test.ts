import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { recordSchema } from '../../domain/columns.ts';
import { TABLES } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import { lookedAt } from '../rule-terms.ts';
import { toCalendar } from './calendar.ts';
import { toForm } from './forms.ts';
import { toIntegration } from './integrations.ts';
import { toOrganisation } from './organisations.ts';
import { toAgent, toMemberships, toTeam } from './people.ts';
import { toClock, toPolicy } from './service-levels.ts';
import { articleIdsIn, issueLinksIn, openingOf, promiseIn, promiseOfArticle } from './texts.ts';

const at = (time: string) => new Date(`2026-03-02T${time}Z`);
const isValid = (schema: z.ZodType, record: unknown) => schema.safeParse(record).success;
const STATED = { purposes: { 7: 'premium' }, lines: { 7: 2 }, programs: ['p1'] } as const;

describe('tools', () => {
  it.each([
    [{ names: ['PagerDuty V2', null] }, 'monitoring'],
    [{ url: 'https://hooks.slack.com/services/jira?token=1' }, 'collaboration'],
    [{ names: ['Jira'], url: 'https://acme.example' }, 'issue_tracker'],
    [{ url: 'no address of jira' }, 'other'],
    [{}, 'other'],
  ])('are told by their names and the host alone: %j', (facts, kind) => {
    const tool = toIntegration({ id: '1', active: true, ...facts });
    expect(tool).toEqual({ ...blank('integration'), id: '1', active: true, class: kind });
    expect(isValid(recordSchema(TABLES.integration), tool)).toBe(true);
  });
});

describe('people', () => {
  it('have what is stated of teams before what names say', () => {
    expect(toTeam({ id: '7', name: 'Sales' }, STATED)).toEqual({ id: '7', active: true, purpose: 'premium', tier: 2 });
    expect(toTeam({ id: '8', name: 'L3 Support' }, STATED)).toEqual({
      id: '8',
      active: true,
      purpose: 'support',
      tier: 3,
    });
  });

  it('are programs when stated, by name, or when the vendor says so, whatever their seat', () => {
    const facts = { role: 'admin', active: true, teams: [] } as const;
    const one = (id: string, name: string, program = false) => toAgent({ ...facts, id, name, program }, STATED);
    expect(one('p1', 'Maria')).toMatchObject({ role: 'integration', human: false });
    expect(one('2', 'Sync bot').human).toBe(false);
    expect(one('3', 'Maria', true).human).toBe(false);
    expect(one('4', 'Maria')).toMatchObject({ role: 'admin', human: true, department: null });
  });

  it('are not known to be persons where no name is shown and nobody calls them programs', () => {
    const facts = { role: 'agent', active: true, teams: [] } as const;
    expect(toAgent({ ...facts, id: '5', name: null }, STATED)).toMatchObject({ role: 'agent', human: null });
    expect(toAgent({ ...facts, id: 'p1', name: null }, STATED).human).toBe(false);
  });

  it('work where all their teams are', () => {
    const of = (...teams: { id: string; name: string }[]) =>
      toAgent({ id: '1', name: null, role: 'agent', active: true, teams }, STATED).department;
    expect(of({ id: '7', name: 'X' }, { id: '8', name: 'Support' })).toBe('support');
    expect(of({ id: '8', name: 'Support' }, { id: '9', name: 'Sales' })).toBeNull();
  });

  it('belong to a team once', () => {
    expect(
      toMemberships([
        ['a', 't'],
        ['a', 't'],
        ['b', 't'],
      ]),
    ).toEqual([
      { agent_id: 'a', team_id: 't' },
      { agent_id: 'b', team_id: 't' },
    ]);
  });
});

describe('calendars', () => {
  const hours = (day: string, from: unknown, to: unknown, zone = 'Europe/Berlin') =>
    toCalendar({ id: '1', zone, days: [{ day, from, to }], isDefault: true }, 'hours');

  it('count minutes from Sunday, with midnight as the end of a day', () => {
    // Monday begins 1440 minutes after Sunday 00:00; 08:30 is 510 minutes later.
    expect(hours('Monday', '8:30 am', '17:00').calendar?.[0]?.weekly).toEqual([
      { start_minute: 1950, end_minute: 2460 },
    ]);
    expect(hours('mon', 0, '00:00').calendar?.[0]?.weekly).toEqual([{ start_minute: 1440, end_minute: 2880 }]);
    expect(isValid(recordSchema(TABLES.calendar), hours('Monday', 0, 60).calendar?.[0])).toBe(true);
  });

  it('take minutes of the week as the vendor counts them, and days off in order', () => {
    const off = (day: string) => ({ from: day, to: day });
    const weekly = [
      { start_minute: 1980, end_minute: 2460 },
      { start_minute: 540, end_minute: 1020 },
    ];
    const facts = { id: '1', zone: 'Europe/Berlin', weekly, isDefault: false };
    const { calendar } = toCalendar({ ...facts, holidays: [off('2026-12-25'), off('2026-05-01')] }, 'hours');
    expect(calendar?.[0]?.weekly.map((one) => one.start_minute)).toEqual([540, 1980]);
    expect(calendar?.[0]?.holidays).toEqual([off('2026-05-01'), off('2026-12-25')]);
  });

  it('let a night shift go on into the next day, from Saturday into Sunday', () => {
    expect(hours('sat', '22:00', '06:00').calendar?.[0]?.weekly).toEqual([
      { start_minute: 0, end_minute: 360 },
      { start_minute: 6 * 1440 + 1320, end_minute: 7 * 1440 },
    ]);
  });

  it('are set aside by a zone, a day or a time that is not understood', () => {
    expect(hours('mon', '8:00', '9:00', 'Mars').rejected?.[0]).toMatchObject({
      stream: 'hours',
      ref: '1',
      path: 'time_zone',
    });
    expect(hours('funday', '8:00', '9:00').rejected?.[0]?.path).toBe('day');
    expect(hours('mon', 'early', '9:00').rejected?.[0]?.path).toBe('hours.mon');
    expect(hours('mon', '9:00', '9:00').calendar).toBeUndefined();
  });
});

describe('service levels', () => {
  it('promise what has seconds, for a priority or for any', () => {
    const made = toPolicy({
      id: 'p',
      active: true,
      is_default: false,
      conditions: [lookedAt('csat')],
      targets: [
        { metric: 'first_reply', rank: 1, seconds: 3600, businessHours: true },
        { metric: 'resolution', rank: null, seconds: 86_400, businessHours: false },
        { metric: 'next_reply', rank: 2, seconds: 0, businessHours: true },
        { metric: 'next_reply', rank: 3, seconds: null, businessHours: true },
      ],
    });
    expect(made.sla_target).toEqual([
      { policy_id: 'p', metric: 'first_reply', priority_key: '1', target_s: 3600, business_hours: true },
      { policy_id: 'p', metric: 'resolution', priority_key: 'any', target_s: 86_400, business_hours: false },
    ]);
    expect(made.sla_policy[0]).toMatchObject({ condition_terms: ['csat'], scope: 'ticket', calendar_id: null });
    expect(isValid(recordSchema(TABLES.sla_policy), made.sla_policy[0])).toBe(true);
  });

  it('end as the vendor says, else by end and due time', () => {
    const met = (missed: boolean | null, done: Date | null, due: Date | null = at('10:00:00')) =>
      toClock({ ticket_id: '1', metric: 'first_reply', missed, breach_at: due, fulfilled_at: done }).met;
    expect(met(null, at('10:00:00'))).toBe(true);
    expect(met(null, at('10:00:01'))).toBe(false);
    expect(met(false, at('10:00:01'))).toBe(true);
    expect(met(true, null)).toBe(false);
    expect(met(null, null)).toBeNull();
    expect(met(false, null)).toBeNull();
    expect(met(false, at('11:00:00'), null)).toBe(true);
    expect(met(null, at('11:00:00'), null)).toBeNull();
    expect(
      isValid(recordSchema(TABLES.sla_clock), toClock({ ticket_id: '1', metric: 'resolution', missed: null })),
    ).toBe(true);
  });
});

describe('texts', () => {
  const hash = (_kind: string, value: string) => `#${value.length}`;

  it('name articles by the first group that holds one', () => {
    const link = /\/kb\/(\d+)|\/help\/(\d+)/;
    expect(articleIdsIn('see /help/12, /kb/3 and /kb/3', link)).toEqual(['12', '3']);
    expect(articleIdsIn('nothing', link)).toEqual([]);
    expect(articleIdsIn(null, link)).toBeNull();
  });

  it('promise only where a machine or an article does', () => {
    const text = 'We reply within 4 business hours.';
    expect(promiseIn(text, 'machine')).toEqual({ promised_reply_s: 14_400, promise_business_hours: true });
    expect(promiseIn(text, 'agent')).toEqual({ promised_reply_s: null, promise_business_hours: null });
    expect([promiseOfArticle(text), promiseOfArticle('Hello'), promiseOfArticle(null)]).toEqual([14_400, null, null]);
  });

  it('link issues by a keyed hash, without those of the desk', () => {
    const text = 'https://github.com/acme/app/issues/7 https://acme.atlassian.net/browse/SUP-1';
    const from = { id: 'm1', ticketId: '1', at: at('10:00:00') };
    const links = issueLinksIn(text, from, hash, (issue) => issue.system !== 'jira');
    // github.com/acme/app/7 has 21 characters.
    expect(links).toEqual([
      {
        ...blank('link'),
        id: 'm1:issue:0',
        ticket_id: '1',
        kind: 'issue',
        system: 'github',
        target_key: '#21',
        linked_at: from.at,
      },
    ]);
  });

  it('open a ticket with what the caller adds', () => {
    const ticket = {
      ...blank('ticket'),
      id: '1',
      created_at: at('09:00:00'),
      status: 'open',
      created_by: 'agent',
      deleted: false,
      spam: false,
      test: false,
    } as const;
    const message = openingOf({ ...ticket, tags: null, filled_fields: null }, { author_id: '4' });
    expect(message).toMatchObject({ id: '1:opening', seq: 0, author: 'agent', author_id: '4', public: true });
    expect(isValid(recordSchema(TABLES.message), message)).toBe(true);
  });
});

describe('forms', () => {
  it('name what they show and ask for, each once and in order; what a source does not show of solving is unknown', () => {
    const form = { id: 'f1', active: true, shown: ['seats', 'product', 'seats'], required: ['seats'] };
    expect(toForm(form)).toMatchObject({
      kind: 'form',
      condition_fields: ['product', 'seats'],
      required_fields: ['seats'],
      required_to_solve: null,
      vendor_default: false,
    });
    expect(toForm({ ...form, toSolve: [] }).required_to_solve).toEqual([]);
  });
});

describe('organisations', () => {
  const context = {
    settings: { tierOrder: ['Gold', 'Silver'] },
    pseudonymise: (kind: string, value: string) => `${kind}#${value}`,
  };

  it('keep domains and ids of other systems as keyed hashes, terms in order, and the place of their tier', () => {
    const facts = { id: '1', tier: 'silver', terms: ['tag:b', 'org:plan=silver', 'tag:b'], externalIds: ['A1', null] };
    expect(toOrganisation({ ...facts, domain: ' Acme.COM' }, context)).toMatchObject({
      tier_rank: 2,
      terms: ['org:plan=silver', 'tag:b'],
      domain_hash: 'domain#acme.com',
      external_keys: ['reference#A1'],
      has_contract: null,
    });
  });

  it('are known by nothing where the source shows nothing', () => {
    const shown = toOrganisation({ id: '1', domain: '' }, context);
    expect(shown).toEqual({ ...blank('organisation'), id: '1' });
    expect(isValid(recordSchema(TABLES.organisation), shown)).toBe(true);
  });
});
