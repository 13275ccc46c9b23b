import { STATUSES, ticket as ticketTable } from '../../domain/telemetry.ts';
import type { Clock, Said, Step, TicketTemplate } from './format.ts';
import { type CaseRecords, type Cells, fill, inTurn } from './rows.ts';
import { parseDuration, parseInstant } from './time.ts';

const COLUMNS = new Set(Object.keys(ticketTable.columns));

interface Life {
  readonly records: CaseRecords;
  readonly connection: string;
  readonly id: string;
  readonly created: Date;
  readonly agent: string;
  readonly asOf: Date;
  readonly i: number;
}

const after = (life: Life, duration: string): Date => new Date(life.created.getTime() + parseDuration(duration));
const asText = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** `customer`, `automation`, `system`, `unknown`, or an agent id. */
function actorOf(by: string): Cells {
  if (by === 'unknown') return { actor: null, actor_id: null };
  if (by === 'customer' || by === 'automation' || by === 'system') return { actor: by, actor_id: null };
  return { actor: 'agent', actor_id: by };
}

function addEvent(life: Life, at: Date, cells: Cells, by: string): void {
  life.records.add(life.connection, 'event', { ticket_id: life.id, at, ...actorOf(by), ...cells }, at);
}

interface MessageOf {
  readonly at: Date;
  readonly by: string;
  readonly public: boolean;
}

function addMessage(life: Life, message: MessageOf, cells: Cells = {}): void {
  const author = ['customer', 'machine'].includes(message.by) ? message.by : 'agent';
  const author_id = author === 'agent' ? message.by : null;
  life.records.add(
    life.connection,
    'message',
    { ticket_id: life.id, at: message.at, public: message.public, author, author_id, seq: 1, ...cells },
    message.at,
  );
}

function say(life: Life, said: Said, isPublic: boolean): Date {
  const spec = typeof said === 'string' ? { after: said } : said;
  const at = after(life, spec.after);
  const by = asText(fill(inTurn<string | null>(spec.by ?? life.agent, life.i), life.i)) ?? life.agent;
  addMessage(
    life,
    { at, by, public: isPublic },
    {
      template_id: spec.template ?? null,
      article_ids: spec.articles === undefined ? null : fill(spec.articles, life.i),
      channel: spec.channel ?? null,
    },
  );
  return at;
}

/** Adds the change events of one path and gives the last value. */
function walkPath(life: Life, kind: string, start: string | null, path: readonly Step[]): string | null {
  let current = start;
  for (const [delay, value, by] of path) {
    const next = asText(fill(value, life.i));
    addEvent(life, after(life, delay), { kind, from_value: current, to_value: next }, by ?? life.agent);
    current = next;
  }
  return current;
}

const first = (times: readonly Date[]): Date | null =>
  times.length === 0 ? null : new Date(Math.min(...times.map((at) => at.getTime())));

function addClock(life: Life, metric: string, clock: Clock, stamps: { reply: Date | null; solved: Date | null }): void {
  const spec = typeof clock === 'string' ? { target: clock } : clock;
  const target = parseDuration(spec.target);
  const applied = after(life, spec.applied ?? '0s');
  const breach = new Date(applied.getTime() + target);
  let fulfilled = metric === 'first_reply' ? stamps.reply : stamps.solved;
  if (spec.met !== undefined && spec.met !== null)
    fulfilled = new Date(applied.getTime() + target * (spec.met ? 0.5 : 1.5));
  if (spec.fulfilled !== undefined) fulfilled = spec.fulfilled === null ? null : after(life, spec.fulfilled);
  const decided = fulfilled === null ? (breach < life.asOf ? false : null) : fulfilled <= breach;
  life.records.add(life.connection, 'sla_clock', {
    ticket_id: life.id,
    metric,
    scope: spec.scope ?? 'ticket',
    policy_id: spec.policy ?? 'policy-1',
    target_s: Math.round(target / 1000),
    business_hours: spec.business ?? false,
    started_at: applied,
    applied_at: applied,
    breach_at: breach,
    fulfilled_at: fulfilled,
    paused_s: spec.paused === undefined ? 0 : Math.round(parseDuration(spec.paused) / 1000),
    voided: spec.voided ?? false,
    met: spec.met === null ? null : decided,
  });
}

