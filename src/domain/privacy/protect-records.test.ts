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

  it('may be none', () => expect(guard({})).toEqual({}));
});
