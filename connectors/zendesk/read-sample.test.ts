import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ConnectorContext, ConnectorPage } from '../../src/kit/connector.ts';
import type { HttpClient } from '../../src/kit/http.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { requestUrl } from '../../src/kit/request-parts.ts';
import { silentHttp } from '../../test/harness/fake-http.ts';
import { zendesk } from './index.ts';
import { Settings } from './settings.ts';

const ORIGIN = 'https://acme.example';
const UNTIL = new Date('2026-03-01T00:00:00Z');
const unix = (date: Date): number => Math.floor(date.getTime() / 1000);
const daysBefore = (days: number): Date => new Date(UNTIL.getTime() - days * 86_400_000);

interface Account {
  /** Days before the end at which each ticket was created; its id is its place from 1. */
  readonly ages: readonly number[];
  /** Requests a minute that replies state. */
  readonly limit?: number;
  /** Added to the ids of children in the export. */
  readonly shift?: number;
  /** Audits and export hold messages of rules and macros. */
  readonly audits?: boolean;
  readonly exported?: boolean;
  /** Tickets changed again since. */
  readonly touched?: readonly number[];
}

const created = (account: Account, id: number): Date => daysBefore(account.ages[id - 1] ?? 0);
const replied = (account: Account, id: number): Date => new Date(created(account, id).getTime() + 3_600_000);

/** Children of the update that replied with a macro, numbered as the vendor does. */
const children = (id: number, kind: 'type' | 'event_type', shift: number, whole: boolean) => [
  ...(whole ? [{ id: id * 100 + 1 + shift, [kind]: 'AgentMacroReference', macro_id: '9' }] : []),
  { id: id * 100 + 2 + shift, [kind]: 'Comment', author_id: 8001, public: true, body: 'Done.' },
];

const notice = (id: number, kind: 'type' | 'event_type') => ({
  id: id * 100 + 50,
  [kind]: 'Notification',
  body: 'We will reply within 4 hours.',
  recipients: [777],
  via: { channel: 'rule', source: { from: { id: 2001 } } },
});

function answer(account: Account, url: URL): unknown {
  const ids = account.ages.map((_, place) => place + 1);
  const { audits: auditsWhole = true, exported = false, shift = 0 } = account;
  const tickets = /\/tickets\/(\d+)\/audits$/.exec(url.pathname);
  if (tickets !== null) {
    const id = Number(tickets[1]);
    const by = (author_id: number, at: Date, events: unknown[], number: number) => ({
      id: number,
      ticket_id: id,
      created_at: at.toISOString(),
      author_id,
      via: { channel: 'email' },
      events,
    });
    return {
      audits: [
        by(
          777,
          created(account, id),
          [
            { id: id * 100 + 49, type: 'Create', field_name: 'status', value: 'new' },
            { id: id * 100 + 48, type: 'Comment', author_id: 777, public: true, body: 'Help' },
            ...(auditsWhole ? [notice(id, 'type')] : []),
          ],
          id * 10,
        ),
        by(8001, replied(account, id), children(id, 'type', 0, auditsWhole), id * 10 + 1),
      ],
    };
  }
  if (url.pathname.endsWith('/incremental/tickets/cursor')) {
    const again = url.searchParams.get('cursor') !== null;
    const start = Number(url.searchParams.get('start_time') ?? 0);
    const shown = again ? (account.touched ?? []) : ids.filter((id) => unix(replied(account, id)) >= start);
    return {
      tickets: shown.map((id) => ({
        id,
        created_at: created(account, id).toISOString(),
        generated_timestamp: unix(replied(account, id)) + (again ? 60 : 0),
        status: 'open',
        via: { channel: 'email' },
      })),
      after_cursor: 'next',
      end_of_stream: true,
    };
  }
  if (url.pathname.endsWith('/incremental/ticket_events')) {
    const start = Number(url.searchParams.get('start_time'));
    const rows = ids.flatMap((id) => [
      {
        id: id * 10,
        ticket_id: id,
        timestamp: unix(created(account, id)),
        updater_id: 777,
        via: 'Mail',
        child_events: [
          { id: id * 100 + 49, event_type: 'Create', status: 'new' },
          { id: id * 100 + 48 + shift, event_type: 'Comment', author_id: 777, public: true, body: 'Help' },
          ...(exported ? [notice(id, 'event_type')] : []),
        ],
      },
      {
        id: id * 10 + 1,
        ticket_id: id,
        timestamp: unix(replied(account, id)),
        updater_id: 8001,
        via: 'Mail',
        child_events: children(id, 'event_type', shift, exported),
      },
    ]);
    return {
      ticket_events: rows.filter((row) => row.timestamp >= start),
      end_time: unix(UNTIL) - 10,
      end_of_stream: true,
    };
  }
  if (url.pathname.endsWith('/users')) return { users: [{ id: 8001, role: 'agent', name: 'Ann' }] };
  if (url.pathname.endsWith('/triggers'))
    return {
      triggers: [
        { id: 2001, conditions: {}, actions: [{ field: 'notification_user', value: ['requester_id', 's', 'b'] }] },
      ],
    };
  throw new HttpStatusError('PERMISSION_DENIED', 404, null, url.pathname, '');
}

function open(account: Account, settings: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const http: HttpClient = {
    ...silentHttp(),
    origin: ORIGIN,
    async getJson(request) {
      const url = requestUrl(request, new URL(ORIGIN));
      asked.push(url.pathname);
      const headers: Record<string, string> =
        account.limit === undefined ? {} : { 'x-rate-limit': String(account.limit) };
      return {
        data: request.schema.parse(answer(account, url)),
        status: 200,
        date: UNTIL,
        headers,
        bytes: 0,
        empty: false,
      };
    },
  };
  const context: ConnectorContext<Settings> = {
    settings: Settings.parse({ url: 'acme', ...settings }),
    http,
    pseudonymise: (kind, value) => `${kind}#${value}`,
    signal: new AbortController().signal,
    until: UNTIL,
  };
  return { context, audits: () => asked.filter((path) => path.endsWith('/audits')).length };
}

