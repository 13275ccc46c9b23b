import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aResolution } from '../../../test/harness/a-resolution.ts';
import { createStoreDatabase, type StoreDatabase } from '../../../test/harness/postgres-store.ts';
import { anEvent, aSnapshot, aTicket, at } from '../../../test/harness/records.ts';
import { ANALYSIS_TABLES } from '../../domain/analysis/index.ts';
import type { Ledger, Store, TelemetryStore } from '../ports.ts';
import { openPostgresStore } from './open.ts';
import { Postgres } from './pool.ts';

const march = at('2026-03-01T00:00:00Z');
const span = { asOf: march, horizon: at('2025-01-01T00:00:00Z') };
const folder = mkdtempSync(join(tmpdir(), 'plumbline-isolation-'));

/** The same names, ids and keys in every workspace: nothing but the workspace can tell them apart. */
async function fill(store: Store): Promise<void> {
  const solved = { status: 'solved' as const, updated_at: at('2026-01-05T00:00:00Z') };
  await store.telemetry.commit({
    connection: 'desk',
    stream: 'tickets',
    checkpoint: 'c1',
    records: {
      ticket: [aTicket({ id: '1', requester_key: 'k1', ...solved })],
      event: [anEvent({ id: 'e', ticket_id: '1', at: at('2026-01-05T00:00:00Z'), to_value: 'solved' })],
      team: [{ id: 't', active: true, purpose: null, tier: null }],
    },
    rejected: [{ stream: 'tickets', ref: '9', code: 'RECORD_REJECTED', path: 'id', detail: 'no id' }],
  });
  await store.telemetry.recordObservability([observability]);
  await store.telemetry.remember([
    { kind: 'erased', key_hash: 'h' },
    { kind: 'expired', connection: 'desk', ticket_id: 'x', updated_at: null },
    { kind: 'retention', before: at('2020-01-01T00:00:00Z') },
  ]);
  await store.ledger.saveConnection(connection);
  await store.ledger.addCustomerPairs([pair]);
  await store.ledger.addAnswers([answer]);
  await store.ledger.addNotApplicable([notApplicable]);
  await store.ledger.addResolutions([resolution]);
  await store.ledger.saveSnapshot(snapshot, march, 'run-1');
  await store.ledger.saveModels([{ hash: 'kept', text: '{}' }]);
}

const observability = {
  connection: 'desk',
  stream: 'tickets' as const,
  status: 'available' as const,
  detail: null,
  fields: [],
  since: null,
  until: march,
  rows: 1,
  rejected: 0,
  reconciled_share: null,
};
const connection = {
  name: 'desk',
  vendor: 'zendesk',
  role: 'desk' as const,
  settings: {},
  secret: 'none',
  allow_private: false,
  status: 'connected' as const,
  created_at: march,
};
const answer = {
  model: 'six-stages',
  criterion: 'S1.1',
  respondent: 'lead',
  role: 'operations',
  value: 2 as const,
  comment: null,
  proof: null,
  proof_checked_by: null,
  answered_at: at('2026-01-10T09:00:00Z'),
  expires_at: at('2027-01-10T09:00:00Z'),
};
const pair = { desk: 'desk', source: 'crm', organisation_id: '7', customer_id: '70' };
const resolution = aResolution({ model: 'six-stages' });
const notApplicable = { model: 'six-stages', criterion: 'S1.2', reason: 'r', by: 'me', at: march };
const snapshot = aSnapshot({ digest: 'd', as_of: '2026-02-28T00:00:00.000Z' });

type Empty<T> = { readonly [M in keyof T]: (store: Store) => Promise<unknown> };

async function pages(facts: AsyncIterable<readonly unknown[]>): Promise<number> {
  let n = 0;
  for await (const page of facts) n += page.length;
  return n;
}

