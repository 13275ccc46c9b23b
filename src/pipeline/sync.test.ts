import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentHttp } from '../../test/harness/fake-http.ts';
import { aTicket } from '../../test/harness/records.ts';
import type { TelemetryRecord } from '../domain/telemetry.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Capability, Connector, ConnectorPage, VendorStream } from '../kit/connector.ts';
import { HttpStatusError } from '../kit/http-status-error.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { syncConnection } from './sync.ts';

const NOW = new Date('2026-03-01T12:00:00.500Z');

function anAutomation(id: string, kind: 'trigger' | 'macro'): TelemetryRecord<'automation'> {
  return {
    id,
    kind,
    active: true,
    shared: true,
    vendor_default: false,
    condition_fields: [],
    actions: [],
    condition_terms: null,
    unread_conditions: null,
    action_terms: null,
    unread_actions: null,
    required_fields: null,
    required_to_solve: null,
    last_fired_at: null,
    fired_count: null,
    users_count: null,
    scheduled: null,
    updated_at: null,
  };
}

interface Script {
  readonly pages?: Record<string, readonly (ConnectorPage | PlumblineError)[]>;
  readonly capabilities?: Record<string, Capability>;
  readonly count?: () => Promise<number | null>;
  readonly streams?: readonly VendorStream[];
  readonly unmet?: Connector['unmet'];
}

const SURVEYS: VendorStream = { id: 'surveys', title: 'Surveys', kind: 'history', provides: { csat: [] } };
const STREAMS: readonly VendorStream[] = [
  { id: 'triggers', title: 'Triggers', kind: 'config', provides: { automations: ['trigger'] } },
  { id: 'macros', title: 'Macros', kind: 'config', provides: { automations: ['macro'] } },
  { id: 'tickets', title: 'Tickets', kind: 'history', provides: { tickets: ['priority_rank'] } },
  SURVEYS,
];

/** A connector whose pages are written down; a page index is its checkpoint. */
function scripted(script: Script): Connector<unknown> {
  return {
    id: 'scripted',
    title: 'Scripted',
    settings: z.unknown(),
    flags: [],
    example: {},
    account: () => ({
      baseUrl: new URL('https://desk.example'),
      auth: { kind: 'none' },
      limits: { concurrency: 1, perMinute: null },
    }),
    never: { bot_sessions: 'It has no bot.' },
    streams: script.streams ?? STREAMS,
    ...(script.unmet === undefined ? {} : { unmet: script.unmet }),
    lagS: 60,
    identify: async () => ({ role: 'admin', account: 'desk', serverNow: NOW }),
    probe: async (stream) => script.capabilities?.[stream.id] ?? { status: 'available' },
    async *read(stream, checkpoint) {
      const pages = script.pages?.[stream.id] ?? [];
      for (const page of pages.slice(checkpoint === null ? 0 : Number(checkpoint))) {
        if (page instanceof PlumblineError) throw page;
        yield page;
      }
    },
    count: async (stream) => (stream === 'tickets' ? (script.count ?? (async () => 4))() : null),
    ticketUrl: () => null,
  };
}

const page = (records: ConnectorPage['records'], checkpoint: string): ConnectorPage => ({
  records,
  rejected: [],
  checkpoint,
  seen: 1,
});
const http = silentHttp();
const unreachable = new PlumblineError('VENDOR_UNREACHABLE', 'It does not answer.', 'Try again.');

