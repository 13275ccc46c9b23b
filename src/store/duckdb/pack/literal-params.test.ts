import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../open.ts';
import { withLiterals } from './literal-params.ts';

const asOf = new Date('2026-03-01T00:00:00.123Z');

describe('withLiterals', () => {
  it('writes out parameters, and nothing that only looks like one', () => {
    const sql = `select '$a it''s $a' as "x$a", $a -- $a of 'it\n, $as_of`;
    expect(withLiterals(sql, { a: true, as_of: asOf })).toBe(
      `select '$a it''s $a' as "x$a", true -- $a of 'it\n, make_timestamp(1772323200123000)`,
    );
  });

  it.each(["select e'\\' $a'", 'select $$ $a $$', 'select $q$ $a $q$', 'select /* $a */ 1', 'select $b'])(
    'leaves to binding: %s',
    (sql) => {
      expect(withLiterals(sql, { a: 1 })).toBeNull();
    },
  );

  it('leaves to binding what has no plain literal', () => {
    expect(withLiterals('select $a', { a: [] })).toBeNull();
    expect(withLiterals('select $a', { a: [1e21] })).toBeNull();
  });

  it('gives each value the type that it is bound with', async () => {
    const params = { n: 0.1, whole: 5, large: -3e9, edge: 2 ** 31, s: "it's", yes: true, at: asOf, list: ['a', 'b'] };
    const sql = Object.keys(params)
      .map((key) => `SELECT '${key}' AS key, typeof($${key}) AS type, CAST($${key} AS VARCHAR) AS shown`)
      .join(' UNION ALL ');
    const store = await openMemoryStore();
    const [bound, written] = await store.telemetry.measure({ asOf, horizon: asOf }, async (session) => [
      await session.query(sql, params),
      await session.query(withLiterals(sql, params) ?? ''),
    ]);
    await store.close();
    expect(written).toEqual(bound);
    expect(bound).toHaveLength(8);
  });
});
