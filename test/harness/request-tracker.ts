import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';

/**
 * A small Request Tracker 5 behind msw: understands the searches that the connector writes, gives pages of two, and hides rows or totals
 * when told to. Shapes are those of a real 5.0.3 (test/services/request-tracker.test.ts runs against one).
 */

type Row = Record<string, unknown> & { id: string };

export const ORIGIN = 'https://rt.example.org';
export const NOW = new Date('2026-03-07T12:00:00Z');
export const BIG = '9007199254740993';

export interface FakeRt {
  /** Rows of one page. */
  readonly page?: number;
  /** Null totals, as for users whose rights are checked row by row. */
  readonly totals?: boolean;
  /** A page behind the last one is the last one again (5.0.5 and later); otherwise it is empty. */
  readonly clamp?: boolean;
  /** Rows that the caller may not see: they take room on pages and are not given. */
  readonly hidden?: (path: string, id: string) => boolean;
  /** Tickets in the place of the usual ones. */
  readonly tickets?: readonly Row[];
}

const AGENT = { type: 'user', id: 21, Name: 'canary-ann' };
const CUSTOMER = { type: 'user', id: 31, Name: 'canary-jane@customer.example' };
const SYSTEM = { type: 'user', id: 1, Name: 'RT_System' };
const NOBODY = { type: 'user', id: 6, Name: 'Nobody' };
const MONITOR = { type: 'user', id: 41, Name: 'nagios@hosts.example' };
const URL_1970 = '1970-01-01T00:00:00Z';

function ticketRow(id: string, over: Record<string, unknown> = {}): Row {
  return {
    id,
    type: 'ticket',
    Status: 'open',
    Created: '2026-02-01T08:00:00Z',
    LastUpdated: '2026-02-01T09:00:00Z',
    Started: '2026-02-01T08:30:00Z',
    Resolved: URL_1970,
    Priority: '50',
    EffectiveId: id,
    Queue: { type: 'queue', id: '3', Name: 'Canary Support' },
    Owner: AGENT,
    Creator: CUSTOMER,
    Requestor: [{ ...CUSTOMER, id: CUSTOMER.Name, Organization: 'Canary Corp' }],
    CustomFields: [
      { id: '7', type: 'customfield', name: 'Topic', values: ['canary topic'] },
      { id: '11', type: 'customfield', name: 'Product', values: ['api'] },
      { id: '12', type: 'customfield', name: 'Category', values: ['login'] },
      { id: '13', type: 'customfield', name: 'Severity', values: ['escalated'] },
      { id: '14', type: 'customfield', name: 'Cause', values: ['bug'] },
    ],
    ...over,
  };
}

export const TICKETS: readonly Row[] = [
  ticketRow('1'),
  ticketRow('2', { Status: 'resolved', Resolved: '2026-02-02T09:00:00Z', CustomFields: '' }),
  ticketRow('3', { Owner: NOBODY, Priority: '0', Requestor: [], Creator: MONITOR }),
  ticketRow('4', { Status: 'stalled', Creator: AGENT }),
  ticketRow('5', { Status: 'rejected', Resolved: '2026-02-03T09:00:00Z' }),
  ticketRow('6', { EffectiveId: '5', LastUpdated: '2026-01-01T00:00:00Z' }),
  ticketRow(BIG),
];
const DELETED = ticketRow('8', { Status: 'deleted' });

