import { type Desk, isQueue, isUser } from './desk.ts';
import type { CaseHistory, CaseState } from './schema.ts';

/** One change of one field, with ids for owners. `how` tells who moved an owner, where the vendor says it. */
export interface Change {
  readonly id: string;
  readonly at: Date;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string | null;
  readonly byType: string | null;
  readonly how: 'accepted' | 'assigned' | 'escalated' | null;
}

const OWNER = /^owner(Accepted|Assignment|Escalated)?$/i;
const HOW = { accepted: 'accepted', assignment: 'assigned', escalated: 'escalated' } as const;

/**
 * Changes of a case, oldest first. What the org keeps in its field history is taken from there; status and owner that it does not keep come from the
 * states that the vendor keeps of every case.
 */
export function changesOf(
  histories: readonly CaseHistory[] | null,
  states: readonly CaseState[] | null,
  desk: Desk,
): Change[] {
  const kept = (histories ?? []).flatMap(toChange);
  const has = (field: string) =>
    histories !== null && (desk.tracked?.has(field) ?? kept.some((one) => one.field === field));
  const further = fromStates(states ?? []).filter((one) => !has(one.field));
  // A field that is followed no longer has a history with a hole; the states have none.
  const whole = kept.filter((one) => !further.some((other) => other.field === one.field));
  return [...whole, ...further].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

/** A change of a lookup stands there twice, once with ids and once with names: those with names are left out. */
function toChange(row: CaseHistory): Change[] {
  const owner = OWNER.exec(row.Field);
  const values = [row.OldValue, row.NewValue];
  if (owner !== null && !values.some((value) => isQueue(value) || isUser(value))) return [];
  if (/^(?:created|closed|locked|unlocked|external)$/i.test(row.Field)) return [];
  const how = owner?.[1]?.toLowerCase() as keyof typeof HOW | undefined;
  return [
    {
      id: row.Id,
      at: row.CreatedDate,
      field: owner === null ? row.Field : 'Owner',
      from: row.OldValue,
      to: row.NewValue,
      by: row.CreatedById,
      byType: row.CreatedBy?.UserType ?? null,
      how: how === undefined ? null : HOW[how],
    },
  ];
}

/** The first state is what the case was created with, each later one a change against that before it. */
function fromStates(states: readonly CaseState[]): Change[] {
  const ordered = [...states].sort(
    (a, b) => a.LastModifiedDate.getTime() - b.LastModifiedDate.getTime() || (a.Id < b.Id ? -1 : 1),
  );
  return ordered.slice(1).flatMap((state, i) => {
    const before = ordered[i] as CaseState;
    const base = { at: state.LastModifiedDate, by: state.LastModifiedById, byType: null, how: null };
    const pairs = [
      ['Status', before.Status, state.Status],
      ['Owner', before.OwnerId, state.OwnerId],
    ] as const;
    return pairs
      .filter(([, from, to]) => from !== to)
      .map(([field, from, to]): Change => ({ ...base, id: `${state.Id}:${field}`, field, from, to }));
  });
}
