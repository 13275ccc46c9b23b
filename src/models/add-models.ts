import type { z } from 'zod';
import type { ModelHead } from '../domain/model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { PlumblineError } from '../errors/index.ts';
import { hashModel } from './hash-model.ts';
import { type LoadedModel, loadModel, type ModelKinds } from './load-model.ts';
import { applyOverlay } from './overlay/apply-overlay.ts';
import { finishOverlay } from './overlay/finish-overlay.ts';
import { orderOverlays } from './overlay/order-overlays.ts';
import { placeInOverlay } from './overlay/place-in-overlay.ts';
import { isOverlay, type ModelFile, PACK_REMEDY, type ReadOverlay, readOverlay } from './overlay/read-overlay.ts';

/** What a pack puts in the place of something that ships. */
export interface Override {
  readonly pack: string;
  readonly kind: 'signal' | 'model';
  readonly id: string;
  readonly path: string;
}

export interface AddedModels<M extends ModelHead> {
  /** What ships first, in its order, then those of the packs. */
  readonly models: readonly LoadedModel<M>[];
  /** Signals that overlays hold to lines of their own. */
  readonly signals: readonly SignalDefinition[];
  readonly overrides: readonly Override[];
  /** What is worth a look and no fault, one sentence each. */
  readonly notes: readonly string[];
}

interface Read<M extends ModelHead> {
  readonly file: ModelFile;
  readonly loaded: LoadedModel<M>;
}

/** Runs `work`, and keeps what it finds wrong for one report of all files. */
function gather<T>(problems: string[], work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.code !== 'BAD_MODEL') throw error;
    problems.push(...(error.problems.length > 0 ? error.problems : [error.message]));
    return null;
  }
}

/** Two files of one id, neither of which ships. */
function twinProblems(
  all: readonly { readonly id: string; readonly path: string; readonly place: string }[],
): string[] {
  return all.flatMap(({ id, path, place }, index) => {
    const twin = all.slice(0, index).find((other) => other.id === id);
    return twin === undefined
      ? []
      : [`${place}: ${twin.path} and ${path} both give model "${id}"; give one of them another id`];
  });
}

/** Files of packs, sorted into whole models and overlays; `broken` = ids of those that are neither. */
function readFiles<M extends ModelHead>(
  files: readonly ModelFile[],
  kinds: ModelKinds,
  signals: readonly SignalDefinition[],
  problems: string[],
): { readonly whole: Read<M>[]; readonly overlays: ReadOverlay[]; readonly broken: Set<string> } {
  const whole: Read<M>[] = [];
  const overlays: ReadOverlay[] = [];
  const broken = new Set<string>();
  for (const file of files) {
    const read = gather(problems, () => {
      if (isOverlay(file)) {
        const overlay = readOverlay(file, problems);
        return overlay === null ? null : overlays.push(overlay);
      }
      // Every kind's reader gives one of the models that these kinds have.
      const model = loadModel(file.text, file.path, kinds, signals) as M;
      return whole.push({ file, loaded: { model, hash: hashModel(model), path: file.path } });
    });
    const id = read === null ? /^id:\s*(\S+)/m.exec(file.text)?.[1] : undefined;
    if (id !== undefined) broken.add(id);
  }
  return { whole, overlays, broken };
}

/** Whole models of packs in the place of those that ship, and beside them. A changed one asks for a higher version. */
function placeWhole<M extends ModelHead>(
  shipped: readonly LoadedModel<M>[],
  whole: readonly Read<M>[],
  problems: string[],
): { readonly models: LoadedModel<M>[]; readonly overrides: Override[] } {
  const own = new Map(whole.map((read) => [read.loaded.model.id, read]));
  const overrides: Override[] = [];
  const models = shipped.map((ships) => {
    const read = own.get(ships.model.id);
    if (read === undefined) return ships;
    const { id, version } = ships.model;
    const { file, loaded } = read;
    if (ships.hash !== loaded.hash && loaded.model.version <= version)
      problems.push(
        `${file.path}:${lineOfKey(file.text, 'version')}: ${id} differs from the one that ships and has version ${loaded.model.version}; write version: ${version + 1} or higher`,
      );
    overrides.push({ pack: file.pack, kind: 'model', id, path: file.path });
    own.delete(id);
    return loaded;
  });
  return { models: [...models, ...[...own.values()].map(({ loaded }) => loaded)], overrides };
}

