import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import { putConnection } from '../harness/beside-desk.ts';
import { aCustomer, aTicket, at } from '../harness/records.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

async function fill(withCrm = true): Promise<void> {
  const dataDir = join(bench.dir, '.plumbline', 'default');
  mkdirSync(dataDir, { recursive: true });
  const store = await openDuckdbStore({ dataDir, workspace: 'default', clock: () => at('2026-02-01T00:00:00Z') });
  await putConnection(store, 'desk', 'desk', {
    organisation: [
      aCustomer({ id: '1', domain_hash: 'd' }),
      aCustomer({ id: '2', domain_hash: 'mail' }),
      aCustomer({ id: '3', domain_hash: 'mail' }),
      aCustomer({ id: '4' }),
    ],
    ticket: ['1', '2', '3'].map((id) => aTicket({ id, organisation_id: id })),
  });
  if (withCrm)
    await putConnection(store, 'crm', 'customers', {
      organisation: [
        aCustomer({
          ...{ id: 'A', domain_hash: 'd', tier: 'Gold', has_contract: true, has_health: true, health_rank: 1 },
          ...{ renews_at: at('2026-09-01T00:00:00Z'), value_band: 2, expanded_at: at('2026-01-01T00:00:00Z') },
        }),
        aCustomer({ id: 'B', domain_hash: 'mail' }),
      ],
    });
  await store.close();
}

async function matches(...args: string[]): Promise<unknown> {
  const { code, out, err } = await bench.run('customers', 'match', '--json', ...args);
  expect([code, err.includes('✗')]).toEqual([0, false]);
  const { matches: found } = JSON.parse(out) as { matches: unknown[] };
  expect(found).toHaveLength(1);
  return found[0];
}

it('tells who was matched, by what, and lists whom it does not dare to', async () => {
  await fill();
  expect(await matches()).toEqual({
    desk: 'desk',
    source: 'crm',
    organisations: { matched: 1, ambiguous: 2, unmatched: 1, of: 4, share: 0.25 },
    with_tickets: { matched: 1, ambiguous: 2, unmatched: 0, of: 3, share: 1 / 3 },
    counts: false,
    by_rule: { mapping: 0, external_id: 0, domain: 1 },
    told: {
      ...{ tier: 1, contract: 1, health: 1, health_90d: 0, health_understood: 1 },
      ...{ renewal: 1, value: 1, churned: 0, expanded: 1 },
    },
    ambiguous: [
      { organisation_id: '2', rule: 'domain' },
      { organisation_id: '3', rule: 'domain' },
    ],
    mapping: { pairs: 0, unknown_customers: 0, unknown_organisations: 0 },
  });
  const { out } = await bench.run('customers', 'match');
  expect(out.replace(/\s+/g, ' ')).toContain(
    '! desk and crm: 1 of 4 (25 %) organisations matched, 1 by domain with tickets: 1 of 3 (33 %); what the source tells counts from 50 % on 2 ambiguous, not joined: 2, 3 1 unmatched of the matched: 1 with a tier, 1 with a contract, renewal or value, 1 with a health value, 0 of which changed in 90 days and 1 of which are understood dated: 1 with a day of renewal, 0 left, 1 bought more; 1 with a band of value',
  );
});

it('takes the word of a mapping file, the whole of the last one, and keeps it', async () => {
  await fill();
  writeFileSync(join(bench.dir, 'pairs.csv'), 'desk_id,crm_id\n2,B\n4,gone\n77,A\n');
  const mapped = {
    organisations: { matched: 2, ambiguous: 1, unmatched: 1, of: 4, share: 0.5 },
    counts: true,
    by_rule: { mapping: 1, external_id: 0, domain: 1 },
    mapping: { pairs: 3, unknown_customers: 1, unknown_organisations: 1 },
  };
  expect(await matches('--map', 'pairs.csv')).toMatchObject(mapped);
  expect(await matches()).toMatchObject(mapped);
  writeFileSync(join(bench.dir, 'none.csv'), 'desk_id,crm_id\n');
  expect(await matches('--map', 'none.csv')).toMatchObject({ mapping: { pairs: 0 }, organisations: { matched: 1 } });
});

it('changes nothing by a file that is wrong on one line', async () => {
  await fill();
  writeFileSync(join(bench.dir, 'pairs.csv'), 'desk_id,crm_id\n2,B\n3\n');
  const { code, err } = await bench.run('customers', 'match', '--map', 'pairs.csv');
  expect(code).toBe(2);
  expect(err).toContain('pairs.csv, line 3: it has 1 value, not 2.');
  expect(await matches()).toMatchObject({ mapping: { pairs: 0 } });
});

it('says what is missing', async () => {
  await fill(false);
  const { code, err } = await bench.run('customers', 'match');
  expect(code).toBe(2);
  expect(err).toContain('plumbline connect hubspot --as customers');
});

it('does not ask a source of customers for what only a desk shows', async () => {
  await fill();
  type Hidden = { readonly signals: readonly unknown[] } | null;
  const hiddenOf = async (name: string): Promise<Hidden> =>
    (JSON.parse((await bench.run('doctor', name, '--json')).out) as { hidden: Hidden }).hidden;
  expect(await hiddenOf('crm')).toBeNull();
  // Nothing was read of the desk: all its signals are dark.
  expect((await hiddenOf('desk'))?.signals.length).toBeGreaterThan(50);
});
