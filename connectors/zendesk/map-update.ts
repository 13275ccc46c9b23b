import type { SetAside } from '../../src/domain/observability.ts';
import type { Message, TelemetryRecord, TicketEvent } from '../../src/domain/telemetry.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { compareIds, type Step } from './attribute.ts';
import type { Directory } from './directory.ts';
import { addEvents } from './map-change.ts';
import { addMessages } from './map-message.ts';
import { findMergers } from './merge-texts.ts';
import type { EarlyContext } from './pages.ts';
import { ChildEvent, type Update } from './schema-events.ts';

export interface MappedUpdates {
  readonly event: TicketEvent[];
  readonly message: Message[];
  readonly link: TelemetryRecord<'link'>[];
  readonly rejected: SetAside[];
}

/** Room for the children of one update in sequence numbers. */
const SEQ_ROOM = 1000;

/** Events, messages and links of updates in their order. Order inside one second is that of the vendor's ids, which a page never splits. Pure. */
export function mapSteps(steps: readonly Step[], directory: Directory, context: EarlyContext): MappedUpdates {
  const mapped: MappedUpdates = { event: [], message: [], link: [], rejected: [] };
  for (const step of steps) {
    addEvents(mapped.event, step, directory, context);
    addMessages(mapped, step, directory, context);
  }
  return mapped;
}

/** Updates with their readable children, each once, in the order in which they happened; children that cannot be read go to `rejected`. */
export function orderSteps(updates: readonly Update[], rejected: SetAside[]): Step[] {
  const sorted = [...eachOnce(updates)].sort((a, b) => a.at.getTime() - b.at.getTime() || compareIds(a.id, b.id));
  /** Updates so far of each ticket within the instant that is looked at. */
  const rank = new Map<string, number>();
  let instant = Number.NaN;
  const steps = sorted.map((update) => {
    if (update.at.getTime() !== instant) rank.clear();
    instant = update.at.getTime();
    const seq = rank.get(update.ticketId) ?? 0;
    rank.set(update.ticketId, seq + 1);
    const children = parseEach(ChildEvent, update.children, 'ticket-events', (_item, index) => `${update.id}/${index}`);
    rejected.push(...children.rejected);
    const opening = children.kept.some((child) => child.event_type === 'Create' || child.type === 'Create');
    return { update, children: children.kept, opening, seq: seq * SEQ_ROOM, merged: NO_TICKETS };
  });
  const mergedBy = findMergers(steps);
  if (mergedBy === null) return steps;
  return steps.map((step) => ({ ...step, merged: mergedBy(step.update.updaterId, step.update.at) }));
}

const NO_TICKETS: readonly string[] = [];

/** The last of each update, at the place of the first. An id is one update unless two tickets have it. */
function eachOnce(updates: readonly Update[]): Iterable<Update> {
  if (new Set(updates.map((update) => update.id)).size === updates.length) return updates;
  return new Map(updates.map((update) => [`${update.ticketId} ${update.id}`, update])).values();
}
