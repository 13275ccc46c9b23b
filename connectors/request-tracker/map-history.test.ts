import { describe, expect, it } from 'vitest';
import type { ConnectorContext } from '../../src/kit/connector.ts';
import { silentHttp } from '../../test/harness/fake-http.ts';
import type { MessageMarks } from './headers.ts';
import { mapHistory } from './map-history.ts';
import { castOf, type SideOf } from './people.ts';
import { TicketRow, TransactionRow } from './schema.ts';
import { Settings } from './settings.ts';

const ANN = { id: 21, Name: 'ann' };
const JANE = { id: 31, Name: 'jane@customer.example' };
const SYSTEM = { id: 1, Name: 'RT_System' };

function ticket(over: Record<string, unknown> = {}) {
  return TicketRow.parse({
    id: '5',
    Status: 'open',
    Created: '2026-02-01T08:00:00Z',
    LastUpdated: '2026-02-01T09:00:00Z',
    Started: '2026-02-01T08:30:00Z',
    Resolved: '1970-01-01T00:00:00Z',
    Priority: '0',
    EffectiveId: '5',
    Queue: { id: '3', Name: 'Support' },
    Owner: { id: 6, Name: 'Nobody' },
    Creator: JANE,
    Requestor: [{ id: JANE.Name, Name: JANE.Name }],
    ...over,
  });
}

function transactions(...rows: [type: string, creator: unknown, over?: Record<string, unknown>][]) {
  return rows.map(([Type, Creator, over], i) =>
    TransactionRow.parse({
      id: String(100 + i),
      ObjectId: '5',
      Type,
      Creator,
      Created: `2026-02-01T08:${String(i).padStart(2, '0')}:00Z`,
      ...over,
    }),
  );
}

async function history(
  row: TicketRow,
  rows: TransactionRow[],
  options: { marks?: Record<string, Partial<MessageMarks>>; settings?: Record<string, unknown>; until?: string } = {},
) {
  const connection: ConnectorContext<Settings> = {
    settings: Settings.parse({ url: 'https://rt.example.org', ...options.settings }),
    http: silentHttp(),
    pseudonymise: (kind, value) => `${kind}<${value.length}>`,
    signal: new AbortController().signal,
    until: new Date(options.until ?? '2026-03-01T00:00:00Z'),
  };
  const sideOf: SideOf = async ({ name }) => (name === 'ann' ? 'agent' : name === 'RT_System' ? 'system' : 'customer');
  const authorOn = await castOf([...row.Requestor, ...rows.map((one) => one.Creator)], sideOf);
  const marks = new Map(
    Object.entries(options.marks ?? {}).map(([id, one]) => [
      id,
      { channel: null, vendorChannel: null, automatic: null, ...one },
    ]),
  );
  const mapped = mapHistory(row, rows, false, { ...connection, authorOn, marks });
  const { event: events = [], message: messages = [], rejected = [] } = mapped;
  return { ticket: mapped.ticket?.[0], events, messages, rejected };
}

