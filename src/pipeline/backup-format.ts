import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Answer } from '../domain/assessment.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { ConnectionRole } from '../domain/connection-role.ts';
import { CustomerPair } from '../domain/customer-pair.ts';
import { Invitation } from '../domain/invitation.ts';
import type { NotApplicable } from '../domain/not-applicable.ts';
import { Observability, SetAside } from '../domain/observability.ts';
import { NoticeTarget, Schedule, WorkspaceName } from '../domain/operations.ts';
import { Resolution } from '../domain/resolution.ts';
import { StoredSnapshot } from '../domain/snapshot.ts';
import { TABLE_NAMES, TABLES } from '../domain/telemetry.ts';
import { Goal, TrackedMove } from '../domain/tracked-move.ts';
import type { ConnectionRow, ModelDocument, Publication, Remembered } from '../store/ports.ts';

/** Version of the layout; a backup of a higher one is not read. Version 1 had no signature, 2 no documents of models, 4 no pairs of customers, 5 no moves and invitations. */
export const BACKUP_FORMAT = 6;
export const MANIFEST = 'manifest.json';
/** Folder of the parquet files, one a table. */
export const TELEMETRY_FOLDER = 'telemetry';

/** Folders inside of a backup. */
export const BACKUP_FOLDERS = [TELEMETRY_FOLDER, 'ledger'] as const;
const MOST_FILES = 100;

/** Whether a backup of this or an older version can have a file of that name. */
function isBackupPath(path: string): boolean {
  return Object.hasOwn(LINES, path) || TABLE_NAMES.some((table) => path === `${TELEMETRY_FOLDER}/${table}.parquet`);
}

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Instant = z.iso.datetime().transform((text) => new Date(text));

export const BackupFile = z.strictObject({
  /** Relative to the folder, with `/`: one of the names that a backup knows, so that none leads anywhere else. */
  path: z.string().refine((path) => isBackupPath(path), 'names a file that no backup has'),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  sha256: Sha256,
});
export type BackupFile = z.infer<typeof BackupFile>;

export const Manifest = z.strictObject({
  format: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(BACKUP_FORMAT)]),
  plumbline: z.string(),
  workspace: WorkspaceName,
  created_at: z.iso.datetime(),
  /** Digest of the telemetry in the files, as the store makes it. */
  telemetry_digest: Sha256,
  /** Hash of the columns that the digest runs over; another version may have others. */
  columns: Sha256,
  /** Tells whether a pseudonym key is the one that hashed the requesters; null = there was none at hand. */
  pseudonym_key: z.string().nullable(),
  /** False when others wrote all the time: then cursors are older than some records, which are read again. */
  settled: z.boolean(),
  files: z
    .array(BackupFile)
    .max(MOST_FILES)
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, 'names a file twice'),
  /** SHA-256 of the canonical JSON of all other fields but the signature. */
  digest: Sha256,
  /** Over the digest, with a key derived from the sealing key of the installation; null = no key was at hand. */
  signature: z
    .strictObject({ key: z.string().max(64), mac: Sha256 })
    .nullable()
    .default(null),
});
export type Manifest = z.infer<typeof Manifest>;

