import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { parseEach, setAside } from '../../src/kit/parse-each.ts';
import { API, type Context, firstSecond } from './pages.ts';
import { MetricEvent } from './schema-events.ts';
import { addStep, ClockStep, clockKeyOf, foldClock, isSettled, readClockKey, toStep } from './sla-clock.ts';
import { timeExport } from './time-export.ts';

const State = z.strictObject({
  /** Second from which the next page is asked. */
  at: z.int(),
  /** Steps of every clock that may still move. */
  open: z.record(z.string(), z.array(ClockStep)),
  /** A clock was dropped before: an event without a beginning may belong to it. */
  dropped: z.boolean(),
  /** Metrics on which a target was ever set; clocks of others promise nothing and their past does not matter. */
  promised: z.array(z.string()),
});

/** A finished clock is carried this long, so that late and withdrawn events still find it. */
const HOLD_S = 3 * 86_400;
/** A clock without any event for this long is no longer carried, finished or not (deleted tickets never finish). */
const IDLE_S = 400 * 86_400;
/** Metric events can be written after the moment they tell of: each sync looks back this far. */
const OVERLAP_S = 3600;
/** Calls for the past of clocks that are no longer carried, a page. */
const MAX_LOOKUPS = 100;

type Clocks = Map<string, ClockStep[]>;

/**
 * SLA clocks from metric events. The store replaces whole rows, so a row is always folded from all steps of its clock: clocks that may
 * still move travel in the checkpoint with their steps, finished ones for three more days. Steps are keyed by event id, which makes
 * repeats, late arrivals and withdrawn breaches harmless. An event for a clock that is no longer carried makes the ticket's own metric
 * events be read again; where the vendor does not give them the event is set aside rather than the row overwritten with less.
 */
export async function* readClocks(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const first = firstSecond(context.settings);
  const codec = checkpointCodec('sla-clocks', State, { at: first, open: {}, dropped: false, promised: [] });
  const state = codec.read(checkpoint);
  const clocks: Clocks = new Map(Object.entries(state.open));
  let dropped = state.dropped;
  const promised = new Set(state.promised);
  const start = checkpoint === null ? first : Math.max(first, state.at - OVERLAP_S);
  for await (const page of timeExport(context, '/incremental/ticket_metric_events', 'ticket_metric_events', start)) {
    const { kept, rejected } = parseEach(MetricEvent, page.items, 'sla-clocks');
    const touched = new Set<string>();
    for (const event of kept) {
      const key = take(clocks, event, context.until);
      if (key === null) continue;
      touched.add(key);
      if (promises(event)) promised.add(event.metric);
    }
    if (dropped) rejected.push(...(await recall(context, clocks, touched, promised)));
    const sla_clock = [...touched].flatMap((key) => foldClock(key, clocks.get(key) ?? []) ?? []);
    dropped = forget(clocks, page.resume) || dropped;
    const at = Math.max(page.resume, checkpoint === null ? 0 : state.at);
    yield {
      records: { sla_clock },
      rejected,
      checkpoint: codec.write({ at, open: Object.fromEntries(clocks), dropped, promised: [...promised].sort() }),
      seen: page.items.length,
    };
  }
}

/** Adds an event to its clock and gives the clock's key; null for what is no step of one, or belongs to the next sync. */
function take(clocks: Clocks, event: MetricEvent, until: Date): string | null {
  const key = clockKeyOf(event);
  if (key === null || event.time > until) return null;
  clocks.set(key, addStep(clocks.get(key) ?? [], toStep(event)));
  return key;
}

function promises(event: MetricEvent): boolean {
  return event.type === 'breach' || event.type === 'apply_sla' || event.type === 'apply_group_sla';
}

/** Clocks that ended long enough ago leave the checkpoint, so that it grows with open work, not with history. True when one left. */
function forget(clocks: Clocks, now: number): boolean {
  let some = false;
  for (const [key, steps] of clocks) {
    const last = steps[steps.length - 1]?.[1] ?? 0;
    if (last >= now - (isSettled(steps) ? HOLD_S : IDLE_S)) continue;
    clocks.delete(key);
    some = true;
  }
  return some;
}

/** Clocks touched without a known beginning: their ticket is asked for all its metric events. */
async function recall(
  context: Context,
  clocks: Clocks,
  touched: Set<string>,
  promised: ReadonlySet<string>,
): Promise<SetAside[]> {
  const headless = [...touched].filter(
    (key) => promised.has(readClockKey(key).metric) && !(clocks.get(key) ?? []).some(([, , kind]) => kind === 'a'),
  );
  const tickets = [...new Set(headless.map((key) => readClockKey(key).ticketId))];
  const known = new Map<string, Clocks>();
  for (const ticketId of tickets.slice(0, MAX_LOOKUPS)) known.set(ticketId, await metricEventsOf(context, ticketId));
  const rejected: SetAside[] = [];
  for (const key of headless) {
    const past = known.get(readClockKey(key).ticketId)?.get(key);
    if (past !== undefined) {
      clocks.set(
        key,
        [...past, ...(clocks.get(key) ?? [])].reduce<ClockStep[]>((all, step) => addStep(all, step), []),
      );
      continue;
    }
    touched.delete(key);
    clocks.delete(key);
    const detail = 'expected the activation of this clock, found only a later event';
    rejected.push(setAside('sla-clocks', key, 'ticket_metric_events', detail));
  }
  return rejected;
}

const WithEvents = z.looseObject({
  ticket: z.looseObject({
    metric_events: z.union([z.array(z.unknown()), z.record(z.string(), z.array(z.unknown()))]).nullish(),
  }),
  metric_events: z.array(z.unknown()).nullish(),
});

async function metricEventsOf(context: Context, ticketId: string): Promise<Clocks> {
  const clocks: Clocks = new Map();
  try {
    const { data } = await context.http.getJson({
      path: `${API}/tickets/${encodeURIComponent(ticketId)}`,
      query: { include: 'metric_events' },
      schema: WithEvents,
      signal: context.signal,
    });
    const listed = data.ticket.metric_events ?? data.metric_events ?? [];
    const items = Array.isArray(listed) ? listed : Object.values(listed).flat();
    for (const event of parseEach(MetricEvent, items, 'sla-clocks').kept) take(clocks, event, context.until);
  } catch (error) {
    // A ticket that is gone, or an account without this sideload, leaves the clock unknown; the caller says so.
    if (!isRefusal(error, [400, 403, 404, 422])) throw error;
  }
  return clocks;
}