function history(): Row[] {
  let id = 100;
  const rows: Row[] = [];
  const add = (
    ticket: string,
    Type: string,
    at: string,
    Creator: unknown,
    over: Record<string, unknown> = {},
  ): void => {
    id += 1;
    const Created = `2026-02-01T08:${at}:00Z`;
    rows.push({
      id: String(id),
      type: 'transaction',
      ObjectId: ticket,
      Type,
      Created,
      Creator,
      Field: '',
      OldValue: '',
      NewValue: '',
      ...over,
    });
  };
  for (const ticket of [...TICKETS, DELETED]) {
    add(ticket.id, 'Create', '00', ticket.Creator);
    add(ticket.id, 'EmailRecord', '00', SYSTEM);
    add(ticket.id, 'Correspond', '20', AGENT);
    add(ticket.id, 'EmailRecord', '20', SYSTEM);
    add(ticket.id, 'Status', '20', SYSTEM, { Field: 'Status', OldValue: 'new', NewValue: 'open' });
  }
  add('1', 'Set', '21', AGENT, { Field: 'Owner', OldValue: '6', NewValue: '21' });
  add('1', 'SetWatcher', '21', AGENT, { Field: 'Owner', OldValue: '6', NewValue: '21' });
  add('1', 'Comment', '22', AGENT);
  add('1', 'Set', '23', AGENT, { Field: 'Subject', OldValue: 'Canary subject', NewValue: 'Canary subject 2' });
  add('1', 'Set', '24', AGENT, { Field: 'Queue', OldValue: '2', NewValue: '3' });
  add('1', 'Set', '25', AGENT, { Field: 'Priority', OldValue: '0', NewValue: '50' });
  add('1', 'CustomField', '26', AGENT, { Field: '7', OldValue: '', NewValue: 'canary topic' });
  add('1', 'CustomField', '28', AGENT, { Field: '13', OldValue: '', NewValue: 'escalated' });
  add('3', 'Set', '29', MONITOR, { Field: 'Priority', OldValue: '50', NewValue: '0' });
  add('4', 'AddLink', '30', AGENT, { Field: 'RefersTo', NewValue: 'fsck.com-rt://canary/ticket/2' });
  add('1', 'AddLink', '27', AGENT, { Field: 'RefersTo', NewValue: 'https://canary.atlassian.net/browse/CORE-17' });
  add('1', 'AddLink', '20', AGENT, { Field: 'RefersTo', NewValue: 'fsck.com-article://canary/article/1' });
  add('6', 'AddLink', '40', AGENT, { Field: 'MergedInto', NewValue: 'fsck.com-rt://canary/ticket/5' });
  add('5', 'AddLink', '40', AGENT, { Field: 'MergedInto', NewValue: 'fsck.com-rt://canary/ticket/5' });
  add('8', 'Status', '41', AGENT, { Field: 'Status', OldValue: 'open', NewValue: 'deleted' });
  return rows;
}

/** The part of TicketSQL and TransactionSQL that the connector writes; anything else is refused as RT does. */
function matcher(query: string): (row: Row) => boolean {
  const tests: ((row: Row) => boolean)[] = [];
  const rest = query
    .replace(/\(([^()]*)\)/g, (_, group: string) => {
      const pairs = group.split(' OR ').map((one) => /^(\w+) = (\d+)$/.exec(one.trim()));
      tests.push((row) => pairs.some((pair) => pair !== null && String(row[pair[1] ?? '']) === pair[2]));
      return 'ok';
    })
    .split(' AND ')
    .filter((one) => one !== 'ok' && one !== "ObjectType = 'RT::Ticket'" && one !== 'EffectiveId > 0');
  for (const one of rest) {
    const id = /^id > (\d+)$/.exec(one)?.[1];
    const equal = /^(Type|NewValue|TicketStatus) = '(\w+)'$/.exec(one);
    // Dates would be read in a zone that is not ours; the connector has to bear more than it asked for.
    if (/^LastUpdated >= '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'$/.test(one)) continue;
    if (id !== undefined) tests.push((row) => BigInt(row.id) > BigInt(id));
    else if (equal !== null) {
      const [, field, value] = equal;
      tests.push((row) => (field === 'TicketStatus' ? row.ObjectId === DELETED.id : row[field ?? ''] === value));
    } else throw new Error(`the fake does not know: ${one}`);
  }
  return (row) => tests.every((test) => test(row));
}

export function pageOf(rows: readonly Row[], url: URL, options: FakeRt, path: string): Record<string, unknown> {
  const size = Math.min(options.page ?? 2, Number(url.searchParams.get('per_page') ?? '20'));
  const sorted = [...rows].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  if (url.searchParams.get('order') === 'DESC') sorted.reverse();
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  const asked = Number(url.searchParams.get('page') ?? '1');
  const totals = options.totals ?? true;
  const page = options.clamp === true && totals ? Math.min(asked, pages) : asked;
  const items = sorted.slice((page - 1) * size, page * size).filter((row) => options.hidden?.(path, row.id) !== true);
  return {
    items: items.map((row) => ({ ...row, id: Number.isSafeInteger(Number(row.id)) ? row.id : `@big:${row.id}` })),
    count: items.length,
    total: totals ? sorted.length : null,
    pages: totals ? pages : null,
    page,
    per_page: size,
  };
}

const HEADERS: Readonly<Record<string, string>> = {
  Create: 'X-RT-Interface: Email\nSubject: Canary subject\nFrom: <canary-jane@customer.example>',
  Correspond: 'X-RT-Interface: Web\nSubject: Canary subject',
  EmailRecord: 'Precedence: bulk\nSubject: AutoReply: Canary subject\nTo: canary-jane@customer.example',
};

