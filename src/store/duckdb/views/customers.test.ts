import { afterEach, expect, it } from 'vitest';
import { putConnection } from '../../../../test/harness/beside-desk.ts';
import { aCustomer, aTicket, at } from '../../../../test/harness/records.ts';
import type { TelemetryRecord } from '../../../domain/telemetry.ts';
import type { Store } from '../../ports.ts';
import { openMemoryStore } from '../open.ts';

type Organisation = TelemetryRecord<'organisation'>;
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

interface Desks {
  readonly desk: readonly Organisation[];
  /** Records by source of customers, in the order of connecting. */
  readonly sources: Readonly<Record<string, readonly Organisation[]>>;
  /** Organisations with a ticket; left out = all. */
  readonly asked?: readonly string[];
}

async function storeOf({ desk, sources, asked = desk.map(({ id }) => id) }: Desks): Promise<Store> {
  const store = await openMemoryStore();
  stores.push(store);
  await putConnection(store, 'desk', 'desk', {
    organisation: [...desk],
    ticket: asked.map((id) => aTicket({ id: `of ${id}`, organisation_id: id })),
  });
  for (const [name, organisation] of Object.entries(sources))
    await putConnection(store, name, 'customers', { organisation: [...organisation] });
  return store;
}

async function ask(store: Store, sql: string, asOf = '2026-03-01T00:00:00Z'): Promise<unknown[][]> {
  const rows = await store.telemetry.measure({ asOf: at(asOf), horizon: at('2026-01-01T00:00:00Z') }, (session) =>
    session.query(sql),
  );
  return rows.map((row) => Object.values(row));
}

const MATCHES =
  'SELECT organisation_id, status, rule, customer_id FROM customer_match ORDER BY customer_source, organisation_id';

it('joins nobody by a domain that two records of either side have', async () => {
  const mail = { domain_hash: 'of a mail provider' };
  const twoDesk = await storeOf({
    desk: [aCustomer({ id: '1', ...mail }), aCustomer({ id: '2', ...mail })],
    sources: { crm: [aCustomer({ id: 'A', ...mail })] },
  });
  expect(await ask(twoDesk, MATCHES)).toEqual([
    ['1', 'ambiguous', 'domain', null],
    ['2', 'ambiguous', 'domain', null],
  ]);
  const twoCustomers = await storeOf({
    desk: [aCustomer({ id: '1', ...mail })],
    sources: { crm: [aCustomer({ id: 'A', ...mail }), aCustomer({ id: 'B', ...mail })] },
  });
  expect(await ask(twoCustomers, MATCHES)).toEqual([['1', 'ambiguous', 'domain', null]]);
});

it('joins nobody where ids name two customers, whatever the domain says', async () => {
  const store = await storeOf({
    desk: [aCustomer({ id: '1', external_keys: ['a', 'b'], domain_hash: 'd' })],
    sources: {
      crm: [
        aCustomer({ id: 'A', external_keys: ['a'], domain_hash: 'd' }),
        aCustomer({ id: 'B', external_keys: ['b'] }),
      ],
    },
  });
  expect(await ask(store, MATCHES)).toEqual([['1', 'ambiguous', 'external_id', null]]);
});

it('takes the word of people for a customer that is not there as no match, and looks no further', async () => {
  const store = await storeOf({
    desk: [aCustomer({ id: '1', domain_hash: 'd' })],
    sources: { crm: [aCustomer({ id: 'A', domain_hash: 'd' })] },
  });
  await store.ledger.addCustomerPairs([{ desk: 'desk', source: 'crm', organisation_id: '1', customer_id: 'gone' }]);
  expect(await ask(store, MATCHES)).toEqual([['1', 'unmatched', 'mapping', null]]);
});

const told = (id: string, more: Partial<Organisation> = {}) => aCustomer({ id, external_keys: [id], ...more });
const FACTS = 'SELECT id, has_contract, has_health, health_changed_at, tier, tier_rank FROM organisation ORDER BY id';

