import type { Invitation } from '../domain/invitation.ts';
import type {
  AccessToken,
  AuditEntry,
  Delivery,
  NewRun,
  Notice,
  NoticeTarget,
  Run,
  RunFailure,
  RunProgress,
  RunStatus,
  Schedule,
  Tally,
} from '../domain/operations.ts';
import type { Session } from '../domain/session.ts';
import type { Goal, TrackedMove } from '../domain/tracked-move.ts';

export interface RunFilter {
  readonly workspace?: string;
  readonly status?: readonly RunStatus[];
  readonly schedule?: string;
  /** Newest first; default 100, at most 1,001: a page of 1,000, and one more that says that there are more. */
  readonly limit?: number;
  /** Only what follows this run in that order. */
  readonly after?: Pick<Run, 'created_at' | 'slot' | 'id'> | undefined;
}

/**
 * The journal of the fleet: what is due, what ran, who was told. It is the truth; a queue only carries. Everything that belongs
 * to a workspace is asked for by its name. Each method is one transaction. Errors: STORE_FAILED (temporary), STORE_LOCKED (embedded).
 */
export interface Operations {
  /** The one clock of the fleet: the database's, or the machine's when embedded. */
  now(): Promise<Date>;

  workspaces(): Promise<readonly string[]>;
  addWorkspace(name: string): Promise<void>;

  schedules(workspace?: string): Promise<readonly Schedule[]>;
  saveSchedule(schedule: Schedule): Promise<void>;
  removeSchedule(workspace: string, name: string): Promise<boolean>;
  /**
   * Moves a schedule on and enters its run, together, if `expectedNextAt` still stands; false when another process was faster.
   * A run whose id is known stays as it is.
   */
  fire(
    schedule: Pick<Schedule, 'workspace' | 'name'>,
    expectedNextAt: Date,
    nextAt: Date,
    run: NewRun | null,
  ): Promise<boolean>;

  /** Enters runs as due; those with a known id stay as they are. Gives how many are new. */
  addRuns(runs: readonly NewRun[]): Promise<number>;
  run(id: string): Promise<Run | null>;
  runs(filter: RunFilter): Promise<readonly Run[]>;
  /** Takes up to `limit` runs that are due by `now` into `queued`, oldest first; no two callers get the same one. */
  claimDue(now: Date, limit: number): Promise<readonly Run[]>;
  /** Runs that are queued or running and of which nobody has given a sign of life since `before`. */
  silentRuns(before: Date): Promise<readonly Run[]>;
  /**
   * Sign of life; the first `begin` sets `running`, started_at and counts the attempt. `requeued` = its jobs were lost and are put
   * again, so that the next `begin` counts anew. False when the run has ended already.
   */
  touchRun(
    id: string,
    at: Date,
    change: { readonly begin?: boolean; readonly requeued?: boolean; readonly progress?: RunProgress },
  ): Promise<boolean>;
  /** Ends a run; false when it had ended already (then nothing changes). */
  endRun(
    id: string,
    at: Date,
    end: {
      readonly status: 'done' | 'failed' | 'cancelled';
      readonly digest?: string | null;
      readonly failure?: RunFailure | null;
    },
  ): Promise<boolean>;
  /** Puts a failed or cancelled run back to due. */
  retryRun(id: string, at: Date): Promise<boolean>;
  countRuns(): Promise<readonly { readonly workspace: string; readonly status: RunStatus; readonly n: number }[]>;

  noticeTargets(workspace: string): Promise<readonly NoticeTarget[]>;
  saveNoticeTarget(target: NoticeTarget): Promise<void>;
  removeNoticeTarget(workspace: string, name: string): Promise<boolean>;
  /** Keeps notices with their deliveries to the targets of the workspace that want them; known ids stay. Gives how many are new. */
  addNotices(notices: readonly Notice[]): Promise<number>;
  /** Newest first; `after` = only what follows it. */
  notices(workspace: string, limit: number, after?: Pick<Notice, 'at' | 'id'>): Promise<readonly Notice[]>;
  notice(id: string): Promise<Notice | null>;
  /** Last notice of these kinds about the subject, for knowing whether something was already said. */
  lastNotice(workspace: string, kinds: readonly string[], subject: string | null): Promise<Notice | null>;
  deliveries(notice: string): Promise<readonly Delivery[]>;
  dueDeliveries(now: Date, limit: number): Promise<readonly Delivery[]>;
  endDelivery(delivery: Delivery): Promise<void>;

