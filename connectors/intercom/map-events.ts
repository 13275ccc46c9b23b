import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { becomesEscalated, saysEscalation } from '../../src/kit/recognise-escalation.ts';
import { type Account, holdsCode } from './account.ts';
import { actorOf, authorOf } from './map-parts.ts';
import type { Part } from './schema.ts';
import { type Status, WORDS } from './words.ts';

type Event = TelemetryRecord<'event'>;
type Change = Pick<Event, 'kind'> & {
  readonly field?: string;
  readonly from: string | null;
  readonly to: string | null;
};

/** What a case began with and is now. */
export interface Ends {
  readonly id: string;
  readonly createdAt: Date;
  /** Null = the vendor does not say how it began. */
  readonly begunAs: Status | null;
  readonly group: string | null;
  readonly assignee: string | null;
}

/** The history of a case from its parts, oldest first. Values before a change are carried forward, as the vendor gives only the new one. */
export function toEvents(ends: Ends, parts: readonly Part[], account: Account): Event[] {
  const events: Event[] = [];
  const now: Record<'status' | 'group' | 'assignee', string | null> = {
    status: ends.begunAs,
    group: null,
    assignee: null,
  };
  const told = new Set<string>();
  for (const part of parts) {
    const changes: Change[] = [];
    const move = (kind: keyof typeof now, to: string | null) => {
      told.add(kind);
      if (now[kind] !== to) changes.push({ kind, from: now[kind], to });
      now[kind] = to;
    };
    const status = statusAfter(part, now.status, account);
    if (status !== null) move('status', status);
    const { type = null, id = null } = part.assigned_to ?? {};
    if (/^team$/i.test(type ?? '')) move('group', id);
    else if (/admin/i.test(type ?? '')) move('assignee', /nobody/i.test(type ?? '') ? null : id);
    changes.push(...detailsOf(part, account));
    events.push(
      ...changes.map((change, seq) => ({
        ...blank('event'),
        ...actorOf(part, account),
        id: `${part.id}:${seq}`,
        ticket_id: ends.id,
        at: part.created_at,
        seq,
        kind: change.kind,
        field: change.field ?? null,
        from_value: change.from,
        to_value: change.to,
        initial: false,
      })),
    );
  }
  // A value that no part ever set was there from the beginning.
  const first = {
    status: ends.begunAs,
    group: told.has('group') ? null : ends.group,
    assignee: told.has('assignee') ? null : ends.assignee,
  };
  const initial = Object.entries(first).flatMap(([kind, value], seq): Event[] =>
    value === null
      ? []
      : [
          {
            ...blank('event'),
            id: `${ends.id}:${kind}:initial`,
            ticket_id: ends.id,
            at: ends.createdAt,
            seq,
            kind: kind as Event['kind'],
            to_value: value,
            initial: true,
          },
        ],
  );
  return [...initial, ...events];
}

/** Status behind a part; null = the part does not touch it. A customer's message opens what was closed or snoozed. */
function statusAfter(part: Part, now: string | null, account: Account): Status | null {
  const ticket = WORDS.ticketStatus(part.ticket_state);
  if (ticket !== null) return ticket;
  const change = WORDS.change(part.part_type);
  if (change !== null) return change;
  const speaks = /^(?:comment|quick_reply)$/i.test(part.part_type) && authorOf(part.author, account) === 'customer';
  return speaks && now !== 'open' && WORDS.status(part.state) === 'open' ? 'open' : null;
}

/** Changes that the details of a part describe, as far as they are understood. */
function detailsOf(part: Part, account: Account): Change[] {
  const details = part.event_details ?? {};
  const type = part.part_type.toLowerCase();
  if (/^priority_changed/.test(type)) {
    const [from, to] = [textOf(details.previous_priority), textOf(details.current_priority)];
    return to === null ? [] : [{ kind: 'priority', from: rankOf(from), to: rankOf(to) }];
  }
  if (type === 'conversation_tags_updated')
    return [
      ...textsOf(details.tags_added).flatMap((tag) => tagged(tag, true, account)),
      ...textsOf(details.tags_removed).flatMap((tag) => tagged(tag, false, account)),
    ];
  if (/^conversation_attribute_updated_by_/.test(type)) return attributeChange(details, account);
  return /^conversation_sla_(?:applied|removed|target_missed)/.test(type)
    ? [{ kind: 'sla', from: null, to: null }]
    : [];
}

function tagged(tag: string, added: boolean, { context }: Account): Change[] {
  const kept = keptTag(context.pseudonymise, context.settings.clearTags, tag);
  if (!added) return [{ kind: 'tag', from: kept, to: null }];
  const change: Change = { kind: 'tag', from: null, to: kept };
  return saysEscalation(tag) ? [change, { kind: 'escalation', from: null, to: `tag:${kept}` }] : [change];
}

/** Values of free text are not kept, so their changes are not either. */
function attributeChange(details: Readonly<Record<string, unknown>>, { attributes }: Account): Change[] {
  const name = textOf(recordOf(details.attribute).name);
  const known = attributes.find((one) => one.name === name);
  if (known === undefined || !holdsCode(known)) return [];
  const value = recordOf(details.value);
  const [from, to] = [textOf(value.previous), textOf(value.name)];
  const change: Change = { kind: 'field', field: known.name, from, to };
  return becomesEscalated(known.name, from, to)
    ? [change, { kind: 'escalation', from: null, to: `field:${known.name}=${to}` }]
    : [change];
}

function rankOf(word: string | null): string | null {
  const rank = WORDS.rank(word);
  return rank === null ? null : String(rank);
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}
function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : [];
}
