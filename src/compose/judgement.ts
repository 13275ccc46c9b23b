import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppPack, LoadedModel, LoadedRules, PackModels } from '../cli/app.ts';
import type { Config } from '../config/config.ts';
import { packageRoot } from '../config/package.ts';
import type { Benchmark } from '../domain/benchmark.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { ModelHead } from '../domain/model.ts';
import { unknownName } from '../domain/model-problem.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { isStaged, type StagedModel } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';
import type { ModelFile } from '../models/index.ts';
import { parseDays } from '../pipeline/parse-span.ts';
import type { TrustsPack } from '../store/duckdb/pack/pack-sandbox.ts';
import { once } from './clock.ts';
import { chooseJudging, findModel, type JudgingChoice } from './judging.ts';
import { faultOf, withModelFaults } from './pack-faults.ts';
import { filesIn, filesOf, findPacks, readSignals, shownPath } from './packs.ts';
import { openShippedRules } from './shipped-rules.ts';

/** What findings and verdicts are made with: the rule packs and models that ship and those of the configuration. Read once. */
export interface Judgement {
  rules(): Promise<LoadedRules>;
  packs(): Promise<readonly AppPack[]>;
  /** Model files of each pack that has some. */
  modelFiles(): Promise<readonly PackModels[]>;
  benchmarks(): Promise<readonly Benchmark[]>;
  readonly rulesDir: string;
  /** A model that ships, or one of a pack. Errors: UNKNOWN_NAME. */
  baseModel(id: string): Promise<ModelHead>;
  /** Ids of the signals that ship. */
  shippedSignals(): Promise<readonly string[]>;
  /** What is to be said of the packs that were read so far. */
  packNotes(): readonly string[];
  models(): Promise<readonly LoadedModel[]>;
  /** A model of any kind. Errors: UNKNOWN_NAME with the nearest known model. */
  anyModel(id?: string): Promise<LoadedModel>;
  /** A staged model. Errors: UNKNOWN_NAME with the nearest known model, BAD_USAGE for a model of another kind. */
  model(id?: string): Promise<LoadedModel<StagedModel>>;
  /** What can be asked about a model of any kind. Errors: as of `anyModel`. */
  questionnaire(id?: string): Promise<Questionnaire>;
  /** Models that judge a snapshot: see `chooseJudging`. Errors: BAD_MODEL for a model of a pack that changed under a version that its lock holds. */
  judging(choice?: JudgingChoice): Promise<readonly LoadedModel[]>;
  /** Tells SQL that ships with the program, unchanged, from that of others. */
  readonly trusts: TrustsPack;
  /** Tells this very program from every other build of it; null where that is not known. */
  program(): Promise<string | null>;
}

/** Models that ship and those of packs, and the signals that overlays hold to lines of their own. */
interface Added {
  readonly models: readonly LoadedModel[];
  readonly signals: readonly SignalDefinition[];
}

