import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSignals, readLock } from '../signals/index.ts';
import { trustLocked } from './shipped-packs.ts';

const rules = resolve(import.meta.dirname, '../../rules');
const { signals } = loadSignals(resolve(rules, 'signals'));
const lock = readLock(rules);
const [shipped] = signals.filter(({ definition }) => Object.keys(definition.params).length > 0);
if (shipped === undefined) throw new Error('no signal has parameters');
const { sql, params, id } = shipped.definition;
const given = { ...params, from: new Date(0), as_of: new Date(1) };
const [key = ''] = Object.keys(params);

describe('trustLocked', () => {
  it('trusts what ships, with the parameters that it has', async () => {
    const trusts = trustLocked(signals, lock);
    expect([await trusts(sql, given), await trusts(sql, null)]).toEqual([true, true]);
  });

  it('does not trust the same SQL with other parameters, another SQL, or logic that is not the locked one', async () => {
    const trusts = trustLocked(signals, lock);
    expect(await trusts(sql, { ...given, [key]: 1e12 })).toBe(false);
    expect(await trusts(sql, { ...given, more: 1 })).toBe(false);
    expect(await trusts(`${sql} `, given)).toBe(false);
    expect(await trusts(`${sql} `, null)).toBe(false);
    const changed = trustLocked([{ ...shipped, hash: 'another' }], lock);
    expect(await changed(sql, given)).toBe(false);
    const { [id]: _gone, ...rest } = lock;
    expect(await trustLocked(signals, rest)(sql, given)).toBe(false);
  });
});
