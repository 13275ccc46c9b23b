import { join } from 'node:path';
import { readModels } from '../models/index.ts';
import { itemsOf, METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { guardPackSql } from '../signals/sandbox/guard.ts';
import { openSqlParser } from '../signals/sandbox/parser.ts';
import { readOnce } from '../store/duckdb/pack/reading.ts';
import type { CompiledRules, KnownSql } from './compiled-rules.ts';

/**
 * Reads, lints and guards everything of the folder `rules` that ships; `program` names the code that it is for. Errors: BAD_RULES, BAD_MODEL, SANDBOX_REFUSED: rules that are not valid
 * do not ship.
 */
export async function compileRules(rules: string, program: string): Promise<CompiledRules> {
  const { signals, hash } = loadSignals(join(rules, 'signals'));
  const definitions = signals.map(({ definition }) => definition);
  const models = readModels(join(rules, 'models'), METHODS, definitions);
  const parser = await openSqlParser();
  const sql: KnownSql[] = [];
  try {
    for (const text of new Set(definitions.map((definition) => definition.sql))) {
      const { tables, ...reading } = await readOnce(text, parser.serialise);
      sql.push({
        ...(await guardPackSql(text, parser.serialise)),
        reading: { ...reading, tables: [...tables].sort() },
      });
    }
  } finally {
    parser.close();
  }
  return { program, signals, hash, models: models.map((one) => ({ ...one, items: itemsOf(one.model) })), sql };
}
