import type {
  CriterionExplanation,
  Explanation,
  SignalExplanation,
  StageExplanation,
  TicketExplanation,
} from '../domain/explanation.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { SqlValue } from '../domain/sql-session.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import type { Store } from '../store/ports.ts';
import { findImportedDays } from './imported-days.ts';
import { weighAnswers } from './weigh-answers.ts';

interface ExplainDeps {
  readonly store: Store;
  readonly snapshot: StagedReading;
  readonly model: StagedModel;
  readonly signals: readonly SignalDefinition[];
  readonly ticketUrl: (connection: string, id: string) => string | null;
}

const TICKET_FACTS = [
  'population',
  'status_as_of',
  'channel',
  'priority_as_of',
  'created_at',
  'first_touch_at',
  'first_reply_at',
  'first_solved_at',
  'last_solved_at',
  'ever_solved_at',
  'closed_at',
  'first_reply_calendar_s',
  'first_reply_business_s',
  'first_reply_business_vendor_s',
  'reported_first_reply_calendar_s',
  'reported_first_reply_business_s',
  'full_resolution_calendar_s',
  'full_resolution_business_s',
  'reported_full_resolution_calendar_s',
  'first_reply_from',
  'first_resolution_calendar_s',
  'first_resolution_from',
  'full_resolution_from',
  'replies',
  'notes',
  'reopens',
  'reassignments',
  'tier',
  'merged_into',
  'follow_up_of',
] as const;

/**
 * Follows one number of a snapshot back: a stage to its statements, a statement to its ledger, a signal to its SQL and sample tickets, a
 * ticket to its timeline and the signals that used it. `what` is `stage`, a criterion id, a signal id (its catalogue letter and number
 * suffice), or a ticket id, also as `connection/id`. Errors: UNKNOWN_NAME with the nearest known name.
 */
export async function explain(what: string, deps: ExplainDeps): Promise<Explanation> {
  if (what === 'stage') return explainStage(deps);
  const criterion = deps.model.criteria.find((c) => c.id.toLowerCase() === what.toLowerCase());
  if (criterion !== undefined) return explainCriterion(criterion.id, deps);
  const signal = deps.signals.find((s) =>
    [s.id, s.id.split('-')[0], ...s.aliases].some((name) => name?.toLowerCase() === what.toLowerCase()),
  );
  if (signal !== undefined) return await explainSignal(signal, deps);
  const ticket = await explainTicket(what, deps);
  if (ticket !== null) return ticket;
  const known = [...deps.model.criteria.map((c) => c.id), ...deps.signals.map((s) => s.id)];
  const guess = nearest(what, known);
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `"${what}" is neither a statement, a signal nor a stored ticket.`,
    guess === null
      ? `Try \`plumbline explain stage\`, ${deps.model.criteria[0]?.id}, D3, or a ticket id.`
      : `Did you mean ${guess}?`,
  );
}

function explainStage({ snapshot, model }: ExplainDeps): StageExplanation {
  const sets = model.stages.map(({ stage, name }) => {
    const criteria = snapshot.criteria.filter((c) => c.set === stage && !c.not_applicable);
    const degrees = criteria.map((c) => c.posterior[1] / 2 + c.posterior[2]);
    return {
      set: stage,
      name,
      degree: degrees.length === 0 ? 0 : degrees.reduce((a, b) => a + b, 0) / degrees.length,
      criteria,
    };
  });
  return { kind: 'stage', stage: snapshot.placement.stage, sets };
}

function explainCriterion(id: string, { snapshot, model }: ExplainDeps): CriterionExplanation {
  const criterion = model.criteria.find((c) => c.id === id);
  const result = snapshot.criteria.find((c) => c.id === id);
  if (criterion === undefined || result === undefined)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `The snapshot of ${snapshot.as_of.slice(0, 10)} did not judge ${id}.`,
      'Take a new snapshot with the present model: plumbline snapshot.',
    );
  const { title, how, verified_by } = criterion.action;
  const ledger = snapshot.ledger.filter((line) => line.criterion === id);
  const own = new Set([...ledger.map((line) => line.ref), ...result.missing.map((m) => m.signal)]);
  return {
    kind: 'criterion',
    result,
    statement: criterion.statement,
    levels: criterion.levels,
    ledger,
    unread: snapshot.findings.flatMap(({ signal, n, excluded: { unknown = 0 } }) =>
      own.has(signal) && unknown > 0 ? [{ signal, unknown, read: n }] : [],
    ),
    gain: snapshot.placement.blockers.find((b) => b.criterion === id)?.gain ?? null,
    answers: weighAnswers(snapshot, id),
    proof: criterion.proof,
    action: { title, how, verified_by },
  };
}

