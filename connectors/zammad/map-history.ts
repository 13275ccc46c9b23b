import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
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
import { type Desk, isProgramId, rankOf, statusOf } from './account.ts';
import { codesOf } from './map-config.ts';
import type { Entry, Ticket } from './schema.ts';
import { SYSTEM } from './words.ts';

/** The vendor's own account stands for nobody. */
export function nobody(id: string | null): string | null {
  return id === SYSTEM ? null : id;
}

/**
 * Changes of one ticket, oldest first, after the values that it was created with. A ticket whose history does not begin with its creation was imported:
 * what it was created with is unknown.
 */
export function readHistory(
  row: Ticket,
  entries: readonly Entry[],
  tags: readonly string[] | null,
  isPartly: boolean,
  desk: Desk,
): TicketEvent[] {
  const { context } = desk;
  const own = entries
    .filter((entry) => entry.object === null || /^ticket$/i.test(entry.object))
    .toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime() || Number(a.id) - Number(b.id));
  const birth = own.find((entry) => entry.type === 'created');
  return toEvents(
    {
      ticketId: row.id,
      createdAt: row.created_at,
      ...(birth === undefined ? { actor: null, actor_id: null } : actorOf(birth, row, desk)),
      present: presentOf(row, desk),
      isPartly: isPartly || birth === undefined,
      ...(tags === null ? {} : { tags }),
      keep: (tag) => keptTag(context.pseudonymise, context.settings.clearTags, tag),
    },
    own.map(
      (entry): Step => ({
        id: entry.id,
        at: entry.created_at,
        ...actorOf(entry, row, desk),
        changes: changesOf(entry, row, desk),
      }),
    ),
  );
}

function presentOf(row: Ticket, desk: Desk): Present[] {
  return [
    {
      kind: 'status',
      value: row.state_id === null && row.state === null ? null : statusOf(row.state_id, row.state, desk),
    },
    { kind: 'priority', value: rankText(rankOf(row.priority_id, row.priority, desk)) },
    { kind: 'group', value: row.group_id },
    { kind: 'assignee', value: nobody(row.owner_id) },
    ...[...desk.codes].map((field): Present => ({ kind: 'field', field, value: codesOf(row[field])[0] ?? null })),
  ];
}

/** Names of people and values of free texts stand in the history too: only ids and codes are taken. */
function changesOf(entry: Entry, row: Ticket, desk: Desk): Change[] {
  const { type, attribute, id_from, id_to, value_from, value_to } = entry;
  if (type === 'merged_into')
    return id_to === null || id_to === row.id ? [] : [{ kind: 'merge', from: null, to: id_to }];
  // The vendor writes a tag that is taken away as the new value too.
  const tag = attribute === 'tag' ? (value_to ?? value_from) : null;
  if (tag !== null && type === 'added') return [{ kind: 'tag', from: null, to: tag }];
  if (tag !== null && type === 'removed') return [{ kind: 'tag', from: tag, to: null }];
  if (type !== 'updated' || attribute === null) return [];
  const status = (id: string | null, name: string | null) => (id === null ? null : statusOf(id, name, desk));
  switch (attribute) {
    case 'state': {
      const says = saysEscalation(value_to) && !saysEscalation(value_from);
      const change: Change = { kind: 'status', from: status(id_from, value_from), to: status(id_to, value_to) };
      return says ? [change, escalation(`state:${id_to}`)] : [change];
    }
    case 'priority': {
      const [from, to] = [rankText(rankOf(id_from, value_from, desk)), rankText(rankOf(id_to, value_to, desk))];
      return [{ kind: 'priority', from, to }];
    }
    case 'group':
      return [{ kind: 'group', from: id_from, to: id_to }];
    case 'owner':
      return [{ kind: 'assignee', from: nobody(id_from), to: nobody(id_to) }];
    default:
      return desk.codes.has(attribute) ? codeChange(attribute, titleOf(attribute, desk), value_from, value_to) : [];
  }
}

function titleOf(name: string, { fields }: Desk): string | null {
  return fields?.find((field) => field.object === 'Ticket' && field.name === name)?.display ?? null;
}

/** Rules by the name of their table; a macro is pressed by a person. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/^trigger$/i, ''],
  [/^job$/i, 'job:'],
  [/^postmasterfilter$/i, 'filter:'],
];

function actorOf(entry: Entry, row: Ticket, desk: Desk): Pick<Step, 'actor' | 'actor_id' | 'rule_id'> {
  const prefix = RULES.find(([table]) => table.test(entry.sourceable_type ?? ''))?.[1];
  const by = entry.created_by_id;
  if (prefix !== undefined && entry.sourceable_id !== null)
    return { actor: 'automation', actor_id: null, rule_id: `${prefix}${entry.sourceable_id}` };
  if (by === SYSTEM) return { actor: 'automation', actor_id: null };
  if (isProgramId(by, desk)) return { actor: 'system', actor_id: null };
  if (by !== null && desk.staff?.has(by) === true) return { actor: 'agent', actor_id: by };
  // Where the list of people is not shown, only whoever asked for help is known.
  const customer = by !== null && (desk.staff !== null || by === row.customer_id);
  return { actor: customer ? 'customer' : null, actor_id: null };
}