function lineOfKey(text: string, key: string): number {
  return text.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;
}

/** Why this base does not serve the overlay; nothing when it does. */
function baseTrouble({ overlay, at }: ReadOverlay, there: number): string[] {
  const { id, extends: base, base_version } = overlay;
  if (base_version <= there) return [];
  return [
    `${at(['base_version'])}: ${id} was written for version ${base_version} of ${base}, and version ${there} is here; install the newer one, or look through \`plumbline models show ${base}\` and write base_version: ${there}`,
  ];
}

/** That the base has moved on since the overlay was written; nothing when it has not. */
function baseNote({ overlay, file }: ReadOverlay, there: number): string[] {
  const { id, extends: base, base_version } = overlay;
  if (base_version >= there) return [];
  return [
    `${id} was written for version ${base_version} of ${base}, and version ${there} is here: look through plumbline models diff ${base} ${id}, then write base_version: ${there} into ${file.path}.`,
  ];
}

/**
 * The models that ship with those of packs: whole ones, overlays, and whole ones in the place of one that ships. `signals` = all definitions.
 * Errors: BAD_MODEL with every problem of every file, each with file and line.
 */
export function addModels<M extends ModelHead>(
  shipped: readonly LoadedModel<M>[],
  files: readonly ModelFile[],
  kinds: ModelKinds & Readonly<Record<string, { readonly schema: z.ZodType<M> }>>,
  signals: readonly SignalDefinition[],
): AddedModels<M> {
  const problems: string[] = [];
  const { whole, overlays, broken } = readFiles<M>(files, kinds, signals, problems);
  const ships = new Set(shipped.map(({ model }) => model.id));
  problems.push(
    ...twinProblems([
      ...whole.map(({ file, loaded }) => ({ id: loaded.model.id, path: file.path, place: `${file.path}:1` })),
      ...overlays.map(({ file, overlay, at }) => ({ id: overlay.id, path: file.path, place: at(['id']) })),
    ]),
    ...overlays
      .filter(({ overlay }) => ships.has(overlay.id) && overlay.extends !== overlay.id)
      .map(({ overlay, at }) => `${at(['id'])}: ${overlay.id} ships; an overlay has an id of its own`),
  );
  const { models, overrides } = placeWhole(shipped, whole, problems);
  const byId = new Map(models.map((loaded) => [loaded.model.id, loaded]));
  const definitions = new Map(signals.map((signal) => [signal.id, signal]));
  const made: SignalDefinition[] = [];
  const notes: string[] = [];
  const order = orderOverlays(overlays, new Set(byId.keys()), broken);
  problems.push(...order.problems);
  for (const read of order.ordered) {
    const { file, overlay, at } = read;
    const base = byId.get(overlay.extends);
    // A base that is not valid has said so already.
    if (base === undefined) continue;
    problems.push(...baseTrouble(read, base.model.version));
    notes.push(...baseNote(read, base.model.version));
    const applied = applyOverlay(base, overlay, definitions);
    for (const signal of applied.signals) definitions.set(signal.id, signal);
    made.push(...applied.signals);
    problems.push(...applied.problems.map(({ path, message }) => `${at(path)}: ${message}`));
    // What an overlay could not say would only be told again as a fault of the whole.
    if (applied.problems.length > 0) continue;
    const place = (path: readonly PropertyKey[]) => at(placeInOverlay(overlay, applied.document, path));
    const finished = finishOverlay<M>(applied.document, kinds, [...definitions.values()], place);
    problems.push(...finished.problems);
    if (finished.model === null) continue;
    const loaded = { model: finished.model, hash: hashModel(finished.model), path: file.path };
    byId.set(overlay.id, loaded);
    models.push(loaded);
  }
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_MODEL',
      `${problems.length === 1 ? 'A model file is' : `${problems.length} places in model files are`} not valid: ${problems[0]}`,
      PACK_REMEDY,
      { problems },
    );
  return { models, signals: made, overrides, notes };
}
