import { SetAside } from '../../domain/observability.ts';
import type { SqlRow } from '../../domain/sql-session.ts';
import { REQUESTER_COLUMN } from '../kept-out.ts';
import type { Remembered } from '../ports.ts';
import { nextChange } from './change.ts';
import type { PostgresSql } from './pool.ts';
import { keepBound, unlinkRequesters } from './privacy.ts';
import type { Scope } from './scope.ts';

const PAGE_ROWS = 10_000;

type Fact<K extends Remembered['kind']> = Extract<Remembered, { readonly kind: K }>;

function toSetAside(row: SqlRow): Remembered {
  const { stream, ref, code, path, detail } = row;
  return {
    kind: 'set_aside',
    connection: String(row.connection),
    times: Number(row.times),
    ...SetAside.parse({ stream, ref, code, path, detail }),
  };
}

function toExpired(row: SqlRow): Fact<'expired'> {
  return {
    kind: 'expired',
    connection: String(row.connection),
    ticket_id: String(row.ticket_id),
    updated_at: row.updated_at instanceof Date ? row.updated_at : null,
  };
}

/** Erased requesters, bound of retention and set-aside records first; then the expired tickets page by page. */
export async function* readRemembered(scope: Scope): AsyncGenerator<readonly Remembered[]> {
  const read = (sql: string, params: readonly string[] = []) => scope.rows('reading what is remembered', sql, params);
  const erased = await read('SELECT key_hash FROM store.erased WHERE workspace = $1 ORDER BY key_hash');
  yield erased.map((row) => ({ kind: 'erased', key_hash: String(row.key_hash) }));
  const retention = await read('SELECT before FROM store.retention WHERE workspace = $1');
  yield retention.flatMap(({ before }) => (before instanceof Date ? [{ kind: 'retention', before }] : []));
  const aside = await read(
    'SELECT * FROM store.set_aside WHERE workspace = $1 ORDER BY connection, stream, ref, code, path',
  );
  yield aside.map(toSetAside);
  let last: Fact<'expired'> | undefined;
  for (;;) {
    const page = await read(
      `SELECT connection, ticket_id, updated_at FROM store.expired
       WHERE workspace = $1 AND (connection, ticket_id) > ($2, $3) ORDER BY connection, ticket_id LIMIT ${PAGE_ROWS}`,
      [last?.connection ?? '', last?.ticket_id ?? ''],
    );
    const facts = page.map(toExpired);
    last = facts.at(-1);
    if (last === undefined) return;
    yield facts;
  }
}

/** The last of those that are one row: one statement may not write a row twice. */
function lastOfEach<T>(rows: readonly T[], keyOf: (row: T) => readonly string[]): T[] {
  return [...new Map(rows.map((row) => [JSON.stringify(keyOf(row)), row])).values()];
}

async function keepExpired(sql: PostgresSql, workspace: string, facts: readonly Fact<'expired'>[]): Promise<void> {
  const each = lastOfEach(facts, (fact) => [fact.connection, fact.ticket_id]);
  await sql.rows(
    `INSERT INTO store.expired (workspace, connection, ticket_id, updated_at)
     SELECT $1, connection, ticket_id, updated_at
     FROM unnest($2::text[], $3::text[], $4::timestamp[]) AS r (connection, ticket_id, updated_at)
     ON CONFLICT (workspace, connection, ticket_id) DO UPDATE SET updated_at = excluded.updated_at`,
    [
      workspace,
      each.map((fact) => fact.connection),
      each.map((fact) => fact.ticket_id),
      each.map((fact) => fact.updated_at),
    ],
  );
}

async function keepSetAside(sql: PostgresSql, workspace: string, fact: Fact<'set_aside'>): Promise<void> {
  await sql.rows(
    `INSERT INTO store.set_aside AS a (workspace, connection, stream, ref, code, path, detail, times)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (workspace, connection, stream, code, md5(ref), md5(path)) DO UPDATE SET detail = excluded.detail,
       times = greatest(a.times, excluded.times)`,
    [workspace, fact.connection, fact.stream, fact.ref, fact.code, fact.path, fact.detail, fact.times],
  );
}

/** All facts of one call are taken in together; twice is once. */
export async function writeRemembered(scope: Scope, facts: readonly Remembered[]): Promise<void> {
  const { workspace } = scope;
  await scope.transaction('remembering', async (sql) => {
    const change = await nextChange(sql, workspace);
    const hashes = facts.flatMap((fact) => (fact.kind === 'erased' ? [fact.key_hash] : []));
    if (hashes.length > 0) {
      await sql.rows(
        'INSERT INTO store.erased (workspace, key_hash) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
        [workspace, hashes],
      );
      const hash = `encode(sha256(convert_to(${REQUESTER_COLUMN}, 'UTF8')), 'hex')`;
      await unlinkRequesters(sql, [workspace, change, hashes], `${hash} = ANY($3::text[])`);
    }
    await keepExpired(
      sql,
      workspace,
      facts.filter((fact) => fact.kind === 'expired'),
    );
    for (const fact of facts) {
      if (fact.kind === 'retention') await keepBound(sql, workspace, fact.before);
      if (fact.kind === 'set_aside') await keepSetAside(sql, workspace, fact);
    }
  });
}
