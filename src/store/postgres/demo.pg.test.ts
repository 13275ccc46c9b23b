import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoStore, syncDemoDesk } from '../../../test/harness/demo-store.ts';
import { createStoreDatabase, type StoreDatabase } from '../../../test/harness/postgres-store.ts';

let database: StoreDatabase;
let demo: DemoStore;
beforeAll(async () => {
  database = await createStoreDatabase();
  demo = await syncDemoDesk('harbor');
});
afterAll(async () => {
  await demo.store.close();
  await database.remove();
});

describe('a whole desk', () => {
  it('has the same telemetry and the same cursors in PostgreSQL, in whatever steps the replica followed', async () => {
    const store = await database.open('harbor');
    for (const [i, batch] of demo.batches.entries()) {
      await store.telemetry.commit(batch);
      if (i % 5 === 0) await store.telemetry.digest();
    }
    expect(await store.telemetry.rows(demo.connection)).toEqual(await demo.store.telemetry.rows(demo.connection));
    expect(await store.telemetry.digest()).toBe(await demo.store.telemetry.digest());
    expect(await store.telemetry.checkpoints(demo.connection)).toEqual(
      await demo.store.telemetry.checkpoints(demo.connection),
    );
    await store.close();
  });
});
