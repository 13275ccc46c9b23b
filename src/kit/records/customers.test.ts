import { expect, it } from 'vitest';
import { customerOf, toCustomers } from './customers.ts';

const CUSTOMERS = toCustomers(
  [
    { id: 'a', domains: ['Acme.example ', 'acme.example', 'both.example'] },
    { id: 'b', domains: ['both.example'] },
  ],
  [['c1', 'b']],
);

it.each([
  ['c1', 'jane@acme.example', 'b'],
  [null, 'Jane@ACME.example', 'a'],
  // A domain of two customers says nothing, and no more does a telephone.
  [null, 'jane@both.example', null],
  ['c9', '+15550123', null],
  [null, null, null],
])('contact %s with %s belongs to %s', (contact, address, customer) =>
  expect(customerOf(CUSTOMERS, contact, address)).toBe(customer),
);
