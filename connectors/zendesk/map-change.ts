import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { tagChanges } from '../../src/kit/records/history.ts';
import { type Attribution, attribute, type Step, SYSTEM } from './attribute.ts';
import type { FieldChange } from './changes.ts';
import type { Directory } from './directory.ts';
import { markSet } from './escalation-marks.ts';
import { customFieldId, fieldName, fieldValue } from './field-names.ts';
import type { EarlyContext } from './pages.ts';
import type { ChildEvent } from './schema-events.ts';
import { keptTag, tagList } from './tags.ts';
import { idAt, priorityRank, statusOf } from './words.ts';

/** Field of the event that gives a ticket its business calendar; the measure views read it. */
const SCHEDULE = 'schedule';

interface Change {
  readonly kind: TicketEvent['kind'];
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly initial: boolean;
}

/**
 * Adds the canonical events of one update, in the order in which the vendor lists them. A mark that says escalation gives an event of its own beside
 * the ordinary one, once an update: the option of a field sets a tag as well.
 */
export function addEvents(events: TicketEvent[], step: Step, directory: Directory, context: EarlyContext): void {
  let escalated = false;
  step.children.forEach((child, place) => {
    const changes = changesOf(child, step, directory, context);
    const mark: Change | null = escalated ? null : markIn(child, directory, context);
    escalated ||= mark !== null;
    if (changes.length === 0 && mark === null) return;
    const who = changes.length > 0 && isSchedule(changes) ? SYSTEM : attribute(step, child, directory, context);
    const source = { step, place, who, id: `${step.update.id}:${child.id ?? place}` };
    changes.forEach((change, index) => {
      const name = change.field ?? change.kind;
      events.push(eventOf(change, changes.length > 1 ? `${name}:${index}` : name, source));
    });
    if (mark !== null) events.push(eventOf(mark, mark.kind, source));
  });
}

interface Source {
  readonly step: Step;
  readonly place: number;
  readonly who: Attribution;
  readonly id: string;
}

function eventOf(change: Change, name: string, { step, place, who, id }: Source): TicketEvent {
  return {
    id: `${id}:${name}`,
    ticket_id: step.update.ticketId,
    at: step.update.at,
    seq: step.seq + place,
    kind: change.kind,
    field: change.field,
    from_value: change.from,
    to_value: change.to,
    initial: change.initial,
    actor: who.actor,
    actor_id: who.actorId,
    rule_id: who.ruleId,
  };
}

function markIn(child: ChildEvent, directory: Directory, context: EarlyContext): Change | null {
  for (const change of child.changes) {
    const to = markSet(change, directory, context);
    if (to !== null) return { kind: 'escalation', field: null, from: null, to, initial: change.initial };
  }
  return null;
}

/** No person chooses a schedule; the event carries the name of whoever's update the rule ran on. */
function isSchedule(changes: readonly Change[]): boolean {
  return changes.every((change) => change.field === SCHEDULE);
}

const NONE: readonly Change[] = [];

function changesOf(child: ChildEvent, step: Step, directory: Directory, context: EarlyContext): readonly Change[] {
  const whole = mergeOf(child, step) ?? scheduleOf(child, step);
  if (whole !== null) return [whole];
  if (child.changes.length === 0) return NONE;
  const changes: Change[] = [];
  // A field that stays unset at creation is no event; neither is a value that our words do not tell apart.
  for (const change of child.changes)
    for (const one of mapChange(change, directory, context))
      if (one.from !== one.to || one.kind === 'sla') changes.push(one);
  return changes;
}

type Read = (value: unknown) => string | null;

/** Changes that are told by their two values. */
const PLAIN: ReadonlyMap<string, readonly [kind: Change['kind'], read: Read, field?: string]> = new Map([
  ['status', ['status', category]],
  ['priority', ['priority', rank]],
  ['group_id', ['group', text]],
  ['assignee_id', ['assignee', text]],
  ['type', ['field', text, 'type']],
  ['ticket_type_id', ['field', text, 'type']],
  ['ticket_form_id', ['field', text, 'form']],
  ['brand_id', ['field', text, 'brand']],
  ['organization_id', ['field', text, 'organisation']],
  ['problem_id', ['link', text]],
  ['linked_id', ['link', text]],
  ['satisfaction_score', ['csat', text]],
]);

function plain(
  { from, to, initial }: FieldChange,
  kind: Change['kind'],
  read: Read,
  field: string | null = null,
): Change {
  return { kind, field, from: initial ? null : read(from), to: read(to), initial };
}

function mapChange(change: FieldChange, directory: Directory, context: EarlyContext): Change[] {
  const { field, from, to } = change;
  if (field === 'status' && String(to).toLowerCase() === 'deleted')
    return [{ kind: 'delete', field: null, from: category(from), to: 'deleted', initial: false }];
  if (field === 'tags' || field === 'current_tags') return ofTags(change, context);
  if (field === 'sla_policy') return [{ kind: 'sla', field: null, from: null, to: null, initial: false }];
  const known = PLAIN.get(field);
  return known === undefined ? customChange(change, directory) : [plain(change, ...known)];
}

function customChange(change: FieldChange, directory: Directory): Change[] {
  const id = customFieldId(change.field);
  // Without the list of fields it is not known which hold codes, nor what they are for.
  if (id === null || directory.refused.has('ticket_fields')) return [];
  return [plain(change, 'field', (value) => fieldValue(directory, id, value), fieldName(directory, id))];
}

function ofTags({ from, to, initial }: FieldChange, context: EarlyContext): Change[] {
  const kept = (tag: string | null | undefined) => (tag == null ? null : keptTag(context, tag));
  const tags = (value: unknown) => [...new Set(tagList(value))];
  return tagChanges(initial ? [] : tags(from), tags(to)).map((tag) => ({
    kind: 'tag',
    field: null,
    from: kept(tag.from),
    to: kept(tag.to),
    initial,
  }));
}

/** The schedule that business hours of the ticket run on; the vendor assigns one by rule, mostly at creation. */
function scheduleOf(child: ChildEvent, step: Step): Change | null {
  if (child.kind !== 'ScheduleAssignment') return null;
  const { row } = child;
  const to = text(row.new_schedule_id ?? row.schedule_id ?? row.value);
  return { kind: 'field', field: SCHEDULE, from: text(row.previous_schedule_id), to, initial: step.opening };
}

function mergeOf(child: ChildEvent, step: Step): Change | null {
  const via = child.via.rel === 'merge' ? child.via : step.update.via;
  if (via.rel !== 'merge' || (child.kind !== 'Comment' && child.kind !== 'VoiceComment')) return null;
  const into = idAt(via.to, 'ticket_id');
  const from = idAt(via.from, 'ticket_id');
  return into === null || into === step.update.ticketId
    ? { kind: 'merge', field: null, from, to: null, initial: false }
    : { kind: 'merge', field: null, from: null, to: into, initial: false };
}

function text(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value === '' || value === -1
      ? null
      : String(value)
    : null;
}

function category(value: unknown): string | null {
  return typeof value === 'string' ? statusOf(value) : null;
}

function rank(value: unknown): string | null {
  const found = typeof value === 'string' ? priorityRank(value) : null;
  return found === null ? null : String(found);
}
