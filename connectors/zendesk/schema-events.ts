import { z } from 'zod';
import { readAs } from '../../src/kit/quick-schema.ts';
import {
  envelope,
  Instant,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeNumber,
  MaybeText,
  maybe,
  orElse,
  type Row,
  VendorId,
  Whole,
  withRow,
} from '../../src/kit/vendor-schema.ts';
import { type FieldChange, fieldChanges } from './changes.ts';
import { Via } from './schema-tickets.ts';

/** A place for what `ChildEvent` adds: an object that grows once it is made costs more than all its cells. */
function Later<T>() {
  return readAs(
    z
      .unknown()
      .optional()
      .transform((_value): T => null as T),
    () => null as Awaited<T>,
  );
}

/**
 * One thing inside an update. The export writes changes as `{status: 'open', previous_value: 'new', event_type: 'Change'}`, audits as
 * `{field_name: 'status', value: 'open', previous_value: 'new', type: 'Change'}`; both are read.
 */
const KnownParts = z.object({
  id: MaybeId,
  type: MaybeText,
  event_type: MaybeText,
  via: Via,
  via_reference_id: MaybeId,
  author_id: MaybeId,
  public: orElse(MaybeBool, 'unsaid'),
  comment_present: MaybeBool,
  comment_public: MaybeBool,
  recipients: maybe(z.array(z.unknown())),
  macro_id: MaybeId,
  kind: Later<string | null>(),
  row: Later<Row>(),
  changes: Later<readonly FieldChange[]>(),
});

/** `row` is the event as the vendor wrote it: its `changes` are told by keys that only the account knows. */
export const ChildEvent = withRow(KnownParts, (known, row) => {
  known.kind = known.event_type ?? known.type;
  known.row = row;
  known.changes = fieldChanges(known.kind, row);
  return known;
});
export type ChildEvent = Readonly<z.infer<typeof ChildEvent>>;

/** Whether the requester sees a comment; null where the vendor does not say. */
export function shownTo(child: ChildEvent): boolean | null {
  return child.public === 'unsaid' ? child.comment_public : child.public;
}

export interface Update {
  readonly id: string;
  readonly ticketId: string;
  readonly at: Date;
  readonly updaterId: string | null;
  readonly via: Via;
  readonly viaReferenceId: string | null;
  readonly children: readonly unknown[];
}

/** Row of `/incremental/ticket_events`. */
export const ExportedUpdate = z
  .object({
    id: VendorId,
    ticket_id: VendorId,
    timestamp: MaybeInstant,
    created_at: MaybeInstant,
    updater_id: MaybeId,
    author_id: MaybeId,
    via: Via,
    via_reference_id: MaybeId,
    child_events: z.array(z.unknown()).nullish(),
  })
  .refine((row) => row.created_at !== null || row.timestamp !== null, {
    message: 'created_at or timestamp',
    path: ['created_at'],
  })
  .transform(
    (row): Update => ({
      id: row.id,
      ticketId: row.ticket_id,
      // One of them is there.
      at: (row.created_at ?? row.timestamp) as Date,
      updaterId: row.updater_id ?? row.author_id,
      via: row.via,
      viaReferenceId: row.via_reference_id,
      children: row.child_events ?? [],
    }),
  );

/** Row of `/tickets/{id}/audits`. */
export const Audit = z
  .object({
    id: VendorId,
    ticket_id: VendorId,
    created_at: Instant,
    author_id: MaybeId,
    via: Via,
    events: z.array(z.unknown()),
  })
  .transform(
    (row): Update => ({
      id: row.id,
      ticketId: row.ticket_id,
      at: row.created_at,
      updaterId: row.author_id,
      via: row.via,
      viaReferenceId: null,
      children: row.events,
    }),
  );

/** Envelope of the time-based exports. Some of them leave `end_of_stream` out. */
export const exportPage = (key: string) =>
  envelope(key, {
    end_time: z.int().nullish(),
    next_page: z.string().nullish(),
    end_of_stream: z.boolean().nullish(),
  });

const Sla = z
  .looseObject({
    target: MaybeNumber,
    target_in_seconds: MaybeNumber,
    business_hours: MaybeBool,
    policy: z.looseObject({ id: MaybeId }).nullish(),
  })
  .nullish();

/** Row of `/incremental/ticket_metric_events`. */
export const MetricEvent = z.object({
  id: VendorId,
  ticket_id: VendorId,
  metric: z.string(),
  instance_id: Whole,
  type: z.string(),
  time: Instant,
  deleted: MaybeBool,
  sla: Sla,
  group_sla: Sla,
});
export type MetricEvent = z.infer<typeof MetricEvent>;
