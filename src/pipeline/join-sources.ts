import { type JoinedSource, NAMES_APART } from '../domain/joined-source.ts';
import type { Observability } from '../domain/observability.ts';
import type { SqlRow, SqlSession } from '../domain/sql-session.ts';
import type { Ledger, TelemetryStore } from '../store/ports.ts';

interface JoinDeps {
  readonly telemetry: Pick<TelemetryStore, 'measure' | 'observed'>;
  readonly ledger: Pick<Ledger, 'connections'>;
}

/** What a record of customers can tell of an organisation of a desk. */
const TIERS = ['tier', 'tier_rank'] as const;
const OF_CUSTOMERS = [
  ...(['has_contract', 'has_health', 'health_changed_at', 'health_rank'] as const),
  ...(['renews_at', 'value_band', 'churned_at', 'expanded_at'] as const),
];

const MATCHED = `
  SELECT connection, customer_source, count(*) FILTER (status = 'matched') AS matched, count(*) AS n
  FROM customer_match WHERE has_tickets GROUP BY ALL ORDER BY connection, customer_source`;

/** Desks that record tiers of their own: then nobody else's count. */
const OWN_TIERS = 'SELECT DISTINCT connection FROM m_organisation_own WHERE tier IS NOT NULL ORDER BY connection';

/** Issues that desks name in the systems of which trackers know any. */
const ISSUES = `
  WITH reached AS (SELECT DISTINCT connection, coalesce(system, '') AS system FROM issue_match WHERE status = 'matched')
  SELECT m.connection, string_agg(DISTINCT m.tracker, ', ' ORDER BY m.tracker) AS trackers, count(*) FILTER (m.status = 'matched') AS matched, count(*) AS n
  FROM issue_match m SEMI JOIN reached r ON r.connection = m.connection AND r.system = coalesce(m.system, '')
  GROUP BY m.connection ORDER BY m.connection`;

/**
 * What sources beside the desks can tell of the records of the desks, as matched at `asOf`, in order of desk and source; the trackers of a desk are one, by all
 * their names. Nothing of the kind, or nothing read of it yet, gives none; so does a source of which nothing matched.
 */
export async function joinSources({ telemetry, ledger }: JoinDeps, asOf: Date): Promise<readonly JoinedSource[]> {
  const roles = new Set((await ledger.connections()).map(({ role }) => role));
  if (!roles.has('customers') && !roles.has('engineering')) return [];
  const observed = await telemetry.observed();
  return telemetry.measure({ asOf, horizon: asOf }, async (session) => {
    const joined: JoinedSource[] = [];
    if (roles.has('customers')) {
      const own = await namesOf(session, OWN_TIERS);
      joined.push(...(await session.query(MATCHED)).flatMap((row) => ofCustomers(row, own, observed)));
    }
    if (roles.has('engineering')) joined.push(...(await session.query(ISSUES)).map((row) => ofIssues(row, observed)));
    return joined.toSorted((a, b) => (`${a.desk}/${a.source}` < `${b.desk}/${b.source}` ? -1 : 1));
  });
}

async function namesOf(session: SqlSession, sql: string): Promise<ReadonlySet<string>> {
  return new Set((await session.query(sql)).map(({ connection }) => String(connection)));
}

function ofCustomers(
  row: SqlRow,
  ownTiers: ReadonlySet<string>,
  observed: readonly Observability[],
): readonly JoinedSource[] {
  const [desk, source, matched, of] = [
    String(row.connection),
    String(row.customer_source),
    Number(row.matched),
    Number(row.n),
  ];
  const seen = observed.find((one) => one.connection === source && one.stream === 'organisations');
  if (seen === undefined || matched === 0) return [];
  const wanted = [...(ownTiers.has(desk) ? [] : TIERS), ...OF_CUSTOMERS];
  const fields = wanted.filter((field) => seen.fields.includes(field));
  return [{ desk, source, stream: 'organisations', fields, matched, of, until: seen.until }];
}

/** What every tracker that knows an issue of the desk can tell of it; known up to when the first of them was last read. */
function ofIssues(row: SqlRow, observed: readonly Observability[]): JoinedSource {
  const source = String(row.trackers);
  const streams = source.split(NAMES_APART).map((name) => observed.filter(({ connection }) => connection === name));
  const all = (shows: (stream: Observability['stream'], field: string) => boolean) =>
    streams.every((seen) =>
      seen.some((one) => one.status === 'available' && one.fields.some((field) => shows(one.stream, field))),
    );
  const answers = all((stream, field) => stream === 'messages' && field === 'author');
  const ends = all((stream, field) => ENDS.has(`${stream}.${field}`));
  const read = streams.flat().filter(({ stream }) => stream === 'tickets' || stream === 'messages');
  const known = read.flatMap(({ until }) => (until === null ? [] : [until.getTime()]));
  return {
    desk: String(row.connection),
    source,
    stream: 'links',
    fields: [...(answers ? ['responded_at'] : []), ...(ends ? ['closed_at', 'closed_as'] : [])],
    matched: Number(row.matched),
    of: Number(row.n),
    until: known.length === 0 ? null : new Date(Math.min(...known)),
  };
}

const ENDS: ReadonlySet<string> = new Set([
  'events.status',
  'tickets.reported_solved_at',
  'tickets.reported_closed_at',
]);
