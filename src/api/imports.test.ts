import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { PART_BYTES } from './uploads.ts';

const FILE = [
  'Ticket ID,Created At,Resolved At,Status,Priority,Subject',
  '1,2026-01-05 09:00,2026-01-05 11:00,Resolved,1,Anna cannot log in since Monday morning',
  '2,2026-01-06 09:00,2026-01-06 10:00,Resolved,4,Max asks for an invoice of last year',
  '3,2026-01-07 09:00,,parked,3,Printer of the second floor does not answer',
  '',
].join('\n');
const W = '/v1/workspaces/desk-a/uploads';
const BYTES = { 'content-type': 'application/octet-stream' };

interface Proposal {
  readonly points: readonly { id: string; question: string; options: { label: string }[]; hint: string | null }[];
  readonly open: readonly string[];
  readonly mapping: string;
}

let fleet: ApiFleet;
let token: string;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b']);
  token = (await fleet.token('operator')).token;
});
afterEach(() => fleet.close());

const post = (url: string, payload: Record<string, unknown>) => fleet.ask({ method: 'POST', url, token, payload });
const put = (url: string, payload: Buffer) => fleet.ask({ method: 'PUT', url, token, payload, headers: BYTES });

async function bring(text = FILE, name = 'desk.csv'): Promise<string> {
  const content = Buffer.from(text);
  const begun = await post(W, { name, bytes: content.byteLength });
  expect(begun.statusCode).toBe(201);
  const { id } = begun.json<{ id: string }>();
  for (let part = 0; part * PART_BYTES < content.byteLength; part++) {
    const sent = await put(`${W}/${id}/parts/${part}`, content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
    expect(sent.statusCode).toBe(200);
  }
  return id;
}
/** Files that lie there to be imported. */
function lying(): string[] {
  return readdirSync(fleet.uploadFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('importing a file over HTTP', () => {
  it('asks what the file does not answer, shows the dry run, imports, and keeps no file', async () => {
    const id = await bring();
    expect(lying()).toEqual(['desk.csv']);
    const asked = (await post(`${W}/${id}/proposal`, {})).json<Proposal>();
    const [status, priority, zone] = ['parked', 'Priority', 'zone'].map((word) =>
      asked.points.find(({ question }) => question.includes(word)),
    );
    expect([status?.options.length, priority?.options.length].every((n) => (n ?? 0) > 1)).toBe(true);
    expect(zone?.hint).not.toBeNull();
    expect(asked.open.length).toBe(asked.points.length);
    const answers = {
      [status?.id ?? '']: status?.options.findIndex(({ label }) => label.startsWith('hold')) ?? -1,
      [priority?.id ?? '']: 1,
      [zone?.id ?? '']: 'Europe/Berlin',
    };
    const settled = (await post(`${W}/${id}/proposal`, { answers })).json<Proposal>();
    expect(settled.open).toEqual([]);
    expect(settled.mapping).toContain('time_zone: Europe/Berlin');
    const dry = await post(`${W}/${id}/check`, { answers });
    expect(dry.json()).toMatchObject({ kept: 3, refusal: null, sentence: expect.stringMatching(/^3 of 3 rows/) });
    const { telemetry } = await fleet.store('desk-a');
    expect((await telemetry.rows('desk')).get('ticket') ?? 0).toBe(0);
    const done = await post(`${W}/${id}/import`, { name: 'desk', answers });
    expect(done.statusCode).toBe(201);
    expect(done.json()).toMatchObject({ connection: 'desk', unchanged: false, rows: 3, tickets: 3 });
    expect(done.json<{ tells: string[] }>().tells[0]).toMatch(/^Can speak for \d+ of/);
    expect((await telemetry.rows('desk')).get('ticket')).toBe(3);
    expect(lying()).toEqual([]);
    expect((await post(`${W}/${id}/check`, {})).statusCode).toBe(404);
    // No text of a ticket comes back or is written down.
    for (const text of [JSON.stringify(asked), dry.body, done.body, JSON.stringify(fleet.lines)])
      expect(text).not.toMatch(/Anna|invoice|Printer/);
  });

  it('takes a mapping of the caller, and refuses a wrong one with its place', async () => {
    const id = await bring();
    const { mapping } = (await post(`${W}/${id}/proposal`, {})).json<Proposal>();
    expect(mapping).toContain('ticket:');
    expect((await post(`${W}/${id}/check`, { mapping })).statusCode).toBe(200);
    const wrong = await post(`${W}/${id}/check`, { mapping: 'mode: moon\n' });
    expect([wrong.statusCode, wrong.json<{ code: string }>().code]).toEqual([400, 'BAD_MAPPING']);
  });

  it('refuses an answer that no point takes', async () => {
    const id = await bring();
    const { points } = (await post(`${W}/${id}/proposal`, {})).json<Proposal>();
    const zone = points.find(({ hint }) => hint !== null)?.id ?? '';
    for (const answers of [{ moon: 1 }, { [zone]: 'Europe/Nowhere' }, { [points[0]?.id ?? '']: 99 }]) {
      const reply = await post(`${W}/${id}/proposal`, { answers });
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'BAD_USAGE']);
    }
  });

  it('takes parts in their order only, each once, and nothing but bytes', async () => {
    const big = `${FILE}${'9,2026-01-07 09:00,2026-01-07 10:00,Resolved,3,x\n'.repeat(100_000)}`;
    const content = Buffer.from(big);
    const { id } = (await post(W, { name: 'big.csv', bytes: content.byteLength })).json<{ id: string }>();
    const first = content.subarray(0, PART_BYTES);
    expect((await put(`${W}/${id}/parts/1`, first)).statusCode).toBe(400);
    expect((await put(`${W}/${id}/parts/0`, first.subarray(1))).statusCode).toBe(400);
    for (let again = 0; again < 2; again++)
      expect((await put(`${W}/${id}/parts/0`, first)).json()).toMatchObject({ received: PART_BYTES });
    const early = await post(`${W}/${id}/proposal`, {});
    expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([409, 'WRONG_STATE']);
    const json = await fleet.ask({ method: 'PUT', url: `${W}/${id}/parts/1`, token, payload: { a: 1 } });
    expect(json.statusCode).toBe(400);
    const above = await put(`${W}/${id}/parts/1`, Buffer.alloc(PART_BYTES + 1));
    expect(above.statusCode).toBe(413);
  });

  it.each(['../../etc/passwd', 'tickets.exe', '..csv', 'a/b/'])('refuses a file called %s', async (name) => {
    const reply = await post(W, { name, bytes: 10 });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([400, 'BAD_USAGE']);
  });

  it('never leaves its folder, whatever the file is called', async () => {
    await bring('id\n', '../../../tmp/x.csv');
    expect(lying()).toEqual(['x.csv']);
  });

  it('forgets a file after an hour, when it is dropped, and shows it to no other workspace', async () => {
    const id = await bring();
    const other = await post(`/v1/workspaces/desk-b/uploads/${id}/proposal`, {});
    expect(other.statusCode).toBe(404);
    expect((await fleet.ask({ method: 'DELETE', url: `${W}/${id}`, token })).statusCode).toBe(200);
    expect(lying()).toEqual([]);
    const late = await bring();
    fleet.clock.advance(3_600_001);
    expect((await post(`${W}/${late}/proposal`, {})).statusCode).toBe(404);
    await bring();
    expect(lying()).toHaveLength(1);
  });

  it('lets only so many lie there', async () => {
    for (let n = 0; n < 8; n++) await bring();
    expect((await post(W, { name: 'five.csv', bytes: 1 })).statusCode).toBe(429);
  });
});
