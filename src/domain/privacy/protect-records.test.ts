import { describe, expect, it } from 'vitest';
import { anEvent, aTicket } from '../../../test/harness/records.ts';
import { createRecordGuard } from './protect-records.ts';

const guard = createRecordGuard((kind, value) => `${kind}#${value.length}`);

describe('records on their way to the store', () => {
  it('have personal text of free columns replaced and all else as it was', () => {
    const { ticket } = guard({
      ticket: [
        aTicket({
          id: '1',
          product: 'printer of jm@example.org',
          category: 'hardware',
          group_id: '4711',
          assignee_id: 'a.schmidt',
        }),
      ],
    });
    expect(ticket?.[0]).toEqual(
      aTicket({ id: '1', product: 'reference#25', category: 'hardware', group_id: '4711', assignee_id: 'reference#9' }),
    );
  });

  it('hash an owner to the same text in tickets and events, and leave our own words alone', () => {
    const { event } = guard({
      event: [
        anEvent({ id: 'a', ticket_id: '1', kind: 'assignee', field: null, from_value: 'a.schmidt', to_value: '21' }),
        anEvent({ id: 'b', ticket_id: '1', kind: 'status', field: null, from_value: 'new', to_value: 'open' }),
        anEvent({
          id: 'c',
          ticket_id: '1',
          kind: 'field',
          field: 'product',
          from_value: null,
          to_value: 'call +49 170 1234567',
        }),
      ],
    });
    expect(event?.map((one) => [one.from_value, one.to_value])).toEqual([
      ['reference#9', '21'],
      ['new', 'open'],
      [null, 'reference#20'],
    ]);
  });

  it('keep terms joined with what they stand for: each part is hashed as the value of its own column is', () => {
    const { event, organisation, ticket } = guard({
      ticket: [aTicket({ id: '1', tags: ['asks Anna Schmidt', 'vip'] })],
      event: [
        anEvent({
          id: 'a',
          ticket_id: '1',
          kind: 'escalation',
          field: null,
          from_value: null,
          to_value: 'tag:asks Anna Schmidt',
        }),
      ],
      organisation: [
        {
          id: '7',
          created_at: null,
          tier: null,
          tier_rank: null,
          terms: ['org:plan=gold', 'org:owner=jm@example.org', 'tag:vip'],
          partner: null,
          domain_hash: null,
          external_keys: null,
          has_contract: null,
          has_health: null,
          health_changed_at: null,
          health_rank: null,
          renews_at: null,
          value_band: null,
          churned_at: null,
          expanded_at: null,
        },
      ],
    });
    const hashed = ticket?.[0]?.tags?.[0] ?? '';
    expect(hashed).toBe('reference#17');
    expect(event?.[0]?.to_value).toBe(`tag:${hashed}`);
    expect(organisation?.[0]?.terms).toEqual(['org:plan=gold', 'org:owner=reference#14', 'tag:vip']);
  });

  it('may be none', () => expect(guard({})).toEqual({}));
});
