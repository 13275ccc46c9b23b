import { z } from 'zod';
import { PersonId } from './free-text.ts';
import { WorkspaceName } from './operations.ts';

/** What people may say of a move. That it is done is not among it: its signals say so. */
const MOVE_STATES = ['planned', 'started', 'dropped'] as const;

/** A move that somebody has taken on: bringing one statement of a model into place. */
export const TrackedMove = z.strictObject({
  workspace: WorkspaceName,
  model: z.string(),
  criterion: z.string(),
  /** A seat, never an address; null = nobody yet. */
  owner: PersonId.nullable(),
  /** Day by which it is to be done. */
  due: z.iso.date().nullable(),
  state: z.enum(MOVE_STATES),
  updated_at: z.date(),
  /** Id of the token. */
  updated_by: z.string(),
});
export type TrackedMove = z.infer<typeof TrackedMove>;

/** The stage that a workspace wants to reach by a model. */
export const Goal = z.strictObject({
  workspace: WorkspaceName,
  model: z.string(),
  stage: z.int().positive(),
  due: z.iso.date().nullable(),
  updated_at: z.date(),
  updated_by: z.string(),
});
export type Goal = z.infer<typeof Goal>;

/** A tracked move as records see it at the latest snapshot. */
export const MoveProgress = TrackedMove.omit({ workspace: true }).extend({
  title: z.string(),
  /** `unknown` = no signal that would verify it can be read. */
  done: z.enum(['yes', 'no', 'unknown']),
  /** Signals that verify it; null = it could not be read. */
  verified_by: z.array(z.strictObject({ signal: z.string(), passes: z.boolean().nullable() })),
});
export type MoveProgress = z.infer<typeof MoveProgress>;
