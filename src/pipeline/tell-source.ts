import { type Observability, STREAMS, type StreamName } from '../domain/observability.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { Connector } from '../kit/connector.ts';
import { findHiddenEvidence } from './hidden-evidence.ts';

export interface Tells {
  /** Statements of the model with at least one signal that this source can feed, and all statements. */
  readonly statements: { readonly answered: number; readonly of: number };
  readonly signals: { readonly shown: number; readonly of: number };
  /** Columns that a file of this kind could carry and this one does not, the most telling first; what each would add by itself. */
  readonly columns: readonly Gain[];
  /** What all of these columns together would add. */
  readonly allColumns: Omit<Gain, 'what'>;
  /** What connecting a helpdesk would add beyond the file; the best of those known, null when none adds anything. */
  readonly connection: Gain | null;
}

interface Gain {
  readonly what: string;
  readonly statements: number;
  readonly signals: number;
}

type Fields = Partial<Record<StreamName, readonly string[]>>;

/** What one further column of an export would let us see, in the words of the mapping file. */
const COLUMNS: readonly { readonly what: string; readonly fields: Fields }[] = [
  { what: 'priority', fields: { tickets: ['priority_rank', 'vendor_priority'] } },
  { what: 'channel', fields: { tickets: ['channel', 'vendor_channel'] } },
  { what: 'team', fields: { tickets: ['group_id'] } },
  { what: 'assignee', fields: { tickets: ['assignee_id'] } },
  { what: 'requester', fields: { tickets: ['requester_key'] } },
  { what: 'customer organisation', fields: { tickets: ['organisation_id'] } },
  { what: 'type', fields: { tickets: ['type'] } },
  { what: 'product', fields: { tickets: ['product'] } },
  { what: 'category', fields: { tickets: ['category'] } },
  { what: 'severity', fields: { tickets: ['severity'] } },
  { what: 'resolution code', fields: { tickets: ['cause_code'] } },
  { what: 'who opened it', fields: { tickets: ['created_by', 'created_by:machine'] } },
  { what: 'form', fields: { tickets: ['form'] } },
  { what: 'resolution time stamp', fields: { tickets: ['reported_solved_at'] } },
  { what: 'closing time stamp', fields: { tickets: ['reported_closed_at'] } },
  { what: 'first reply time', fields: { tickets: ['reported_first_reply_at', 'reported_first_reply_calendar_s'] } },
  { what: 'reopen count', fields: { tickets: ['reported_reopens'] } },
  { what: 'problem record', fields: { tickets: ['problem_id'], links: ['kind', 'target_key', 'kind:problem'] } },
  { what: 'linked engineering issue', fields: { links: ['kind', 'target_key', 'system', 'kind:issue'] } },
  {
    what: 'service-level outcome or due date',
    fields: { sla_clocks: ['breach_at', 'fulfilled_at', 'met', 'metric', 'started_at'] },
  },
  { what: 'satisfaction', fields: { csat: ['answered_at', 'offered_at', 'scale', 'score'] } },
];

interface Sight {
  readonly signals: number;
  readonly statements: number;
}

interface Yardstick {
  readonly signals: readonly SignalDefinition[];
  readonly model: StagedModel;
}

/** Signals that some statement of the model uses. */
function relevantSignals({ signals, model }: Yardstick): SignalDefinition[] {
  const used = new Set(model.criteria.flatMap((c) => c.families.flatMap((f) => f.signals.map((s) => s.id))));
  return signals.filter((signal) => used.has(signal.id));
}

/** Signals that the streams can feed, and statements of which at least one signal is among them. */
function sightOf(observability: readonly Observability[], { signals, model }: Yardstick): Sight {
  const relevant = relevantSignals({ signals, model });
  const dark = new Set(findHiddenEvidence(observability, relevant, model).signals.map((one) => one.signal));
  const answered = model.criteria.filter((criterion) =>
    criterion.families.some((family) => family.signals.some((signal) => !dark.has(signal.id))),
  );
  return { signals: relevant.length - dark.size, statements: answered.length };
}

/** The streams of one connection with further fields, as if it carried them. */
function withFields(observability: readonly Observability[], connection: string, more: Fields): Observability[] {
  return STREAMS.flatMap((stream): Observability[] => {
    const own = observability.find((one) => one.connection === connection && one.stream === stream);
    const fields = more[stream];
    if (own === undefined || fields === undefined) return own === undefined ? [] : [own];
    const known = own.status === 'available' ? own.fields : [];
    return [{ ...own, status: 'available', fields: [...new Set([...known, ...fields])] }];
  });
}

function merge(all: readonly Fields[]): Fields {
  const merged: Partial<Record<StreamName, string[]>> = {};
  for (const fields of all)
    for (const stream of STREAMS)
      if (fields[stream] !== undefined) merged[stream] = [...(merged[stream] ?? []), ...fields[stream]];
  return merged;
}

/**
 * What one source can tell of a model, and what would let it tell more. By declaration alone: which fields it fills and which the signals
 * need; nothing is measured, so a thin or short history can still leave a signal without a number.
 * Population: signals and statements of the model. A source without streams tells nothing. Pure.
 */
export function tellSource(
  connection: string,
  observability: readonly Observability[],
  yardstick: Yardstick,
  connectors: readonly Pick<Connector<never>, 'title' | 'streams'>[],
): Tells {
  const own = observability.filter((one) => one.connection === connection);
  const now = sightOf(own, yardstick);
  const gain = (fields: Fields): Omit<Gain, 'what'> => {
    const then = sightOf(withFields(own, connection, fields), yardstick);
    return { statements: then.statements - now.statements, signals: then.signals - now.signals };
  };
  const columns = COLUMNS.map(({ what, fields }) => ({ what, ...gain(fields) }))
    .filter((one) => one.signals > 0)
    .sort(byGain);
  const desks = connectors
    .map((one) => ({ what: one.title, ...gain(merge(one.streams.map((stream) => stream.provides))) }))
    .filter((one) => one.signals > 0)
    .sort(byGain);
  return {
    statements: { answered: now.statements, of: yardstick.model.criteria.length },
    signals: { shown: now.signals, of: relevantSignals(yardstick).length },
    columns,
    allColumns: gain(merge(COLUMNS.map((one) => one.fields))),
    connection: desks[0] ?? null,
  };
}

function byGain(a: Gain, b: Gain): number {
  return b.statements - a.statements || b.signals - a.signals || (a.what < b.what ? -1 : 1);
}