function addMessages(life: Life, template: TicketTemplate): { replies: Date[]; notes: Date[] } {
  const opener = asText(template.created_by) ?? 'customer';
  if (!template.silent)
    addMessage(life, { at: life.created, by: opener === 'agent' ? life.agent : opener, public: true }, { seq: 0 });
  if (template.ack !== undefined || template.promise !== undefined)
    addMessage(
      life,
      { at: after(life, template.ack ?? '1m'), by: 'machine', public: true },
      {
        auto_reply: true,
        promised_reply_s: template.promise === undefined ? null : parseDuration(template.promise) / 1000,
        promise_business_hours: template.promise_business_hours ?? (template.promise === undefined ? null : false),
      },
    );
  const said = [...(template.first_reply === undefined ? [] : [template.first_reply]), ...(template.replies ?? [])];
  const replies = said.map((one) => say(life, one, true));
  const notes = (template.notes ?? []).map((one) => say(life, one, false));
  for (const delay of template.customer_messages ?? [])
    addMessage(life, { at: after(life, delay), by: 'customer', public: true });
  return { replies, notes };
}

function addPriority(life: Life, template: TicketTemplate): number | null {
  if (template.priority === undefined) return null;
  const rank = inTurn<number | null>(template.priority, life.i);
  if (rank === null) return null;
  const at = template.priority_set === undefined ? life.created : after(life, template.priority_set);
  const initial = template.priority_set === undefined;
  const by = template.priority_set_by ?? (initial ? 'customer' : life.agent);
  addEvent(life, at, { kind: 'priority', to_value: String(rank), initial }, by);
  return rank;
}

function addSurveyAndLinks(life: Life, template: TicketTemplate): void {
  const { csat } = template;
  if (csat !== undefined)
    life.records.add(life.connection, 'csat', {
      ticket_id: life.id,
      offered_at: csat.offered === undefined ? null : after(life, csat.offered),
      answered_at: csat.answered === undefined ? null : after(life, csat.answered),
      score: csat.score ?? null,
      scale: csat.scale ?? null,
      reason_code: csat.reason ?? null,
    });
  for (const link of template.links ?? [])
    life.records.add(life.connection, 'link', {
      ticket_id: life.id,
      kind: link.kind,
      system: link.system ?? null,
      target_key: fill(link.target ?? `target-${life.id}`, life.i),
      linked_at: after(life, link.after ?? '1h'),
      responded_at: link.responded === undefined ? null : after(life, link.responded),
      closed_at: link.closed === undefined ? null : after(life, link.closed),
      closed_as: link.closed_as ?? null,
      team: link.team ?? null,
    });
}

/** Status path with `solved` and `closed` as its last steps, in order of time. */
function statusSteps(template: TicketTemplate): Step[] {
  const steps: Step[] = [...(template.status_path ?? [])];
  if (template.solved !== undefined)
    steps.push(
      template.solved_by === undefined ? [template.solved, 'solved'] : [template.solved, 'solved', template.solved_by],
    );
  if (template.closed !== undefined) steps.push([template.closed, 'closed', 'automation']);
  return steps.sort((a, b) => parseDuration(a[0]) - parseDuration(b[0]));
}

function ownerSteps(life: Life, template: TicketTemplate, actions: readonly Date[]): Step[] {
  if (template.owner_path !== undefined) return template.owner_path;
  const seconds = (at: Date): string => `${Math.round((at.getTime() - life.created.getTime()) / 1000)}s`;
  const at = template.assigned ?? (actions.length === 0 ? undefined : seconds(first(actions) ?? life.created));
  return at === undefined ? [] : [[at, life.agent, template.assigned_by ?? life.agent]];
}

function organisationOf(life: Life, template: TicketTemplate): string | null {
  const tier = asText(fill(inTurn<string | null>(template.tier ?? null, life.i), life.i));
  const named = asText(fill(inTurn<string | null>(template.organisation ?? null, life.i), life.i));
  const id = named ?? (tier === null ? null : `org-${tier}`);
  if (id !== null && !life.records.has(life.connection, 'organisation', 'id', id))
    life.records.add(life.connection, 'organisation', {
      id,
      tier,
      tier_rank: inTurn<number | null>(template.tier_rank ?? null, life.i),
    });
  return id;
}

