import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import {
  type Change,
  codeChange,
  escalation,
  type Present,
  rankText,
  type Step,
  toEvents,
} from '../../src/kit/records/history.ts';
import { cellOf } from './cells.ts';
import { actorOf, type Desk, labelOf, openerOf, statusOf } from './desk.ts';
import { createdAt } from './map-ticket.ts';
import { requesterOf } from './people.ts';
import type { Audit, MetricRun, Task } from './schema.ts';
import { rankOf } from './words.ts';

const LINKS: ReadonlySet<string> = new Set(['problem_id', 'problem', 'parent_incident', 'rfc', 'caused_by']);
const PLAIN = [
  'state',
  'incident_state',
  'hold_reason',
  'priority',
  'assignment_group',
  'assigned_to',
  'active_escalation',
] as const;

/** Fields whose changes are asked for. */
export function followedFields({ codes }: Pick<Desk, 'codes'>): string[] {
  return [...new Set([...PLAIN, ...LINKS, ...codes.values()])];
}

/** Values of fields as they were at one time. */
type Values = Readonly<Record<string, string | null>>;

/** Changes of one ticket, oldest first, after the values that it was created with. The audit rows have to be all that there are. */
export function toHistory(row: Task, audits: readonly Audit[], desk: Desk): TicketEvent[] {
  const ordered = withState(audits).sort(
    (a, b) =>
      a.sys_created_on.getTime() - b.sys_created_on.getTime() ||
      (a.record_checkpoint ?? 0) - (b.record_checkpoint ?? 0) ||
      (a.sys_id < b.sys_id ? -1 : 1),
  );
  const changes = ordered.filter((one) => !isInsert(one));
  const born: Record<string, string | null> = {};
  for (const field of followedFields(desk)) {
    const inserted = ordered.find((one) => one.fieldname === field && isInsert(one));
    const first = changes.find((one) => one.fieldname === field);
    const before = first === undefined ? cellOf(row[field]) : first.oldvalue;
    born[field] = inserted === undefined ? before : inserted.newvalue;
  }
  let values: Values = born;
  const steps = stepsOf(changes).map((together): Step => {
    const [head] = together as [Audit, ...Audit[]];
    const before = values;
    values = { ...values, ...Object.fromEntries(together.map((one) => [one.fieldname, one.newvalue])) };
    return {
      id: head.sys_id,
      at: head.sys_created_on,
      ...actorOf(head.user, row, desk),
      changes: [...statusChange(before, values, desk), ...together.flatMap((one) => changesOf(one, desk))],
    };
  });
  return toEvents({ ...storyOf(row, desk), present: presentOf(born, desk) }, steps);
}

/**
 * Whether the log leads to the state that the ticket has: rows of it may be archived, or hidden from the user. Changes later than the ticket as it was read
 * come with its next reading.
 */
export function isWhole(row: Task, audits: readonly Audit[], desk: Desk): boolean {
  const present = statusOf(row.state, row.hold_reason, desk);
  const states = withState(audits).filter((one) => one.fieldname === 'state');
  if (states.length === 0) return (present !== 'solved' && present !== 'closed') || row.sys_mod_count === 0;
  const read = row.sys_updated_on;
  if (read !== null && states.some((one) => one.sys_created_on > read)) return true;
  return states.some((one) => one.newvalue === row.state);
}

/** Older instances keep the state of an incident twice; a log of the copy alone tells it as well. */
function withState(audits: readonly Audit[]): Audit[] {
  const own = audits.some((one) => one.fieldname === 'state');
  return audits.flatMap((one) => {
    if (one.fieldname !== 'incident_state') return [one];
    return own ? [] : [{ ...one, fieldname: 'state' }];
  });
}

/** A row of the creation itself, which only some instances record. */
const isInsert = (one: Audit) => one.record_checkpoint === 0;

function storyOf(row: Task, desk: Desk) {
  const opener = openerOf(row, requesterOf(row), desk).created_by;
  const told = actorOf(row.sys_created_by, row, desk);
  const actor = opener === 'machine' ? ('automation' as const) : (told.actor ?? opener);
  return { ticketId: row.sys_id, createdAt: createdAt(row), actor, actor_id: actor === 'agent' ? told.actor_id : null };
}

/** What one person changed in one step: the log has a row for each field. */
function stepsOf(changes: readonly Audit[]): Audit[][] {
  const steps: Audit[][] = [];
  for (const one of changes) {
    const last = steps.at(-1)?.[0];
    const same =
      last !== undefined &&
      last.sys_created_on.getTime() === one.sys_created_on.getTime() &&
      last.record_checkpoint === one.record_checkpoint &&
      last.user === one.user;
    if (same) steps.at(-1)?.push(one);
    else steps.push([one]);
  }
  return steps;
}