  tokens(): Promise<readonly AccessToken[]>;
  token(id: string): Promise<AccessToken | null>;
  tokenByHash(hash: string): Promise<AccessToken | null>;
  saveToken(token: AccessToken): Promise<void>;
  sessionByHash(hash: string): Promise<Session | null>;
  /** Keeps a session; of those of the same token or invitation only the newest `most` stay. */
  addSession(session: Session, most: number): Promise<void>;
  /** Sign of life; an earlier one than is known changes nothing. */
  touchSession(hash: string, at: Date): Promise<void>;
  /** False when there was none. */
  endSession(hash: string): Promise<boolean>;
  /** Newest first. */
  invitations(workspace: string): Promise<readonly Invitation[]>;
  invitation(id: string): Promise<Invitation | null>;
  invitationByHash(hash: string): Promise<Invitation | null>;
  addInvitation(invitation: Invitation): Promise<void>;
  /** Marks it as used while it is open; true for one of many who try. */
  takeInvitation(id: string, at: Date): Promise<boolean>;
  /** Null when the workspace has none of that id; one that is revoked stays as it is. */
  revokeInvitation(workspace: string, id: string, at: Date): Promise<Invitation | null>;
  addAudit(entry: AuditEntry): Promise<void>;
  /** Newest first; default 100, at most 1,001; `after` = only what follows it. */
  audit(filter: {
    readonly workspace?: string;
    readonly limit?: number;
    readonly after?: Pick<AuditEntry, 'at' | 'id'> | undefined;
  }): Promise<readonly AuditEntry[]>;

  /** Moves that were taken on, by model and statement; `null` = of all models. */
  moves(workspace: string, model: string | null): Promise<readonly TrackedMove[]>;
  saveMove(move: TrackedMove): Promise<void>;
  removeMove(workspace: string, model: string, criterion: string): Promise<boolean>;
  goal(workspace: string, model: string): Promise<Goal | null>;
  /** By model. */
  goals(workspace: string): Promise<readonly Goal[]>;
  saveGoal(goal: Goal): Promise<void>;
  /** Removes moves, targets and invitations of a workspace, for a restore that begins anew. */
  clearPlans(workspace: string): Promise<void>;

  /** Adds to counters. */
  addTallies(tallies: readonly Tally[]): Promise<void>;
  tallies(): Promise<readonly Tally[]>;

  /** Removes ended runs with the invitations that had expired by then, delivered notices, audit entries and sessions that were over before `before`; gives rows removed. */
  prune(before: {
    readonly runs: Date;
    readonly notices: Date;
    readonly audit: Date;
    readonly sessions: Date;
  }): Promise<number>;
  close(): Promise<void>;
}

/** What all workers of one vendor account share, so that together they keep to its limits. */
export interface AccountPace {
  /** Asks for one request; gives milliseconds to wait before it may be sent (0 = now). The turn is taken when 0 is given. */
  take(account: string, perMinute: number | null): Promise<number>;
  /** Nobody may send to the account before `ms` from now (a 429 of the vendor). */
  pause(account: string, ms: number): Promise<void>;
  /** Milliseconds until the pause ends; 0 = none. */
  pausedForMs(account: string): Promise<number>;
}

/** Sealed secrets of all workspaces of a store. The text is opaque here: AES-256-GCM by src/config/secrets.ts. */
export interface SealedSecrets {
  get(workspace: string, name: string): Promise<string | null>;
  put(workspace: string, name: string, sealed: string): Promise<void>;
  remove(workspace: string, name: string): Promise<void>;
  all(): Promise<readonly { readonly workspace: string; readonly name: string; readonly sealed: string }[]>;
}
