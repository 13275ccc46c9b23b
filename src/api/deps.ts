import type { Config } from '../config/config.ts';
import type { ModelItem } from '../domain/model.ts';
import type { NoticeTarget } from '../domain/operations.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { TypedOutcome } from '../domain/staged-extras.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { Connector } from '../kit/connector.ts';
import type { FileReader } from '../kit/file-reader.ts';
import type { Logger } from '../logging/create-logger.ts';
import type { RandomBytes } from '../pipeline/access-tokens.ts';
import type { JudgingModel } from '../pipeline/judge-all.ts';
import type { OpensConnections } from '../pipeline/open-connection.ts';
import type { Operations } from '../store/operations-port.ts';
import type { Store } from '../store/ports.ts';
import type { ProcessMetrics } from './process-metrics.ts';
import type { Uploads } from './uploads.ts';

export interface ApiClock {
  now(): Date;
  /** Ends early, with an AbortError, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A model with what can be asked about it. */
interface KnownModel extends JudgingModel {
  readonly items: readonly ModelItem[];
}

/** Jobs of one queue, as a carrier counts them. */
export interface QueueCount {
  readonly queue: string;
  readonly lane: string;
  readonly state: string;
  readonly n: number;
}

/** Whether one part that the product needs answers. `reason` is shown to callers without a token: no address, no password in it. */
export interface PartReadiness {
  readonly part: 'store' | 'migrations' | 'queue';
  readonly ready: boolean;
  readonly reason: string | null;
}

/** What /metrics says of one workspace. */
export interface DeskStatus {
  readonly workspace: string;
  /** End of the data of each connected helpdesk; null = nothing was read yet. */
  readonly connections: readonly { readonly connection: string; readonly until: Date | null }[];
  /** Latest published snapshot of each model. A stage that is not known is null. */
  readonly placements: readonly {
    readonly model: string;
    readonly stage: number | null;
    readonly assured: number | null;
  }[];
  /** Latest verdict of every model, whatever its kind. A value that is withheld is null. */
  readonly verdicts: readonly { readonly model: string; readonly kind: string; readonly value: number | null }[];
}

/** How long a caller may take over a request, milliseconds. */
interface Patience {
  /** Until the headers are whole. */
  readonly headersMs: number;
  /** Until the whole request is there, body and all. */
  readonly requestMs: number;
  /** Nothing goes either way on the connection; a reply that waits for a helpdesk is such a time too. */
  readonly idleMs: number;
  /** How often the two first are looked at. */
  readonly checkEveryMs: number;
}

export const DEFAULT_PATIENCE: Patience = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 300_000,
  checkEveryMs: 5_000,
};

/** Everything that the HTTP interface is given. It opens nothing by itself and reads no clock of its own. */
export interface ApiDeps {
  readonly version: string;
  readonly config: Pick<Config, 'model' | 'window' | 'serve' | 'import' | 'sync'>;
  /** Default: DEFAULT_PATIENCE. */
  readonly patience?: Patience;
  /** Folder of the built page; null = there is none. */
  readonly pageFolder: string | null;
  /** Secret of the OpenID client; null = a public client. Errors: SECRET_MISSING. */
  openIdSecret(): Promise<string | null>;
  /** Figures of this process; left out = of its replies alone. */
  readonly processMetrics?: ProcessMetrics;
  readonly clock: ApiClock;
  readonly log: Logger;
  readonly randomBytes: RandomBytes;
  readonly operations: Operations;
  /** The store of a workspace on loan; `close` gives it back. Only asked for with names that `operations.workspaces` knows. */
  store(workspace: string): Promise<Store>;
  /** Errors: UNKNOWN_NAME with the nearest known model. */
  model(id?: string): Promise<{ readonly model: StagedModel; readonly hash: string }>;
  /** What can be asked about a model of any kind. Errors: UNKNOWN_NAME with the nearest known model. */
  questionnaire(id?: string): Promise<Questionnaire>;
  /** Models that judge, of those that are named or switched on. Errors: UNKNOWN_NAME with the nearest known model, BAD_CONFIG. */
  judging(choice: { readonly models: readonly string[] | null }): Promise<readonly JudgingModel[]>;
  /** Models of every kind, in the order of their files. */
  models(): Promise<readonly KnownModel[]>;
  /** A model of any kind. Errors: UNKNOWN_NAME with the nearest known model. */
  anyModel(id: string): Promise<KnownModel>;
  /** Signals that measure, and the hash of the rules. */
  rules(): Promise<{ readonly signals: readonly SignalDefinition[]; readonly hash: string }>;
  /** Outcomes that people typed in, by id; they stand beside verdicts. */
  readonly outcomes: Readonly<Record<string, TypedOutcome>>;
  readonly connectors: ReadonlyMap<string, Connector<unknown>>;
  /** Puts connections of a workspace together, with its secrets. */
  opens(workspace: string): OpensConnections;
  /** Reads files to import into a workspace. */
  files(workspace: string): FileReader;
  /** Files that people bring, until they are imported. */
  readonly uploads: Uploads;
  readonly secrets: {
    /** Seals a secret under a name of the workspace; gives the reference to keep. */
    seal(workspace: string, name: string, secret: string): Promise<string>;
    /** Removes a sealed secret; references of other kinds are left alone. */
    discard(workspace: string, reference: string): Promise<void>;
    /** The keyed hash of a value, as the records of the workspace hold it. */
    pseudonymise(workspace: string, kind: string, value: string): string;
  };
  /**
   * Checks a notice target against its channel and gives its settings with defaults filled in. `secret` = its value, '' = none, null =
   * not at hand (a reference). Errors: BAD_USAGE, BAD_URL; never naming the secret.
   */
  checkTarget(target: NoticeTarget, secret: string | null): NoticeTarget['settings'];
  queueCounts(): Promise<readonly QueueCount[]>;
  checkReady(): Promise<readonly PartReadiness[]>;
  /** State of every workspace from a cheap source; may be some seconds old. */
  fleetStatus(): Promise<readonly DeskStatus[]>;
}