function presentOf(born: Values, desk: Desk): Present[] {
  const at = (field: string) => born[field] ?? null;
  const present = (kind: Present['kind'], value: string | null, field: string | null = null): Present => ({
    kind,
    field,
    value,
    born: value,
  });
  return [
    present('status', at('state') === null ? null : statusOf(at('state'), at('hold_reason'), desk)),
    present('priority', rankText(rankOf(at('priority')))),
    present('group', at('assignment_group')),
    present('assignee', at('assigned_to')),
    ...[...desk.codes.values()].map((field) => present('field', at(field), field)),
  ];
}

/** The category of a ticket on hold rests on two fields, which may change apart from each other. */
function statusChange(before: Values, after: Values, desk: Desk): Change[] {
  const of = (values: Values) =>
    values.state == null ? null : statusOf(values.state, values.hold_reason ?? null, desk);
  const [from, to] = [of(before), of(after)];
  const label = (values: Values) => labelOf('state', values.state ?? null, desk);
  const marks = saysEscalation(label(after)) && !saysEscalation(label(before));
  return [
    ...(from === to ? [] : [{ kind: 'status' as const, from, to }]),
    ...(marks ? [escalation(`state:${after.state}`)] : []),
  ];
}

function changesOf({ fieldname: field, oldvalue: from, newvalue: to }: Audit, desk: Desk): Change[] {
  if (field === 'priority') return [{ kind: 'priority', from: rankText(rankOf(from)), to: rankText(rankOf(to)) }];
  if (field === 'assignment_group') return [{ kind: 'group', from, to }];
  if (field === 'assigned_to') return [{ kind: 'assignee', from, to }];
  if (field === 'active_escalation') return from === null && to !== null ? [escalation(`field:${field}=*`)] : [];
  if (LINKS.has(field)) return [{ kind: 'link', from, to }];
  return [...desk.codes.values()].includes(field) ? codeChange(field, null, from, to) : [];
}

/** Fields whose stays the vendor's own metrics record. */
const MEASURED: Readonly<Record<string, 'status' | 'group' | 'assignee'>> = {
  state: 'status',
  incident_state: 'status',
  assignment_group: 'group',
  assigned_to: 'assignee',
};

/** Ids of groups by name: a metric may have kept what was shown instead of the id. */
type GroupIds = ReadonlyMap<string, string>;

/**
 * Changes as the stays of metrics show them: nobody who made them, and only of fields that a metric is defined for. A field without a stay is left out, as
 * its value at creation is not known.
 */
export function toMeasuredHistory(row: Task, runs: readonly MetricRun[], groups: GroupIds, desk: Desk): TicketEvent[] {
  const ordered = [...runs]
    .filter((run) => MEASURED[run.field] !== undefined)
    .sort((a, b) => a.start.getTime() - b.start.getTime() || (a.sys_id < b.sys_id ? -1 : 1));
  const fields = new Map(ordered.map((run) => [MEASURED[run.field] as Present['kind'], run.field]));
  // Where both fields of the state are measured one of them is enough.
  const own = ordered.filter((run) => fields.get(MEASURED[run.field] as Present['kind']) === run.field);
  const created = createdAt(row);
  const firsts = [...fields.values()].flatMap((field) => own.find((run) => run.field === field) ?? []);
  const births = firsts.filter((run) => run.start.getTime() - created.getTime() < 60_000);
  const present = births.map((run): Present => {
    const kind = MEASURED[run.field] as Present['kind'];
    const value = measured(run, groups, desk);
    return { kind, value, born: value };
  });
  const steps = own
    .filter((run) => !births.includes(run))
    .map((run): Step => {
      const kind = MEASURED[run.field] as Present['kind'];
      return {
        id: run.sys_id,
        at: run.start,
        actor: null,
        actor_id: null,
        changes: [{ kind, to: measured(run, groups, desk) }],
      };
    });
  return toEvents({ ...storyOf(row, desk), present }, steps);
}

function measured({ field, value, field_value: raw }: MetricRun, groups: GroupIds, desk: Desk): string | null {
  if (MEASURED[field] === 'status') return statusOf(raw ?? value, null, desk);
  return raw ?? (MEASURED[field] === 'group' ? (groups.get(value ?? '') ?? null) : null);
}
