import type { Config } from '../config/config.ts';
import type { SecretStore } from '../config/secrets.ts';
import type { MaturityModel } from '../domain/model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { Connector } from '../kit/connector.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { OpensConnections } from '../pipeline/open-connection.ts';
import type { Store } from '../store/ports.ts';

export interface LoadedRules {
  readonly signals: readonly SignalDefinition[];
  readonly hash: string;
}

export interface LoadedModel {
  readonly model: MaturityModel;
  readonly hash: string;
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
  readonly connectors: ReadonlyMap<string, Connector<unknown>>;
  readonly open: OpensConnections;
  store(): Promise<Store>;
  rules(): Promise<LoadedRules>;
  models(): Promise<readonly LoadedModel[]>;
  /** Errors: UNKNOWN_NAME with the nearest known model. */
  model(id?: string): Promise<LoadedModel>;
  close(): Promise<void>;
}
