import type { ModelHead } from '../src/domain/model.ts';
import type { SignalDefinition } from '../src/domain/signal.ts';
import type { StagedModel } from '../src/domain/staged-model.ts';
import type { Logger } from '../src/logging/create-logger.ts';
import type { OpensConnections } from '../src/pipeline/open-connection.ts';
import type { AccountPace, Operations } from '../src/store/operations-port.ts';
import type { Store } from '../src/store/ports.ts';

interface JobSettings {
  /** Records in one transaction. */
  readonly batchRows: number;
  readonly signalTimeoutMs: number;
  /** Behaviour window where a run names none, days. */
  readonly windowDays: number;
  /** Age at which tickets that ended are removed, days; null = never. */
  readonly keepTelemetryDays: number | null;
  readonly keepRunsDays: number;
  readonly keepAuditDays: number;
  readonly staleAfterMs: number;
}

/** What the jobs are given. Nothing is opened before a job needs it. */
export interface JobDeps {
  readonly operations: Operations;
  readonly pace: AccountPace;
  readonly clock: { now(): Date };
  readonly log: Logger;
  readonly version: string;
  readonly settings: JobSettings;
  /** The store of a workspace on loan; `close` gives it back. Errors: STORE_LOCKED while a command of the embedded mode has it. */
  store(workspace: string): Promise<Store>;
  /** Puts connections of a workspace together, with its secrets. */
  opens(workspace: string): OpensConnections;
  rules(): Promise<{ readonly signals: readonly SignalDefinition[]; readonly hash: string }>;
  /** Errors: UNKNOWN_NAME with the nearest known model. */
  model(id?: string): Promise<{ readonly model: StagedModel; readonly hash: string }>;
  /** Models that judge a snapshot: those that are switched on, or only `models`, and `shown` in any case. Errors: UNKNOWN_NAME, BAD_CONFIG. */
  judging(choice?: {
    readonly models?: readonly string[] | null;
    readonly shown?: string | null;
  }): Promise<readonly { readonly model: ModelHead; readonly hash: string }[]>;
}
