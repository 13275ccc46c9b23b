import { describe, expect, it } from 'vitest';
import { marksOf } from './headers.ts';
import { programKind } from './people.ts';
import { TicketRow } from './schema.ts';
import { Settings } from './settings.ts';
import { linkTarget, rankOf, rankOfText, statusOf } from './words.ts';

const settings = Settings.parse({ url: 'https://rt.example.org' });

describe('words of Request Tracker', () => {
  it.each([
    ['new', 'new'],
    ['open', 'open'],
    ['stalled', 'pending'],
    ['resolved', 'solved'],
    ['rejected', 'closed'],
    ['deleted', 'closed'],
    ['Open', 'open'],
    ['approved', null],
    ['', null],
  ])('maps status %s of the default lifecycle to %s', (word, category) => {
    expect(statusOf(word, settings)).toBe(category);
  });

  it('maps words of own lifecycles as the settings say, before its own', () => {
    const own = Settings.parse({ url: 'https://rt.example.org', statuses: { waiting: 'hold', stalled: 'hold' } });
    expect(statusOf('waiting', own)).toBe('hold');
    expect(statusOf('stalled', own)).toBe('hold');
  });

  it.each([
    [-1, null],
    [0, null],
    [1, 4],
    [25, 4],
    [26, 3],
    [50, 3],
    [51, 2],
    [75, 2],
    [76, 1],
    [100, 1],
    [1000, 1],
  ])('ranks priority %d as %s', (priority, rank) => {
    expect(rankOf(priority, settings)).toBe(rank);
  });

  it('ranks by own bands in any order', () => {
    const own = Settings.parse({
      url: 'https://rt.example.org',
      priorities: [
        { from: 10, rank: 1 },
        { from: 0, rank: 2 },
      ],
    });
    expect([rankOf(-1, own), rankOf(0, own), rankOf(9, own), rankOf(10, own)]).toEqual([null, 2, 2, 1]);
    expect([rankOfText(null, own), rankOfText('', own), rankOfText('high', own), rankOfText('10', own)]).toEqual([
      null,
      null,
      null,
      '1',
    ]);
  });

  it.each([
    ['fsck.com-rt://example.org/ticket/12', { kind: 'ticket', id: '12' }],
    ['t:12', { kind: 'ticket', id: '12' }],
    ['fsck.com-article://example.org/article/3', { kind: 'article', id: '3' }],
    ['https://jira.example.org/browse/CORE-17', { kind: 'issue', system: 'jira' }],
    ['https://github.com/acme/app/issues/5', { kind: 'issue', system: 'github' }],
    ['https://wiki.example.org/page', { kind: 'other', system: 'web' }],
    ['asset://example.org/3', { kind: 'other', system: null }],
  ])('reads the link %s', (uri, target) => {
    expect(linkTarget(uri)).toMatchObject(target);
  });

  it.each([
    ['X-RT-Interface: Email', { channel: 'email', vendorChannel: 'Email', automatic: null }],
    ['X-RT-Interface: Web\nAuto-Submitted: no', { channel: 'web', vendorChannel: 'Web', automatic: null }],
    ['X-RT-Interface: REST2', { channel: 'api', vendorChannel: 'REST2', automatic: null }],
    ['X-RT-Interface: Fax', { channel: 'other', vendorChannel: 'Fax', automatic: null }],
    [
      'Subject: x\nAuto-Submitted: auto-replied (vacation)',
      { channel: null, vendorChannel: null, automatic: 'replied' },
    ],
    ['auto-submitted: Auto-Generated', { channel: null, vendorChannel: null, automatic: 'generated' }],
    ['Subject: Auto-Submitted: auto-replied', { channel: null, vendorChannel: null, automatic: null }],
    ['', { channel: null, vendorChannel: null, automatic: null }],
  ])('reads the marks of a header %j', (headers, marks) => {
    expect(marksOf(headers)).toEqual(marks);
  });

  it.each([
    ['1', 'RT_System', 'system'],
    ['6', 'Nobody', 'system'],
    ['40', 'nagios@hosts.example', 'machine'],
    ['41', 'no-reply@shop.example', 'machine'],
    ['42', 'Importer', 'machine'],
    ['43', 'monitoring.smith@example.org', null],
    ['14', 'root', null],
  ])('tells programs from people: %s %s', (id, name, kind) => {
    expect(
      programKind({ id, name }, Settings.parse({ url: 'https://rt.example.org', machineUsers: ['importer'] })),
    ).toBe(kind);
  });

  it('reads a ticket in both forms that RT gives it', () => {
    const common = {
      Status: 'open',
      Created: '2026-01-01T00:00:00Z',
      LastUpdated: '2026-01-01T00:00:00Z',
      Queue: { id: '1', Name: 'General' },
      Owner: { id: 6, Name: 'Nobody' },
      Creator: { id: 14, Name: 'root' },
    };
    const listed = TicketRow.parse({
      ...common,
      id: '5',
      EffectiveId: '5',
      Priority: '0',
      Requestor: '',
      CustomFields: '',
    });
    const single = TicketRow.parse({
      ...common,
      id: 5,
      EffectiveId: { id: '5' },
      Priority: 0,
      Requestor: [],
      CustomFields: [],
    });
    expect(single).toEqual(listed);
  });
});
