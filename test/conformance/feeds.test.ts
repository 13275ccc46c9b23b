import { z } from 'zod';
import type { Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { declareConnector, feedsOf } from '../../src/kit/declare-connector.ts';
import type { Since } from '../../src/kit/feed/since.ts';
import { fields } from '../../src/kit/fields.ts';
import { offset, pageNumber } from '../../src/kit/page/counted.ts';
import { cursor } from '../../src/kit/page/cursor.ts';
import { keyset } from '../../src/kit/page/keyset.ts';
import type { Pager } from '../../src/kit/page/pager.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { Instant, MaybeInstant, VendorId } from '../../src/kit/vendor-schema.ts';
import type { FakeRoute } from './connector.ts';
import { describeFeeds } from './feeds.ts';

/** The suite of feeds on toys of one list each: every way of paging has to come through it. */

const Settings = z.strictObject({});
type Settings = z.infer<typeof Settings>;
const Row = z.looseObject({ id: VendorId, created_at: Instant, updated_at: MaybeInstant });
type FakeRow = Readonly<Record<'id' | 'created_at' | 'updated_at', string>>;

function toy(id: string, page: Pager, by: Since) {
  const { changes } = feedsOf<Settings, null>();
  const tickets = changes({
    id: 'tickets',
    title: 'Tickets',
    fills: { tickets: fields('tickets', 'open_tickets updated_at') },
    words: { permission: 'Grant it.' },
    path: '/tickets',
    at: 'tickets',
    page,
    rows: Row,
    by,
    start: () => new Date('2026-01-01T00:00:00Z'),
    map: (rows) => ({
      ticket: rows.map(
        (row): Ticket => ({
          ...blank('ticket'),
          id: row.id,
          created_at: row.created_at,
          updated_at: row.updated_at,
          status: 'open',
          deleted: false,
          spam: false,
          test: false,
        }),
      ),
    }),
  });
  return declareConnector<Settings, null>({
    id,
    title: id,
    settings: Settings,
    flags: [],
    example: {},
    account: (_settings, secret) => ({
      baseUrl: new URL('https://toy.example.org'),
      auth: { kind: 'bearer', token: secret },
      limits: { concurrency: 1, perMinute: 600 },
    }),
    lagS: 60,
    never: {},
    async identify({ http, signal }) {
      const me = await http.getJson({ path: '/me', schema: z.looseObject({}), signal });
      return { role: 'agent', account: 'toy', serverNow: serverTime(me) };
    },
    open: () => null,
    feeds: [tickets],
    ticketUrl: () => null,
  });
}

/** Seven tickets: two share an instant across the edge of a page of two, three lie within one second. */
const STAMPS = ['10:00:00', '10:00:01', '10:00:01', '10:00:01', '10:00:02', '10:05:00', '10:05:00'];
const rowsOf = (): FakeRow[] =>
  STAMPS.map((time, i) => ({ id: `t${i}`, created_at: '2026-02-01T09:00:00Z', updated_at: `2026-02-01T${time}Z` }));

const PAGE = 2;
type Answer = (rows: readonly FakeRow[], url: URL) => unknown;

function routesOf(all: readonly FakeRow[], answer: Answer, sorted: boolean): FakeRoute[] {
  return [
    { name: 'me', path: /^\/me$/, answer: () => ({ id: 'me' }) },
    {
      name: 'tickets',
      path: /^\/tickets$/,
      answer(url) {
        const from = Date.parse(url.searchParams.get('since') ?? '');
        const due = all.filter((row) => Date.parse(row.updated_at) >= from);
        const byStamp = (a: FakeRow, b: FakeRow) => Date.parse(a.updated_at) - Date.parse(b.updated_at);
        return answer(structuredClone(sorted ? due.toSorted(byStamp) : due), url);
      },
    },
  ];
}

const numberIn = (url: URL, name: string, otherwise: number) => Number(url.searchParams.get(name) ?? otherwise);
const BY: Since = { param: 'since', field: 'updated_at', order: { order: 'updated_at' } };
const UNSORTED: Since = { param: 'since', field: 'updated_at' };
const SIZE = { param: 'limit', rows: PAGE };

const WAYS: readonly (readonly [id: string, page: Pager, by: Since, answer: Answer])[] = [
  [
    'toy-offset',
    offset({ param: 'start', size: SIZE, total: 'total' }),
    BY,
    (rows, url) => {
      const start = numberIn(url, 'start', 0);
      return { tickets: rows.slice(start, start + PAGE), total: rows.length };
    },
  ],
  [
    'toy-number',
    pageNumber({ param: 'page', size: SIZE }),
    UNSORTED,
    (rows, url) => {
      const start = (numberIn(url, 'page', 1) - 1) * PAGE;
      return { tickets: rows.slice(start, start + PAGE) };
    },
  ],
  [
    'toy-cursor',
    cursor({ at: 'next', param: 'cursor', size: SIZE }),
    BY,
    (rows, url) => {
      const start = numberIn(url, 'cursor', 0);
      const end = start + PAGE;
      return { tickets: rows.slice(start, end), next: end < rows.length ? end : null };
    },
  ],
  [
    'toy-keyset',
    keyset({
      ask: (after) => (after === null ? {} : { after }),
      key: (row) => Row.pick({ id: true }).safeParse(row).data?.id ?? null,
      size: SIZE,
    }),
    UNSORTED,
    (rows, url) => ({ tickets: rows.filter((row) => row.id > (url.searchParams.get('after') ?? '')).slice(0, PAGE) }),
  ],
];

for (const [id, page, by, answer] of WAYS) {
  const sorted = by.order !== undefined;
  describeFeeds({
    connector: toy(id, page, by),
    settings: {},
    secret: 'sesame',
    origin: 'https://toy.example.org',
    routes: () => routesOf(rowsOf(), answer, sorted),
    paged: { stream: 'tickets', route: 'tickets' },
    repeatCursor: (reply) => reply,
    emptyPage: (reply) => ({ ...reply, tickets: [] }),
    spoilRecord: (reply) => reply,
    forbidden: { stream: 'tickets', route: 'tickets' },
    bigIds: [],
    canaries: ['canary'],
    now: new Date('2026-03-07T12:00:00Z'),
    moving() {
      const live = rowsOf();
      let times = 0;
      return {
        routes: routesOf(live, answer, sorted),
        touch() {
          times += 1;
          Object.assign(live[0] as object, { updated_at: `2026-02-02T10:00:0${times % 10}Z` });
        },
      };
    },
    stamp: 'updated_at',
    enums: [],
    codes: ['id'],
  });
}
