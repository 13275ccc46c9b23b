import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import {
  type Change,
  codeChange,
  escalation,
  toEvents as eventsOf,
  type Present,
  rankText,
  type Step,
  tagChanges,
} from '../../src/kit/records/history.ts';
import { codeOf, type Desk, fieldOf, pastCode, pastStatus, pastTeam, rankOf, sideOf, teamOf } from './desk.ts';
import type { Actor, History, Issue, Item } from './schema.ts';

/** A field whose values are followed: as it is now, and as a change writes its values. */
interface Followed extends Present {
  readonly id: string;
  past(id: string | null, text: string | null): string | null;
}

/** Changes of one request, oldest first, after the values that it was created with. The histories have to be complete. */
export function toEvents(row: Issue, histories: readonly History[], isPartly: boolean, desk: Desk): TicketEvent[] {
  const { pseudonymise, settings } = desk.context;
  const ordered = [...histories].sort(
    (a, b) => a.created.getTime() - b.created.getTime() || Number(a.id) - Number(b.id),
  );
  const present = followedOf(row, desk);
  const story = {
    // Nobody is named where whoever created it was erased, too.
    ...actorOf(row.fields.creator ?? 'unsaid', row, desk),
    ticketId: row.id,
    createdAt: row.fields.created,
    present,
    isPartly,
    ...(row.fields.labels === null ? {} : { tags: row.fields.labels }),
    keep: (tag: string) => keptTag(pseudonymise, settings.clearLabels, tag),
  };
  const steps = ordered.flatMap((one) => {
    const who = actorOf(one.author, row, desk);
    return one.items.map(
      (item, i): Step => ({
        ...who,
        id: `${one.id}:${i}`,
        at: one.created,
        changes: changesOf(item, present, desk),
      }),
    );
  });
  return eventsOf(story, steps);
}

/** By the id of the field where the vendor gives it, else by its name. */
function isOf(item: Item, field: string, { roles }: Desk): boolean {
  return (
    (item.id ?? item.field) === field || (item.id === null && roles.names.get(field)?.includes(item.field) === true)
  );
}

function followedOf(row: Issue, desk: Desk): Followed[] {
  const { fields } = row;
  const { roles } = desk;
  const byId = (id: string | null) => id;
  const byText = (_id: string | null, text: string | null) => pastCode(text);
  const codes = [...roles.codes.values()].map(
    (id): Followed => ({ id, kind: 'field', field: id, value: codeOf(fieldOf(row, id)), past: byText }),
  );
  const team = (id: string): Followed => ({
    id,
    kind: 'group',
    value: teamOf(fieldOf(row, id)),
    past: (past) => pastTeam(past, desk),
  });
  const status: Followed = {
    id: 'status',
    kind: 'status',
    value: fields.status === null ? null : pastStatus(fields.status.id, fields.status.name, desk),
    past: (id, text) => pastStatus(id, text, desk),
  };
  return [
    // What a past status was is told by what the site has, and so is a past group.
    ...(desk.statuses === null ? [] : [status]),
    {
      id: 'priority',
      kind: 'priority',
      value: rankText(rankOf(fields.priority?.id ?? null, fields.priority?.name ?? null, desk)),
      past: (id, text) => rankText(rankOf(id, text, desk)),
    },
    { id: 'assignee', kind: 'assignee', value: fields.assignee?.id ?? null, past: byId },
    ...(roles.team === null || !desk.staff.seesGroups ? [] : [team(roles.team)]),
    { id: 'resolution', kind: 'field', field: 'resolution', value: fields.resolution?.name ?? null, past: byText },
    ...codes,
  ];
}

function changesOf(item: Item, followed: readonly Followed[], desk: Desk): Change[] {
  if (isOf(item, 'labels', desk)) return tagChanges(wordsOf(item.fromText), wordsOf(item.toText));
  if (item.field === 'Link') return [linkChange(item, desk)];
  const found = followed.find((one) => isOf(item, one.id, desk));
  if (found === undefined) return [];
  const [from, to] = [found.past(item.from, item.fromText), found.past(item.to, item.toText)];
  if (found.kind === 'field') return codeChange(found.id, null, from, to);
  // A status whose clear name says so marks an escalation.
  const marked = found.kind === 'status' && saysEscalation(item.toText) && !saysEscalation(item.fromText);
  return [{ kind: found.kind, from, to }, ...(marked ? [escalation(`state:${item.to}`)] : [])];
}

function linkChange(item: Item, { context }: Desk): Change {
  const hidden = (key: string | null) => (key === null ? null : context.pseudonymise('reference', key));
  return { kind: 'link', from: hidden(item.from), to: hidden(item.to) };
}

function wordsOf(text: string | null): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** The vendor names nobody where it acts itself. */
function actorOf(author: Actor, row: Issue, desk: Desk): Pick<TicketEvent, 'actor' | 'actor_id'> {
  if (author === 'unsaid') return { actor: null, actor_id: null };
  const side = sideOf(author, row.fields.reporter, desk);
  return {
    actor: author === null ? 'system' : side === 'machine' ? 'automation' : side,
    actor_id: side === 'agent' ? (author?.id ?? null) : null,
  };
}
