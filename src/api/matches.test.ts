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
