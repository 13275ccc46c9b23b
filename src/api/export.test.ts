import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { PATIENT } from '../../test/harness/patience.ts';
import { placedSnapshot } from '../../test/harness/placed-snapshot.ts';
import { aTicket } from '../../test/harness/records.ts';

let fleet: ApiFleet;
let token: string;
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a']);
  ({ token } = await fleet.token('operator'));
  const { telemetry, ledger } = await fleet.store('desk-a');
  const records = { ticket: [aTicket({ id: 't1' }), aTicket({ id: 't2' })] };
  await telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  await ledger.saveConnection({
    name: 'desk',
    vendor: 'acme',
    role: 'desk',
    settings: {},
    secret: 'none',
    allow_private: false,
    status: 'connected',
    created_at: fleet.clock.now(),
  });
  await ledger.saveSnapshot(placedSnapshot({ stage: 2, day: 3, conflicts: { 'S1.1': 'none' } }), fleet.clock.now());
});
afterAll(() => fleet.close());

const get = (path: string) => fleet.ask({ method: 'GET', url: `/v1/workspaces/desk-a${path}`, token });

describe('an export', () => {
  it('is one table as a file, which leaves nothing on the disk of the server', async () => {
    const reply = await get('/export/ticket');
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(reply.headers['content-disposition']).toBe('attachment; filename="desk-a-ticket.csv"');
    const [head = '', ...rows] = reply.body.trim().split('\n');
    expect([head.startsWith('connection,id'), rows.length]).toEqual([true, 2]);
    const lines = (await get('/export/ticket?format=jsonl')).body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['t1', 't2']);
    expect((await get('/export/ticket?format=parquet')).rawPayload.subarray(0, 4).toString()).toBe('PAR1');
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('plumbline-http-export-'));
    await expect.poll(left, PATIENT).toEqual([]);
    expect((await fleet.audit())[0]).toMatchObject({ action: 'telemetry.export', subject: 'ticket', outcome: 'done' });
  });

  it('is of a table and format that there are', async () => {
    for (const path of ['/export/secrets', '/export/..%2f..%2fetc', '/export/ticket?format=xlsx'])
      expect([path, (await get(path)).statusCode]).toEqual([path, 400]);
  });
});

describe('an explanation', () => {
  it('goes from the stage to statements and tickets', async () => {
    const stage = (await get('/explain')).json();
    expect([stage.kind, stage.stage, stage.sets[0].criteria[0].id]).toEqual(['stage', 2, 'S1.1']);
    expect((await get('/explain?what=S1.1')).json()).toMatchObject({ kind: 'criterion', result: { id: 'S1.1' } });
    expect((await get('/explain?what=desk/t1')).json()).toMatchObject({ kind: 'ticket', id: 't1', url: null });
    const unknown = await get('/explain?what=S1.11');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'UNKNOWN_NAME']);
  });
});
