import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { becomesEscalated, saysEscalation } from '../../src/kit/recognise-escalation.ts';
import { codeOf, type Desk, fieldOf, pastCode, pastStatus, pastTeam, rankOf, sideOf, teamOf } from './desk.ts';
import type { History, Issue, Item, User } from './schema.ts';

type Event = TelemetryRecord<'event'>;
type Change = Pick<Event, 'kind' | 'field' | 'from_value' | 'to_value'>;

/** A field whose values are followed: from its changes, and back to the value at creation. */
interface Followed {
  readonly id: string;
  readonly kind: Event['kind'];
  readonly field: string | null;
  readonly present: string | null;
  past(id: string | null, text: string | null): string | null;
}

/** Changes of one request, oldest first, after the values that it was created with. The histories have to be complete. */
export function toEvents(row: Issue, histories: readonly History[], desk: Desk): Event[] {
  const ordered = [...histories].sort(
    (a, b) => a.created.getTime() - b.created.getTime() || Number(a.id) - Number(b.id),
  );
  const items = ordered.flatMap((one) => one.items);
  const followed = followedOf(row, desk);
  const initial = followed.flatMap((one): Change[] => {
    const first = items.find((item) => isOf(item, one.id, desk));
    const value = first === undefined ? one.present : one.past(first.from, first.fromText);
    return value === null ? [] : [{ kind: one.kind, field: one.field, from_value: null, to_value: value }];
  });
  const labels = items.find((item) => isOf(item, 'labels', desk));
  const born = labels === undefined ? row.fields.labels : wordsOf(labels.fromText);
  const given = [...initial, ...tagChanges([], born, desk)];
  const events = given.map((change, i) =>
    eventOf(
      change,
      `${row.id}:initial:${i}`,
      row,
      { at: row.fields.created, author: row.fields.creator, initial: true },
      desk,
    ),
  );
  for (const one of ordered)
    for (const [i, item] of one.items.entries())
      for (const [k, change] of changesOf(item, followed, desk).entries())
        events.push(
          eventOf(
            change,
            `${row.id}:${one.id}:${i}:${k}`,
            row,
            { at: one.created, author: one.author, initial: false },
            desk,
          ),
        );
  return events.map((event, seq) => ({ ...event, seq }));
}

/** By the id of the field where the vendor gives it, else by its name. */
function isOf(item: Item, field: string, { roles }: Desk): boolean {
  return (item.id ?? item.field) === field || (item.id === null && item.field === roles.names.get(field));
}

function followedOf(row: Issue, desk: Desk): Followed[] {
  const { fields } = row;
  const { roles } = desk;
  const codes = [...roles.codes.values()].map(
    (id): Followed => ({
      id,
      kind: 'field',
      field: id,
      present: codeOf(fieldOf(row, id)),
      past: (_id, text) => pastCode(text),
    }),
  );
  return [
    {
      id: 'status',
      kind: 'status',
      field: null,
      present: pastStatus(fields.status.id, fields.status.name, desk),
      past: (id, text) => pastStatus(id, text, desk),
    },
    {
      id: 'priority',
      kind: 'priority',
      field: null,
      present: rankText(fields.priority?.id ?? null, fields.priority?.name ?? null, desk),
      past: (id, text) => rankText(id, text, desk),
    },
    { id: 'assignee', kind: 'assignee', field: null, present: fields.assignee?.id ?? null, past: (id) => id },
    ...(roles.team === null
      ? []
      : [
          {
            id: roles.team,
            kind: 'group',
            field: null,
            present: teamOf(fieldOf(row, roles.team)),
            past: (id: string | null) => pastTeam(id, desk),
          } as const,
        ]),
    {
      id: 'resolution',
      kind: 'field',
      field: 'resolution',
      present: fields.resolution?.name ?? null,
      past: (_id, text) => text,
    },
    ...codes,
  ];
}

function rankText(id: string | null, name: string | null, desk: Desk): string | null {
  const rank = rankOf(id, name, desk);
  return rank === null ? null : String(rank);
}

function changesOf(item: Item, followed: readonly Followed[], desk: Desk): Change[] {
  if (isOf(item, 'labels', desk)) return tagChanges(wordsOf(item.fromText), wordsOf(item.toText), desk);
  if (item.field === 'Link') return linkChange(item, desk);
  const found = followed.find((one) => isOf(item, one.id, desk));
  if (found === undefined) return [];
  const [from, to] = [found.past(item.from, item.fromText), found.past(item.to, item.toText)];
  const change = { kind: found.kind, field: found.field, from_value: from, to_value: to };
  // A move between statuses of one category is no change of it.
  return [...(from === to ? [] : [change]), ...escalation(item, found)];
}

/** A status or a code whose clear name says so marks an escalation. */
function escalation(item: Item, { kind, field }: Followed): Change[] {
  const byStatus = kind === 'status' && saysEscalation(item.toText) && !saysEscalation(item.fromText);
  const byCode = kind === 'field' && becomesEscalated(null, item.fromText, item.toText);
  if (!byStatus && !byCode) return [];
  const term = byStatus ? `state:${item.to}` : `field:${field}=${item.toText}`;
  return [{ kind: 'escalation', field: null, from_value: null, to_value: term }];
}

function linkChange(item: Item, { context }: Desk): Change[] {
  const hidden = (key: string | null) => (key === null ? null : context.pseudonymise('reference', key));
  return [{ kind: 'link', field: null, from_value: hidden(item.from), to_value: hidden(item.to) }];
}

function wordsOf(text: string | null): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

function tagChanges(from: readonly string[], to: readonly string[], { context }: Desk): Change[] {
  const kept = (tag: string) => keptTag(context.pseudonymise, context.settings.clearLabels, tag);
  const added = to.filter((tag) => !from.includes(tag));
  const removed = from.filter((tag) => !to.includes(tag));
  return [
    ...added.map((tag): Change => ({ kind: 'tag', field: null, from_value: null, to_value: kept(tag) })),
    ...removed.map((tag): Change => ({ kind: 'tag', field: null, from_value: kept(tag), to_value: null })),
    ...added
      .filter((tag) => saysEscalation(tag))
      .map((tag): Change => ({ kind: 'escalation', field: null, from_value: null, to_value: `tag:${kept(tag)}` })),
  ];
}

interface Cause {
  readonly at: Date;
  readonly author: User | null;
  readonly initial: boolean;
}

function eventOf(change: Change, id: string, row: Issue, cause: Cause, desk: Desk): Event {
  const side = sideOf(cause.author, row.fields.reporter, desk);
  return {
    ...blank('event'),
    ...change,
    id,
    ticket_id: row.id,
    at: cause.at,
    seq: 0,
    initial: cause.initial,
    // The vendor names nobody where it acts itself.
    actor: cause.author === null ? 'system' : side === 'machine' ? 'automation' : side,
    actor_id: side === 'agent' ? (cause.author?.id ?? null) : null,
  };
}
