import { expect, it } from 'vitest';
import { aCustomer, aTicket } from '../../test/harness/records.ts';
import { externalKeys } from '../domain/external-keys.ts';
import type { Connector, ConnectorContext, VendorStream } from '../kit/connector.ts';
import { readAs } from './read-as.ts';

const companies: VendorStream = {
  id: 'companies',
  title: 'Companies',
  kind: 'history',
  provides: { organisations: ['tier'], tickets: ['created_at'] },
};
const cases: VendorStream = { id: 'cases', title: 'Cases', kind: 'history', provides: { tickets: ['created_at'] } };
const asked: VendorStream[] = [];
const crm = {
  streams: [cases, companies],
  never: { csat: 'It has no surveys.' },
  async *read(stream: VendorStream) {
    asked.push(stream);
    yield { records: { ticket: [aTicket({ id: '1' })] }, rejected: [], checkpoint: 'c', seen: 1 };
  },
} as unknown as Connector;

it('reads organisations of a source of customers and nothing else', async () => {
  const read = readAs(crm, 'customers');
  expect(read.streams).toEqual([{ ...companies, provides: { organisations: ['tier'] } }]);
  expect(read.never).toEqual({
    csat: 'It has no surveys.',
    tickets: 'This source is read for its customers only.',
  });
  const pages = [];
  for (const stream of read.streams)
    for await (const page of read.read(stream, null, {} as ConnectorContext<unknown>)) pages.push(page);
  expect(pages).toEqual([{ records: {}, rejected: [], checkpoint: 'c', seen: 1 }]);
  // The connector is asked by the stream that it knows.
  expect(asked).toEqual([companies]);
});

it('gives each customer the hashes of its own id, as a desk that keeps that id gives them', async () => {
  const id = '0015f00002AbCdEAAV';
  const page = { records: { organisation: [aCustomer({ id })] }, rejected: [], checkpoint: 'c', seen: 1 };
  const source = {
    ...crm,
    read: async function* () {
      yield page;
    },
  } as unknown as Connector;
  const context = { pseudonymise: (kind: string, value: string) => `${kind} ${value}` } as ConnectorContext<unknown>;
  const keys: string[] = [];
  for await (const { records } of readAs(source, 'customers').read(companies, null, context))
    keys.push(...(records.organisation?.[0]?.external_keys ?? []));
  // Salesforce writes one id in 18 characters or in the first 15 of them.
  expect(keys).toEqual(['reference 0015f00002AbCdE', `reference ${id}`]);
  for (const kept of [id, '0015f00002AbCdE'])
    expect(keys).toEqual(expect.arrayContaining(externalKeys([kept, null, ' '], context.pseudonymise) ?? []));
});

it.each(['desk', 'engineering'] as const)('reads a source that is %s whole', (role) => {
  expect(readAs(crm, role)).toBe(crm);
});
