import { z } from 'zod';
import { REFUSED, readAs } from '../../src/kit/quick-schema.ts';
import { remembered } from '../../src/kit/remembered.ts';
import {
  AnyRow,
  envelope,
  Instant,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeText,
  type Row,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** How something came about. */
export interface Via {
  readonly channel: string;
  readonly rel: string | null;
  readonly from: Row;
  readonly to: Row;
}
export const NO_VIA: Via = { channel: '', rel: null, from: {}, to: {} };
const viaOf = remembered((channel): Via => ({ ...NO_VIA, channel }));

/** The event export writes it as a word, everything else as an object. */
export const Via = readAs(
  z
    .union([
      z.string(),
      z.object({
        channel: MaybeText,
        source: z.object({ rel: z.string().nullish(), from: AnyRow.nullish(), to: AnyRow.nullish() }).nullish(),
      }),
    ])
    .nullish()
    .transform((via): Via => {
      if (typeof via === 'string') return viaOf(via);
      const channel = via?.channel ?? '';
      const source = via?.source ?? null;
      if (source === null) return viaOf(channel);
      const { rel, from, to } = source;
      return { channel, rel: rel?.toLowerCase() ?? null, from: from ?? NO_VIA.from, to: to ?? NO_VIA.to };
    }),
  (via) => (typeof via === 'string' ? viaOf(via) : REFUSED),
);

const Minutes = z
  .object({ calendar: MaybeInt, business: MaybeInt })
  .nullish()
  .transform((pair) => pair ?? { calendar: null, business: null });

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
  /** Unix seconds. */
  generated_timestamp: MaybeInstant.transform((at) => (at === null ? null : at.getTime() / 1000)),
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
  custom_fields: z.array(z.object({ id: VendorId, value: z.unknown().optional() })).nullish(),
  from_messaging_channel: MaybeBool,
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
