import type { StreamName } from '../../../domain/observability.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../../../domain/telemetry.ts';
import { TELEMETRY } from '../schema.ts';
import { quoted } from '../sql-values.ts';
import { type Relation, type SpanSql, view } from './relation.ts';

interface AsOfRule {
  /** Instant at which the row came into being; an unknown one hides nothing. Absent: configuration, shown as it is. */
  readonly born?: string;
  /** Instants that are unknown when they come later. */
  readonly later?: readonly string[];
  /** Other columns whose value follows from something that may come later. */
  readonly masked?: Readonly<Record<string, (asOf: string) => string>>;
  /** Configuration that says when it was last changed: the condition under which it was there at asOf as it is, and what of it tells of today. */
  readonly settled?: { readonly when: (asOf: string) => string; readonly ofToday: readonly string[] };
}

const lastChanged = (column: string) => (asOf: string) => `${column} < ${asOf}`;

const nullOnceLater = (column: string, at: string) => (asOf: string) =>
  `CASE WHEN ${at} >= ${asOf} THEN NULL ELSE ${column} END`;

/** What of each recorded table was known at an instant. */
const RULES: Readonly<Record<Exclude<TableName, 'ticket'>, AsOfRule>> = {
  event: { born: '"at"' },
  message: { born: '"at"' },
  message_template: { born: '"at"' },
  // Chosen by chance and read as a whole: who was read later is in the sample of an earlier day too.
  ticket_sample: {},
  sla_policy: { later: ['updated_at'], settled: { when: lastChanged('updated_at'), ofToday: [] } },
  sla_target: {
    settled: {
      when: (asOf) => `EXISTS (SELECT 1 FROM ${TELEMETRY}.sla_policy p
        WHERE p.connection = sla_target.connection AND p.id = sla_target.policy_id AND p.updated_at < ${asOf})`,
      ofToday: [],
    },
  },
  sla_clock: {
    born: 'coalesce(started_at, applied_at)',
    later: ['fulfilled_at'],
    masked: {
      // Kept or missed later: unknown, unless the target had run out by then. Reported without any stamp: taken as it is.
      met: (asOf) => `CASE
        WHEN fulfilled_at >= ${asOf} THEN CASE WHEN breach_at < ${asOf} THEN false END
        WHEN fulfilled_at IS NULL AND NOT met AND breach_at >= ${asOf} THEN NULL
        ELSE met END`,
    },
  },
  calendar: { born: 'valid_from', later: ['valid_to'] },
  csat: {
    born: 'coalesce(offered_at, answered_at)',
    later: ['answered_at'],
    masked: {
      score: nullOnceLater('score', 'answered_at'),
      reason_code: nullOnceLater('reason_code', 'answered_at'),
    },
  },
  article: {
    born: 'created_at',
    later: ['edited_at', 'verified_at'],
    settled: { when: lastChanged('coalesce(edited_at, created_at)'), ofToday: [] },
  },
  article_view: { born: 'day' },
  // A span that is not over is not known.
  help_centre_count: { born: '"day" + to_days(CAST(days AS INTEGER)) - INTERVAL 1 SECOND' },
  bot_session: { born: 'started_at' },
  bot_count: { born: '"day" + to_days(CAST(days AS INTEGER)) - INTERVAL 1 SECOND' },
  automation: {
    later: ['last_fired_at', 'updated_at'],
    settled: { when: lastChanged('updated_at'), ofToday: ['fired_count', 'users_count'] },
  },
  agent: { born: 'created_at' },
  team: {},
  membership: {},
  organisation: {
    born: 'created_at',
    later: ['health_changed_at', 'churned_at', 'expanded_at'],
    masked: { health_rank: nullOnceLater('health_rank', 'health_changed_at') },
  },
  link: {
    born: 'linked_at',
    later: ['responded_at', 'closed_at'],
    masked: { closed_as: nullOnceLater('closed_as', 'closed_at') },
  },
  integration: { later: ['last_traffic_at'] },
};

/** Tables whose rows tell nothing while their stream is half read. */
const WHOLE_STREAMS: Partial<Record<TableName, StreamName>> = {
  event: 'events',
  message: 'messages',
  sla_clock: 'sla_clocks',
  csat: 'csat',
};

/** Tables that recognition corrects: what was recorded of them is `m_<table>`, the corrected relation of the plain name is in `recognise/`. */
const CORRECTED: ReadonlySet<TableName> = new Set([
  'agent',
  'team',
  'organisation',
  'sla_policy',
  'automation',
  'sla_clock',
]);

/** Select over a recorded table: its rows as they were known at asOf. */
export function recordedAs(
  name: Exclude<TableName, 'ticket'>,
  { asOf, settled: onlySettled, whole }: Pick<SpanSql, 'asOf' | 'settled' | 'whole'>,
): string {
  const rule = RULES[name];
  const settled = onlySettled ? rule.settled : undefined;
  const columns = Object.keys(TABLES[name].columns).map((column) => {
    if (settled?.ofToday.includes(column) === true) return `NULL AS ${column}`;
    const masked = rule.masked?.[column]?.(asOf);
    if (masked !== undefined) return `${masked} AS ${column}`;
    return rule.later?.includes(column) === true
      ? `CASE WHEN ${column} < ${asOf} THEN ${column} END AS ${column}`
      : quoted(column);
  });
  const partial = WHOLE_STREAMS[name];
  const conditions = [
    ...(settled === undefined ? [] : [settled.when(asOf)]),
    ...(rule.born === undefined ? [] : [`coalesce(${rule.born} < ${asOf}, true)`]),
    ...(partial === undefined ? [] : [whole(partial, 'connection')]),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `SELECT connection, ${columns.join(', ')} FROM ${TELEMETRY}.${name} AS ${name}${where}`;
}

function recorded(name: Exclude<TableName, 'ticket'>): Relation {
  return view(CORRECTED.has(name) ? `m_${name}` : name, [], (span) => recordedAs(name, span));
}

/** Tables to which sources beside the desks add (`customers.ts`, `issues.ts`). */
const ADDED_TO: ReadonlySet<TableName> = new Set(['organisation', 'link']);

/** The recorded tables as they were known at asOf, under their own names or, where recognition corrects them, as `m_<table>`. */
export const RECORDED: readonly Relation[] = TABLE_NAMES.filter((name) => name !== 'ticket')
  .filter((name) => !ADDED_TO.has(name))
  .map(recorded);