export function fakeRt(options: FakeRt = {}): readonly FakeRoute[] {
  const { tickets = TICKETS } = options;
  const transactions = history();
  const rest = (path: string): RegExp => new RegExp(`^/REST/2\\.0${path}$`);
  const list = (name: string, path: string, rows: readonly Row[]): FakeRoute => ({
    name,
    path: rest(path),
    answer: (url) => {
      const query = url.searchParams.get('query');
      return pageOf(query === null ? rows : rows.filter(matcher(query)), url, options, path);
    },
  });
  const groups: Row[] = [
    { id: '4', Name: 'Privileged', Domain: 'SystemInternal' },
    { id: '40', Name: 'Canary group', Domain: 'UserDefined' },
  ];
  const members = [{ type: 'user', id: AGENT.Name }];
  return [
    { name: 'rt', path: rest('/rt'), answer: () => ({ Version: '5.0.3' }) },
    {
      name: 'users_privileged',
      path: rest('/users/privileged'),
      answer: () => new FakeStatus(404, { message: 'Not Found' }),
    },
    list('users', '/users', [{ id: '21', Name: AGENT.Name, Created: '2025-01-01T00:00:00Z' }]),
    {
      name: 'user',
      path: rest('/user/[^/]+'),
      answer: (url) => ({
        Privileged: [String(AGENT.id), AGENT.Name].includes(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''))
          ? 1
          : 0,
        Created: '2025-01-01T00:00:00Z',
        RealName: 'Canary Ann',
        _hyperlinks: [{ ref: 'self', type: 'user', id: AGENT.id }],
      }),
    },
    {
      name: 'groups',
      path: rest('/groups'),
      answer: async (url, request) => {
        const [limit] = (await request.json()) as { field: string; value: string }[];
        return pageOf(
          groups.filter((group) => group.Domain === limit?.value),
          url,
          options,
          '/groups',
        );
      },
    },
    { name: 'group', path: rest('/group/\\d+'), answer: () => ({ Members: members, Disabled: '0' }) },
    list('queues', '/queues/all', [
      { id: '2', Name: 'Canary Tier 1', Disabled: '0' },
      { id: '3', Name: 'Canary Support', Disabled: '0' },
      { id: '9', Name: '___Approvals', Disabled: '2' },
    ]),
    { name: 'queue', path: rest('/queue/\\d+'), answer: () => ({ AdminCc: [{ type: 'group', id: '40' }] }) },
    list('classes', '/classes/all', [{ id: '1', Name: 'General' }]),
    list('articles', '/articles', [
      {
        id: '1',
        Created: '2026-01-01T00:00:00Z',
        LastUpdated: '2026-01-02T00:00:00Z',
        Disabled: '0',
        Class: { id: 1 },
        Creator: { id: 21 },
        LastUpdatedBy: { id: 21 },
      },
    ]),
    {
      name: 'article',
      path: rest('/article/\\d+'),
      answer: () => ({ Summary: 'Canary text', _hyperlinks: [{ ref: 'refers-to', type: 'ticket', id: '2' }] }),
    },
    list('tickets', '/tickets', tickets),
    {
      name: 'ticket',
      path: rest('/ticket/\\d+'),
      answer: (url) => {
        const id = url.pathname.split('/').at(-1) ?? '';
        if (id === DELETED.id) return { ...DELETED, id: 8, Subject: 'Canary subject', EffectiveId: { id: '8' } };
        const found = tickets.find((one) => one.id === id);
        return found === undefined
          ? new FakeStatus(404, { message: 'Not Found' })
          : { ...found, Subject: 'Canary subject' };
      },
    },
    list('transactions', '/transactions', transactions),
    {
      name: 'attachments',
      path: rest('/attachments'),
      answer: async (url, request) => {
        const limits = (await request.json()) as { field: string; value: string }[];
        const wanted = new Set(limits.filter((one) => one.field === 'TransactionId').map((one) => one.value));
        const rows = transactions
          .filter((one) => wanted.has(one.id) && String(one.Type) in HEADERS)
          .map((one): Row => {
            const first = one.Type === 'EmailRecord' && String(one.Created).includes(':00:00Z');
            const extra = first ? '\nAuto-Submitted: auto-replied' : '';
            return { id: one.id, TransactionId: one.id, Headers: `${HEADERS[String(one.Type)]}${extra}` };
          });
        return pageOf(rows, url, { page: 100 }, '/attachments');
      },
    },
  ];
}