async function explainSignal(
  signal: SignalDefinition,
  { store, snapshot, ticketUrl }: ExplainDeps,
): Promise<SignalExplanation> {
  const finding = snapshot.findings.find((f) => f.signal === signal.id);
  if (finding === undefined)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `The snapshot of ${snapshot.as_of.slice(0, 10)} did not measure ${signal.id}.`,
      'Take a new snapshot with the present rules: plumbline snapshot.',
    );
  return {
    kind: 'signal',
    id: signal.id,
    title: signal.title,
    description: signal.description,
    finding,
    lines: signal.lines,
    estimator: signal.estimator,
    needs: signal.needs,
    fooled_by: signal.fooled_by,
    sql: signal.sql,
    ledger: snapshot.ledger.filter((line) => line.source === 'signal' && line.ref === signal.id),
    tickets: finding.sample.map((s) => ({ ...s, url: s.table === 'ticket' ? ticketUrl(s.connection, s.id) : null })),
    imported:
      (finding.population?.migration ?? 0) === 0
        ? []
        : (await findImportedDays(store.telemetry, new Date(snapshot.as_of))).filter(
            (one) => one.day >= finding.window.from.slice(0, 10),
          ),
    remedy: signal.remedy,
  };
}

async function explainTicket(what: string, deps: ExplainDeps): Promise<TicketExplanation | null> {
  const { store, snapshot } = deps;
  const connections = (await store.ledger.connections()).map((c) => c.name);
  const slash = what.indexOf('/');
  const named = slash > 0 && connections.includes(what.slice(0, slash)) ? what.slice(0, slash) : null;
  const id = named === null ? what : what.slice(slash + 1);
  for (const connection of named === null ? connections : [named]) {
    if ((await store.telemetry.find('ticket', connection, id)).length === 0) continue;
    const asOf = new Date(snapshot.as_of);
    const facts = await store.telemetry.measure({ asOf, horizon: new Date(0) }, async (session) => {
      const rows = await session.query(
        `select ${TICKET_FACTS.join(', ')} from ticket_all where connection = $connection and id = $id`,
        { connection, id },
      );
      return rows[0] ?? { population: `created after ${snapshot.as_of.slice(0, 10)}` };
    });
    return {
      kind: 'ticket',
      connection,
      id,
      url: deps.ticketUrl(connection, id),
      facts: Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plainFact(value)])),
      timeline: await timelineOf(store, connection, id),
      used_by: snapshot.findings.flatMap((f) =>
        f.sample
          .filter((s) => s.connection === connection && s.table === 'ticket' && s.id === id)
          .map((s) => ({ signal: f.signal, hit: s.hit })),
      ),
    };
  }
  return null;
}

function plainFact(value: SqlValue): string | number | boolean | null {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(String).join(', ') : value;
}

async function timelineOf(store: Store, connection: string, id: string): Promise<TicketExplanation['timeline']> {
  const [events, messages, clocks] = await Promise.all([
    store.telemetry.find('event', connection, id),
    store.telemetry.find('message', connection, id),
    store.telemetry.find('sla_clock', connection, id),
  ]);
  const entries = [
    ...events.map((e) => ({
      at: e.at,
      seq: e.seq,
      what: `${e.field ?? e.kind} ${e.initial ? 'is' : `${e.from_value ?? 'unset'} ->`} ${e.to_value ?? 'unset'}`,
      by:
        [e.actor, e.rule_id === null ? e.actor_id : `rule ${e.rule_id}`].filter((part) => part !== null).join(' ') ||
        null,
    })),
    ...messages.map((m) => ({
      at: m.at,
      seq: 1_000_000 + m.seq,
      what: `${m.public ? 'public message' : 'internal note'}${m.auto_reply ? ', automatic' : ''}${m.template_id === null ? '' : ', with template'}`,
      by: [m.author, m.author_id].filter((part) => part !== null).join(' ') || null,
    })),
    ...clocks.flatMap((c) => [
      ...(c.breach_at === null || c.met !== false
        ? []
        : [{ at: c.breach_at, seq: 2_000_000, what: `${c.metric} target ran out`, by: null }]),
      ...(c.fulfilled_at === null
        ? []
        : [
            {
              at: c.fulfilled_at,
              seq: 2_000_001,
              what: `${c.metric} clock ended${c.met === true ? ', target met' : ''}`,
              by: null,
            },
          ]),
    ]),
  ];
  return entries
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq)
    .map(({ at, what, by }) => ({ at: at.toISOString(), what, by }));
}
