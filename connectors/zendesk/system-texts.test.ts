import { describe, expect, it } from 'vitest';
import { mapUpdates } from '../../test/harness/zendesk-updates.ts';
import type { Directory } from './directory.ts';
import type { EarlyContext } from './pages.ts';
import type { Update } from './schema-events.ts';
import { NO_VIA, type Via } from './schema-tickets.ts';
import { Settings } from './settings.ts';

const directory = {
  agents: new Map([['11', {}]]),
  machines: new Set(),
  unsure: new Set(),
  notifiers: new Map(),
  mapped: new Map(),
  fields: new Map(),
} as unknown as Directory;
const context = {
  settings: Settings.parse({ url: 'acme' }),
  pseudonymise: (_k: string, v: string) => v,
} as unknown as EarlyContext;

let number = 0;
const update = (ticketId: string, at: string, updaterId: string, children: unknown[], via: Via = NO_VIA): Update => ({
  id: String(++number),
  ticketId,
  at: new Date(at),
  updaterId,
  via,
  viaReferenceId: null,
  children,
});
const comment = (body: string, more: object = {}) => ({
  id: ++number,
  event_type: 'Comment',
  comment_public: true,
  body,
  ...more,
});
const web = { ...NO_VIA, channel: 'Web form' };
const merge = { channel: 'web', source: { rel: 'merge', from: { ticket_id: 10 }, to: { ticket_id: 1 } } };
const closing = [
  { id: 1, event_type: 'Change', status: 'closed', previous_value: 'open' },
  { id: 2, event_type: 'Change', tags: 'printer closed_by_merge', previous_value: 'printer' },
];
const MERGED = '2026-03-02T10:30:00Z';

const authors = (...updates: Update[]) =>
  mapUpdates(updates, directory, context)
    .message.sort((a, b) => Number(a.ticket_id) - Number(b.ticket_id) || a.at.getTime() - b.at.getTime())
    .map((m) => [m.ticket_id, m.author, m.auto_reply]);

describe('texts that the system writes in a person’s name are no replies', () => {
  it.each([
    ['English', 'Request #10 was closed and merged into this request.'],
    ['German', 'Anfrage #10 "Drucker" wurde geschlossen und mit dieser Anfrage zusammengeführt.'],
    ['Japanese', 'チケット #10 はクローズされ、このチケットに統合されました。'],
    ['edited by hand', 'see 10'],
  ])('a merge in %s, told by its form', (_language, text) => {
    // The vendor says so on the comment itself.
    expect(authors(update('1', MERGED, '11', [comment(text, { via: merge })], web))).toEqual([['1', 'machine', true]]);
    // The export writes the way as one word: then it is the other ticket, closed by the same person in the same moment.
    const survivor = update('1', MERGED, '11', [comment(text)], web);
    const loser = update('10', '2026-03-02T10:30:01Z', '11', [comment('…'), ...closing], web);
    expect(authors(survivor, loser)).toEqual([
      ['1', 'machine', true],
      ['10', 'machine', true],
    ]);
  });

  it('what an agent writes himself stays a reply: another moment, another person, another number', () => {
    const loser = update('10', MERGED, '11', closing, web);
    const later = update('1', '2026-03-02T10:31:00Z', '11', [comment('Request #10 is the same as yours.')], web);
    const other = update('2', MERGED, '11', [comment('Your order 100 has left us.')], web);
    expect(authors(loser, later, other)).toEqual([
      ['1', 'agent', false],
      ['2', 'agent', false],
    ]);
  });

  it('a text that comes from the system itself is none', () => {
    expect(authors(update('1', MERGED, '11', [comment('x', { via: { channel: 'system' } })], web))).toEqual([
      ['1', 'machine', true],
    ]);
  });
});

describe('the schedule that a ticket was given', () => {
  it('is an event by the system, in both spellings of the log', () => {
    const given = (row: object) =>
      mapUpdates([update('3', MERGED, '900', [{ id: 7, ...row }], web)], directory, context).event.map((e) => [
        e.kind,
        e.field,
        e.from_value,
        e.to_value,
        e.actor,
      ]);
    const expected = [['field', 'schedule', null, '2', 'system']];
    expect(given({ event_type: 'ScheduleAssignment', previous_schedule_id: null, new_schedule_id: 2 })).toEqual(
      expected,
    );
    expect(given({ type: 'ScheduleAssignment', previous_schedule_id: null, new_schedule_id: '2' })).toEqual(expected);
  });
});

describe('a private comment', () => {
  const mail = { ...NO_VIA, channel: 'Mail' };
  it.each([
    ['of an agent is a note', '11', web, 'agent'],
    ['of an agent by mail is one too', '11', mail, 'agent'],
    ['of somebody unlisted at the desk tells a former agent', '77', web, 'agent'],
    ['of somebody unlisted that came by mail is a stranger whose mail the vendor hides', '901', mail, 'customer'],
  ])('%s', (_what, by, via, author) => {
    const hidden = update('1', MERGED, by, [comment('seen from here', { comment_public: false })], via);
    expect(authors(update('1', '2026-03-02T09:00:00Z', '900', [comment('hello')], web), hidden).at(-1)).toEqual([
      '1',
      author,
      false,
    ]);
  });
});
