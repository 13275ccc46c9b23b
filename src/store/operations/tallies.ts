import { Tally } from '../../domain/operations.ts';
import type { Operations } from '../operations-port.ts';
import { asJson, checked, insertInto, type OperationsSql, rowReader } from './operations-sql.ts';

const toTally = rowReader(Tally, ['labels']);

/** The same labels in whatever order are one counter. */
function labelsKey(labels: Tally['labels']): string {
  return asJson(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))));
}

type Part = Pick<Operations, 'addTallies' | 'tallies'>;

export function sqlTallies(db: OperationsSql): Part {
  return {
    async addTallies(tallies) {
      const sums = new Map<string, { name: string; labels: string; value: number }>();
      for (const tally of tallies) {
        const { name, labels, value } = checked(Tally, tally, 'tally');
        const text = labelsKey(labels);
        const key = asJson([name, text]);
        sums.set(key, { name, labels: text, value: value + (sums.get(key)?.value ?? 0) });
      }
      // In one order everywhere: two processes that add to the same counters cannot block each other.
      const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      const tail = 'ON CONFLICT (name, labels) DO UPDATE SET value = tally.value + excluded.value';
      const statements = insertInto('tally', rows, tail);
      if (statements.length === 0) return;
      await db.transaction(async (sql) => {
        for (const statement of statements) await sql.rows(statement.sql, statement.params);
      });
    },
    async tallies() {
      return (await db.rows('SELECT * FROM operations.tally ORDER BY name, labels')).map(toTally);
    },
  };
}
