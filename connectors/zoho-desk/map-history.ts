import type { Ticket as CanonicalTicket, TelemetryRecord, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeText } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import {
  type Change,
  codeChange,
  escalation,
  type Present,
  rankText,
  type Step,
  toEvents,
} from '../../src/kit/records/history.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import { codeIn, type Desk, isList, isMachine } from './account.ts';
import type { Field, Past, Ticket } from './schema.ts';
import { WORDS } from './words.ts';

/** The history of a ticket, oldest first, each line once. */
interface History {
  readonly lines: readonly Past[];
  /** How it came into being; null where the history does not go back so far. */
  readonly created: Past | null;
}

/** The vendor lists the newest first; lines have no id, and the same at one instant is one. */
export function readHistory(rows: readonly Past[]): History {
  const seen = new Set<string>();
  const own = rows.filter((row) => {
    const name = JSON.stringify([row.eventTime, row.eventName, row.actor?.id, row.eventInfo]);
    return !seen.has(name) && seen.add(name);
  });
  const [first, last] = [own[0], own.at(-1)];
  const newestFirst = first !== undefined && last !== undefined && first.eventTime > last.eventTime;
  const lines = (newestFirst ? own.toReversed() : own).toSorted(
    (a, b) => a.eventTime.getTime() - b.eventTime.getTime(),
  );
  return { lines, created: lines.find((one) => one.eventName === 'TicketCreated') ?? null };
}

/** A value before and after; `from` undefined = only the value is told, as at creation. */
interface Told {
  readonly name: string;
  readonly from: unknown;
  readonly to: unknown;
}

function toldIn(line: Past): Told[] {
  return line.eventInfo.map(({ propertyName: name, propertyValue: value }) =>
    typeof value === 'object' && value !== null && 'updatedValue' in value
      ? { name, from: 'previousValue' in value ? value.previousValue : null, to: value.updatedValue }
      : { name, from: undefined, to: value },
  );
}

type Id = string | null | undefined;

/** The id behind a value: something with an id, or a name that one of `known` bears. Null = unset; undefined = it cannot be told. */
function idIn(value: unknown, known: Iterable<{ readonly id: string; readonly name: string | null }>): Id {
  if (typeof value === 'object' && value !== null) return 'id' in value ? (codeText(value.id) ?? undefined) : undefined;
  const name = codeText(value);
  if (name === null || /^(-|unassigned|none)$/i.test(name)) return null;
  const found = [...known].find((one) => one.id === name || one.name?.toLowerCase() === name.toLowerCase());
  return found?.id;
}

/** Changes of one ticket. Merging stamps all values anew without a change: what a line of a merge says is left out. */
const MERGES = /^TicketMerged/;

export function toHistory(
  row: Ticket,
  ticket: CanonicalTicket,
  { lines, created }: History,
  tags: readonly string[] | null,
  isPartly: boolean,
  desk: Desk,
): TicketEvent[] {
  const { pseudonymise, settings } = desk.context;
  const born = new Map((created === null ? [] : toldIn(created)).map((one) => [one.name.toLowerCase(), one.to]));
  // Places are told by name.
  const place = desk.departments === null || desk.teams === null ? null : readPlace(row, lines, born, desk);
  const bornAs = (...names: string[]) => {
    const name = names.find((one) => born.has(one));
    return name === undefined ? {} : { born: meaning(name, born.get(name), desk) ?? null };
  };
  const rank = ticket.priority_rank;
  const present: Present[] = [
    { kind: 'status', value: ticket.status, ...bornAs('status') },
    { kind: 'priority', value: rankText(rank), ...bornAs('priority') },
    ...(place === null ? [] : [{ kind: 'group', value: ticket.group_id, born: place.born } as const]),
    { kind: 'assignee', value: ticket.assignee_id, ...bornAs('case owner', 'ticket owner', 'assignee') },
    ...desk.fields.filter(isCode).map(({ apiName, displayLabel }): Present => {
      const label = (displayLabel ?? apiName).toLowerCase();
      const first = born.has(label) ? { born: codeText(born.get(label)) } : {};
      return { kind: 'field', field: apiName, value: codeIn(row, apiName), ...first };
    }),
  ];
  const opener = created === null ? { actor: null, actor_id: null } : doer(created, desk);
  const keep = (tag: string) => keptTag(pseudonymise, settings.clearTags, tag);
  const story = { isPartly, ticketId: row.id, createdAt: row.createdTime, present, keep, ...opener };
  const numbers = numbersOf(lines);
  const steps = lines
    .filter((line) => line !== created && !MERGES.test(line.eventName))
    .map(
      (line): Step => ({
        id: `${line.eventTime.getTime()}:${numbers.get(line) ?? 0}`,
        at: line.eventTime,
        ...doer(line, desk),
        changes: [...(place?.changes(line) ?? []), ...changesIn(line, desk)],
      }),
    );
  return toEvents(tags === null ? story : { ...story, tags }, steps);
}

/** A list whose values are codes and that no column of the ticket has already. */
const OWN_COLUMNS = /^(status|priority|channel|language|productId|departmentId|assigneeId|teamId)$/;
const isCode = (field: Field): boolean => isList(field) && !OWN_COLUMNS.test(field.apiName);

