import { z } from 'zod';
import { StreamName } from '../domain/observability.ts';
import { CODES, type ErrorCode } from '../errors/codes.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Capability, Evidence } from '../kit/connector.ts';

export const StreamOutcome = z.strictObject({
  stream: z.string(),
  title: z.string(),
  status: z.enum(['read', 'plan', 'permission', 'retention', 'absent', 'failed']),
  detail: z.string().nullable(),
  seen: z.int().nonnegative(),
  written: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  /** Cells of records that were kept without them; absent in results of older workers. */
  cells: z.int().nonnegative().optional(),
});
export type StreamOutcome = z.infer<typeof StreamOutcome>;

const UnitCapability = z.strictObject({
  status: z.enum(['available', 'plan', 'permission', 'retention', 'absent']),
  since: z.iso.datetime().nullable(),
  total: z.number().nullable(),
  detail: z.string().nullable(),
  /** Fields that the account cannot fill; absent in results of older workers. */
  lacks: z.partialRecord(StreamName, z.array(z.string())).optional(),
  /** Why streams that it lacks altogether cannot be seen; absent in results of older workers. */
  hidden: z.enum(['plan', 'permission', 'absent']).optional(),
  archivedAfterS: z.int().positive().optional(),
  showsArchived: z.boolean().optional(),
});

const UnitError = z.strictObject({
  code: z.enum(Object.keys(CODES) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  remedy: z.string(),
  where: z.string().nullable(),
  retryAfterMs: z.number().nullable(),
});

/** What one unit of a sync did, as JSON: the jobs of a sync hand it to the one that finishes it. */
export const UnitResult = z.strictObject({
  connection: z.string(),
  unit: z.string(),
  /** Frozen end of what this unit has read, by the server's clock. */
  until: z.iso.datetime(),
  outcomes: z.array(StreamOutcome),
  capabilities: z.record(z.string(), UnitCapability),
  /** First failure; null when every stream of the unit was read to its end or is not open. */
  error: UnitError.nullable(),
  complete: z.boolean(),
  /** The turn ended before the stream did: the same unit goes on from its cursor. */
  more: z.boolean(),
});
export type UnitResult = z.infer<typeof UnitResult>;

export function packCapability(capability: Capability): z.infer<typeof UnitCapability> {
  const { since, total, lacks, hidden, archivedAfterS, showsArchived } =
    capability.status === 'available' ? capability : {};
  return {
    status: capability.status,
    since: since?.toISOString() ?? null,
    total: total ?? null,
    detail: capability.detail ?? null,
    ...(lacks === undefined ? {} : { lacks: lacks as z.infer<typeof UnitCapability>['lacks'] }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(archivedAfterS === undefined ? {} : { archivedAfterS }),
    ...(showsArchived === undefined ? {} : { showsArchived }),
  };
}

export function unpackCapability(packed: z.infer<typeof UnitCapability>): Capability {
  const { status, since, total, detail, lacks, hidden, archivedAfterS, showsArchived } = packed;
  if (status !== 'available') return { status, detail: detail ?? '' };
  return {
    status,
    ...(since === null ? {} : { since: new Date(since) }),
    ...(total === null ? {} : { total }),
    ...(detail === null ? {} : { detail }),
    ...(lacks === undefined ? {} : { lacks: lacks as Evidence }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(archivedAfterS === undefined ? {} : { archivedAfterS }),
    ...(showsArchived === undefined ? {} : { showsArchived }),
  };
}

export function packError(error: PlumblineError): z.infer<typeof UnitError> {
  const { code, message, remedy } = error;
  return { code, message, remedy, where: error.where ?? null, retryAfterMs: error.retryAfterMs ?? null };
}

export function unpackError(packed: z.infer<typeof UnitError>): PlumblineError {
  return new PlumblineError(packed.code, packed.message, packed.remedy, {
    ...(packed.where === null ? {} : { where: packed.where }),
    ...(packed.retryAfterMs === null ? {} : { retryAfterMs: packed.retryAfterMs }),
  });
}
