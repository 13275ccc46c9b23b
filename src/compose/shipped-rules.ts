import { join } from 'node:path';
import type { LoadedModel } from '../cli/app.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { LoadedSignal, SignalPack } from '../signals/index.ts';
import type { TrustsPack } from '../store/duckdb/pack/pack-sandbox.ts';
import { once } from './clock.ts';
import { type CompiledRules, type KnownSql, readCompiled } from './compiled-rules.ts';

/** Signals and models that ship with the program: compiled where the build left them so and no file was changed since, else read. */
export interface ShippedRules {
  pack(): Promise<SignalPack>;
  /** Models held against `signals`; null = against none. Errors: BAD_MODEL. */
  models(signals: readonly SignalDefinition[] | null): Promise<readonly LoadedModel[]>;
  readonly trusts: TrustsPack;
  /** As `CompiledRules.program`; null when the program runs from its sources, or with rules that were changed. */
  program(): Promise<string | null>;
}

export function openShippedRules(rules: string): ShippedRules {
  const compiled = once(async () => readCompiled(rules));
  const pack = once(async () => {
    const known = await compiled();
    if (known !== null) {
      await rememberSql(known.sql);
      return packOf(known);
    }
    const { loadSignals } = await import('../signals/load/pack.ts');
    return loadSignals(join(rules, 'signals'));
  });
  const trusted = once(async () => {
    const [{ readLock }, { trustLocked }] = await Promise.all([
      import('../signals/load/read-lock.ts'),
      import('./shipped-packs.ts'),
    ]);
    return trustLocked((await pack()).signals, readLock(rules));
  });
  return {
    pack,
    async models(signals) {
      const known = await compiled();
      // A model that was held against the signals that ship says nothing of how it stands to others.
      if (known !== null && (signals === null || isShipped(signals, (await pack()).signals))) return known.models;
      const [{ readModels }, { itemsOf, METHODS }] = await Promise.all([
        import('../models/load-model.ts'),
        import('../scoring/index.ts'),
      ]);
      return readModels(join(rules, 'models'), METHODS, signals ?? undefined).map((one) => ({
        ...one,
        items: itemsOf(one.model),
      }));
    },
    trusts: async (sql, params) => (await trusted())(sql, params),
    program: async () => (await compiled())?.program ?? null,
  };
}

function isShipped(signals: readonly SignalDefinition[], ships: readonly LoadedSignal[]): boolean {
  return signals.length === ships.length && signals.every((signal, i) => signal === ships[i]?.definition);
}

function packOf({ signals, hash }: CompiledRules): SignalPack {
  const byId = new Map<string, LoadedSignal>();
  for (const signal of signals)
    for (const id of [signal.definition.id, ...signal.definition.aliases]) byId.set(id, signal);
  return { signals, byId, hash };
}

/** The guard's verdict on SQL that ships was reached when the program was built, by the same guard and the same engine. */
async function rememberSql(known: readonly KnownSql[]): Promise<void> {
  const [{ rememberGuarded }, { rememberReading }] = await Promise.all([
    import('../signals/sandbox/guard-once.ts'),
    import('../store/duckdb/pack/reading.ts'),
  ]);
  for (const { reading, ...guarded } of known) {
    rememberGuarded(guarded);
    rememberReading(guarded.sql, { ...reading, tables: new Set(reading.tables) });
  }
}
