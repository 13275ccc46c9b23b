import { resolve } from 'node:path';
import { trustLocked } from '../../src/compose/shipped-packs.ts';
import { loadSignals, readLock } from '../../src/signals/index.ts';
import type { TrustsPack } from '../../src/store/duckdb/pack/pack-sandbox.ts';

const RULES = resolve(import.meta.dirname, '../../rules');
let trusted: TrustsPack | null = null;

/** The signals that ship with the program run in the process of the test, as they do in the program. */
export function trustShipped(): TrustsPack {
  trusted ??= trustLocked(loadSignals(resolve(RULES, 'signals')).signals, readLock(RULES));
  return trusted;
}