/** Canonical value of a property; null = unset, undefined = not understood. */
function meaning(name: string, value: unknown, desk: Desk): Id {
  const text = codeText(value);
  switch (WORDS.property(name)) {
    case 'status':
      return text === null ? null : (desk.status(text) ?? undefined);
    case 'priority':
      return text === null || text === '-None-' ? null : (WORDS.rank(text)?.toString() ?? undefined);
    case 'assignee':
      return idIn(value, desk.agents?.values() ?? []);
    case 'department':
      return idIn(value, desk.departments?.values() ?? []);
    case 'team':
      return idIn(value, desk.teams?.values() ?? []);
    default:
      return undefined;
  }
}

function doer(line: Past, desk: Desk): Pick<Step, 'actor' | 'actor_id' | 'rule_id'> {
  const actor = /^import$/i.test(line.source ?? '') ? 'system' : WORDS.actor(line.actor?.type);
  const id = line.actor?.id ?? null;
  if (actor === 'agent') return isMachine(id, desk) ? { actor: 'automation', actor_id: null } : { actor, actor_id: id };
  return { actor, actor_id: null, ...(actor === 'automation' ? { rule_id: id } : {}) };
}

const TAGS = /^Tags(Added|Removed)$/;

function changesIn(line: Past, desk: Desk): Change[] {
  const told = toldIn(line);
  const tagged = TAGS.exec(line.eventName);
  if (tagged !== null) {
    const names = told.flatMap(({ to }) => [to].flat()).flatMap((one) => codeText(named(one)) ?? []);
    return names.map((tag) =>
      tagged[1] === 'Added' ? { kind: 'tag', from: null, to: tag } : { kind: 'tag', from: tag, to: null },
    );
  }
  if (line.eventName === 'TicketEscalated') return [escalation('field:isEscalated=true')];
  if (line.eventName === 'OvershotDueTime') return [{ kind: 'sla', from: null, to: null }];
  if (line.eventName === 'TicketDeleted') return [{ kind: 'delete', from: null, to: 'deleted' }];
  return told.flatMap((one) => changeOf(one, desk));
}

const named = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : value;

function changeOf({ name, from, to }: Told, desk: Desk): Change[] {
  const property = WORDS.property(name);
  if (property === 'department' || property === 'team') return [];
  if (property === 'escalated') return /^true$/i.test(String(to)) ? [escalation('field:isEscalated=true')] : [];
  if (property !== null) {
    const [before, after] = [from === undefined ? undefined : meaning(name, from, desk), meaning(name, to, desk)];
    return after === undefined
      ? []
      : [{ kind: property, ...(before === undefined ? {} : { from: before }), to: after }];
  }
  const field = desk.fields.find(
    (one) => isCode(one) && (one.displayLabel ?? one.apiName).toLowerCase() === name.toLowerCase(),
  );
  return field === undefined ? [] : codeChange(field.apiName, field.displayLabel, codeText(from), codeText(to));
}

/**
 * Where a ticket is: with its team, else with its department. A team is of one department: a ticket that goes to another one has none there until it is
 * told.
 */
function readPlace(row: Ticket, lines: readonly Past[], born: ReadonlyMap<string, unknown>, desk: Desk) {
  const moves = lines.filter((line) => line.eventName !== 'TicketCreated' && !MERGES.test(line.eventName));
  const told = (line: Past, property: string) => toldIn(line).find(({ name }) => WORDS.property(name) === property);
  const startOf = (property: 'department' | 'team', now: string | null): string | null => {
    if (born.has(property)) return meaning(property, born.get(property), desk) ?? null;
    const first = moves.map((line) => told(line, property)).find((one) => one !== undefined);
    return first === undefined ? now : (meaning(property, first.from, desk) ?? null);
  };
  let [department, team] = [startOf('department', row.departmentId), startOf('team', row.teamId)];
  const first = team ?? department;
  const changes = new Map<Past, Change[]>();
  for (const line of moves) {
    const before = team ?? department;
    const [toDepartment, toTeam] = [told(line, 'department'), told(line, 'team')];
    if (toDepartment !== undefined) {
      const found = meaning('department', toDepartment.to, desk);
      if (found === undefined) continue;
      if (found !== department) [department, team] = [found, null];
    }
    if (toTeam !== undefined) team = meaning('team', toTeam.to, desk) ?? null;
    const after = team ?? department;
    if (after !== before) changes.set(line, [{ kind: 'group', from: before, to: after }]);
  }
  return { born: first, changes: (line: Past) => changes.get(line) ?? [] };
}

/** Lines have no id: those of one instant are told apart by their place. */
function numbersOf(lines: readonly Past[]): ReadonlyMap<Past, number> {
  return new Map(
    lines.map((line, i) => [line, lines.slice(0, i).filter((one) => +one.eventTime === +line.eventTime).length]),
  );
}

const TRACKERS: Patterns<string> = [
  [/jira/i, 'jira'],
  [/bug/i, 'zoho-projects'],
];

/** Bugs that were made of a ticket, or linked with it. */
export function linksOf(ticketId: string, history: History | null, { context }: Desk): TelemetryRecord<'link'>[] {
  const bugs = (history?.lines ?? []).filter(({ eventName }) => /^Bug(Created|Linked)$/.test(eventName));
  return bugs.map((line, i) => {
    const key = toldIn(line).flatMap(({ name, to }) =>
      /\b(id|key|number)\b/i.test(name) ? (codeText(to) ?? []) : [],
    )[0];
    return {
      ...blank('link'),
      id: `${ticketId}:bug:${line.eventTime.getTime()}:${i}`,
      ticket_id: ticketId,
      kind: 'issue',
      system: firstFit(TRACKERS, line.source),
      target_key: key === undefined ? null : context.pseudonymise('reference', key),
      linked_at: line.eventTime,
    };
  });
}
