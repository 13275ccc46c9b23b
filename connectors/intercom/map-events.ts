import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import {
  type Change,
  codeChange,
  toEvents as eventsOf,
  rankText,
  type Step,
  tagChanges,
} from '../../src/kit/records/history.ts';
import { type Account, holdsCode } from './account.ts';
import { actorOf, authorOf } from './map-parts.ts';
import type { Conversation, Part } from './schema.ts';
import { type Status, WORDS } from './words.ts';

/** A case of either kind, as it is now. */
type Case = Pick<Conversation, 'id' | 'created_at' | 'team_assignee_id' | 'admin_assignee_id'>;

/** The history of a case from its parts, oldest first. The vendor gives only the new values. `begunAs` null = it does not say how the case began;
 * `isPartly` = some part could not be read. */
export function toEvents(
  row: Case,
  begunAs: Status | null,
  parts: readonly Part[],
  isPartly: boolean,
  account: Account,
): TicketEvent[] {
  const { pseudonymise, settings } = account.context;
  let status: string | null = begunAs;
  const steps = parts.map((part): Step => {
    const next = statusAfter(part, status, account);
    status = next ?? status;
    const moved: Change[] = next === null ? [] : [{ kind: 'status', to: next }];
    const changes = [...moved, ...assigned(part), ...detailsOf(part, account)];
    return { ...actorOf(part, account), id: part.id, at: part.created_at, changes };
  });
  // An assignment that does not say to whom hides whom the case was with before.
  const born = parts.every(tellsAssignee) ? {} : { born: null };
  const story = {
    ticketId: row.id,
    createdAt: row.created_at,
    actor: null,
    actor_id: null,
    isPartly,
    keep: (tag: string) => keptTag(pseudonymise, settings.clearTags, tag),
    present: [
      { kind: 'status', value: null, born: begunAs },
      { kind: 'group', value: row.team_assignee_id, ...born },
      { kind: 'assignee', value: row.admin_assignee_id, ...born },
    ] as const,
  };
  return eventsOf(story, steps);
}

function assigned(part: Part): Change[] {
  const { type, id = null } = part.assigned_to ?? {};
  if (/^team$/i.test(type ?? '')) return [{ kind: 'group', to: id }];
  if (!/admin/i.test(type ?? '')) return [];
  return [{ kind: 'assignee', to: /nobody/i.test(type ?? '') ? null : id }];
}

function tellsAssignee(part: Part): boolean {
  const assigns = part.assigned_to !== null || /assign/i.test(part.part_type);
  return !assigns || assigned(part).length > 0;
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
    return tagChanges(textsOf(details.tags_removed), textsOf(details.tags_added));
  if (/^conversation_attribute_updated_by_/.test(type)) return attributeChange(details, account);
  return /^conversation_sla_(?:applied|removed|target_missed)/.test(type)
    ? [{ kind: 'sla', from: null, to: null }]
    : [];
}

/** Values of free text are not kept, so their changes are not either. */
function attributeChange(details: Readonly<Record<string, unknown>>, { attributes }: Account): Change[] {
  const name = textOf(recordOf(details.attribute).name);
  const known = attributes.find((one) => one.name === name);
  if (known === undefined || !holdsCode(known)) return [];
  const { name: now, previous } = recordOf(details.value);
  // Nothing is said of the new value.
  if (now === undefined) return [];
  const [from, to] = [textOf(previous), textOf(now)];
  const [change, ...marks] = codeChange(known.name, known.name, from, to);
  // Older changes do not tell the value before: it is the one of the change before.
  return from === null ? [{ kind: 'field', field: known.name, to }, ...marks] : [change as Change, ...marks];
}

function rankOf(word: string | null): string | null {
  return rankText(WORDS.rank(word));
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : [];
}
