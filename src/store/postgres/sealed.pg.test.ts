import { afterAll, beforeAll } from 'vitest';
import { sealedSecretsConformance } from '../../../test/conformance/sealed-secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/test-database.ts';
import { Postgres } from './pool.ts';
import { openPostgresSealedSecrets } from './sealed.ts';

let database: TestDatabase;
let postgres: Postgres;
beforeAll(async () => {
  database = await createTestDatabase();
  postgres = new Postgres({ url: database.url, connections: 2, name: 'test' });
});
afterAll(async () => {
  await postgres.close();
  await database.drop();
});

sealedSecretsConformance('PostgreSQL', async () => {
  await postgres.rows('emptying', 'DROP SCHEMA IF EXISTS operations CASCADE');
  return openPostgresSealedSecrets(postgres);
});
