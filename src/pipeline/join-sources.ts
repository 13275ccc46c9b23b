import type { JoinedSource } from '../domain/joined-source.ts';
import type { Observability } from '../domain/observability.ts';
import type { SqlRow, SqlSession } from '../domain/sql-session.ts';
import type { Ledger, TelemetryStore } from '../store/ports.ts';

interface JoinDeps {
  readonly telemetry: Pick<TelemetryStore, 'measure' | 'observed'>;
  readonly ledger: Pick<Ledger, 'connections'>;
}

/** What a record of customers can tell of an organisation of a desk. */
const TIERS = ['tier', 'tier_rank'] as const;
const OF_CUSTOMERS = ['has_contract', 'has_health', 'health_changed_at'] as const;

const MATCHED = `
  SELECT connection, source, count(*) FILTER (status = 'matched') AS matched, count(*) AS n
  FROM customer_match WHERE has_tickets GROUP BY ALL ORDER BY connection, source`;

/** Desks that record tiers of their own: then nobody else's count. */
const OWN_TIERS = 'SELECT DISTINCT connection FROM m_organisation_own WHERE tier IS NOT NULL ORDER BY connection';

/**
 * What sources beside the desks can tell of the records of the desks, as matched at `asOf`, in order of desk and source. Nothing of the kind, or nothing
 * read of it yet, gives none; so does a source of which nothing matched.
 */
export async function joinSources({ telemetry, ledger }: JoinDeps, asOf: Date): Promise<readonly JoinedSource[]> {
  const customers = (await ledger.connections()).filter(({ role }) => role === 'customers');
  if (customers.length === 0) return [];
  const observed = await telemetry.observed();
  return telemetry.measure({ asOf, horizon: asOf }, async (session) => {
    const own = await namesOf(session, OWN_TIERS);
    return (await session.query(MATCHED)).flatMap((row) => ofCustomers(row, own, observed));
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
  const [desk, source, matched, of] = [String(row.connection), String(row.source), Number(row.matched), Number(row.n)];
  const seen = observed.find((one) => one.connection === source && one.stream === 'organisations');
  if (seen === undefined || matched === 0) return [];
  const wanted = [...(ownTiers.has(desk) ? [] : TIERS), ...OF_CUSTOMERS];
  const fields = wanted.filter((field) => seen.fields.includes(field));
  return [{ desk, source, stream: 'organisations', fields, matched, of, until: seen.until }];
}