/** What each method gives in a workspace that holds nothing while another one holds everything; methods that only write give undefined. */
const TELEMETRY: Empty<Omit<TelemetryStore, 'meanings'>> = {
  // Read from the cursor that the other workspace has.
  commit: ({ telemetry }) =>
    telemetry
      .commit({
        connection: 'desk',
        stream: 'tickets',
        checkpoint: 'c2',
        previous: 'c1',
        records: { ticket: [aTicket({ id: '1' })] },
        rejected: [],
        replace: ['team'],
      })
      .catch((error: { code: string }) => (error.code === 'CURSOR_MOVED' ? null : error)),
  checkpoints: async ({ telemetry }) => (await telemetry.checkpoints('desk')).size || null,
  rows: async ({ telemetry }) => [...(await telemetry.rows('desk')).values()].reduce((a, b) => a + b) || null,
  setAside: async ({ telemetry }) => (await telemetry.setAside('desk')).length || null,
  observability: async ({ telemetry }) => (await telemetry.observability()).length || null,
  observed: async ({ telemetry }) => (await telemetry.observed()).length || null,
  recordObservability: async ({ telemetry }) => {
    await telemetry.recordObservability([{ ...observability, rows: 99 }]);
    return null;
  },
  forget: async ({ telemetry }) => (await telemetry.forget('desk')) ?? null,
  digest: async ({ telemetry }) => ((await telemetry.digest()) === emptyDigest ? null : 'not empty'),
  measure: ({ telemetry }) =>
    telemetry.measure(span, async (session) => {
      const [row] = await session.query('SELECT count(*) AS n FROM ticket_all');
      return Number(row?.n) || null;
    }),
  kept: async ({ telemetry }) => {
    const result = await telemetry.kept('key');
    await result.keep('of this workspace');
    return result.text;
  },
  find: async ({ telemetry }) => (await telemetry.find('ticket', 'desk', '1')).length || null,
  eraseRequester: async ({ telemetry }) => (await telemetry.eraseRequester('k1')) || null,
  requesterRows: async ({ telemetry }) =>
    [...(await telemetry.requesterRows('k1')).values()].reduce((a, b) => a + b) || null,
  expireTickets: async ({ telemetry }) => (await telemetry.expireTickets(march)) || null,
  exportTable: async ({ telemetry }) => (await telemetry.exportTable('ticket', 'csv', join(folder, 't.csv'))) || null,
  exportViews: async ({ telemetry }) => {
    const views = ANALYSIS_TABLES.filter(({ name }) => name === 'ticket_all');
    const rows = await telemetry.exportViews(span, views, 'csv', (name) => join(folder, `${name}.csv`));
    return rows.get('ticket_all') || null;
  },
  // Rows of the caller: nothing of a workspace is read.
  exportRows: async ({ telemetry }) => {
    const [table] = ANALYSIS_TABLES;
    return table === undefined
      ? 'no table'
      : (await telemetry.exportRows(table, [], 'csv', join(folder, 'r.csv'))) || null;
  },
  remembered: async ({ telemetry }) => (await pages(telemetry.remembered())) || null,
  remember: async ({ telemetry }) => (await telemetry.remember([{ kind: 'retention', before: march }])) ?? null,
  clear: async ({ telemetry }) => (await telemetry.clear()) ?? null,
};

const LEDGER: Empty<Ledger> = {
  connections: async ({ ledger }) => (await ledger.connections()).length || null,
  saveConnection: async ({ ledger }) =>
    (await ledger.saveConnection({ ...connection, status: 'disconnected' })) ?? null,
  customerPairs: async ({ ledger }) => (await ledger.customerPairs()).length || null,
  addCustomerPairs: async ({ ledger }) =>
    (await ledger.addCustomerPairs([{ ...pair, customer_id: 'another' }])) ?? null,
  replaceCustomerPairs: async ({ ledger }) => (await ledger.replaceCustomerPairs(pair, [])) ?? null,
  answers: async ({ ledger }) => (await ledger.answers('six-stages')).length || null,
  addAnswers: async ({ ledger }) => (await ledger.addAnswers([answer])) ?? null,
  models: async ({ ledger }) => (await ledger.models()).length || null,
  notApplicable: async ({ ledger }) => (await ledger.notApplicable('six-stages')).length || null,
  addNotApplicable: async ({ ledger }) =>
    (await ledger.addNotApplicable([{ ...notApplicable, reason: 'other' }])) ?? null,
  resolutions: async ({ ledger }) => (await ledger.resolutions('six-stages')).length || null,
  addResolutions: async ({ ledger }) => (await ledger.addResolutions([{ ...resolution, reason: 'another' }])) ?? null,
  endResolution: async ({ ledger }) => (await ledger.endResolution(resolution.id, march, 'withdrawn')) ?? null,
  // The other workspace has published this run and stored this digest.
  saveSnapshot: async ({ ledger }) => {
    const other = aSnapshot({ digest: 'e', as_of: '2026-02-28T00:00:00.000Z' });
    return (await ledger.saveSnapshot(other, march, 'run-1')) === 'e' ? null : 'the other one';
  },
  publication: ({ ledger }) => ledger.publication('run-1'),
  publications: async ({ ledger }) => (await ledger.publications()).length || null,
  snapshots: async ({ ledger }) => (await ledger.snapshots()).length || null,
  verdicts: async ({ ledger }) => (await ledger.verdicts()).length || null,
  saveModels: async ({ ledger }) => (await ledger.saveModels([{ hash: 'h', text: 'another' }])) ?? null,
  modelDocument: ({ ledger }) => ledger.modelDocument('kept'),
  modelDocuments: async ({ ledger }) =>
    (await ledger.modelDocuments()).filter(({ hash }) => hash === 'kept').length || null,
  snapshot: ({ ledger }) => ledger.snapshot('d'),
  latestSnapshot: ({ ledger }) => ledger.latestSnapshot('six-stages', march),
  clear: async ({ ledger }) => (await ledger.clear()) ?? null,
};