it('adds contracts, health and tiers of a source to what the desk knows', async () => {
  const changed = at('2026-02-10T00:00:00Z');
  const desks = {
    desk: [told('1', { has_contract: false }), told('2', { has_contract: true }), told('3')],
    sources: {
      crm: [
        told('1', { has_contract: true, tier: 'Gold', tier_rank: 2 }),
        told('2', { has_contract: false, has_health: true, health_changed_at: changed, tier: 'Premium', tier_rank: 1 }),
      ],
    },
  };
  const store = await storeOf(desks);
  const joined = [
    ['1', true, null, null, 'Gold', 2],
    ['2', true, true, changed, 'Premium', 1],
    ['3', null, null, null, null, null],
  ];
  expect(await ask(store, FACTS)).toEqual(joined);
  // Not known yet at that instant.
  expect((await ask(store, FACTS, '2026-02-01T00:00:00Z'))[1]?.[3]).toBeNull();
  // Whatever the order of rows and of connecting.
  const other = await storeOf({
    desk: desks.desk.toReversed(),
    sources: { aaa: [], crm: desks.sources.crm.toReversed() },
    asked: ['3', '2', '1'],
  });
  expect(await ask(other, FACTS)).toEqual(joined);
});

const RISKS =
  'SELECT id, health_rank, health_changed_at, renews_at, value_band, churned_at, expanded_at FROM organisation ORDER BY id';

it('takes the value of health that was set later, and dates of a contract from the desk first', async () => {
  const [early, late, next, year] = ['2026-01-10', '2026-02-10', '2026-04-01', '2027-04-01'].map((day) =>
    at(`${day}T00:00:00Z`),
  ) as [Date, Date, Date, Date];
  const store = await storeOf({
    desk: [
      told('1', { health_rank: 3, health_changed_at: early, renews_at: next, value_band: 2 }),
      told('2', { health_rank: 3, health_changed_at: late }),
      told('3', { health_rank: 2 }),
      told('4'),
    ],
    sources: {
      crm: [
        told('1', { health_rank: 1, health_changed_at: late, renews_at: year, value_band: 4, churned_at: late }),
        told('2', { health_rank: 1, health_changed_at: early, renews_at: year, value_band: 4 }),
        told('3', { health_rank: 1 }),
        told('4', { health_rank: 1, health_changed_at: early, expanded_at: late }),
      ],
    },
  });
  expect(await ask(store, RISKS)).toEqual([
    ['1', 1, late, next, 2, late, null],
    ['2', 3, late, year, 4, null, null],
    ['3', 2, null, null, null, null, null],
    ['4', 1, early, null, null, null, late],
  ]);
  // Of a value that was set after that instant nobody knew, nor of what came after.
  expect((await ask(store, RISKS, '2026-02-01T00:00:00Z')).map(([, ...rest]) => rest)).toEqual([
    [3, early, next, 2, null, null],
    [1, early, year, 4, null, null],
    [2, null, null, null, null, null],
    [1, early, null, null, null, null],
  ]);
});

it('adds nothing while fewer than half of the organisations with tickets are matched', async () => {
  const desk = ['1', '2', '3', '4'].map((id) => told(id));
  const sources = { crm: [told('1', { has_contract: true }), told('4', { has_contract: true })] };
  const contracts = async (asked: readonly string[]) =>
    (await ask(await storeOf({ desk, sources, asked }), FACTS)).map(([, has]) => has);
  expect(await contracts(['1', '2', '3'])).toEqual([null, null, null, null]);
  expect(await contracts(['1', '2'])).toEqual([true, null, null, true]);
});

it('leaves a desk its own tiers, and never mixes the words of two sources', async () => {
  const own = await storeOf({
    desk: [told('1', { tier: 'gold' }), told('2')],
    sources: { crm: [told('1', { tier: 'Silver' }), told('2', { tier: 'Silver' })] },
  });
  const tiers = 'SELECT id, tier FROM organisation ORDER BY id';
  expect(await ask(own, tiers)).toEqual([
    ['1', 'gold'],
    ['2', null],
  ]);
  const two = await storeOf({
    desk: [told('1'), told('2'), told('3')],
    sources: {
      few: [told('1', { tier: 'A' }), told('2'), told('3', { tier: 'B' })],
      more: [told('1', { tier: 'gold' }), told('2', { tier: 'gold' }), told('3', { tier: 'silver' })],
    },
  });
  expect(await ask(two, tiers)).toEqual([
    ['1', 'gold'],
    ['2', 'gold'],
    ['3', 'silver'],
  ]);
});

it('tells by the tiers of a source what the tags of the desk stand for', async () => {
  const names = ['1', '2', '3', '4', '5', '6'];
  const store = await storeOf({
    desk: names.map((id) => told(id, { terms: Number(id) <= 3 ? ['tag:kulanz'] : [] })),
    sources: { crm: names.map((id) => told(id, { tier: Number(id) <= 3 ? 'Premium' : 'Basic' })) },
  });
  expect(await ask(store, 'SELECT term, tier FROM tier_term ORDER BY term')).toEqual([['tag:kulanz', 'Premium']]);
});
