import { afterAll, beforeAll } from 'vitest';
import { storeConformance } from '../../../test/conformance/store.ts';
import { createStoreDatabase, type StoreDatabase } from '../../../test/harness/postgres-store.ts';

let database: StoreDatabase;
let workspaces = 0;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.remove());

storeConformance('PostgreSQL', () => {
  workspaces += 1;
  return database.open(`w${workspaces}`);
});