/** All that PostgreSQL holds of one workspace, seen by a superuser. */
async function contents(url: string, workspace: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('telemetry', 'ledger', 'store') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND c.relname <> 'migration' ORDER BY 1`,
    );
    const all: Record<string, unknown> = {};
    for (const { name } of tables.rows) {
      const rows = await client.query(
        `SELECT coalesce(json_agg(t ORDER BY t::text), '[]')::text AS rows FROM ${name} t WHERE workspace = $1`,
        [workspace],
      );
      all[name] = rows.rows[0].rows;
    }
    return all;
  } finally {
    await client.end();
  }
}

let database: StoreDatabase;
let superuser: Postgres;
let emptyDigest: string;
beforeAll(async () => {
  database = await createStoreDatabase();
  superuser = new Postgres({ url: database.superuserUrl, connections: 4, name: 'test' });
  const empty = await database.open('empty');
  emptyDigest = await empty.telemetry.digest();
  await empty.close();
  const full = await database.open('full');
  await fill(full);
  await full.close();
});
afterAll(async () => {
  await superuser.close();
  await database.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Two walls, each tried alone: the superuser is not held by row-level security, the ordinary role is. */
const WALLS: readonly [string, (workspace: string) => Promise<Store>][] = [
  [
    'the conditions in the SQL alone (as a superuser)',
    (workspace) =>
      openPostgresStore({
        postgres: superuser,
        workspace,
        replicaDir: database.replicaDir,
        clock: () => march,
        memoryLimit: '512MB',
      }),
  ],
  ['both walls (as an ordinary role)', (workspace) => database.open(workspace)],
];

describe.each(WALLS)('another workspace: %s', (wall, open) => {
  it('has a case here for every method of the store', async () => {
    const store = await open('methods');
    // What people stated is a plain value that the store was opened with, not a way to the rows of anybody.
    const methods = Object.entries(store.telemetry).filter(([, member]) => typeof member === 'function');
    expect(methods.map(([name]) => name).sort()).toEqual(Object.keys(TELEMETRY).sort());
    expect(Object.keys(store.ledger).sort()).toEqual(Object.keys(LEDGER).sort());
    await store.close();
  });

  it.each([
    ...Object.entries(TELEMETRY).map(([name, method]) => [`telemetry.${name}`, method] as const),
    ...Object.entries(LEDGER).map(([name, method]) => [`ledger.${name}`, method] as const),
  ])('is neither seen nor changed by %s', async (name, method) => {
    const workspace = `${wall.startsWith('both') ? 'a' : 'b'}-${name.toLowerCase().replace('.', '-')}`;
    const before = await contents(database.superuserUrl, 'full');
    expect(JSON.stringify(before)).toContain('k1');
    const store = await open(workspace);
    try {
      expect(await method(store)).toBeNull();
    } finally {
      await store.close();
    }
    expect(await contents(database.superuserUrl, 'full')).toEqual(before);
  });
});

describe('row-level security alone', () => {
  async function asRole<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  const TABLES = `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('telemetry', 'ledger', 'store') AND c.relkind IN ('r', 'p') AND c.relname <> 'migration'`;

  it('shows the owner of the tables nothing at all without a workspace, in tables and partitions', async () => {
    await asRole(async (client) => {
      const tables = await client.query<{ name: string }>(TABLES);
      expect(tables.rows.length).toBeGreaterThan(300);
      const counts = tables.rows.map(({ name }) => `SELECT count(*)::int AS n FROM ${name}`);
      const rows = await client.query<{ n: number }>(`SELECT sum(n)::int AS n FROM (${counts.join(' UNION ALL ')}) c`);
      expect(rows.rows).toEqual([{ n: 0 }]);
    });
  });

  it('shows, changes and removes only rows of the workspace that is named', async () => {
    await asRole(async (client) => {
      const visible = async (): Promise<number> =>
        (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM telemetry.ticket')).rows[0]?.n ?? -1;
      await client.query("BEGIN; SET LOCAL plumbline.workspace = 'full'");
      expect(await visible()).toBe(1);
      await client.query("SET LOCAL plumbline.workspace = 'someone'");
      expect(await visible()).toBe(0);
      expect((await client.query('DELETE FROM telemetry.ticket')).rowCount).toBe(0);
      expect((await client.query("UPDATE ledger.connection SET secret = 'mine'")).rowCount).toBe(0);
      await client.query('SAVEPOINT s');
      await expect(
        client.query("INSERT INTO store.checkpoint VALUES ('full', 'desk', 'tickets', 'stolen')"),
      ).rejects.toMatchObject({ code: '42501' });
      await client.query('ROLLBACK');
      // The name does not outlive its transaction.
      expect(await visible()).toBe(0);
    });
  });
});

describe('a name that is no workspace', () => {
  it.each(['', "x'; DROP SCHEMA ledger", 'A', '../etc'])('%j is refused', async (workspace) => {
    await expect(database.open(workspace)).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});
