import { join, resolve } from 'node:path';
import type { LoadedModel, LoadedRules } from '../cli/app.ts';
import type { Config } from '../config/config.ts';
import type { ModelHead } from '../domain/model.ts';
import { unknownName } from '../domain/model-problem.ts';
import { isStaged, type StagedModel } from '../domain/staged-model.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import { hashModel, nameAreas, type LoadedModel as Read, readModels } from '../models/index.ts';
import { itemsOf, METHODS } from '../scoring/index.ts';
import { loadSignals, readLock } from '../signals/index.ts';
import type { TrustsPack } from '../store/duckdb/pack/pack-sandbox.ts';
import { once } from './clock.ts';
import { packageRoot } from './package.ts';
import { trustLocked } from './shipped-packs.ts';

/** What findings and verdicts are made with: the rule packs and models that ship and those of the configuration. Read once. */
export interface Judgement {
  rules(): Promise<LoadedRules>;
  models(): Promise<readonly LoadedModel[]>;
  /** A model of any kind. Errors: UNKNOWN_NAME with the nearest known model. */
  anyModel(id?: string): Promise<LoadedModel>;
  /** A staged model. Errors: UNKNOWN_NAME with the nearest known model, BAD_USAGE for a model of another kind. */
  model(id?: string): Promise<LoadedModel<StagedModel>>;
  /** Tells SQL that ships with the program, unchanged, from that of others. */
  readonly trusts: TrustsPack;
}

export function openJudgement(config: Pick<Config, 'rules' | 'models' | 'model' | 'areas'>, cwd: string): Judgement {
  const root = packageRoot();
  const shipped = once(async () => loadSignals(join(root, 'rules', 'signals')));
  const trusted = once(async () => trustLocked((await shipped()).signals, readLock(join(root, 'rules'))));
  const rules = once(async (): Promise<LoadedRules> => {
    const packs = [await shipped(), ...config.rules.map((dir) => loadSignals(resolve(cwd, dir)))];
    return {
      signals: packs.flatMap((pack) => pack.signals.map((s) => s.definition)),
      hash: packs.map((pack) => pack.hash).join('+'),
      dir: join(root, 'rules'),
    };
  });
  const models = once(async (): Promise<readonly LoadedModel[]> => {
    const { signals } = await rules();
    const folders = [join(root, 'rules', 'models'), ...config.models.map((dir) => resolve(cwd, dir))];
    const read = folders.flatMap((dir) => readModels(dir, METHODS, signals));
    checkNamed(
      config.areas,
      read.map(({ model }) => model.id),
    );
    return read
      .map((loaded) => withAreas(loaded, config.areas))
      .map((loaded) => ({ ...loaded, items: itemsOf(loaded.model) }));
  });
  return {
    rules,
    models,
    trusts: async (sql, params) => (await trusted())(sql, params),
    anyModel,
    model: async (id) => stagedOnly(await anyModel(id)),
  };

  async function anyModel(id = config.model): Promise<LoadedModel> {
    const all = await models();
    const found = all.find(({ model }) => model.id === id);
    if (found !== undefined) return found;
    const ids = all.map(({ model }) => model.id);
    const guess = nearest(id, ids);
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `There is no model named "${id}".`,
      guess === null ? `Known: ${ids.join(', ')}.` : `Did you mean ${guess}?`,
    );
  }
}

/** Areas for a model that is not there would be dropped without a word. */
function checkNamed(areas: Config['areas'], known: readonly string[]): void {
  for (const id of Object.keys(areas))
    if (!known.includes(id))
      throw new PlumblineError(
        'BAD_CONFIG',
        `plumbline.yaml names areas for ${id}: ${unknownName('model', id, known)}.`,
        'Write the id of a model; plumbline models list shows them.',
      );
}

/** The model with the areas that the configuration names for it; its hash is that of what is judged. */
function withAreas<M extends ModelHead>(loaded: Read<M>, areas: Config['areas']): Read<M> {
  const named = areas[loaded.model.id];
  if (named === undefined || !isStaged(loaded.model)) return loaded;
  const model = { ...loaded.model, ...nameAreas(loaded.model, named) };
  return { ...loaded, model, hash: hashModel(model) };
}

function stagedOnly({ model, ...loaded }: LoadedModel): LoadedModel<StagedModel> {
  if (isStaged(model)) return { model, ...loaded };
  throw new PlumblineError(
    'BAD_USAGE',
    `${model.id} is a model of kind "${model.kind}"; this works for staged models only.`,
    'Leave out --model, or name a staged one: plumbline models list.',
  );
}