function addChanges(life: Life, template: TicketTemplate, steps: readonly Step[], actions: readonly Date[]): Cells {
  addEvent(life, life.created, { kind: 'status', to_value: 'new', initial: true }, 'customer');
  const status = walkPath(life, 'status', 'new', steps) ?? 'new';
  const group = asText(fill(inTurn<string | null>(template.group ?? null, life.i), life.i));
  if (group !== null) addEvent(life, life.created, { kind: 'group', to_value: group, initial: true }, 'system');
  const lastGroup = walkPath(life, 'group', group, template.group_path ?? []);
  const owner = walkPath(life, 'assignee', null, ownerSteps(life, template, actions));
  for (const { after: delay, by, from, to, rule, ...cells } of template.events ?? []) {
    const values = {
      from_value: asText(fill(from, life.i)),
      to_value: asText(fill(to, life.i)),
      rule_id: rule ?? null,
    };
    addEvent(life, after(life, delay), { ...cells, ...values }, asText(fill(by ?? life.agent, life.i)) ?? life.agent);
  }
  const known = STATUSES.find((word) => word === status);
  return { status: known ?? 'open', group_id: lastGroup, assignee_id: owner };
}

function lastStep(life: Life, steps: readonly Step[], word: string): Date | null {
  const found = steps.filter(([, value]) => value === word).at(-1);
  return found === undefined ? null : after(life, found[0]);
}

function ownCells(life: Life, template: TicketTemplate): Cells {
  return Object.fromEntries(
    Object.entries(template)
      .filter(([key, value]) => COLUMNS.has(key) && key !== 'id' && value !== undefined)
      .map(([key, value]) => [key, ownCell(key, value, life)]),
  );
}

function addTicket(life: Life, template: TicketTemplate): void {
  const { records, connection, created, agent, i, id } = life;
  const { replies, notes } = addMessages(life, template);
  const rank = addPriority(life, template);
  const steps = statusSteps(template);
  const own = steps.filter(([, , by]) => by === undefined || by === agent).map(([delay]) => after(life, delay));
  const state = addChanges(life, template, steps, [...replies, ...notes, ...own]);
  const solved = lastStep(life, steps, 'solved') ?? lastStep(life, steps, 'closed');
  for (const [metric, clock] of Object.entries(template.sla ?? {}))
    if (clock !== undefined) addClock(life, metric, clock, { reply: first(replies), solved });
  addSurveyAndLinks(life, template);
  records.add(
    connection,
    'ticket',
    {
      id,
      created_at: created,
      priority_rank: rank,
      created_by: 'customer',
      requester_key: asText(fill(inTurn<string | null>(template.requester ?? `person-${id}`, i), i)),
      organisation_id: organisationOf(life, template),
      channel: 'email',
      reported_solved_at: solved,
      reported_closed_at: lastStep(life, steps, 'closed'),
      ...state,
      ...ownCells(life, template),
    },
    created,
  );
}

/** Expands one ticket template into its copies with all their rows; `serial` keeps the ids of several templates apart. */
export function addTickets(records: CaseRecords, template: TicketTemplate, serial: number, asOf: Date): void {
  for (let i = 0; i < template.n; i++) {
    const created = parseInstant(template.created, asOf, i, template.n);
    const agent = asText(fill(inTurn<string | null>(template.agent ?? 'a1', i), i)) ?? 'a1';
    const id = asText(fill(template.id ?? `t${serial}-{i}`, i)) ?? '';
    addTicket({ records, connection: template.connection, id, created, agent, asOf, i }, template);
  }
}

function ownCell(column: string, value: unknown, life: Life): unknown {
  const type = (ticketTable.columns as Record<string, { type: string }>)[column]?.type;
  const cell = fill(type === 'texts' ? value : inTurn<unknown>(value, life.i), life.i);
  if (type !== 'time' || typeof cell !== 'string') return cell;
  return cell.startsWith('+') ? after(life, cell.slice(1)) : parseInstant(cell, life.asOf, 0, 1);
}
