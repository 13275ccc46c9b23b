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
 * The history of one ticket from its events, oldest first. The vendor gives the new values only. They are all there when the creation of the ticket is among
 * them and they end where it stands: else nothing is said of what it began as.
 */
export function toHistory(
  row: Ticket,
  told: readonly Event[],
  said: readonly Message[],
  isPartly: boolean,
  desk: Desk,
): TicketEvent[] {
  const { pseudonymise, settings } = desk.context;
  const creation = told.find((one) => one.type === 'ticket-created');
  const names = new Map([...desk.tags, ...(row.tags ?? [])].map(({ id, name }) => [id, name]));
  let [status, began]: (string | null)[] = [null, null];
  const steps = told.map((one): Step => {
    const after = isPartOfSnooze(one, told) ? null : WORDS.after(one.type);
    const from = after === null ? null : (status ?? WORDS.before(one.type));
    began ??= from;
    status = after ?? status;
    const moved: Change[] = after === null ? [] : [{ kind: 'status', from, to: after }];
    const by = actorOf(one, told, said, desk);
    return { id: one.id, at: one.created_datetime, ...by, changes: [...moved, ...changesOf(one, names)] };
  });
  const now = statusOf(row);
  const whole = creation !== undefined && (status ?? 'open') === (now === 'new' ? 'open' : now);
  const present = (kind: Present['kind'], value: string | null): Present =>
    whole ? { kind, value } : { kind, value: null, born: null };
  const story = {
    ticketId: row.id,
    createdAt: row.created_datetime,
    isPartly,
    ...creatorOf(row, whole ? creation : undefined, desk),
    present: [
      present('status', began ?? now),
      present('group', row.assignee_team?.id ?? row.assignee_team_id),
      present('assignee', row.assignee_user?.id ?? row.assignee_user_id),
    ],
    ...(!whole || row.tags === null ? {} : { tags: row.tags.map(({ name }) => name) }),
    keep: (tag: string) => keptTag(pseudonymise, settings.clearTags, tag),
  };
  return toEvents(story, steps);
}

/** Snoozing closes a ticket until it wakes: both are told under one context. */
function isPartOfSnooze({ type, context }: Event, told: readonly Event[]): boolean {
  const isSnooze = (one: Event) => one.type === 'ticket-snoozed' && one.context === context;
  return type === 'ticket-closed' && context !== null && told.some(isSnooze);
}

function changesOf({ type, data }: Event, names: ReadonlyMap<string | null, string | null>): Change[] {
  // Tags are told by their id; one that the account no longer lists has no name, and is left out.
  const tags = (ids: unknown) =>
    (Array.isArray(ids) ? ids : []).flatMap((one) => (idIn(one) === null ? [] : (names.get(idIn(one)) ?? [])));
  // An assignment that does not say to whom says nothing.
  const given = (kind: 'assignee' | 'group', id: unknown): Change[] =>
    idIn(id) === null ? [] : [{ kind, to: idIn(id) }];
  switch (type) {
    case 'ticket-assigned':
      return given('assignee', data?.assignee_user_id);
    case 'ticket-unassigned':
      return [{ kind: 'assignee', to: null }];
    case 'ticket-team-assigned':
      return given('group', data?.assignee_team_id);
    case 'ticket-team-unassigned':
      return [{ kind: 'group', to: null }];
    case 'ticket-tags-added':
      return tags(data?.tags_added).map((tag) => ({ kind: 'tag', from: null, to: tag }));
    case 'ticket-tags-removed':
      return tags(data?.tags_removed).map((tag) => ({ kind: 'tag', from: tag, to: null }));
    case 'ticket-sla-policy-assigned':
      return [{ kind: 'sla', from: null, to: idIn(data?.sla_policy_uuid) }];
    case 'ticket-trashed':
      return [{ kind: 'delete', from: null, to: null }];
    default:
      return [];
  }
}

function idIn(value: unknown): string | null {
  return typeof value === 'number' || (typeof value === 'string' && /^[\w-]{1,64}$/.test(value)) ? String(value) : null;
}

type Actor = Pick<TicketEvent, 'actor' | 'actor_id' | 'rule_id'>;
const by = (actor: Actor['actor']): Actor => ({ actor, actor_id: null, rule_id: null });

/** Who did it. In nobody's name are rules, which are told under the same context, the answer of a customer that reopens, and what the vendor does by itself. */
function actorOf(one: Event, told: readonly Event[], said: readonly Message[], desk: Desk): Actor {
  const { user_id: user, type, context, data } = one;
  if (user !== null) return byUser(user, desk);
  if (type === 'ticket-self-unsnoozed') return by('system');
  const near = (at: Date) => Math.abs(at.getTime() - one.created_datetime.getTime()) <= WITHIN_MS;
  if (type === 'ticket-reopened' && said.some((text) => text.from_agent === false && near(text.created_datetime)))
    return by('customer');
  const rules = told.filter((other) => other.type === 'rule-executed' && other.context === context && context !== null);
  const [rule = null, ...others] = new Set(rules.map((run) => idIn(run.data?.id)));
  if (rules.length === 0) return by(data?.auto_assigned === true ? 'automation' : null);
  return { ...by('automation'), rule_id: others.length === 0 ? rule : null };
}

function byUser(user: string, desk: Desk): Actor {
  return isMachine(user, desk) ? by('automation') : { ...by('agent'), actor_id: user };
}

/** Values at creation are of whoever created the ticket. */
function creatorOf({ from_agent }: Ticket, creation: Event | undefined, desk: Desk): Actor {
  if (creation === undefined) return by(null);
  if (from_agent === false) return by('customer');
  return creation.user_id === null ? by(null) : byUser(creation.user_id, desk);
}
