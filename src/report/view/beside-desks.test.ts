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