describe('syncConnection', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openMemoryStore();
  });
  afterEach(async () => {
    await store.close();
  });

  const sync = (script: Script, batchRows = 100) =>
    syncConnection(
      'desk',
      scripted(script),
      { settings: {}, http, pseudonymise: (_, v) => v, signal: new AbortController().signal },
      { telemetry: store.telemetry, batchRows, progress: () => undefined },
    );
  const ids = async (table: 'ticket' | 'automation'): Promise<number> =>
    (await store.telemetry.rows('desk')).get(table) ?? 0;
  const observed = async (stream: string) => (await store.telemetry.observability()).find((o) => o.stream === stream);

  it('freezes its end at whole seconds of the server clock minus the lag', async () => {
    expect((await sync({})).until.toISOString()).toBe('2026-03-01T11:59:00.000Z');
  });

  it('records why a stream is hidden and goes on with the others', async () => {
    const result = await sync({
      capabilities: {
        surveys: { status: 'plan', detail: 'Needs a higher plan.' },
        macros: { status: 'permission', detail: 'Give the token read access.' },
      },
      pages: { tickets: [page({ ticket: [aTicket({ id: '1' })] }, '1')] },
    });
    expect(result.complete).toBe(true);
    expect(result.streams.map((s) => s.status)).toEqual(['read', 'permission', 'read', 'plan']);
    expect(await observed('csat')).toMatchObject({ status: 'plan', detail: 'Needs a higher plan.' });
    expect(await observed('automations')).toMatchObject({ status: 'available', fields: ['trigger'] });
    expect(await observed('bot_sessions')).toMatchObject({ status: 'absent', detail: 'It has no bot.' });
    expect(await observed('tickets')).toMatchObject({ rows: 1, reconciled_share: 0.25 });
  });

  it('counts values that could not be read apart from records that were set aside, and says where they stood', async () => {
    const aside = { stream: 'tickets', ref: '9', code: 'RECORD_REJECTED', path: 'id', detail: 'expected an id' };
    const cell = { ...aside, ref: '1', code: 'CELL_REJECTED', path: 'priority', detail: 'expected int, found array' };
    const first = {
      ...page({ ticket: [aTicket({ id: '1' })] }, '1'),
      rejected: [aside, cell, { ...cell, path: 'tags' }],
    };
    const macro = { ...page({}, ''), rejected: [{ ...cell, stream: 'macros', path: 'title' }] };
    const result = await sync({ pages: { tickets: [first], macros: [macro] }, count: async () => 1 });
    const told = result.streams.map(({ stream, rejected, cells }) => [stream, rejected, cells]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['tickets', 1, 2],
        ['macros', 0, 1],
      ]),
    );
    expect(await observed('tickets')).toMatchObject({
      rows: 1,
      rejected: 1,
      reconciled_share: 1,
      detail: expect.stringMatching(/kept records.*: priority \(1\), tags \(1\)\.$/),
    });
    expect(await observed('automations')).toMatchObject({ rejected: 0, detail: expect.stringContaining('title (1)') });
  });

  it('bounds how many values of one place are kept one by one, and loses none of the count', async () => {
    const cell = (ref: number) => ({
      stream: 'tickets',
      ref: String(ref),
      code: 'CELL_REJECTED',
      path: 'due',
      detail: 'x',
    });
    const first = { ...page({}, '1'), rejected: Array.from({ length: 150 }, (_, i) => cell(i)) };
    const second = { ...page({}, '2'), rejected: Array.from({ length: 70 }, (_, i) => cell(200 + i)) };
    const result = await sync({ pages: { tickets: [first, second] } }, 0);
    expect(result.streams.find(({ stream }) => stream === 'tickets')?.cells).toBe(220);
    const rows = await store.telemetry.setAside('desk');
    expect(rows.length).toBe(101);
    expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(220);
  });

  it('keeps what an available stream cannot show, each thing once, and forgets it when it is mended', async () => {
    const blind = { status: 'available', detail: 'One queue is hidden.' } as const;
    const pages = { tickets: [page({ ticket: [aTicket({ id: '1' })] }, '1')] };
    await sync({ capabilities: { triggers: blind, macros: blind, tickets: blind }, pages });
    expect(await observed('automations')).toMatchObject({ status: 'available', detail: 'One queue is hidden.' });
    expect(await observed('tickets')).toMatchObject({ status: 'available', detail: 'One queue is hidden.' });
    await sync({ pages });
    expect(await observed('tickets')).toMatchObject({ status: 'available', detail: null });
  });

  it('never takes a refusal in mid-read for a permission: the stream fails, the others stand, and it heals', async () => {
    const refused = new HttpStatusError('PERMISSION_DENIED', 403, null, '/tickets', 'Give access.');
    const first = page({ ticket: [aTicket({ id: '1' })] }, '1');
    const result = await sync({ pages: { tickets: [first, refused] } });
    expect(result).toMatchObject({ complete: false, error: { code: 'VENDOR_REFUSED', kind: 'vendor' } });
    expect(result.streams.map((s) => s.status)).toEqual(['read', 'read', 'failed', 'read']);
    expect(await observed('tickets')).toMatchObject({ status: 'failed', rows: 1, until: null });
    expect(await observed('csat')).toMatchObject({ status: 'available' });
    await sync({ pages: { tickets: [first, page({ ticket: [aTicket({ id: '2' })] }, '2')] } });
    expect(await observed('tickets')).toMatchObject({ status: 'available', rows: 2, detail: null });
  });

  it('ends when the credentials die and leaves all that was known as it was', async () => {
    await sync({ pages: { tickets: [page({ ticket: [aTicket({ id: '1' })] }, '1')] } });
    const before = await store.telemetry.observability();
    const dead = new HttpStatusError('PERMISSION_DENIED', 401, null, '/tickets', 'Make a new token.');
    const result = await sync({ pages: { tickets: [page({}, '1'), dead], surveys: [page({}, '1')] } });
    expect(result).toMatchObject({ complete: false, error: { code: 'PERMISSION_DENIED', kind: 'permission' } });
    expect(result.streams.map((s) => s.stream)).toEqual(['triggers', 'macros', 'tickets']);
    expect(await store.telemetry.observability()).toEqual(before);
  });

  it('keeps what was known of a stream that fails later, and says what went wrong', async () => {
    const pages = [page({ ticket: [aTicket({ id: '1' })] }, '1'), unreachable];
    await sync({ pages: { tickets: pages.slice(0, 1) } });
    const result = await sync({ pages: { tickets: pages } });
    expect(result.complete).toBe(false);
    const tickets = await observed('tickets');
    expect(tickets).toMatchObject({ status: 'available', rows: 1, until: new Date('2026-03-01T11:59:00Z') });
    expect(tickets?.detail).toContain('It does not answer.');
  });

  it('does not show a field that no page of a stream ever held, and asks the cursors for it', async () => {
    const streams = [{ ...SURVEYS, provides: { csat: ['score', 'reason_code'] } }];
    const pages = { surveys: [page({}, 'no reasons')] };
    const unmet: Connector['unmet'] = (checkpoints) =>
      new Map(checkpoints.get('surveys') === 'no reasons' ? [['surveys', { csat: ['reason_code'] }]] : []);
    await sync({ streams, pages, unmet });
    expect(await observed('csat')).toMatchObject({ fields: ['score'] });
    await sync({ streams, pages, unmet: () => new Map() });
    expect(await observed('csat')).toMatchObject({ fields: ['reason_code', 'score'] });
  });

  it('keeps a stream whose addition fails, and says so', async () => {
    const streams = [
      { ...SURVEYS, provides: { csat: ['score'] } },
      { id: 'reasons', title: 'Reasons', kind: 'history', adds: true, provides: { csat: ['reason_code'] } },
    ] as const;
    await sync({ streams, pages: { surveys: [page({}, '1')], reasons: [unreachable] } });
    const csat = await observed('csat');
    expect(csat).toMatchObject({ status: 'available', fields: ['score'] });
    expect(csat?.detail).toContain('Reasons: not read to the end');
  });

  it('notes a count that breaks and stands by everything else', async () => {
    const odd = new PlumblineError('VENDOR_BROKEN', 'The count has an unexpected form.', 'Wait.');
    const result = await sync({ count: () => Promise.reject(odd) });
    expect(result).toMatchObject({ complete: true, error: null });
    const tickets = await observed('tickets');
    expect(tickets).toMatchObject({ status: 'available', reconciled_share: null });
    expect(tickets?.detail).toContain('The count has an unexpected form.');
  });

  it('takes a web page in one stream for that stream only', async () => {
    const page404 = new PlumblineError('NOT_A_HELPDESK', 'It answered with a web page.', 'Check.');
    const result = await sync({ pages: { tickets: [page404] } });
    expect(result.streams.map((s) => s.status)).toEqual(['read', 'read', 'failed', 'read']);
    expect(result.error).toMatchObject({ code: 'VENDOR_BROKEN' });
  });

  it('keeps whole pages before a failure, says it is incomplete, and goes on from there', async () => {
    const first = await sync({
      pages: {
        tickets: [
          page({ ticket: [aTicket({ id: '1' })] }, '1'),
          page({ ticket: [aTicket({ id: '2' })] }, '2'),
          unreachable,
        ],
      },
    });
    expect(first).toMatchObject({ complete: false, error: unreachable });
    expect(await ids('ticket')).toBe(2);
    expect((await store.telemetry.checkpoints('desk')).get('tickets')).toBe('2');
    expect(await observed('tickets')).toMatchObject({ status: 'failed', rows: 2, until: null });
    const pages = [
      page({ ticket: [aTicket({ id: '1' })] }, '1'),
      page({ ticket: [aTicket({ id: '2' })] }, '2'),
      page({ ticket: [aTicket({ id: '3' })] }, '3'),
    ];
    const second = await sync({ pages: { tickets: pages } });
    expect(second.streams.find((s) => s.stream === 'tickets')).toMatchObject({ seen: 1, written: 1 });
    expect(await ids('ticket')).toBe(3);
  });

  it('stops at once when the vendor asks to wait too long', async () => {
    const wait = new PlumblineError('RATE_LIMITED', 'Wait an hour.', 'Later.', { retryAfterMs: 3_600_000 });
    const result = await sync({ pages: { tickets: [wait], surveys: [page({}, '1')] } });
    expect(result.streams.map((s) => s.stream)).toEqual(['triggers', 'macros', 'tickets']);
    expect(result.error?.code).toBe('RATE_LIMITED');
  });

  it('replaces configuration that is gone, but only where all its sources were read', async () => {
    const both = {
      triggers: [page({ automation: [anAutomation('t1', 'trigger'), anAutomation('t2', 'trigger')] }, '')],
      macros: [page({ automation: [anAutomation('m1', 'macro')] }, '')],
    };
    await sync({ pages: both });
    expect(await ids('automation')).toBe(3);
    await sync({ pages: { ...both, triggers: [page({ automation: [anAutomation('t1', 'trigger')] }, '')] } });
    expect(await ids('automation')).toBe(2);
    // The macros cannot be read this time: what is known of them stays.
    await sync({ pages: { triggers: [page({ automation: [] }, '')], macros: [unreachable] } });
    expect(await ids('automation')).toBe(2);
    await sync({ pages: { triggers: [], macros: [] } });
    expect(await ids('automation')).toBe(0);
  });

  const PART = { status: 'available', detail: 'Part.' } as const;
  it.each<[string, Capability, number]>([
    ['refused', { ...PART, lacks: { automations: ['trigger'] }, hidden: 'permission' }, 2],
    ['not in the plan', { ...PART, lacks: { automations: ['trigger'] }, hidden: 'plan' }, 2],
    ['refused, and takes rows,', { ...PART, hidden: 'permission' }, 2],
    ['absent', { ...PART, lacks: { automations: ['trigger'] } }, 1],
    ['refused and not of this evidence', { ...PART, lacks: { agents: ['role'] }, hidden: 'permission' }, 1],
  ])('keeps configuration of which a part is %s', async (_why, part, kept) => {
    const streams = [STREAMS[0] as VendorStream];
    const rows = (...ids: string[]) => ({
      triggers: [page({ automation: ids.map((id) => anAutomation(id, 'trigger')) }, '')],
    });
    await sync({ streams, pages: rows('t1', 't2') });
    await sync({ streams, pages: rows('t1'), capabilities: { triggers: part } });
    expect((await store.telemetry.rows('desk')).get('automation')).toBe(kept);
  });

  it('dates configuration from the first time it was seen', async () => {
    await sync({});
    const first = (await observed('automations'))?.since;
    expect(first).toEqual(new Date('2026-03-01T11:59:00Z'));
    await sync({});
    expect((await observed('automations'))?.since).toEqual(first);
    expect((await observed('tickets'))?.since).toBeNull();
  });

  it('gives the same telemetry whatever the size of batches', async () => {
    const pages = {
      tickets: Array.from({ length: 7 }, (_, i) =>
        page({ ticket: [aTicket({ id: String(i) }), aTicket({ id: 'shared' })] }, String(i + 1)),
      ),
    };
    await sync({ pages }, 1);
    const small = await store.telemetry.digest();
    await store.telemetry.forget('desk');
    await sync({ pages }, 1_000);
    expect(await store.telemetry.digest()).toBe(small);
    expect(await ids('ticket')).toBe(8);
  });

  it('passes a fault of ours on', async () => {
    await expect(sync({ pages: { tickets: [new PlumblineError('BUG', 'Broken.', 'Report.')] } })).rejects.toThrow(
      'Broken.',
    );
  });
});
