import { expect, it } from 'vitest';
import type { Observability } from '../../domain/observability.ts';
import { tellBeside } from './beside-desks.ts';

const seen: Observability = {
  connection: 'crm',
  stream: 'organisations',
  status: 'available',
  detail: null,
  fields: [],
  since: null,
  until: null,
  rows: 3,
  rejected: 0,
  reconciled_share: null,
};
const crm = { name: 'crm', role: 'customers' } as const;

it('says how much of a desk was found in it', () => {
  const joined = { desk: 'acme', source: 'crm', stream: 'organisations', fields: [], of: 40, until: null } as const;
  expect(tellBeside(crm, [seen], [{ ...joined, matched: 30 }])).toContain(
    'no figure of its own. Of acme 30 of 40 organisations with tickets (75 %) are matched.',
  );
  expect(tellBeside(crm, [seen], [{ ...joined, matched: 10 }])).toContain(
    'Of acme only 10 of 40 organisations with tickets (25 %) are matched; what it tells counts from 50 % on.',
  );
  expect(tellBeside({ ...crm, name: 'other' }, [seen], [{ ...joined, matched: 30 }])).not.toContain('acme');
});

it('says what was read of a source beside the desks', () => {
  expect(tellBeside(crm, [seen])).toBe(
    'crm stands beside the desks (customers): 3 organisations read; it is in no figure of its own.',
  );
  expect(tellBeside({ name: 'bugs', role: 'engineering' }, [seen])).toContain('nothing was read of it yet');
  expect(tellBeside(crm, [{ ...seen, status: 'permission', detail: 'Grant companies.read.' }])).toContain(
    'its organisations cannot be seen (Grant companies.read.)',
  );
  expect(tellBeside({ name: 'desk', role: 'desk' }, [seen])).toBe('');
});
