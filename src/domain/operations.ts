import { z } from 'zod';

/**
 * What runs a fleet of desks: schedules, the runs that they cause, notices of what changed, and who may do what.
 * Instants are UTC; `slot` is the instant that a schedule means, `due_at` the one (with jitter) at which its run may start.
 */

export const WorkspaceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'use lower-case letters, digits, - and _, at most 63');
export const RUN_KINDS = ['snapshot', 'sync', 'maintain'] as const;
export const RunKind = z.enum(RUN_KINDS);
export type RunKind = z.infer<typeof RunKind>;

/** A rule of time for one workspace. Either `every_s` (a fixed grid from the epoch) or `cron` (wall clock of `tz`). */
export const Schedule = z.strictObject({
  workspace: WorkspaceName,
  name: WorkspaceName,
  kind: RunKind,
  every_s: z.int().positive().nullable(),
  cron: z.string().nullable(),
  /** IANA time zone of `cron`. */
  tz: z.string(),
  /** Runs of this schedule start up to this many seconds after their slot; the place in it is fixed by a hash of the names. */
  jitter_s: z.int().nonnegative(),
  /** Model to place on; null = the configured one. */
  model: z.string().nullable(),
  /** Models that judge; null = all that are switched on. */
  models: z.array(z.string()).min(1).nullable().default(null),
  /** Behaviour window, days; null = the configured one. */
  window_days: z.int().positive().nullable(),
  paused: z.boolean(),
  /** Next slot that has not been fired. */
  next_at: z.date(),
  created_at: z.date(),
  created_by: z.string(),
});
export type Schedule = z.infer<typeof Schedule>;

export const RUN_STATUSES = ['due', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const RunStatus = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof RunStatus>;

/** What a run is asked to do; ids and settings only, never a secret. */
export const RunParams = z.strictObject({
  /** Model that the snapshot is shown by; null = the configured one. */
  model: z.string().nullable().default(null),
  /** Models that judge; null = all that are switched on. */
  models: z.array(z.string()).min(1).nullable().default(null),
  window_days: z.int().positive().nullable().default(null),
  /** Snapshot at this instant of the past (backfill); null = at the slot, or at the end of the data where that is earlier. */
  as_of: z.iso.datetime().nullable().default(null),
  /** Sync before measuring. */
  sync: z.boolean().default(true),
  /** Connections to sync; null = all that are connected. */
  connections: z.array(z.string()).nullable().default(null),
  /** Slots that were missed while nobody ran and are caught up by this one run. */
  missed: z.int().nonnegative().default(0),
});
export type RunParams = z.infer<typeof RunParams>;

export const RunFailure = z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() });
export type RunFailure = z.infer<typeof RunFailure>;

export const RunProgress = z.strictObject({ step: z.string(), done: z.int(), total: z.int().nullable() });
export type RunProgress = z.infer<typeof RunProgress>;

/** One thing to do, in the journal before it is in any queue. Its id is made from what it does, so asking twice is asking once. */
export const Run = z.strictObject({
  id: z.string(),
  workspace: WorkspaceName,
  kind: RunKind,
  /** Name of the schedule that caused it; null = asked for by hand. */
  schedule: z.string().nullable(),
  slot: z.date(),
  due_at: z.date(),
  params: RunParams,
  status: RunStatus,
  /** Times that work on it began. */
  attempts: z.int().nonnegative(),
  progress: RunProgress.nullable(),
  /** Digest of the published snapshot; null for other kinds and until then. */
  digest: z.string().nullable(),
  failure: RunFailure.nullable(),
  requested_by: z.string(),
  created_at: z.date(),
  started_at: z.date().nullable(),
  ended_at: z.date().nullable(),
  /** Last sign of life of whoever has it. */
  seen_at: z.date().nullable(),
});
export type Run = z.infer<typeof Run>;
export type NewRun = Pick<
  Run,
  'id' | 'workspace' | 'kind' | 'schedule' | 'slot' | 'due_at' | 'params' | 'requested_by' | 'created_at'
>;

export const NOTICE_KINDS = [
  'stage_changed',
  'assured_stage_changed',
  'conflict_found',
  'verdict_changed',
  'sync_broken',
  'sync_restored',
  'data_stale',
  'run_failed',
  'answers_expiring',
] as const;
export const NoticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Something that somebody should hear of, once. */
export const Notice = z.strictObject({
  /** Made from what it says: the same change found twice is one notice. Sent along so that a receiver can drop a repeat. */
  id: z.string(),
  workspace: WorkspaceName,
  kind: NoticeKind,
  /** Connection, criterion, model or schedule that it is about; null = the whole workspace. */
  subject: z.string().nullable(),
  at: z.date(),
  run: z.string().nullable(),
  digest: z.string().nullable(),
  /** One line for a person: no ticket text, no names. */
  text: z.string(),
  /** Figures behind it, e.g. `{from: 2, to: 3}`. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Notice = z.infer<typeof Notice>;

export const CHANNEL_KINDS = ['webhook', 'slack', 'email'] as const;

/** Where notices of a workspace go. */
export const NoticeTarget = z.strictObject({
  workspace: WorkspaceName,
  name: WorkspaceName,
  channel: z.enum(CHANNEL_KINDS),
  /** Parsed by the channel's own schema; no secret in it. */
  settings: z.record(z.string(), z.unknown()),
  /** Reference as of a connection: `env:NAME`, `file:PATH`, `sealed:NAME` or `none`. */
  secret: z.string(),
  allow_private: z.boolean(),
  /** Kinds to send; null = all. */
  kinds: z.array(NoticeKind).nullable(),
  created_at: z.date(),
});
export type NoticeTarget = z.infer<typeof NoticeTarget>;

const DELIVERY_STATUSES = ['due', 'delivered', 'failed'] as const;
/** One notice on its way to one target. */
export const Delivery = z.strictObject({
  notice: z.string(),
  workspace: WorkspaceName,
  target: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.int().nonnegative(),
  next_at: z.date(),
  failure: RunFailure.nullable(),
  delivered_at: z.date().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Each role may do what those before it may. */
export const ROLES = ['viewer', 'assessor', 'operator', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const AccessToken = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** SHA-256 of the token (256 random bits), hex; the token itself is shown once and never kept. */
  hash: z.string(),
  role: Role,
  /** Workspaces that it opens; null = all. */
  workspaces: z.array(WorkspaceName).nullable(),
  created_at: z.date(),
  expires_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
  /** Id of the token that made it, which it neither outlives nor outranks; null = made on the command line. */
  made_by: z.string().nullable(),
});
export type AccessToken = z.infer<typeof AccessToken>;

/** One write by somebody. */
export const AuditEntry = z.strictObject({
  id: z.string(),
  at: z.date(),
  /** `token:<id>` or `cli`. */
  actor: z.string(),
  action: z.string(),
  workspace: z.string().nullable(),
  subject: z.string().nullable(),
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A counter of the fleet, added to by every process. Labels as in OpenMetrics. */
export const Tally = z.strictObject({
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  value: z.number(),
});
export type Tally = z.infer<typeof Tally>;