/** Hash over names and types of all telemetry columns of this version. */
export function columnsHash(): string {
  const columns = TABLE_NAMES.map((name) => [
    name,
    Object.entries(TABLES[name].columns).map(([column, { type }]) => [column, type]),
  ]);
  return sha256(canonicalJson(columns));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function manifestDigest(manifest: Omit<Manifest, 'digest' | 'signature'>): string {
  return sha256(canonicalJson(manifest));
}

const Connection = z.strictObject({
  name: z.string(),
  vendor: z.string(),
  // Backups made before there were roles hold desks only.
  role: ConnectionRole.default('desk'),
  settings: z.record(z.string(), z.unknown()),
  secret: z.string(),
  allow_private: z.boolean(),
  status: z.enum(['connected', 'disconnected']),
  created_at: Instant,
}) satisfies z.ZodType<ConnectionRow>;

const StatedNotApplicable = z.strictObject({
  model: z.string(),
  criterion: z.string(),
  reason: z.string(),
  by: z.string(),
  at: Instant,
}) satisfies z.ZodType<NotApplicable>;

const PublicationLine = z.strictObject({
  run: z.string(),
  digest: z.string(),
  model: z.string(),
  published_at: Instant,
}) satisfies z.ZodType<Publication>;

const ModelLine = z
  .strictObject({ hash: Sha256, text: z.string() })
  .refine(({ hash, text }) => sha256(text) === hash, 'has another hash') satisfies z.ZodType<ModelDocument>;

const RememberedLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('erased'), key_hash: Sha256 }),
  z.strictObject({ kind: z.literal('retention'), before: Instant }),
  z.strictObject({
    kind: z.literal('expired'),
    connection: z.string(),
    ticket_id: z.string(),
    updated_at: Instant.nullable(),
  }),
  SetAside.extend({ kind: z.literal('set_aside'), connection: z.string(), times: z.int().nonnegative() }),
]) satisfies z.ZodType<Remembered>;

/** Whom somebody has asked; what the link is known by stays at home, so that no copy of a backup opens one. */
export const KeptInvitation = Invitation.omit({ hash: true });
export type KeptInvitation = z.infer<typeof KeptInvitation>;

/** Files of one JSON value a line, and the schema of a line. */
export const LINES = {
  'cursors.jsonl': z.strictObject({ connection: z.string(), stream: z.string(), checkpoint: z.string() }),
  'remembered.jsonl': RememberedLine,
  'observability.jsonl': Observability.extend({ since: Instant.nullable(), until: Instant.nullable() }),
  'ledger/connections.jsonl': Connection,
  'ledger/customer_pairs.jsonl': CustomerPair,
  'ledger/answers.jsonl': Answer.extend({ answered_at: Instant, expires_at: Instant }),
  'ledger/not_applicable.jsonl': StatedNotApplicable,
  'ledger/resolutions.jsonl': Resolution.extend({
    at: Instant,
    expires_at: Instant.nullable(),
    ended_at: Instant.nullable(),
  }),
  'ledger/snapshots.jsonl': z.strictObject({ created_at: Instant, snapshot: StoredSnapshot }),
  'ledger/publications.jsonl': PublicationLine,
  'ledger/models.jsonl': ModelLine,
  'secrets.jsonl': z.strictObject({ name: z.string(), sealed: z.string() }),
  'schedules.jsonl': Schedule.extend({ next_at: Instant, created_at: Instant }),
  'notice_targets.jsonl': NoticeTarget.extend({ created_at: Instant }),
  'moves.jsonl': TrackedMove.extend({ updated_at: Instant }),
  'goals.jsonl': Goal.extend({ updated_at: Instant }),
  'invitations.jsonl': KeptInvitation.extend({
    created_at: Instant,
    expires_at: Instant,
    used_at: Instant.nullable(),
    revoked_at: Instant.nullable(),
  }),
} as const;

export type LinesName = keyof typeof LINES;
export type LineOf<N extends LinesName> = z.output<(typeof LINES)[N]>;
const LINES_NAMES = Object.keys(LINES) as LinesName[];

/** Format since which every backup has the file; it is not looked for in an older one. */
const SINCE: Partial<Record<LinesName, Manifest['format']>> = {
  'ledger/models.jsonl': 3,
  'ledger/resolutions.jsonl': 4,
  'ledger/customer_pairs.jsonl': 5,
  'moves.jsonl': 6,
  'goals.jsonl': 6,
  'invitations.jsonl': 6,
};

/** Files of lines that a backup of the format has. */
export function linesOfFormat(format: Manifest['format']): LinesName[] {
  return LINES_NAMES.filter((name) => format >= (SINCE[name] ?? 1));
}