describe('mapHistory', () => {
  it('takes the value at creation from the first change, else from now', async () => {
    const rows = transactions(
      ['Create', JANE],
      ['Set', ANN, { Field: 'Queue', OldValue: '2', NewValue: '3' }],
      ['Status', ANN, { Field: 'Status', OldValue: 'new', NewValue: 'open' }],
      ['Set', ANN, { Field: 'Priority', OldValue: '30', NewValue: '0' }],
    );
    const { events } = await history(ticket(), rows);
    const initial = events.filter((one) => one.initial);
    expect(initial.map((one) => [one.kind, one.to_value, one.actor])).toEqual([
      ['status', 'new', 'customer'],
      ['group', '2', 'customer'],
      ['priority', '3', 'customer'],
    ]);
    expect(initial.every((one) => one.at.getTime() === rows[0]?.Created.getTime())).toBe(true);
    expect(events.filter((one) => one.kind === 'priority' && !one.initial)).toMatchObject([
      { from_value: '3', to_value: null },
    ]);
  });

  it('gives marks that say escalation an event of their own: statuses, codes and fields whose values are hashed', async () => {
    const row = ticket({
      CustomFields: [
        { id: '8', name: 'Eskaliert', values: ['ja'] },
        { id: '9', name: 'Kategorie', values: ['netz'] },
      ],
    });
    const rows = transactions(
      ['Create', JANE],
      ['Status', ANN, { Field: 'Status', OldValue: 'open', NewValue: 'escalated' }],
      ['CustomField', ANN, { Field: '8', OldValue: null, NewValue: 'ja' }],
      ['CustomField', ANN, { Field: '9', OldValue: 'netz', NewValue: 'eskalation' }],
      ['CustomField', ANN, { Field: '9', OldValue: 'eskalation', NewValue: 'netz' }],
      ['CustomField', ANN, { Field: '8', OldValue: 'ja', NewValue: 'nein' }],
    );
    const { events } = await history(row, rows, {
      settings: { statuses: { escalated: 'open' }, fields: { category: '9' } },
    });
    expect(
      events.filter((one) => one.kind === 'escalation').map((one) => [one.to_value, one.actor, one.initial]),
    ).toEqual([
      ['state:escalated', 'agent', false],
      ['field:cf.8=reference<7>', 'agent', false],
      ['field:category=eskalation', 'agent', false],
    ]);
    expect(new Set(events.map((one) => one.id)).size).toBe(events.length);
  });

  it('leaves changes after the bound to the next sync, yet learns from them', async () => {
    const rows = transactions(
      ['Create', JANE],
      ['Status', ANN, { Field: 'Status', OldValue: 'new', NewValue: 'open' }],
    );
    const { events } = await history(ticket(), rows, { until: '2026-02-01T08:00:30Z' });
    expect(events.map((one) => [one.kind, one.initial, one.to_value])).toEqual([
      ['status', true, 'new'],
      ['group', true, '3'],
    ]);
  });

  it('counts a change of owner once, in old and new records', async () => {
    const rows = transactions(
      ['Create', JANE],
      ['Take', ANN, { Field: 'Owner', OldValue: '6', NewValue: '21' }],
      ['Set', ANN, { Field: 'Owner', OldValue: '21', NewValue: '22' }],
      ['EmailRecord', SYSTEM],
      ['SetWatcher', ANN, { Field: 'Owner', OldValue: '21', NewValue: '22' }],
      ['Untake', ANN, { Field: 'Owner', OldValue: '22', NewValue: '6' }],
      ['Take', ANN, { Field: 'Owner', OldValue: '6', NewValue: '21' }],
    );
    const { events } = await history(ticket(), rows);
    expect(events.filter((one) => one.kind === 'assignee').map((one) => [one.from_value, one.to_value])).toEqual([
      [null, '21'],
      ['21', '22'],
      ['22', null],
      [null, '21'],
    ]);
  });

  it('keeps replies, notes, acknowledgements and mail records apart', async () => {
    const rows = transactions(
      ['Create', JANE],
      ['EmailRecord', SYSTEM],
      ['EmailRecord', SYSTEM],
      ['Correspond', ANN],
      ['Comment', ANN],
      ['CommentEmailRecord', SYSTEM],
      ['Correspond', JANE],
      ['Correspond', JANE],
    );
    const { messages } = await history(ticket(), rows, {
      marks: { '100': { channel: 'email' }, '101': { automatic: 'replied' }, '107': { automatic: 'replied' } },
    });
    expect(messages.map((one) => [one.id, one.author, one.public, one.auto_reply, one.seq])).toEqual([
      ['100', 'customer', true, false, 0],
      ['101', 'machine', true, true, 1],
      ['103', 'agent', true, false, 2],
      ['104', 'agent', false, false, 3],
      ['106', 'customer', true, false, 4],
      ['107', 'machine', true, true, 5],
    ]);
  });

  it('sets a status change aside whose word nobody mapped, and tells the ticket by its stamps', async () => {
    const rows = transactions(
      ['Create', JANE],
      ['Status', ANN, { Field: 'Status', OldValue: 'open', NewValue: 'parked' }],
    );
    const { events, rejected, ticket: mapped } = await history(ticket({ Status: 'parked' }), rows);
    expect(mapped).toMatchObject({ status: 'open', vendor_status: 'parked' });
    expect(events.filter((one) => one.kind === 'status' && !one.initial)).toEqual([]);
    expect(rejected).toMatchObject([{ ref: '101', path: 'NewValue' }]);
    expect(JSON.stringify(rejected)).not.toContain('parked');
    const known = await history(ticket({ Status: 'parked' }), rows, { settings: { statuses: { parked: 'hold' } } });
    expect(known.ticket?.status).toBe('hold');
    expect(known.rejected).toEqual([]);
  });

  it('takes codes from the fields that the settings name, and no prose', async () => {
    const fields = { category: 'Topic', product: '8', cause: 'Notes' };
    const row = ticket({
      CustomFields: [
        { id: '7', name: 'Topic', values: ['login'] },
        { id: '8', name: 'Product', values: [] },
        { id: '9', name: 'Notes', values: ['x'.repeat(81)] },
        { id: '10', name: 'Scan', values: [{ filename: 'a.png' }] },
      ],
    });
    const { ticket: mapped } = await history(row, transactions(['Create', JANE]), { settings: { fields } });
    expect(mapped).toMatchObject({
      category: 'login',
      product: null,
      cause_code: null,
      filled_fields: ['cf.10', 'cf.7', 'cf.9'],
    });
  });

  it('tells the codes of named fields by their canonical names, from birth on', async () => {
    const row = ticket({
      CustomFields: [
        { id: '7', name: 'Topic', values: ['billing'] },
        { id: '8', name: 'Product', values: ['app', 'site'] },
        { id: '9', name: 'Severity', values: [] },
        { id: '10', name: 'Colour', values: ['red'] },
      ],
    });
    const change = (Field: string, OldValue: string | null, NewValue: string | null) => ({ Field, OldValue, NewValue });
    const rows = transactions(
      ['Create', JANE],
      ['CustomField', ANN, change('7', 'login', 'billing')],
      ['CustomField', ANN, change('8', null, 'site')],
      ['CustomField', ANN, change('9', null, '1')],
      ['CustomField', ANN, change('9', '1', null)],
      ['CustomField', ANN, change('10', 'blue', 'red')],
    );
    const fields = { category: 'Topic', product: '8', severity: 'Severity' };
    const { events } = await history(row, rows, { settings: { fields } });
    expect(
      events
        .filter((one) => one.kind === 'field')
        .map((one) => [one.field, one.initial, one.actor, one.from_value, one.to_value]),
    ).toEqual([
      ['product', true, 'customer', null, 'app'],
      ['category', true, 'customer', null, 'login'],
      ['category', false, 'agent', 'login', 'billing'],
      ['severity', false, 'agent', null, '1'],
      ['severity', false, 'agent', '1', null],
      ['cf.10', false, 'agent', 'reference<10>', 'reference<9>'],
    ]);
    expect(new Set(events.map((one) => one.id)).size).toBe(events.length);
  });

  it('knows what a field held at the bound from what changed after it', async () => {
    const row = ticket({ CustomFields: [{ id: '7', name: 'Topic', values: ['billing'] }] });
    const rows = transactions(
      ['Create', JANE],
      ['CustomField', ANN, { Field: '7', OldValue: 'login', NewValue: 'billing' }],
    );
    const { events } = await history(row, rows, {
      settings: { fields: { category: '7' } },
      until: '2026-02-01T08:00:30Z',
    });
    expect(events.filter((one) => one.kind === 'field').map((one) => [one.field, one.to_value])).toEqual([
      ['category', 'login'],
    ]);
  });

  it('gives an article to the reply that it was put into, and to no other', async () => {
    const link = { Field: 'RefersTo', NewValue: 'fsck.com-article://example.org/article/3' };
    const rows = transactions(
      ['Create', JANE],
      ['Correspond', ANN],
      ['Comment', JANE],
      ['Comment', JANE],
      ['AddLink', ANN, link],
      ['Correspond', ANN],
    );
    const articles = async (settings: Record<string, unknown>) =>
      (await history(ticket(), rows, { settings })).messages
        .filter((one) => one.author === 'agent')
        .map((one) => one.article_ids);
    expect(await articles({})).toEqual([[], ['3']]);
    expect(await articles({ articleLinks: false })).toEqual([null, null]);
  });

  it('says nothing about the creator when the creation cannot be seen', async () => {
    const { ticket: mapped, events } = await history(ticket(), []);
    expect(mapped).toMatchObject({ created_by: null, created_on_behalf: null, channel: null });
    expect(events).toEqual([]);
  });
});