export function openJudgement(
  config: Pick<Config, 'packs' | 'rules' | 'models' | 'model' | 'judges' | 'areas' | 'answers'> &
    Partial<Pick<Config, 'exchange'>>,
  cwd: string,
): Judgement {
  const root = packageRoot();
  const expireDays = parseDays(config.answers.expire_after, 'answers.expire_after');
  const ships = openShippedRules(join(root, 'rules'));
  const notes = new Set<string>();
  const packs = once(async () => findPacks(config, cwd));
  const merged = once(async () => {
    const pack = await ships.pack();
    const { own, errors } = await readSignals(await packs(), cwd);
    const shipped = pack.signals.map(({ definition }) => definition);
    if (own.length === 0 && errors.length === 0) return { signals: shipped, overrides: [], hash: pack.hash };
    const { mergePacks } = await import('../signals/load/merge-packs.ts');
    const unfit = await faultOf(() => mergePacks(pack, own), 'BAD_RULES');
    const [first, ...more] = unfit === null ? errors : [...errors, unfit];
    if (first !== undefined) {
      const known = [...shipped, ...own.flatMap((one) => one.pack.signals.map(({ definition }) => definition))];
      throw await withModelFaults([first, ...more], await ownModels(), known, addOwn);
    }
    const { signals, overrides } = mergePacks(pack, own);
    for (const { pack: name, id } of overrides) notes.add(`${name} overrides ${id}.`);
    return { signals, overrides, hash: [pack, ...own.map((one) => one.pack)].map(({ hash }) => hash).join('+') };
  });
  const ownModels = async () =>
    (await packs()).flatMap((pack) => [...filesOf(pack, 'models', cwd), ...filesOf(pack, 'overlays', cwd)]);
  const addOwn = async (files: readonly ModelFile[], signals: readonly SignalDefinition[]) => {
    const [{ addModels }, { METHODS }] = await Promise.all([
      import('../models/add-models.ts'),
      import('../scoring/index.ts'),
    ]);
    return addModels(await ships.models(signals), files, METHODS, signals);
  };
  const added = once(async (): Promise<Added> => {
    const { signals } = await merged();
    const own = await ownModels();
    if (own.length === 0) return { models: await ships.models(signals), signals: [] };
    const { itemsOf } = await import('../scoring/index.ts');
    const found = await addOwn(own, signals);
    for (const { pack, id } of found.overrides) notes.add(`${pack} overrides ${id}.`);
    for (const note of found.notes) notes.add(note);
    return { ...found, models: found.models.map((one) => ({ ...one, items: itemsOf(one.model) })) };
  });
  const rules = once(async (): Promise<LoadedRules> => {
    const { signals, overrides, hash } = await merged();
    const hasModels = (await packs()).some(({ folders }) => folders.models !== null || folders.overlays !== null);
    // Overlays hold signals to lines of their own, as signals of their own.
    const derived = hasModels ? (await added()).signals : [];
    return { signals: [...signals, ...derived], hash: hashWith(hash, derived), dir: join(root, 'rules'), overrides };
  });
  const benchmarks = once(async () => {
    const folder = join(root, 'rules', 'benchmarks');
    const own = (await packs()).flatMap((pack) => filesOf(pack, 'benchmarks', cwd));
    const files = [...(existsSync(folder) ? filesIn(folder, 'plumbline', cwd) : []), ...own];
    const { loadBenchmarks } = await import('../models/load-benchmarks.ts');
    // A fault of a model or signal is told where those are read; a benchmark beside a model that ships can be looked at all the same.
    const known = await added().catch(async (error: unknown) => {
      if (!(error instanceof PlumblineError) || !['BAD_MODEL', 'BAD_RULES'].includes(error.code)) throw error;
      const { signals } = await ships.pack();
      return { models: await ships.models(signals.map(({ definition }) => definition)) };
    });
    return loadBenchmarks(
      files,
      known.models.map(({ model }) => model),
    );
  });
  const models = once(async (): Promise<readonly LoadedModel[]> => {
    const read = (await added()).models;
    checkNamed(
      config.areas,
      read.map(({ model }) => model.id),
    );
    const named = await Promise.all(read.map((loaded) => withAreas(loaded, config.areas)));
    if (Object.keys(config.exchange ?? {}).length === 0) return named;
    const { withExchange } = await import('./exchange.ts');
    return withExchange(named, config.exchange ?? {}, cwd);
  });
  const modelFiles = once(
    async (): Promise<readonly PackModels[]> =>
      (await packs()).flatMap((pack) => {
        const files = [...filesOf(pack, 'models', cwd), ...filesOf(pack, 'overlays', cwd)];
        return files.length === 0 ? [] : [{ dir: pack.dir, shown: shownPath(pack.dir, cwd), files }];
      }),
  );
  return {
    rules,
    modelFiles,
    packs: async () =>
      (await packs()).map(({ name, dir, folders }) => ({
        name,
        dir,
        shown: shownPath(dir, cwd),
        signals: folders.signals,
      })),
    benchmarks,
    rulesDir: join(root, 'rules'),
    baseModel: async (id) => {
      const shipped = (await ships.models(null)).find(({ model }) => model.id === id);
      return shipped === undefined ? (await anyModel(id)).model : shipped.model;
    },
    shippedSignals: async () => (await ships.pack()).signals.map(({ definition }) => definition.id),
    packNotes: () => [...notes],
    models,
    trusts: ships.trusts,
    program: ships.program,
    anyModel,
    model: async (id) => stagedOnly(await anyModel(id)),
    questionnaire: async (id) => {
      const { questionnaireOf } = await import('../scoring/questionnaire.ts');
      return questionnaireOf((await anyModel(id)).model, expireDays);
    },
    judging: async (choice) => {
      const files = await modelFiles();
      if (files.length > 0) (await import('./locks.ts')).assertLocked(files);
      return chooseJudging(await models(), config, choice);
    },
  };

  async function anyModel(id = config.model): Promise<LoadedModel> {
    return findModel(await models(), id);
  }
}

/** Hash of the rules with the signals that overlays hold to other lines. */
function hashWith(hash: string, derived: readonly SignalDefinition[]): string {
  if (derived.length === 0) return hash;
  return `${hash}+${createHash('sha256').update(canonicalJson(derived)).digest('hex')}`;
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
async function withAreas(loaded: LoadedModel, areas: Config['areas']): Promise<LoadedModel> {
  const named = areas[loaded.model.id];
  if (named === undefined || !isStaged(loaded.model)) return loaded;
  const [{ hashModel, nameAreas }, { itemsOf }] = await Promise.all([
    import('../models/index.ts'),
    import('../scoring/index.ts'),
  ]);
  const model = { ...loaded.model, ...nameAreas(loaded.model, named) };
  return { model, items: itemsOf(model), hash: hashModel(model), path: loaded.path };
}

function stagedOnly({ model, ...loaded }: LoadedModel): LoadedModel<StagedModel> {
  if (isStaged(model)) return { model, ...loaded };
  throw new PlumblineError(
    'BAD_USAGE',
    `${model.id} is a model of kind "${model.kind}"; this works for staged models only.`,
    'Leave out --model, or name a staged one: plumbline models list.',
  );
}
