import type { z } from 'zod';
import type { SetAsideTimes, StreamName } from '../domain/observability.ts';
import type { TelemetryBatch } from '../domain/telemetry.ts';
import type { Account } from './account.ts';
import type { HttpClient } from './http.ts';

/** What a connector is given. Nothing else: no store, no clock of its own, no logger. */
export interface ConnectorContext<Settings> {
  readonly settings: Settings;
  readonly http: HttpClient;
  /** Keyed hash for requesters, domains, tags: the same input gives the same key inside one workspace. */
  readonly pseudonymise: (kind: 'requester' | 'domain' | 'tag' | 'reference', value: string) => string;
  readonly signal: AbortSignal;
  /** Upper bound of the window, frozen at the start of the sync from the server's own clock. Rows after it belong to the next sync. */
  readonly until: Date;
}

/** One durable step of a read: stored together with its checkpoint in one transaction, or not at all. */
export interface ConnectorPage {
  readonly records: TelemetryBatch;
  readonly rejected: readonly SetAsideTimes[];
  /** Opaque resume point behind this page, JSON-serialisable text. Reading again from it yields the rest, and only repeats what is idempotent. */
  readonly checkpoint: string;
  /** Vendor rows seen on this page, for progress. */
  readonly seen: number;
}

/** A vendor call that yields records. Order matters: parents before children. */
export interface VendorStream {
  readonly id: string;
  readonly title: string;
  /** Evidence streams and the fields of each that this call can fill. */
  readonly provides: Evidence;
  /** `config` is read whole each time; `history` goes on from its checkpoint. */
  readonly kind: 'config' | 'history';
  /** Only adds to what other calls give: while it fails, what they gave stands. */
  readonly adds?: boolean;
}

/** Evidence streams and fields of each. */
export type Evidence = Partial<Record<StreamName, readonly string[]>>;

/** Fields of evidence streams, by vendor stream. */
export type StreamFields = ReadonlyMap<string, Evidence>;

/** Result of asking, before a sync, whether a vendor stream can be read. */
export type Capability =
  | {
      readonly status: 'available';
      readonly since?: Date;
      /**
       * What nothing happened to for so many seconds is shown no more: the vendor archives it. Such a history is known from so long before its first read on, as long as it is
       * read more often than that.
       */
      readonly archivedAfterS?: number;
      /** Shows what other calls no longer do (`archivedAfterS`). */
      readonly showsArchived?: boolean;
      readonly total?: number;
      /** What the credentials cannot see inside the stream, and the way out, for an administrator. */
      readonly detail?: string;
      /** Evidence that the call provides by its description and that this account cannot fill: a field that nobody has set up. */
      readonly lacks?: Evidence;
      /** Why a stream of which it lacks everything cannot be seen. @defaultValue 'absent' */
      readonly hidden?: 'plan' | 'permission' | 'absent';
    }
  | { readonly status: 'plan' | 'permission' | 'retention' | 'absent'; readonly detail: string };

export interface Identity {
  /** Who the credentials belong to, as a role word; no personal data. */
  readonly role: string;
  readonly account: string;
  /** Server time now, from the `Date` header. */
  readonly serverNow: Date;
}

interface ConnectFlag {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
}

/** A way in which the secret of a connection is typed in. */
interface SecretForm {
  /** What the vendor calls it. */
  readonly title: string;
  readonly description: string;
  /** Parts that are kept together, by the names under which `readSecretParts` reads them; empty = the secret is one text. */
  readonly parts: readonly { readonly name: string; readonly title: string }[];
}

export interface Connector<Settings = unknown> {
  readonly id: string;
  readonly title: string;
  /** Strict: an unknown key is an error. Holds no secret. */
  readonly settings: z.ZodType<Settings>;
  readonly flags: readonly ConnectFlag[];
  /** Settings of an account that is made up, as they are typed behind `connect`; `settings` takes them. */
  readonly example: Readonly<Record<string, string>>;
  /** How the secret may be typed in, the usual way first; absent = as one text, none = there is no secret. */
  readonly secrets?: readonly SecretForm[];
  /** How to speak with the account. Pure; errors: BAD_URL, SECRET_MISSING. */
  account(settings: Settings, secret: string): Account;
  /**
   * Where the source is no vendor's account but lies on this machine: what answers in the place of HTTP. `stageFolder` = where large files may be laid
   * out; null = the temporary folder. Opens nothing before it is asked.
   */
  client?(settings: Settings, stageFolder: string | null): HttpClient & { close(): void };
  /** Evidence streams that the vendor cannot give at all, with the reason for people. */
  readonly never: Partial<Record<StreamName, string>>;
  readonly streams: readonly VendorStream[];
  /** Verifies credentials; throws PERMISSION_DENIED or NOT_A_HELPDESK with the way out. */
  identify(context: Omit<ConnectorContext<Settings>, 'until'>): Promise<Identity>;
  probe(stream: VendorStream, context: ConnectorContext<Settings>): Promise<Capability>;
  read(
    stream: VendorStream,
    checkpoint: string | null,
    context: ConnectorContext<Settings>,
  ): AsyncIterable<ConnectorPage>;
  /** Rows that the source counts now for an evidence stream, or null when it gives no count. */
  count(stream: StreamName, context: ConnectorContext<Settings>): Promise<number | null>;
  /**
   * People whom the log shows to have belonged to the desk though it no longer lists them, from the checkpoints of the connection; absent = the
   * connector does not look for them. By id, never by name.
   */
  formerAgents?(checkpoints: ReadonlyMap<string, string>): readonly FormerAgent[];
  /**
   * Fields that a vendor stream provides by its description but that all it gave so far never held, from the checkpoints of the connection: they
   * are not shown. Absent = every stream carries what it provides.
   */
  unmet?(checkpoints: ReadonlyMap<string, string>): StreamFields;
  /** Link to one ticket in the vendor's own screen. */
  ticketUrl(settings: Settings, ticketId: string): string | null;
  /** Safety lag behind server time, and overlap in front of a checkpoint, seconds. */
  readonly lagS: number;
}

/** Somebody who is recognised as a former agent, with what told it, in words. */
export interface FormerAgent {
  readonly id: string;
  readonly by: readonly string[];
}
