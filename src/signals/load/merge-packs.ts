import type { SignalDefinition } from '../../domain/signal.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { LoadedSignal, SignalPack } from './pack.ts';

/** A pack beside the one that ships. */
export interface NamedPack {
  /** As screens say it. */
  readonly name: string;
  /** Folder of its signals, as messages show it. */
  readonly dir: string;
  readonly pack: SignalPack;
}

export interface MergedSignals {
  /** What ships first, in its order, then those of the packs. */
  readonly signals: readonly SignalDefinition[];
  /** Signals of packs that stand in the place of one that ships. */
  readonly overrides: readonly { readonly pack: string; readonly id: string; readonly path: string }[];
}

/** What decides a number and differs, in words. */
function whatDiffers(ours: SignalDefinition, theirs: SignalDefinition): string {
  const same = (key: keyof SignalDefinition): boolean => JSON.stringify(ours[key]) === JSON.stringify(theirs[key]);
  const keys = ['lines', 'sql', 'params', 'estimator', 'needs', 'needs_any', 'window', 'min_sample'] as const;
  const named = keys.filter((key) => !same(key));
  return named.length === 0 ? 'its logic' : named.join(', ');
}

function versionProblems(file: string, own: LoadedSignal, ships: LoadedSignal): string[] {
  const { definition } = own;
  const { version } = ships.definition;
  if (own.hash === ships.hash || definition.version > version) return [];
  return [
    `${file}: ${definition.id} changes ${whatDiffers(definition, ships.definition)} of the signal that ships and has version ${definition.version}; write version: ${version + 1} or higher`,
  ];
}

/** Gives a new signal its catalogue number, or says who has it. */
function takeNumber(numbers: Map<string, string>, file: string, id: string): string[] {
  const number = numberOf(id);
  const holder = numbers.get(number) ?? id;
  if (holder !== id) return [`${file}:1: catalogue number ${number} is taken by ${holder}; ${FREE}`];
  numbers.set(number, id);
  return [];
}

const numberOf = (id: string): string => id.split('-')[0] ?? '';

/**
 * Signals that ship with those of packs; a pack may put its own in the place of one that ships. Errors: BAD_RULES with every problem: a changed
 * line or SQL of such a signal without a raised version, one id in two packs (both files named), a catalogue number that another signal has.
 */
export function mergePacks(shipped: SignalPack, packs: readonly NamedPack[]): MergedSignals {
  const problems: string[] = [];
  const overrides: { pack: string; id: string; path: string }[] = [];
  const own = new Map<string, { readonly signal: LoadedSignal; readonly file: string }>();
  const numbers = new Map(shipped.signals.map(({ definition: { id } }) => [numberOf(id), id]));
  for (const { name, dir, pack } of packs)
    for (const signal of pack.signals) {
      const { id } = signal.definition;
      const file = `${dir}/${signal.file}`;
      const twin = own.get(id);
      if (twin !== undefined) {
        problems.push(`${file}:1: ${twin.file} and ${file} both give signal ${id}; give one of them another id`);
        continue;
      }
      own.set(id, { signal, file });
      const ships = shipped.byId.get(id);
      if (ships === undefined) problems.push(...takeNumber(numbers, file, id));
      else if (ships.definition.id === id) {
        problems.push(...versionProblems(file, signal, ships));
        overrides.push({ pack: name, id, path: file });
      } else problems.push(`${file}:1: ${id} is an older name of ${ships.definition.id}; write that id to override it`);
    }
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_RULES',
      `${problems.length === 1 ? 'A signal file is' : `${problems.length} signal files are`} not valid: ${problems[0]}`,
      'Correct the places listed; docs/packs.md says what a pack may do.',
      { problems },
    );
  const signals = shipped.signals.map(({ definition }) => own.get(definition.id)?.signal.definition ?? definition);
  const ids = new Set(signals.map(({ id }) => id));
  const added = [...own.values()].map(({ signal }) => signal.definition).filter(({ id }) => !ids.has(id));
  return { signals: [...signals, ...added], overrides };
}

const FREE = 'packs have the letters U to Z to themselves';
