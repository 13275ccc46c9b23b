import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { putConnection } from '../../test/harness/beside-desk.ts';
import { aCustomer, aTicket, at } from '../../test/harness/records.ts';
import { blank } from '../kit/blank.ts';

let fleet: ApiFleet;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a']);
});
afterEach(() => fleet.close());

async function keep(csv: string, role: 'operator' | 'viewer' = 'operator', query = ''): Promise<[number, unknown]> {
  const { token } = await fleet.token(role);
  const reply = await fleet.ask({
    method: 'PUT',
    url: `/v1/workspaces/desk-a/matches/customers${query}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(csv),
    token,
  });
  return [reply.statusCode, reply.json()];
}

async function matches(): Promise<unknown> {
  const { token } = await fleet.token('viewer');
  const reply = await fleet.ask({ method: 'GET', url: '/v1/workspaces/desk-a/matches', token });
  expect(reply.statusCode).toBe(200);
  return reply.json();
}

it('tells what of a desk was found in the sources beside it, and nothing where there are none', async () => {
  expect(await matches()).toEqual({ customers: [], links: [] });
  const store = await fleet.store('desk-a');
  const created_at = at('2025-01-01T00:00:00Z');
  const issue = { ...blank('link'), id: 'l', ticket_id: '1', kind: 'issue' as const, system: null, target_key: 'k' };
  await putConnection(store, 'desk', 'desk', {
    ticket: [aTicket({ id: '1', organisation_id: '7', created_at })],
    organisation: [aCustomer({ id: '7', domain_hash: 'd' })],
    link: [issue],
  });
  expect(await matches()).toEqual({ customers: [], links: [] });
  await putConnection(store, 'crm', 'customers', { organisation: [aCustomer({ id: 'A', domain_hash: 'd' })] });
  await putConnection(store, 'bugs', 'engineering', {
    ticket: [aTicket({ id: '9', reference_keys: ['k'], created_at })],
  });
  expect(await matches()).toMatchObject({
    customers: [{ desk: 'desk', source: 'crm', counts: true, by_rule: { domain: 1 } }],
    links: [{ desk: 'desk', counts: true, by_tracker: [{ tracker: 'bugs', issues: 1 }] }],
  });
});

it('keeps the word of people on who is whom, the whole of the last file, and changes nothing by a wrong line', async () => {
  expect(await keep('desk_id,crm_id\n')).toMatchObject([expect.any(Number), { code: 'NO_DATA' }]);
  const store = await fleet.store('desk-a');
  const ids = ['1', '2'];
  await putConnection(store, 'desk', 'desk', {
    ticket: ids.map((id) => aTicket({ id, organisation_id: id, created_at: at('2025-01-01T00:00:00Z') })),
    organisation: ids.map((id) => aCustomer({ id })),
  });
  await putConnection(store, 'crm', 'customers', { organisation: ['A', 'B'].map((id) => aCustomer({ id })) });
  const ofDesk = { desk: 'desk', source: 'crm' };
  const mapped = { ...ofDesk, counts: true, by_rule: { mapping: 2 }, mapping: { pairs: 2 } };
  expect(await keep('desk_id,crm_id\n1,A\n2,B\n')).toMatchObject([200, { matches: [mapped] }]);
  expect(await keep('desk_id,crm_id\n1,A\n1,B\n')).toMatchObject([
    400,
    { code: 'BAD_MAPPING', detail: expect.stringContaining('mapping, line 3: the desk_id stands on line 2 already') },
  ]);
  expect(await keep('desk_id,crm_id\n', 'viewer')).toMatchObject([403, {}]);
  expect(await keep('desk_id,crm_id\n', 'operator', '?source=other')).toMatchObject([404, { code: 'UNKNOWN_NAME' }]);
  expect(await matches()).toMatchObject({ customers: [mapped] });
  expect((await fleet.audit()).find(({ outcome }) => outcome === 'done')).toMatchObject({
    action: 'customers.map',
    subject: 'desk crm',
    detail: { pairs: 2 },
  });
  expect(await keep('desk_id,crm_id\n')).toMatchObject([200, { matches: [{ counts: false, mapping: { pairs: 0 } }] }]);
});
