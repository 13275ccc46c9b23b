import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestTracker } from '../../connectors/request-tracker/index.ts';
import type { Observability } from '../../src/domain/observability.ts';
import type { TableName, TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { HttpStatusError } from '../../src/kit/http-status-error.ts';
import { type SyncResult, syncConnection } from '../../src/pipeline/sync.ts';
import type { Store } from '../../src/store/ports.ts';
import { openStore, realSync, servePage, syncUntilKilled } from './real-sync.ts';
import { fillDesk, type RtDesk, restClient, spreadTimes } from './rt-desk.ts';
import { createRtServer, findRt, RT_MISSING, type RtServer } from './rt-server.ts';

const { openCaller, syncInto } = realSync(requestTracker);
const installed = findRt();
if (installed === null && process.env.CI === 'true') throw new Error(RT_MISSING);

describe.skipIf(installed === null)(installed === null ? RT_MISSING : 'a real Request Tracker', () => {
  let server: RtServer;
  let desk: RtDesk;
  let folder: string;
  let store: Store;
  let first: SyncResult;
  let firstDigest: string;

  const dataDir = (name: string): string => join(folder, name);
  const reader = () => ({ url: server.url, token: desk.readerToken });
  const numbers = async (sql: string): Promise<number> => Number(Object.values((await server.sql(sql))[0] ?? {})[0]);
  const stored = async (): Promise<ReadonlyMap<TableName, number>> => store.telemetry.rows('desk');
  const recordsOf = <T extends TableName>(table: T, ticket: string): Promise<readonly TelemetryRecord<T>[]> =>
    store.telemetry.find(table, 'desk', ticket);
  const ticketOf = async (id: string): Promise<TelemetryRecord<'ticket'>> => {
    const [ticket] = await recordsOf('ticket', id);
    if (ticket === undefined) throw new Error(`ticket ${id} is not stored`);
    return ticket;
  };
  const eventsOf = async (id: string) =>
    [...(await recordsOf('event', id))].sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq);
  const changesOf = async (id: string, kind: string) =>
    (await eventsOf(id))
      .filter((one) => one.kind === kind && !one.initial)
      .map((one) => [one.from_value, one.to_value]);
  const initialOf = async (id: string, kind: string) =>
    (await eventsOf(id)).find((one) => one.kind === kind && one.initial)?.to_value ?? null;

  beforeAll(async () => {
    if (installed === null) return;
    folder = mkdtempSync(join(tmpdir(), 'plumbline-rt-store-'));
    server = await createRtServer(installed);
    await server.start();
    desk = await fillDesk(server);
    await server.stop();
    await spreadTimes(server);
    await server.start();
    store = await openStore(dataDir('whole'));
    first = await syncInto(store, reader());
    firstDigest = await store.telemetry.digest('desk');
  });

  afterAll(async () => {
    await store?.close();
    await server?.remove();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('reads the whole desk with the least rights of the README, and sets nothing aside', async () => {
    expect(first.error).toBeNull();
    expect(first.streams.map((one) => [one.stream, one.status, one.rejected])).toEqual([
      ['desk', 'read', 0],
      ['articles', 'read', 0],
      ['tickets', 'read', 0],
      ['deleted', 'read', 0],
    ]);
  });

  it('stores what the database holds, counted on another route', async () => {
    const rows = await stored();
    const tickets = await numbers("SELECT count(*) FROM Tickets WHERE Type = 'ticket'");
    expect(tickets).toBeGreaterThan(100);
    expect(rows.get('ticket')).toBe(tickets);
    const written = "ObjectType = 'RT::Ticket' AND Type IN ('Create', 'Correspond', 'Comment')";
    const acknowledgements = await numbers(
      "SELECT count(*) FROM Attachments WHERE Parent = 0 AND Headers LIKE '%Auto-Submitted: auto-replied%' AND TransactionId IN (SELECT id FROM Transactions WHERE Type = 'EmailRecord')",
    );
    expect(acknowledgements).toBeGreaterThan(100);
    expect(rows.get('message')).toBe(
      (await numbers(`SELECT count(*) FROM Transactions WHERE ${written}`)) + acknowledgements,
    );
    expect(rows.get('team')).toBe(
      await numbers(
        "SELECT (SELECT count(*) FROM Queues WHERE Name NOT LIKE '\\_\\_\\_%' ESCAPE '\\') + (SELECT count(*) FROM Groups WHERE Domain = 'UserDefined')",
      ),
    );
    expect(rows.get('article')).toBe(2);
    expect(rows.get('organisation')).toBe(2);
  });

  it.each([
    ['status', "Type = 'Status' AND NewValue != 'deleted'"],
    ['delete', "Type = 'Status' AND NewValue = 'deleted'"],
    ['group', "Type = 'Set' AND Field = 'Queue'"],
    ['assignee', "Type = 'SetWatcher' AND Field = 'Owner'"],
    ['field', "Type = 'CustomField'"],
    ['link', "Type = 'AddLink' AND Field != 'MergedInto'"],
    [
      'merge',
      "Type = 'AddLink' AND Field = 'MergedInto' AND NewValue != 'fsck.com-rt://plumb.test/ticket/' || ObjectId",
    ],
  ])('stores each change of kind %s once', async (kind, where) => {
    const expected = await numbers(`SELECT count(*) FROM Transactions WHERE ObjectType = 'RT::Ticket' AND ${where}`);
    expect(expected).toBeGreaterThan(0);
    const path = dataDir('events.jsonl');
    await store.telemetry.exportTable('event', 'jsonl', path);
    const events = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; initial: boolean });
    expect(events.filter((one) => one.kind === kind && !one.initial)).toHaveLength(expected);
  });

  it('gives the same bytes again: second sync, and one killed in the middle and resumed', async () => {
    const second = await syncInto(store, reader());
    expect(second.error).toBeNull();
    expect(await store.telemetry.digest('desk')).toBe(firstDigest);

    const dir = dataDir('killed');
    const checkpoint = await syncUntilKilled('request-tracker', dir, reader());
    expect(JSON.parse(checkpoint)).toMatchObject({ since: null, after: expect.stringMatching(/^[1-9]\d*$/) });
    const resumed = await openStore(dir);
    try {
      const before = (await resumed.telemetry.rows('desk')).get('ticket') ?? 0;
      expect(before).toBeGreaterThan(0);
      expect(before).toBeLessThan((await stored()).get('ticket') ?? 0);
      expect((await syncInto(resumed, reader())).error).toBeNull();
      expect(await resumed.telemetry.digest('desk')).toBe(firstDigest);
    } finally {
      await resumed.close();
    }
  });

  it('keeps a merged ticket with its history and points it at the survivor', async () => {
    const { merged, mergedDuplicate, survivor } = desk.tickets;
    const inDatabase = await server.sql('SELECT id, EffectiveId FROM Tickets WHERE EffectiveId != id ORDER BY id');
    expect(inDatabase.map((row) => String(row.id))).toEqual([merged, mergedDuplicate]);
    for (const id of [merged, mergedDuplicate]) {
      expect((await ticketOf(id)).merged_into).toBe(survivor);
      expect(await changesOf(id, 'merge')).toEqual([[null, survivor]]);
    }
    expect((await ticketOf(survivor)).merged_into).toBeNull();
    expect(await changesOf(survivor, 'merge')).toEqual([]);
    expect((await recordsOf('message', merged)).filter((one) => one.author === 'agent')).toHaveLength(1);
    expect((await recordsOf('message', survivor)).filter((one) => one.author === 'agent')).toHaveLength(1);
  });

  it('finds deleted tickets, and takes back one that lives again', async () => {
    const deleted = await ticketOf(desk.tickets.deleted);
    expect(deleted).toMatchObject({
      deleted: true,
      vendor_status: 'deleted',
      status: 'closed',
      created_by: 'customer',
    });
    expect(await initialOf(desk.tickets.deleted, 'status')).toBe('new');
    const back = await ticketOf(desk.tickets.undeleted);
    expect(back).toMatchObject({ deleted: false, status: 'open' });
    expect(await changesOf(desk.tickets.undeleted, 'status')).toEqual([['closed', 'open']]);
  });

  it('tells rules from people when a solved ticket is opened again', async () => {
    const id = desk.tickets.reopened;
    expect(await changesOf(id, 'status')).toEqual([
      ['new', 'open'],
      ['open', 'solved'],
      ['solved', 'open'],
      ['open', 'solved'],
    ]);
    const reopening = (await eventsOf(id)).find((one) => one.kind === 'status' && one.from_value === 'solved');
    expect(reopening?.actor).toBe('automation');
    const messages = [...(await recordsOf('message', id))].sort((a, b) => a.seq - b.seq);
    expect(messages.map((one) => [one.author, one.public, one.auto_reply, one.channel])).toEqual([
      ['customer', true, false, 'email'],
      ['machine', true, true, 'email'],
      ['agent', true, false, 'api'],
      ['customer', true, false, 'email'],
      ['agent', false, false, null],
    ]);
    expect((await ticketOf(id)).reported_solved_at).toBeInstanceOf(Date);
  });

  it('follows queues, owners and priorities, each once, with the value at creation', async () => {
    const id = desk.tickets.escalated;
    const names = new Map((await server.sql('SELECT id, Name FROM Queues')).map((row) => [row.Name, String(row.id)]));
    const people = new Map((await server.sql('SELECT id, Name FROM Users')).map((row) => [row.Name, String(row.id)]));
    const queue = (name: string) => names.get(name) ?? '';
    const person = (name: string) => people.get(name) ?? '';
    expect(await initialOf(id, 'group')).toBe(queue('Support Tier 1'));
    expect(await changesOf(id, 'group')).toEqual([
      [queue('Support Tier 1'), queue('Support Tier 2')],
      [queue('Support Tier 2'), queue('Escalation')],
    ]);
    expect(await initialOf(id, 'assignee')).toBeNull();
    expect(await changesOf(id, 'assignee')).toEqual([
      [null, person('ann')],
      [person('ann'), person('cid')],
      [person('cid'), person('dee')],
      [person('dee'), null],
    ]);
    expect(await initialOf(id, 'priority')).toBeNull();
    expect(await changesOf(id, 'priority')).toEqual([
      [null, '3'],
      ['3', '1'],
    ]);
    expect(await ticketOf(id)).toMatchObject({
      priority_rank: 1,
      vendor_priority: '90',
      group_id: queue('Escalation'),
      assignee_id: null,
      created_by: 'agent',
      created_on_behalf: true,
      requester_is_agent: false,
    });
  });

  it('marks machines, internal tickets, outcomes and categories', async () => {
    expect(await ticketOf(desk.tickets.monitored)).toMatchObject({ created_by: 'machine', channel: 'email' });
    expect(await ticketOf(desk.tickets.internal)).toMatchObject({ requester_is_agent: true, created_by: 'customer' });
    expect(await ticketOf(desk.tickets.stalled)).toMatchObject({ status: 'pending', reported_solved_at: null });
    expect(await ticketOf(desk.tickets.rejected)).toMatchObject({ status: 'closed', reported_solved_at: null });
    const vacation = (await recordsOf('message', desk.tickets.vacation)).filter((one) => one.seq > 1);
    expect(vacation.map((one) => [one.author, one.auto_reply])).toEqual([['machine', true]]);
    const own = await recordsOf('message', desk.tickets.internal);
    expect(own.filter((one) => one.author === 'agent')).toHaveLength(1);
  });

  it('keeps links, the article of a reply, and the ticket that an article came from', async () => {
    const links = [...(await recordsOf('link', desk.tickets.linked))].sort((a, b) => Number(a.id) - Number(b.id));
    expect(links.map((one) => [one.kind, one.system])).toEqual([
      ['issue', 'jira'],
      ['related', null],
    ]);
    expect(links[1]?.target_key).toBe(desk.tickets.reopened);
    expect((await ticketOf(desk.tickets.linked)).filled_fields).toEqual([`cf.${desk.topic}`]);
    const replies = (await recordsOf('message', desk.tickets.article)).filter(
      (one) => one.author === 'agent' && one.seq > 0,
    );
    expect(replies.map((one) => one.article_ids)).toEqual([[desk.articles[0]]]);
    const path = dataDir('articles.jsonl');
    await store.telemetry.exportTable('article', 'jsonl', path);
    const sources = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { from_ticket_id: string | null }).from_ticket_id);
    expect(sources.sort()).toEqual([desk.tickets.survivor, null].sort());
  });

  it('knows the members of the desk, and who is no person', async () => {
    const read = async (table: TableName) => {
      const path = dataDir(`${table}.jsonl`);
      await store.telemetry.exportTable(table, 'jsonl', path);
      return readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const privileged = await server.sql(
      "SELECT m.MemberId AS id FROM GroupMembers m JOIN Groups g ON g.id = m.GroupId JOIN Users u ON u.id = m.MemberId WHERE g.Domain = 'SystemInternal' AND g.Name = 'Privileged'",
    );
    const agents = await read('agent');
    expect(
      agents
        .filter((one) => one.human)
        .map((one) => one.id)
        .sort(),
    ).toEqual(privileged.map((row) => String(row.id)).sort());
    expect(
      agents
        .filter((one) => !one.human)
        .map((one) => one.id)
        .sort(),
    ).toEqual(['1', '6']);
    const teams = await read('team');
    expect(
      teams
        .map((one) => one.tier)
        .filter((tier) => tier !== null)
        .sort(),
    ).toEqual([1, 2]);
    // Two groups of two, the first line on Tier 1 through its group, cid on Tier 2.
    expect(await read('membership')).toHaveLength(7);
  });

  it('keeps no subject, text, name or address', async () => {
    for (const table of ['ticket', 'event', 'message', 'agent', 'team', 'organisation', 'link', 'article'] as const) {
      const path = dataDir(`private-${table}.jsonl`);
      await store.telemetry.exportTable(table, 'jsonl', path);
      expect(readFileSync(path, 'utf8')).not.toMatch(
        /@|acme|made by hand|some text|CORE-17|Tier 1|How to|"ann"|login|billing/i,
      );
    }
  });

  it('reads dates as UTC although RT and its searches live in New York', async () => {
    const [row] = await server.sql(`SELECT Created, LastUpdated FROM Tickets WHERE id = ${desk.tickets.stalled}`);
    const ticket = await ticketOf(desk.tickets.stalled);
    expect(ticket.created_at.toISOString()).toBe(`${String(row?.Created).replace(' ', 'T')}.000Z`);
    expect(ticket.updated_at?.toISOString()).toBe(`${String(row?.LastUpdated).replace(' ', 'T')}.000Z`);
  });

  it('brings only what changed since, in whatever zone, and nothing from behind the bound', async () => {
    const caller = openCaller(reader());
    const [stream] = requestTracker.streams.filter((one) => one.id === 'tickets');
    if (stream === undefined) throw new Error('no stream');
    try {
      const all = (
        await server.sql("SELECT id, LastUpdated FROM Tickets WHERE Type = 'ticket' AND Status != 'deleted'")
      ).map((row) => ({ id: String(row.id), at: Date.parse(`${String(row.LastUpdated).replace(' ', 'T')}Z`) }));
      const sorted = [...all].sort((a, b) => a.at - b.at);
      const since = sorted[Math.floor(sorted.length * 0.6)]?.at ?? 0;
      const until = sorted[Math.floor(sorted.length * 0.9)]?.at ?? 0;
      const pages = await collectPages(
        requestTracker.read(
          stream,
          JSON.stringify({ since: new Date(since).toISOString(), walking: null, after: '0' }),
          {
            ...caller.context,
            until: new Date(until),
          },
        ),
      );
      const got = pages.flatMap((page) => page.records.ticket ?? []).map((ticket) => ticket.id);
      const wanted = all.filter((one) => one.at >= since - 5 * 60_000 && one.at <= until).map((one) => one.id);
      expect(wanted.length).toBeGreaterThan(5);
      const plain = got.filter((id) => !([desk.tickets.merged, desk.tickets.mergedDuplicate] as string[]).includes(id));
      expect(new Set(plain)).toEqual(
        new Set(wanted.filter((id) => !([desk.tickets.merged, desk.tickets.mergedDuplicate] as string[]).includes(id))),
      );
    } finally {
      caller.close();
    }
  });

  it('follows the source: the reconciled share is whole for a superuser, unknown where RT does not count', async () => {
    const caller = openCaller({ url: server.url, token: server.rootPassword, settings: { user: 'root' } });
    try {
      const total = await requestTracker.count('tickets', { ...caller.context, until: first.until });
      expect(total).toBe((await stored()).get('ticket'));
      expect((await requestTracker.identify(caller.context)).role).toBe('superuser');
    } finally {
      caller.close();
    }
  });

  describe('for a user that may see little', () => {
    const limited = () => ({ url: server.url, token: desk.limitedToken });

    it.each([
      ['rights checked in SQL, totals given', [], 'number'],
      ['rights checked row by row, totals null', ['Set($UseSQLForACLChecks, 0);'], 'object'],
    ])('reads what is visible, ends, and says what is hidden (%s)', async (_, config, total) => {
      const restart = async (lines: readonly string[]): Promise<void> => {
        await server.stop();
        await server.start(lines);
      };
      if (config.length > 0) await restart(config);
      const plain = await fetch(`${server.url}/REST/2.0/tickets?query=id%3E0`, {
        headers: { authorization: `token ${desk.limitedToken}` },
      });
      expect(typeof ((await plain.json()) as { total: unknown }).total).toBe(total);
      const own = await openStore(dataDir(`limited-${config.length}`));
      try {
        const result = await syncInto(own, limited());
        expect(result.error).toBeNull();
        const queue = "(SELECT id FROM Queues WHERE Name = 'Support Tier 1')";
        const rows = await own.telemetry.rows('desk');
        expect(rows.get('ticket')).toBe(
          await numbers(`SELECT count(*) FROM Tickets WHERE Type = 'ticket' AND Queue = ${queue}`),
        );
        const caller = openCaller(limited());
        const [stream] = requestTracker.streams.filter((one) => one.id === 'tickets');
        if (stream === undefined) throw new Error('no stream');
        const capability = await requestTracker.probe(stream, { ...caller.context, until: result.until });
        caller.close();
        expect(capability).toMatchObject({ status: 'available' });
        const detail = 'detail' in capability ? (capability.detail ?? '') : '';
        expect(detail).toMatch(/ticket numbers looked at are refused/);
        expect(detail).toMatch(/ShowTicketComments/);
        expect(detail).toMatch(/ShowOutgoingEmail/);
        const seen = await own.telemetry.observability();
        expect(statusOf(seen, 'articles')).toBe('permission');
        expect(statusOf(seen, 'sla_clocks')).toBe('absent');
      } finally {
        await own.close();
        if (config.length > 0) await restart([]);
      }
    });

    it('calls a desk without a visible ticket hidden, not empty', async () => {
      const own = await openStore(dataDir('stranger'));
      try {
        expect((await syncInto(own, { url: server.url, token: desk.strangerToken })).error).toBeNull();
        const seen = await own.telemetry.observability();
        for (const stream of ['tickets', 'events', 'messages', 'agents', 'articles'])
          expect([stream, statusOf(seen, stream)]).toEqual([stream, 'permission']);
        expect(seen.find((one) => one.stream === 'tickets')?.detail).toContain('ShowTicket');
      } finally {
        await own.close();
      }
    });

    it('goes on without the list of people, and says what is missing', async () => {
      const own = await openStore(dataDir('no-people'));
      const caller = openCaller(reader());
      const people = /^\/REST\/2\.0\/(users(\/|$)|user\/|group\/|groups$)/;
      const refusal = (path: string) =>
        new HttpStatusError('PERMISSION_DENIED', 403, null, `rt.test${path}`, 'Refused.');
      const getJson: typeof caller.context.http.getJson = async (ask) => {
        if (people.test(ask.path)) throw refusal(ask.path);
        return caller.context.http.getJson(ask);
      };
      const context = { ...caller.context, http: { ...caller.context.http, getJson } };
      try {
        const deps = { telemetry: own.telemetry, batchRows: 1000, progress: () => undefined };
        const { error } = await syncConnection('desk', requestTracker, context, deps);
        expect(error).toBeNull();
        const [rows, whole] = [await own.telemetry.rows('desk'), await stored()];
        for (const table of ['ticket', 'event', 'message', 'link'] as const)
          expect([table, rows.get(table)]).toEqual([table, whole.get(table)]);
        const [seen, before] = [await own.telemetry.observability(), await store.telemetry.observability()];
        const shown = (stream: string) => seen.find((one) => one.stream === stream);
        const { reconciled_share } = before.find((one) => one.stream === 'tickets') ?? {};
        expect(shown('tickets')).toMatchObject({ status: 'available', reconciled_share });
        expect(shown('tickets')?.detail).toContain('agents and customers cannot be told apart');
        expect(shown('tickets')?.fields).not.toContain('requester_is_agent');
        expect(shown('events')?.fields).toContain('status');
        expect(shown('events')?.fields).not.toContain('actor:agent');
        const [ticket] = await own.telemetry.find('ticket', 'desk', desk.tickets.internal);
        expect(ticket).toMatchObject({ requester_is_agent: null });
      } finally {
        caller.close();
        await own.close();
      }
    });

    it('refuses an unprivileged user with the way out', async () => {
      const caller = openCaller({ url: server.url, token: desk.customerToken });
      await expect(requestTracker.identify(caller.context)).rejects.toMatchObject({
        code: 'PERMISSION_DENIED',
        remedy: expect.stringContaining('granted rights'),
      });
      caller.close();
    });
  });

  it('refuses a wrong token with the way out', async () => {
    const caller = openCaller({ url: server.url, token: '1-14-00000000000000000000000000000000' });
    await expect(requestTracker.identify(caller.context)).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      remedy: expect.stringContaining('Auth Tokens'),
    });
    caller.close();
  });

  it('names a login page in front of RT for what it is', async () => {
    const page = await servePage('<!DOCTYPE html><html><body>Login</body></html>');
    const caller = openCaller({ url: page.url, token: desk.readerToken });
    await expect(requestTracker.identify(caller.context)).rejects.toMatchObject({ code: 'NOT_A_HELPDESK' });
    caller.close();
    await page.close();
    // RT's own web screen instead of its API: a wrong path.
    const screen = openCaller({ url: `${server.url}/Ticket`, token: desk.readerToken });
    await expect(requestTracker.identify(screen.context)).rejects.toMatchObject({ code: 'NOT_A_HELPDESK' });
    screen.close();
  });

  it('catches up with later changes: a new reply, a new deletion, a late merge', async () => {
    const call = restClient(server);
    const { stalled, rejected, article, vacation } = desk.tickets;
    await call('ann', 'POST', `/ticket/${vacation}/correspond`, { Content: 'late', ContentType: 'text/plain' });
    await call('ann', 'DELETE', `/ticket/${rejected}`);
    await call('ann', 'PUT', `/ticket/${article}`, { MergeInto: stalled });
    // As if a minute had gone by: the bound of a sync lies a minute behind the server's clock.
    await server.stop();
    const touched = [vacation, rejected, article, stalled].join(', ');
    await server.sql(
      `UPDATE Tickets SET LastUpdated = datetime('now', '-2 minutes') WHERE id IN (${vacation}, ${rejected}, ${stalled})`,
    );
    await server.sql(
      `UPDATE Transactions SET Created = datetime('now', '-2 minutes') WHERE ObjectType = 'RT::Ticket' AND ObjectId IN (${touched}) AND Created > datetime('now', '-10 minutes')`,
    );
    await server.start();
    expect((await syncInto(store, reader())).error).toBeNull();
    expect((await recordsOf('message', vacation)).filter((one) => one.author === 'agent')).toHaveLength(1);
    expect((await ticketOf(rejected)).deleted).toBe(true);
    expect((await ticketOf(article)).merged_into).toBe(stalled);
    const anew = await openStore(dataDir('anew'));
    try {
      expect((await syncInto(anew, reader())).error).toBeNull();
      expect(await anew.telemetry.digest('desk')).toBe(await store.telemetry.digest('desk'));
    } finally {
      await anew.close();
    }
  });
});

function statusOf(seen: readonly Observability[], stream: string): string | undefined {
  return seen.find((one) => one.stream === stream)?.status;
}

async function collectPages(pages: AsyncIterable<ConnectorPage>): Promise<ConnectorPage[]> {
  const all: ConnectorPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
