import { PlumblineError } from '../errors/plumbline-error.ts';
import type { Agenda } from './agenda.ts';
import type { Priority } from './practices.ts';
import { type Random, takeAt } from './random.ts';
import { hasEscalatedStatus, showStatusId } from './statuses.ts';
import type {
  LogValue,
  SimAgent,
  SimEvent,
  SimGroup,
  SimMacro,
  SimOrganisation,
  SimRule,
  SimTicket,
  SimUser,
  SimVia,
  Status,
  World,
} from './world.ts';

/** One simulation under way. */
export interface Run {
  readonly world: World;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly nextTicketId: () => number;
  readonly nextAuditId: () => number;
  /** Tickets by the organisation of their requester; those that ended are taken out when somebody looks. */
  readonly byAccount: Map<SimOrganisation, SimTicket[]>;
  /** The newest problem record of each topic, by its key. */
  readonly knownErrors: Map<string, SimTicket>;
}

/** Whether something that happens in this share of cases happens now; a share that is left out draws nothing. */
export function happens(run: Run, share: number | undefined): boolean {
  return share !== undefined && share > 0 && run.random.chance(share);
}

/** Room between audit ids for the ids of their events. */
export const EVENT_ROOM = 40;

/** Collects what one update changes; the ticket changes at once, the log is written by `commit`. */
export interface Edit {
  readonly ticket: SimTicket;
  create(field: string, value: LogValue): Edit;
  status(to: Status, rule?: SimRule | null): Edit;
  /** Puts the desk's own label for escalations on an unsolved ticket; the next change of status takes it away. */
  escalatedStatus(rule?: SimRule | null): Edit;
  priority(to: Priority, rule?: SimRule | null): Edit;
  type(to: NonNullable<SimTicket['type']>): Edit;
  group(to: SimGroup, rule?: SimRule | null): Edit;
  assignee(to: SimAgent | null, rule?: SimRule | null): Edit;
  field(id: number, value: string, rule?: SimRule | null): Edit;
  /** null = the desk has no tag for this: nothing happens. */
  tag(tag: string | null, rule?: SimRule | null): Edit;
  problem(to: SimTicket): Edit;
  score(from: string, to: string, rule: SimRule | null): Edit;
  comment(author: SimUser, isPublic: boolean, text: string): Edit;
  notify(rule: SimRule, to: SimUser, text: string): Edit;
  macro(macro: SimMacro): Edit;
  commit(author: SimUser | null, via: SimVia): void;
}

const ORDER: Record<Status, readonly Status[]> = {
  new: ['open', 'pending', 'hold', 'solved', 'closed', 'deleted'],
  open: ['pending', 'hold', 'solved', 'closed', 'deleted'],
  pending: ['open', 'hold', 'solved', 'closed', 'deleted'],
  hold: ['open', 'pending', 'solved', 'closed', 'deleted'],
  solved: ['open', 'pending', 'hold', 'closed', 'deleted'],
  closed: ['deleted'],
  deleted: [],
};

/** Somebody still has to do something. */
export function isUnsolved(status: Status): boolean {
  return status === 'new' || status === 'open' || status === 'pending' || status === 'hold';
}

/** Nothing can happen to the ticket any more. */
export function isOver(status: Status): boolean {
  return status === 'closed' || status === 'deleted';
}

/** Statuses that the vendor allows after a status. */
export function followingStatuses(status: Status): readonly Status[] {
  return ORDER[status];
}

