import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { type Change, type Step, toEvents } from '../../src/kit/records/history.ts';
import { type Desk, isMachine } from './account.ts';
import type { Conversation, Thread } from './schema.ts';
import { isByRule, isByWorkflow, VENDOR_USER, WORDS } from './words.ts';

const BIRTH_MS = 60_000;

/**
 * The history of one conversation from its threads, oldest first, and the group that has it now. A reply changes status and owner as a line does. There is one
 * slot for a team or a person: whoever takes a conversation of a team leaves it with the team, until another one or nobody has it.
 */
export function toHistory(
  row: Conversation,
  threads: readonly Thread[] | null,
  isPartly: boolean,
  desk: Desk,
): { readonly events: TicketEvent[]; readonly group: string | null } {
  const teams = desk.context.settings.groups === 'teams';
  const team = /^team$/i.test(row.assignee?.type ?? '') ? (row.assignee?.id ?? null) : null;
  if (threads === null) return { events: [], group: teams ? team : row.mailboxId };
  const inbox = teams ? ({ kind: 'field', field: 'inbox' } as const) : ({ kind: 'group' } as const);
  const moves = movesIn(row, threads);
  const [first, ...later] = threads;
  // Only a thread from when it was created tells how it began; another one tells what it was like from then on.
  const begins = first !== undefined && first.createdAt.getTime() - row.createdAt.getTime() <= BIRTH_MS;
  const base = ownersAfter(first, { team: null, person: null });
  const born = begins ? base : { team: null, person: null };
  let owners = base;
  let status = WORDS.status(first?.status);
  const steps = later.flatMap((one): Step[] => {
    const before = owners;
    owners = ownersAfter(one, before);
    const from = status;
    status = WORDS.status(one.status) ?? from;
    const changes: Change[] = [
      ...(status === null ? [] : [{ kind: 'status' as const, from, to: status }]),
      ...(teams && owners.team !== before.team ? [{ kind: 'group' as const, from: before.team, to: owners.team }] : []),
      ...(owners.person !== before.person
        ? [{ kind: 'assignee' as const, from: before.person, to: owners.person }]
        : []),
      ...(moves.get(one) ?? []).map((move) => ({ ...inbox, ...move })),
      ...(isMerge(one) ? [{ kind: 'merge' as const, from: null, to: entityIn(one, /conversation|ticket/i) }] : []),
    ];
    // Each by its kind, so that a name does not rest on what else is known of the thread.
    const head = { at: one.createdAt, ...actorOf(one, desk) };
    return changes.map((change) => ({ ...head, id: `${one.id}:${change.kind}`, changes: [change] }));
  });
  const events = toEvents(
    {
      ticketId: row.id,
      createdAt: row.createdAt,
      isPartly,
      ...(begins ? actorOf(first, desk) : { actor: null, actor_id: null }),
      present: [
        { kind: 'status', value: null, born: begins ? WORDS.status(first.status) : null },
        ...(teams ? [{ kind: 'group' as const, value: null, born: born.team }] : []),
        { kind: 'assignee', value: null, born: born.person },
        { ...inbox, value: row.mailboxId, ...(begins ? {} : { born: null }) },
      ],
    },
    steps,
  );
  return { events, group: teams ? (team ?? owners.team) : row.mailboxId };
}

interface Owners {
  readonly team: string | null;
  readonly person: string | null;
}

/** Who has the conversation from a thread on. */
function ownersAfter(one: Thread | undefined, before: Owners): Owners {
  const id = one?.assignedTo?.id ?? null;
  // A thread that names nobody says nothing, but a line about the assignment does.
  const freed = id === VENDOR_USER || (id === null && /^changed-ticket-assignee$/i.test(one?.action?.type ?? ''));
  if (freed) return { team: null, person: null };
  if (id === null) return before;
  if (/^team$/i.test(one?.assignedTo?.type ?? '')) return { team: id, person: null };
  return { ...before, person: id };
}

/** Moves between inboxes: a line tells where from; where to is told by the next one, or by where the conversation is now. */
function movesIn(
  row: Conversation,
  threads: readonly Thread[],
): ReadonlyMap<Thread, readonly { from: string; to: string }[]> {
  const moves = threads.flatMap((one) => {
    const from = /^moved-from-mailbox$/i.test(one.action?.type ?? '') ? entityIn(one, /mailbox|inbox/i) : null;
    return from === null ? [] : [{ one, from }];
  });
  return new Map(
    moves.map(({ one, from }, i) => {
      const to = moves[i + 1]?.from ?? row.mailboxId;
      return [one, to === null ? [] : [{ from, to }]] as const;
    }),
  );
}

const isMerge = (one: Thread): boolean => /^merged$/i.test(one.action?.type ?? '');

/** Id of what a line is about, by the key that the vendor has it under. */
function entityIn(one: Thread, key: RegExp): string | null {
  const all = one.action?.associatedEntities;
  const found = Object.entries(typeof all === 'object' && all !== null ? all : {}).find(([name]) =>
    key.test(name),
  )?.[1];
  return typeof found === 'number' || (typeof found === 'string' && found !== '') ? String(found) : null;
}

/** Who did it. The vendor's own user acts for a rule where a workflow is named, else for the vendor. */
function actorOf(one: Thread, desk: Desk): Pick<Step, 'actor' | 'actor_id' | 'rule_id'> {
  const action = one.action?.type;
  const id = one.createdBy?.id ?? null;
  const rule_id = isByWorkflow(action) ? entityIn(one, /workflow/i) : null;
  const side = WORDS.side(one.createdBy?.type);
  if (isByRule(action)) return { actor: 'automation', actor_id: null, rule_id };
  if (side === null || side === 'customer') return { actor: side, actor_id: null, rule_id };
  if (id === VENDOR_USER) return { actor: isByWorkflow(action) ? 'automation' : 'system', actor_id: null, rule_id };
  if (side === 'machine' || isMachine(id, desk)) return { actor: 'automation', actor_id: null, rule_id };
  return { actor: 'agent', actor_id: id, rule_id };
}
