import { expect, it } from 'vitest';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { syncWhole } from '../../test/harness/synced-desk.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

/** The account with the role of one user as given, in the list of those that were asked for by their role. */
const readWith = (change: (user: Record<string, unknown>) => void) =>
  syncWhole(zendeskCase, {
    fault(reply, { route }) {
      if (route !== 'users' || typeof reply !== 'object' || reply === null) return undefined;
      const body = structuredClone(reply instanceof FakeStatus ? reply.body : reply) as {
        users: Record<string, unknown>[];
      };
      body.users.forEach(change);
      return new FakeStatus(200, body);
    },
  });

it('takes nobody for a customer who was asked for as an agent and does not say a role', async () => {
  const whole = await readWith(() => {});
  expect(whole.rows.ticket?.['105']).toMatchObject({ requester_is_agent: true, created_by: 'agent' });
  const { rows } = await readWith((user) => Object.assign(user, { role: [{}] }));
  expect(rows.ticket?.['105']).toMatchObject({ requester_is_agent: null });
  expect(rows.ticket?.['105']?.created_by).not.toBe('customer');
  // Who was not asked for is none.
  expect(rows.ticket?.['101']).toMatchObject({ requester_is_agent: false });
});