export function startEdit(run: Run, ticket: SimTicket): Edit {
  const events: SimEvent[] = [];
  const change = (field: string, from: LogValue, to: LogValue, rule: SimRule | null): void => {
    if (from === to) return;
    events.push({ kind: 'change', field, from, to, rule });
    if (rule !== null) noteUse(rule, run.agenda.now());
  };
  /** Desks with a status of their own log its id beside the category, as the vendor does. */
  const showStatus = (to: Status, escalated: boolean, rule: SimRule | null): void => {
    if (hasEscalatedStatus(run.world))
      change(
        'custom_status_id',
        String(showStatusId(ticket.status, ticket.escalatedStatus)),
        String(showStatusId(to, escalated)),
        rule,
      );
    ticket.status = to;
    ticket.escalatedStatus = escalated;
  };
  const edit: Edit = {
    ticket,
    create: (field, value) => {
      events.push({ kind: 'create', field, value });
      return edit;
    },
    status: (to, rule = null) => {
      if (to === ticket.status) return edit;
      if (!ORDER[ticket.status].includes(to))
        throw new PlumblineError('BUG', `A simulated ticket went from ${ticket.status} to ${to}.`, 'Report this.');
      change('status', ticket.status, to, rule);
      showStatus(to, false, rule);
      return edit;
    },
    escalatedStatus: (rule = null) => {
      if (!isUnsolved(ticket.status)) return edit;
      if (ticket.status === 'new') change('status', 'new', 'open', rule);
      showStatus(ticket.status === 'new' ? 'open' : ticket.status, true, rule);
      return edit;
    },
    priority: (to, rule = null) => {
      change('priority', ticket.priority, to, rule);
      ticket.priority = to;
      return edit;
    },
    type: (to) => {
      change('type', ticket.type, to, null);
      ticket.type = to;
      return edit;
    },
    group: (to, rule = null) => {
      change('group_id', ticket.group === null ? null : String(ticket.group.id), String(to.id), rule);
      ticket.group = to;
      return edit;
    },
    assignee: (to, rule = null) => {
      change('assignee_id', ticket.assignee?.user.id ?? null, to?.user.id ?? null, rule);
      ticket.assignee = to;
      return edit;
    },
    field: (id, value, rule = null) => {
      change(String(id), ticket.fields.get(id) ?? null, value, rule);
      ticket.fields.set(id, value);
      return edit;
    },
    tag: (tag, rule = null) => {
      if (tag === null || ticket.tags.includes(tag)) return edit;
      const before = [...ticket.tags];
      ticket.tags.push(tag);
      change('tags', before, [...ticket.tags], rule);
      return edit;
    },
    problem: (to) => {
      change('problem_id', ticket.problem === null ? null : String(ticket.problem.id), String(to.id), null);
      ticket.problem = to;
      to.incidents.push(ticket);
      return edit;
    },
    score: (from, to, rule) => {
      change('satisfaction_score', from, to, rule);
      return edit;
    },
    comment: (author, isPublic, text) => {
      events.push({ kind: 'comment', author, public: isPublic, text });
      return edit;
    },
    notify: (rule, to, text) => {
      events.push({ kind: 'notification', rule, to, text });
      noteUse(rule, run.agenda.now());
      return edit;
    },
    macro: (macro) => {
      events.push({ kind: 'macro', macro });
      macro.uses++;
      return edit;
    },
    commit: (author, via) => {
      if (events.length === 0) return;
      if (author !== null && via === VIA_WEB && ticket.status === 'solved') demandCause(run, edit);
      ticket.audits.push({ id: run.nextAuditId(), at: run.agenda.now(), author, via, events });
      ticket.updatedAt = run.agenda.now();
    },
  };
  return edit;
}

/** The vendor's page does not let a person solve without the fields that the desk requires. */
function demandCause(run: Run, edit: Edit): void {
  const { fields, practices, words } = run.world;
  if (practices.closing.required?.includes('cause') !== true || !practices.intake.form) return;
  if (edit.ticket.fields.has(fields.cause)) return;
  edit.field(fields.cause, takeAt(words.fields.causeOptions, Number(run.random.weigh({ 0: 4, 1: 3, 2: 1, 3: 2 }))));
}

export function noteUse(rule: SimRule, at: number): void {
  rule.uses++;
  rule.lastFiredAt = at;
}

export function findRule(world: World, key: string): SimRule | null {
  return world.rules.find((rule) => rule.key === key && rule.active) ?? null;
}

/** How the vendor names the origin of an update that a rule made. */
export function viaRule(rule: SimRule): SimVia {
  return {
    channel: 'rule',
    rel: rule.kind,
    from: { deleted: false, title: rule.title, id: rule.id, revision_id: 1 },
  };
}

export const VIA_WEB: SimVia = { channel: 'web', rel: null };
export const VIA_EMAIL: SimVia = { channel: 'email', rel: null };
export const VIA_API: SimVia = { channel: 'api', rel: null };
