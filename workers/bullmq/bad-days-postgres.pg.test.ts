import { inject } from 'vitest';
import { createTestDatabase } from '../../test/harness/test-database.ts';
import { describeBadDays } from './fixtures/describe-bad-days.ts';

describeBadDays('bad days of the queue on PostgreSQL', async () => {
  const database = await createTestDatabase(inject('postgresUrl'));
  return { backend: { kind: 'postgres', url: database.url }, remove: () => database.drop() };
});
