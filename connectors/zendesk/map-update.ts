import type { SetAside } from '../../src/domain/observability.ts';
import type { Message, TelemetryRecord, TicketEvent } from '../../src/domain/telemetry.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { compareIds, type Step } from './attribute.ts';
import type { Directory } from './directory.ts';
import { toEvents } from './map-change.ts';
import { toMessages } from './map-message.ts';
import { findMergers } from './merge-texts.ts';
import type { EarlyContext } from './pages.ts';
import { quickChild } from './quick-read.ts';
import { ChildEvent, type Update } from './schema-events.ts';

export interface MappedUpdates {
  readonly event: TicketEvent[];
  readonly message: Message[];
  readonly link: TelemetryRecord<'link'>[];
  readonly rejected: SetAside[];
}

/** Room for the children of one update in sequence numbers. */
const SEQ_ROOM = 1000;

/**
 * Events, messages and links of a page of updates. Order inside one second is that of the vendor's ids, which a page never splits.
 * Children that cannot be read are set aside one by one. Pure.
 */
export function mapUpdates(updates: readonly Update[], directory: Directory, context: EarlyContext): MappedUpdates {
  const rejected: SetAside[] = [];
  const mapped = mapSteps(orderSteps(updates, rejected), directory, context);
  return { ...mapped, rejected: [...rejected, ...mapped.rejected] };
}

/** `mapUpdates` for updates that are in order already. */
export function mapSteps(steps: readonly Step[], directory: Directory, context: EarlyContext): MappedUpdates {
  const mapped: MappedUpdates = { event: [], message: [], link: [], rejected: [] };
  for (const step of steps) {
    mapped.event.push(...toEvents(step, directory, context));
    const { messages, links, rejected } = toMessages(step, directory, context);
    mapped.message.push(...messages);
    mapped.link.push(...links);
    mapped.rejected.push(...rejected);
  }
  return mapped;
}

/** Updates with their readable children, each once, in the order in which they happened; children that cannot be read go to `rejected`. */
export function orderSteps(updates: readonly Update[], rejected: SetAside[]): Step[] {
  const rank = new Map<string, number>();
  const each = new Map(updates.map((update) => [`${update.ticketId} ${update.id}`, update]));
  const sorted = [...each.values()].sort((a, b) => a.at.getTime() - b.at.getTime() || compareIds(a.id, b.id));
  const steps = sorted.map((update) => {
    const place = `${update.ticketId} ${update.at.getTime()}`;
    const seq = rank.get(place) ?? 0;
    rank.set(place, seq + 1);
    const children = parseEach(
      ChildEvent,
      update.children,
      'ticket-events',
      (_item, index) => `${update.id}/${index}`,
      quickChild,
    );
    rejected.push(...children.rejected);
    const opening = children.kept.some((child) => child.event_type === 'Create' || child.type === 'Create');
    return { update, children: children.kept, opening, seq: seq * SEQ_ROOM };
  });
  const mergers = findMergers(steps);
  return steps.map((step) => ({ ...step, merged: mergers.around(step.update.updaterId, step.update.at) }));
}
