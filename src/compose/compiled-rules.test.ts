import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModels } from '../models/index.ts';
import { METHODS } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { compileRules } from './compile-rules.ts';
import { type CompiledRules, readCompiled, writeCompiled } from './compiled-rules.ts';

const SHIPS = join(import.meta.dirname, '..', '..', 'rules');
let folder: string;
let rules: string;
let compiled: CompiledRules;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-rules-'));
  rules = join(folder, 'rules');
  cpSync(SHIPS, rules, { recursive: true });
  compiled = await compileRules(rules, 'this one');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiled rules of the copied folder in a file of their own. */
function written(name: string): string {
  const path = join(folder, name);
  writeCompiled(path, rules, compiled);
  return path;
}

describe('compiled rules', () => {
  it('are, member by member, what the files give', () => {
    const read = readCompiled(rules, written('whole.json'));
    const pack = loadSignals(join(rules, 'signals'));
    expect(read?.signals).toStrictEqual(pack.signals);
    expect(read?.hash).toBe(pack.hash);
    const models = readModels(
      join(rules, 'models'),
      METHODS,
      pack.signals.map(({ definition }) => definition),
    );
    expect(read?.models.map(({ items: _items, ...loaded }) => loaded)).toStrictEqual(models);
  });

  it('know for each SQL the relations and parameters that stand in it', () => {
    const read = readCompiled(rules, written('sql.json'));
    const texts = new Set(compiled.signals.map(({ definition }) => definition.sql));
    expect(new Set(read?.sql.map(({ sql }) => sql))).toEqual(texts);
    for (const { sql, parameters, relations, reading } of read?.sql ?? []) {
      for (const name of relations) expect(sql.toLowerCase()).toContain(name);
      expect(parameters).toEqual([...new Set([...sql.matchAll(/\$([a-z_][a-z0-9_]*)/g)].map((one) => one[1]))].sort());
      expect(reading).toMatchObject({ isOneSelect: true, qualified: null });
    }
  });

  it('are passed over when a file was changed, added or removed, and when they are not whole', () => {
    const path = written('stale.json');
    expect(readCompiled(rules, path)).not.toBeNull();
    const signal = join(rules, 'signals', compiled.signals[0]?.file ?? '');
    const before = readFileSync(signal);
    appendFileSync(signal, ' ');
    expect(readCompiled(rules, path)).toBeNull();
    writeFileSync(signal, before);
    writeFileSync(join(rules, 'models', 'more.yaml'), 'id: more');
    expect(readCompiled(rules, path)).toBeNull();
    rmSync(join(rules, 'models', 'more.yaml'));
    expect(readCompiled(rules, path)).not.toBeNull();
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    expect(readCompiled(rules, path)).toBeNull();
    expect(readCompiled(rules, join(folder, 'none.json'))).toBeNull();
  });
});
