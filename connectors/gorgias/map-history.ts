import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { type Change, type Present, type Step, toEvents } from '../../src/kit/records/history.ts';
import { type Desk, isMachine } from './account.ts';
import type { Event, Message, Ticket } from './schema.ts';
import { WORDS } from './words.ts';

/** A customer's message reopens a ticket within this time. */
const WITHIN_MS = 60_000;

/**
 * A snoozed ticket is closed until it wakes, and waits. The instant of waking may stay with a ticket that has woken: that is a change, and its last one is
 * younger then. A word that is not known yet is no end.
 */
export function statusOf({ status, snooze_datetime: wakes, updated_datetime: changed }: Ticket) {
  const known = WORDS.status(status) ?? ('open' as const);
  const sleeps = wakes !== null && changed !== null && wakes > changed;
  return known === 'solved' && sleeps ? ('pending' as const) : known;
}

/**
 * The history of one ticket from its events, oldest first. The vendor gives the new values only. Whether it still has all of them is told by the creation of
 * the ticket among them: without it nothing is said of what the ticket began as.
 */
export function toHistory(row: Ticket, told: readonly Event[], said: readonly Message[], desk: Desk): TicketEvent[] {
  const { pseudonymise, settings } = desk.context;
  const whole = told.some((one) => /^ticket-created$/i.test(one.type));
  const names = new Map([...(desk.tags?.values() ?? []), ...(row.tags ?? [])].map(({ id, name }) => [id, name]));
  let status: string | null = null;
  let began: string | null = null;
  const steps = told.map((one): Step => {
    const moved: Change[] = [];
    const after = isPartOfSnooze(one, told) ? null : WORDS.after(one.type);
    if (after !== null) {
      const from = status ?? WORDS.before(one.type);
      began ??= from;
      status = after;
      moved.push({ kind: 'status', from, to: after });
    }
    const changes = [...moved, ...changesOf(one, names)];
    return { id: one.id, at: one.created_datetime, ...actorOf(one, told, said, desk), changes };
  });
  const creator = told.find((one) => /^ticket-created$/i.test(one.type));
  const story = {
    ticketId: row.id,
    createdAt: row.created_datetime,
    ...(creator === undefined ? { actor: null, actor_id: null } : creatorOf(row, creator, desk)),
    present: [
      { kind: 'status', value: null, born: whole ? (began ?? statusOf(row)) : null },
      presentOf('group', row.assignee_team?.id ?? row.assignee_team_id, whole),
      presentOf('assignee', row.assignee_user?.id ?? row.assignee_user_id, whole),
    ] as const,
    ...(whole && row.tags !== null ? { tags: row.tags.map((tag) => tag.name) } : {}),
    keep: (tag: string) => keptTag(pseudonymise, settings.clearTags, tag),
  };
  return toEvents(story, steps);
}

function presentOf(kind: 'group' | 'assignee', value: string | null, whole: boolean): Present {
  return whole ? { kind, value } : { kind, value: null, born: null };
}

/** Snoozing closes a ticket until it wakes: both are told under one context. */
function isPartOfSnooze({ type, context }: Event, told: readonly Event[]): boolean {
  if (!/^ticket-closed$/i.test(type) || context === null) return false;
  return told.some((one) => one.context === context && /^ticket-snoozed$/i.test(one.type));
}

function changesOf({ type, data }: Event, names: Names): Change[] {
  switch (type.toLowerCase()) {
    case 'ticket-assigned':
      return assigned('assignee', idIn(data?.assignee_user_id));
    case 'ticket-unassigned':
      return [{ kind: 'assignee', to: null }];
    case 'ticket-team-assigned':
      return assigned('group', idIn(data?.assignee_team_id));
    case 'ticket-team-unassigned':
      return [{ kind: 'group', to: null }];
    case 'ticket-tags-added':
      return tagsIn(data?.tags_added, names).map((tag) => ({ kind: 'tag', from: null, to: tag }));
    case 'ticket-tags-removed':
      return tagsIn(data?.tags_removed, names).map((tag) => ({ kind: 'tag', from: tag, to: null }));
    case 'ticket-sla-policy-assigned':
      return [{ kind: 'sla', from: null, to: idIn(data?.sla_policy_uuid) }];
    case 'ticket-trashed':
      return [{ kind: 'delete', from: null, to: null }];
    default:
      return [];
  }
}

/** An assignment that does not say to whom says nothing. */
function assigned(kind: 'assignee' | 'group', to: string | null): Change[] {
  return to === null ? [] : [{ kind, to }];
}

function idIn(value: unknown): string | null {
  return typeof value === 'number' || (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) ? String(value) : null;
}

/** Tags are told by their id; one that the account no longer lists has no name, and is left out. */
function tagsIn(value: unknown, names: Names): string[] {
  return (Array.isArray(value) ? value : []).flatMap((one) => {
    const id = idIn(one);
    return id === null ? [] : (names.get(id) ?? []);
  });
}

/** Names of tags by their id. */
type Names = ReadonlyMap<string | null, string | null>;

type Actor = Pick<TicketEvent, 'actor' | 'actor_id' | 'rule_id'>;
const NOBODY: Actor = { actor: null, actor_id: null, rule_id: null };

/** Who did it. In nobody's name are rules, which are told under the same context, the answer of a customer that reopens, and what the vendor does by itself. */
function actorOf(one: Event, told: readonly Event[], said: readonly Message[], desk: Desk): Actor {
  const { user_id: user, type, context, data } = one;
  if (user !== null) return byUser(user, desk);
  if (/^ticket-self-unsnoozed$/i.test(type)) return { ...NOBODY, actor: 'system' };
  const near = (at: Date) => Math.abs(at.getTime() - one.created_datetime.getTime()) <= WITHIN_MS;
  if (/^ticket-reopened$/i.test(type) && said.some((text) => text.from_agent === false && near(text.created_datetime)))
    return { ...NOBODY, actor: 'customer' };
  const rules = told.filter((other) => context !== null && other.context === context && isRule(other));
  if (rules.length === 0) return data?.auto_assigned === true ? { ...NOBODY, actor: 'automation' } : NOBODY;
  const ids = new Set(rules.map((rule) => idIn(rule.data?.id)));
  return { ...NOBODY, actor: 'automation', rule_id: ids.size === 1 ? ([...ids][0] ?? null) : null };
}

const isRule = ({ type }: Event): boolean => /^rule-executed$/i.test(type);

function byUser(user: string, desk: Desk): Actor {
  return isMachine(user, desk) ? { ...NOBODY, actor: 'automation' } : { ...NOBODY, actor: 'agent', actor_id: user };
}

/** Values at creation are of whoever created the ticket. */
function creatorOf({ from_agent }: Ticket, { user_id: user }: Event, desk: Desk): Pick<Actor, 'actor' | 'actor_id'> {
  if (from_agent === false) return { actor: 'customer', actor_id: null };
  if (user === null) return { actor: null, actor_id: null };
  const { actor, actor_id } = byUser(user, desk);
  return { actor, actor_id };
}