async function read(id: string, context: ConnectorContext<Settings>, from: string | null = null) {
  const stream = zendesk.streams.find((one) => one.id === id);
  if (stream === undefined) throw new Error(`no stream ${id}`);
  const pages: ConnectorPage[] = [];
  for await (const page of zendesk.read(stream, from, context)) pages.push(page);
  const checkpoint = pages.at(-1)?.checkpoint ?? null;
  return {
    messages: pages.flatMap((page) => page.records.message ?? []),
    templates: pages.flatMap((page) => page.records.message_template ?? []),
    tickets: pages.flatMap((page) => (page.records.ticket_sample ?? []).map((row) => row.ticket_id)),
    checkpoint,
    unmet: zendesk.unmet?.(new Map(checkpoint === null ? [] : [[id, checkpoint]])).get(id)?.messages,
  };
}

const TEN: Account = { ages: [1, 2, 3, 4, 5, 6, 7, 8, 200, 300] };
/** Tickets 1 to 8 in the order of the SHA-256 of their ids. */
const BY_CHANCE = ['1', '2', '3', '4', '5', '6', '7', '8'].sort((a, b) =>
  createHash('sha256').update(a).digest('hex') < createHash('sha256').update(b).digest('hex') ? -1 : 1,
);

describe('the sample of audits', () => {
  it('holds the tickets of the last 90 days that come first by chance', async () => {
    expect((await read('audit-sample', open(TEN, { auditSample: 3 }).context)).tickets).toEqual(BY_CHANCE.slice(0, 3));
    expect((await read('audit-sample', open(TEN).context)).tickets).toEqual(BY_CHANCE);
  });

  it('adds messages of rules, and templates under the ids of the comments of the export, which stay its own', async () => {
    const { context } = open(TEN);
    const { messages, templates, unmet } = await read('audit-sample', context);
    const first = messages.filter((one) => one.ticket_id === '1');
    expect(first.map((one) => [one.author, one.auto_reply, one.template_id, one.promised_reply_s])).toEqual([
      ['machine', true, null, 14_400],
    ]);
    const macros = templates.filter((one) => one.ticket_id === '1');
    expect(macros.map((one) => one.template_id)).toEqual(['9']);
    const log = await read('ticket-events', context);
    const comments = log.messages.filter((one) => one.ticket_id === '1').map((one) => one.id);
    expect(comments).toContain(macros[0]?.message_id);
    expect(messages.map((one) => one.id)).not.toContain(macros[0]?.message_id);
    expect(unmet).toEqual([]);
  });

  it('leaves templates out where the export names comments in another way: a reply must not come twice', async () => {
    const { messages, templates, unmet } = await read('audit-sample', open({ ...TEN, shift: 7 }).context);
    expect(templates).toEqual([]);
    expect(new Set(messages.map((one) => one.author))).toEqual(new Set(['machine']));
    expect(unmet).toEqual(['template_id']);
  });

  it('is no larger than the requests that the account allows a minute, and goes on with the next sync', async () => {
    const { context } = open({ ...TEN, limit: 5 });
    const first = await read('audit-sample', context);
    expect(first.tickets).toEqual(BY_CHANCE.slice(0, 5));
    expect((await read('audit-sample', context, first.checkpoint)).tickets).toEqual(BY_CHANCE.slice(5));
  });

  it('reads a ticket again when it changed, and only then', async () => {
    const first = await read('audit-sample', open(TEN).context);
    const still = open(TEN);
    expect((await read('audit-sample', still.context, first.checkpoint)).tickets).toEqual([]);
    expect(still.audits()).toBe(0);
    const moved = open({ ...TEN, touched: [4] });
    expect((await read('audit-sample', moved.context, first.checkpoint)).tickets).toEqual(['4']);
  });

  it('shows nothing where audits hold nothing of the kind though rules write to requesters, or where no ticket was read', async () => {
    const all = ['auto_reply', 'promised_reply_s', 'promise_business_hours', 'template_id'];
    expect((await read('audit-sample', open({ ...TEN, audits: false }).context)).unmet).toEqual(all);
    expect((await read('audit-sample', open({ ages: [200] }).context)).unmet).toEqual(all);
  });

  it.each([
    [{}, 'available'],
    [{ auditSample: 0 }, 'absent'],
    [{ history: 'audits' }, 'absent'],
  ])('with %j is %s', async (settings, status) => {
    const stream = zendesk.streams.find((one) => one.id === 'audit-sample');
    if (stream === undefined) throw new Error('no stream');
    expect((await zendesk.probe(stream, open(TEN, settings).context)).status).toBe(status);
  });
});

describe('the export of events', () => {
  it('does not show what nothing in it ever held, and does where something did', async () => {
    expect((await read('ticket-events', open(TEN).context)).unmet).toEqual([
      'auto_reply',
      'promised_reply_s',
      'promise_business_hours',
      'template_id',
    ]);
    const whole = open({ ...TEN, exported: true });
    const first = await read('ticket-events', whole.context);
    expect(first.unmet).toEqual([]);
    // A later sync without any such row does not forget it.
    expect((await read('ticket-events', open({ ...TEN, ages: [] }).context, first.checkpoint)).unmet).toEqual([]);
  });
});
