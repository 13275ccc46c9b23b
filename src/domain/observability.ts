import { z } from 'zod';

/**
 * Evidence streams: what a signal can depend on. Several may come out of one vendor call.
 * A signal names its needs as `stream` or `stream.field`; a field is a column or, for `events`, an event kind, plus
 * `actor` where the actor of changes is known, and `touch` where every action of a person leaves an event, replies included; for
 * `tickets` also `open_tickets`, where unfinished work is shown too (an export of closed tickets says nothing about open work).
 * For `messages`, `note` where internal notes are recorded. A field `column:value` (`kind:problem`, `actor:automation`,
 * `created_by:machine`) says that records of this value would be there if there were any: only then does none of them mean none.
 */
export const STREAMS = [
  'tickets',
  'events',
  'messages',
  'sla_policies',
  'sla_clocks',
  'calendars',
  'csat',
  'articles',
  'article_views',
  'bot_sessions',
  'automations',
  'agents',
  'organisations',
  'links',
  'integrations',
] as const;
export const StreamName = z.enum(STREAMS);
export type StreamName = z.infer<typeof StreamName>;

const NOT_OBSERVABLE_REASONS = ['plan', 'permission', 'retention', 'stream', 'volume'] as const;
export const NotObservableReason = z.enum(NOT_OBSERVABLE_REASONS);
export type NotObservableReason = z.infer<typeof NotObservableReason>;

/** What one connection can show of one stream. Kept per sync; never inferred from "zero rows". */
export const Observability = z.strictObject({
  connection: z.string(),
  stream: StreamName,
  /**
   * `available`, or why it cannot be seen; `absent` = the vendor (or the file) has no such thing; `failed` = it was never yet read to its
   * end, the next sync goes on.
   */
  status: z.enum(['available', 'plan', 'permission', 'retention', 'absent', 'failed']),
  /** What to do about it, in one sentence for an administrator; for an available stream what stays out of sight in it, null when nothing does. */
  detail: z.string().nullable(),
  /** Fields that this connection can fill. */
  fields: z.array(z.string()),
  /** Earliest instant that the stream covers; null = all history. For configuration: when it was first seen. */
  since: z.date().nullable(),
  /** Server time up to which the stream is complete (the frozen upper bound of the last sync). */
  until: z.date().nullable(),
  rows: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  /** Stored rows / rows the source counts, 0..1; null when the source gives no count. */
  reconciled_share: z.number().nullable(),
});
export type Observability = z.infer<typeof Observability>;

/** A vendor record that could not be read, or a cell of one that was kept (`CELL_REJECTED`): where and why, never its content. */
export const SetAside = z.strictObject({
  stream: z.string(),
  /** Vendor id where one could be read, else the position in the page or file. */
  ref: z.string(),
  code: z.string(),
  /** Path of the offending value, e.g. `created_at`. */
  path: z.string(),
  /** What was expected and what kind of value was found; never the value of a free-text field. */
  detail: z.string(),
});
export type SetAside = z.infer<typeof SetAside>;

/** `times` > 1 = so many records of one kind in one, where they are too many to be kept one by one. */
export type SetAsideTimes = SetAside & { readonly times?: number };
