import type { Config } from '../config/config.ts';
import type { SecretStore } from '../config/secrets.ts';
import type { Benchmark } from '../domain/benchmark.ts';
import type { ModelHead, ModelItem } from '../domain/model.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { Connector } from '../kit/connector.ts';
import type { FileReader } from '../kit/file-reader.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { NoticeSender } from '../pipeline/notices/index.ts';
import type { OpensConnections } from '../pipeline/open-connection.ts';
import type { Operations, SealedSecrets } from '../store/operations-port.ts';
import type { OpensArchive, Store } from '../store/ports.ts';

export interface LoadedRules {
  readonly signals: readonly SignalDefinition[];
  readonly hash: string;
  /** Folder of the rules that ship. */
  readonly dir: string;
  /** Signals of packs that stand in the place of one that ships. */
  readonly overrides: readonly { readonly pack: string; readonly id: string; readonly path: string }[];
}

/** A folder of the user with signals, models, overlays and benchmarks. */
export interface AppPack {
  readonly name: string;
  readonly dir: string;
  /** The folder as messages name it. */
  readonly shown: string;
  /** Folder of its signals; null = it has none. */
  readonly signals: string | null;
}

/** Model files of a pack: whole models and overlays. */
export interface PackModels {
  /** Whole path of the pack, and as messages show it. */
  readonly dir: string;
  readonly shown: string;
  readonly files: readonly { readonly pack: string; readonly path: string; readonly text: string }[];
}

export interface LoadedModel<M extends ModelHead = ModelHead> {
  readonly model: M;
  /** What can be asked, evidenced and explained. */
  readonly items: readonly ModelItem[];
  readonly hash: string;
  readonly path: string;
}

/** The HTTP interface while it answers. `close` ends open streams, waits for what is under way and, embedded, drains the jobs. */
export interface Serving {
  readonly url: string;
  close(): Promise<void>;
}

export interface QueueCheck {
  readonly carrier: 'in-process' | 'redis' | 'postgres';
  /** Version of Redis; null for the others. */
  readonly version: string | null;
  readonly warnings: readonly { readonly message: string; readonly remedy: string }[];
}

/** The parts a command works with, put together by compose.ts; the store opens on first use. */
export interface App {
  readonly version: string;
  readonly config: Config;
  readonly dataDir: string;
  readonly clock: { now(): Date };
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly secrets: SecretStore;
  /** Connectors by id; loaded when first asked for, as are all parts that are functions here. */
  connectors(): Promise<ReadonlyMap<string, Connector<unknown>>>;
  readonly open: OpensConnections;
  /** Id of the connector that reads a folder of warehouse tables. Errors: FILE_REFUSED, BAD_INPUT_FILE, BAD_USAGE. */
  readonly recogniseTables: (dir: string, layout: string | undefined) => Promise<string>;
  readonly files: FileReader;
  store(): Promise<Store>;
  /** The journal of the fleet; opens on first use and ends with the app. */
  operations(): Promise<Operations>;
  /** Sealed secrets of all workspaces; `secrets` opens those of this one. */
  sealed(): Promise<SealedSecrets>;
  /** Reads the telemetry of a backup in place. */
  readonly openArchive: OpensArchive;
  /** The channels over which notices go out. */
  noticeSender(): Promise<NoticeSender>;
  /** Source of unpredictable bytes. */
  readonly randomBytes: (size: number) => Uint8Array;
  /**
   * Answers over HTTP; embedded, this process does the jobs too, in queue mode it only answers. What is not given is as configured.
   * Errors: BAD_CONFIG (address taken; reachable from other machines while no token exists).
   */
  serve(options: { readonly host?: string; readonly port?: number }): Promise<Serving>;
  /** What carries the jobs, and which of its settings would lose some. Errors: QUEUE_FAILED when it does not answer. */
  checkQueue(): Promise<QueueCheck>;
  /** Does the jobs of all workspaces until the signal aborts (with `once`: until nothing is due), then ends what is under way. */
  work(options: { readonly once: boolean; readonly signal: AbortSignal }): Promise<void>;
  /** An empty store that ends with its `close`. */
  memoryStore(): Promise<Store>;
  rules(): Promise<LoadedRules>;
  /** Packs of the configuration and of --pack. Errors: BAD_CONFIG for a folder that is not there. */
  packs(): Promise<readonly AppPack[]>;
  /** Model files of each pack that has some. */
  modelFiles(): Promise<readonly PackModels[]>;
  /** Folder of the rules that ship. */
  readonly rulesDir: string;
  /** A model that a new overlay may extend, also while other files of its pack are not valid. Errors: UNKNOWN_NAME. */
  baseModel(id: string): Promise<ModelHead>;
  /** Published figures that stand beside a verdict, those of packs among them. Errors: BAD_MODEL. */
  benchmarks(): Promise<readonly Benchmark[]>;
  /** Ids of the signals that ship. */
  shippedSignals(): Promise<readonly string[]>;
  /** What is to be said of the packs that were read so far: what they override, and bases that have moved on. */
  packNotes(): readonly string[];
  /** Variables PLUMBLINE_* that nothing reads, each with a way out. */
  variableNotes(): readonly string[];
  models(): Promise<readonly LoadedModel[]>;
  /** A model of any kind. Errors: UNKNOWN_NAME with the nearest known model. */
  anyModel(id?: string): Promise<LoadedModel>;
  /** What can be asked about a model of any kind; answers expire as configured. Errors: as of `anyModel`. */
  questionnaire(id?: string): Promise<Questionnaire>;
  /** A staged model. Errors: UNKNOWN_NAME with the nearest known model, BAD_USAGE for a model of another kind. */
  model(id?: string): Promise<LoadedModel<StagedModel>>;
  /**
   * Models that judge a snapshot: those that are switched on, or only `models`, and `shown` in any case. Errors: UNKNOWN_NAME with the nearest
   * known model, BAD_CONFIG where plumbline.yaml switches on what is not there.
   */
  judging(choice?: {
    readonly models?: readonly string[] | null;
    readonly shown?: string | null | undefined;
  }): Promise<readonly LoadedModel[]>;
  /** The same parts on another workspace; closed on its own. */
  inWorkspace(workspace: string): App;
  close(): Promise<void>;
}
