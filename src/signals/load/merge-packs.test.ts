import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignalDefinition } from '../../domain/signal.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { logicHash } from './hash.ts';
import { mergePacks } from './merge-packs.ts';
import { loadSignals, type SignalPack } from './pack.ts';

const shipped = loadSignals(resolve(import.meta.dirname, '../../../rules/signals'));
const D3 = 'D3-first-reply-target-met';
const ships = shipped.byId.get(D3)?.definition as SignalDefinition;

function pack(...definitions: readonly SignalDefinition[]): SignalPack {
  const signals = definitions.map((definition) => ({
    definition,
    file: `${definition.group}/${definition.id}.yaml`,
    hash: logicHash(definition),
  }));
  return { signals, byId: new Map(signals.map((signal) => [signal.definition.id, signal])), hash: 'x' };
}

const merge = (...packs: readonly SignalPack[]) =>
  mergePacks(
    shipped,
    packs.map((one, index) => ({ name: `pack-${index}`, dir: `pack-${index}/signals`, pack: one })),
  );

function problemsOf(...packs: readonly SignalPack[]): readonly string[] {
  try {
    merge(...packs);
    return [];
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'BAD_RULES') return error.problems;
    throw error;
  }
}

describe('mergePacks', () => {
  it('puts the signal of a pack in the place of one that ships, and says so', () => {
    const own = { ...ships, version: ships.version + 1, lines: { ...ships.lines, full: 0.9 } };
    const { signals, overrides } = merge(pack(own));
    expect(signals.map(({ id }) => id)).toEqual(shipped.signals.map(({ definition }) => definition.id));
    expect(signals.find(({ id }) => id === D3)).toEqual(own);
    expect(overrides).toEqual([{ pack: 'pack-0', id: D3, path: `pack-0/signals/commitments/${D3}.yaml` }]);
  });

  it('adds signals of their own behind those that ship', () => {
    const own = { ...ships, id: 'X1-our-own', title: 'Ours' };
    const { signals, overrides } = merge(pack(own));
    expect(signals.at(-1)).toEqual(own);
    expect(overrides).toEqual([]);
  });

  it.each([
    ['a changed line', { lines: { ...ships.lines, full: 0.9 } }, 'lines'],
    ['changed SQL', { sql: `${ships.sql} and true` }, 'sql'],
    ['both', { sql: `${ships.sql} and true`, min_sample: 5 }, 'sql, min_sample'],
  ])('refuses %s without a raised version, with the remedy', (_, change, named) => {
    expect(problemsOf(pack({ ...ships, ...change }))).toEqual([
      `pack-0/signals/commitments/${D3}.yaml: ${D3} changes ${named} of the signal that ships and has version ${ships.version}; write version: ${ships.version + 1} or higher`,
    ]);
  });

  it('takes other wording under the version that ships', () => {
    expect(problemsOf(pack({ ...ships, title: 'Targets are met', remedy: 'Staff more.' }))).toEqual([]);
  });

  it('names both files where two packs give one id', () => {
    const own = { ...ships, id: 'X1-our-own' };
    expect(problemsOf(pack(own), pack(own))).toEqual([
      'pack-1/signals/commitments/X1-our-own.yaml:1: pack-0/signals/commitments/X1-our-own.yaml and pack-1/signals/commitments/X1-our-own.yaml both give signal X1-our-own; give one of them another id',
    ]);
  });

  it('refuses a catalogue number that another signal has', () => {
    expect(problemsOf(pack({ ...ships, id: 'D3-our-own' }))[0]).toContain(`catalogue number D3 is taken by ${D3}`);
  });
});
