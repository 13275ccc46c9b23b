import { z } from 'zod';
import {
  envelope,
  Instant,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeNumber,
  MaybeText,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

const End = z.looseObject({}).nullish();

/** How something came about. The event export writes it as a word, everything else as an object. */
export const Via = z
  .union([
    z.string(),
    z.looseObject({
      channel: z.union([z.string(), z.number()]).nullish(),
      source: z.looseObject({ rel: z.string().nullish(), from: End, to: End }).nullish(),
    }),
  ])
  .nullish()
  .transform((via) => {
    if (via === null || via === undefined) return NO_VIA;
    if (typeof via === 'string') return { ...NO_VIA, channel: via };
    return {
      channel: via.channel === null || via.channel === undefined ? '' : String(via.channel),
      rel: via.source?.rel?.toLowerCase() ?? null,
      from: (via.source?.from ?? {}) as Readonly<Record<string, unknown>>,
      to: (via.source?.to ?? {}) as Readonly<Record<string, unknown>>,
    };
  });
export type Via = z.infer<typeof Via>;

interface ViaShape {
  channel: string;
  rel: string | null;
  from: Readonly<Record<string, unknown>>;
  to: Readonly<Record<string, unknown>>;
}
export const NO_VIA: ViaShape = { channel: '', rel: null, from: {}, to: {} };

const Minutes = z
  .looseObject({ calendar: MaybeInt, business: MaybeInt })
  .nullish()
  .transform((pair) => ({ calendar: pair?.calendar ?? null, business: pair?.business ?? null }));

/** Totals that the vendor computes per ticket (`metric_sets` sideload). */
export const MetricSet = z.object({
  ticket_id: VendorId,
  group_stations: MaybeInt,
  assignee_stations: MaybeInt,
  reopens: MaybeInt,
  replies: MaybeInt,
  solved_at: MaybeInstant,
  reply_time_in_minutes: Minutes,
  first_resolution_time_in_minutes: Minutes,
  full_resolution_time_in_minutes: Minutes,
  requester_wait_time_in_minutes: Minutes,
  agent_wait_time_in_minutes: Minutes,
  on_hold_time_in_minutes: Minutes,
});
export type MetricSet = z.infer<typeof MetricSet>;

/** Ticket of the incremental export: only what a canonical column needs; subject and description are not read. */
export const ExportedTicket = z.object({
  id: VendorId,
  created_at: Instant,
  updated_at: MaybeInstant,
  generated_timestamp: MaybeNumber,
  status: MaybeText,
  custom_status_id: MaybeId,
  priority: MaybeText,
  type: MaybeText,
  via: Via,
  ticket_form_id: MaybeId,
  group_id: MaybeId,
  assignee_id: MaybeId,
  requester_id: MaybeId,
  submitter_id: MaybeId,
  organization_id: MaybeId,
  brand_id: MaybeId,
  problem_id: MaybeId,
  via_followup_source_id: MaybeId,
  tags: z.array(z.string()).nullish(),
  custom_fields: z.array(z.looseObject({ id: VendorId, value: z.unknown().optional() })).nullish(),
  from_messaging_channel: z.boolean().nullish(),
});
export type ExportedTicket = z.infer<typeof ExportedTicket>;

export const TicketsPage = envelope('tickets', {
  metric_sets: z.array(z.unknown()).nullish(),
  users: z.array(z.unknown()).nullish(),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
});

/** User beside the tickets. Name and address are looked at to recognise programs and dropped. */
export const Sideuser = z.object({ id: VendorId, name: MaybeText, email: MaybeText });
