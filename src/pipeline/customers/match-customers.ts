import { type CustomerMatch, MATCH_RULES, MATCH_STATUSES } from '../../domain/customer-match.ts';
import type { CustomerPair } from '../../domain/customer-pair.ts';
import { isEnough } from '../../domain/joined-source.ts';
import { guardValue } from '../../domain/privacy/label-privacy.ts';
import type { SqlRow } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { Ledger, Store } from '../../store/ports.ts';

/** Which desk and which source; null = the only one there is, or all of them. */
export interface MatchChoice {
  readonly desk: string | null;
  readonly source: string | null;
}

const MATCHES = `
  SELECT connection, customer_source, organisation_id, customer_id, status, rule, has_tickets FROM customer_match
  ORDER BY connection, customer_source, organisation_id`;

/** What the sources tell of those that are matched, and how fresh it is. */
const TOLD = `
  SELECT m.connection, m.customer_source, count(c.tier) AS tier, count(*) FILTER (c.has_contract) AS contract, count(*) FILTER (c.has_health) AS health,
    count(*) FILTER (c.has_health AND c.health_changed_at >= $since) AS health_90d, count(c.health_rank) AS health_understood,
    count(c.renews_at) AS renewal, count(c.value_band) AS value, count(c.churned_at) AS churned, count(c.expanded_at) AS expanded
  FROM customer_match m JOIN m_customer c ON c.connection = m.customer_source AND c.id = m.customer_id
  GROUP BY m.connection, m.customer_source ORDER BY m.connection, m.customer_source`;

const FRESH_MS = 90 * 86_400_000;

/**
 * Who the organisations of the desks are at the sources of customers, as known at `asOf`; in order of desk and source. It is worked out anew each time, as in every
 * measurement. Errors: NO_DATA without a source of customers, UNKNOWN_NAME.
 */
export async function matchCustomers(
  store: Pick<Store, 'telemetry' | 'ledger'>,
  choice: MatchChoice,
  asOf: Date,
): Promise<readonly CustomerMatch[]> {
  const { desks, sources } = await chosen(store.ledger, choice);
  const pairs = await store.ledger.customerPairs();
  const since = new Date(asOf.getTime() - FRESH_MS);
  const { rows, told } = await store.telemetry.measure({ asOf, horizon: asOf }, async (session) => ({
    rows: await session.query(MATCHES),
    told: await session.query(TOLD, { since }),
  }));
  return desks.flatMap((desk) =>
    sources.map((source) => {
      const isOwn = (row: SqlRow): boolean => row.connection === desk && row.customer_source === source;
      const said = pairs.filter((pair) => pair.desk === desk && pair.source === source);
      return toMatch({ desk, source }, rows.filter(isOwn), told.find(isOwn), said);
    }),
  );
}

/** Keeps the pairs of a mapping file in the place of those of the same desk and source. Ids are guarded as those of the records are. */
export async function keepPairs(
  ledger: Ledger,
  of: Pick<CustomerPair, 'desk' | 'source'>,
  pairs: readonly CustomerPair[],
  pseudonymise: (kind: string, value: string) => string,
): Promise<void> {
  const guard = (id: string): string => (guardValue(id, 'id') === null ? id : pseudonymise('reference', id));
  const kept = pairs.map((pair) => ({
    ...pair,
    organisation_id: guard(pair.organisation_id),
    customer_id: guard(pair.customer_id),
  }));
  await ledger.replaceCustomerPairs(of, kept);
}

/** The one desk and the one source that a mapping file is about. Errors: as `matchCustomers`; BAD_USAGE where several fit. */
export async function onePair(ledger: Ledger, choice: MatchChoice): Promise<Pick<CustomerPair, 'desk' | 'source'>> {
  const { desks, sources } = await chosen(ledger, choice);
  const [desk, ...otherDesks] = desks;
  const [source, ...otherSources] = sources;
  if (desk === undefined || source === undefined || otherDesks.length > 0 || otherSources.length > 0)
    throw new PlumblineError(
      'BAD_USAGE',
      'A mapping file is about one desk and one source of customers, and there are several.',
      `Name them: --desk (${desks.join(', ')}) and --source (${sources.join(', ')}).`,
    );
  return { desk, source };
}

async function chosen(ledger: Pick<Ledger, 'connections'>, choice: MatchChoice) {
  const connections = await ledger.connections();
  const named = (role: 'desk' | 'customers', wanted: string | null): string[] => {
    const names = connections.filter((one) => one.role === role).map(({ name }) => name);
    if (wanted === null || names.includes(wanted)) return wanted === null ? names : [wanted];
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `${wanted} is no ${role === 'desk' ? 'desk' : 'source of customers'} of this workspace.`,
      names.length === 0 ? 'There is none yet.' : `There are: ${names.join(', ')}.`,
    );
  };
  const sources = named('customers', choice.source);
  const desks = named('desk', choice.desk);
  if (sources.length > 0 && desks.length > 0) return { desks, sources };
  throw new PlumblineError(
    'NO_DATA',
    sources.length === 0 ? 'There is no source of customers beside the desk.' : 'There is no desk yet.',
    sources.length === 0 ? 'Connect one: plumbline connect hubspot --as customers.' : 'Connect one: plumbline connect.',
  );
}

function countsOf(rows: readonly SqlRow[]): CustomerMatch['organisations'] {
  const [matched = 0, ambiguous = 0, unmatched = 0] = MATCH_STATUSES.map(
    (status) => rows.filter((row) => row.status === status).length,
  );
  return { matched, ambiguous, unmatched, of: rows.length, share: rows.length === 0 ? null : matched / rows.length };
}

function toMatch(
  of: Pick<CustomerMatch, 'desk' | 'source'>,
  rows: readonly SqlRow[],
  told: SqlRow | undefined,
  said: readonly CustomerPair[],
): CustomerMatch {
  const withTickets = countsOf(rows.filter((row) => row.has_tickets === true));
  const known = new Set(rows.map((row) => row.organisation_id));
  const [mapping = 0, external_id = 0, domain = 0] = MATCH_RULES.map(
    (rule) => rows.filter((row) => row.status === 'matched' && row.rule === rule).length,
  );
  return {
    ...of,
    organisations: countsOf(rows),
    with_tickets: withTickets,
    counts: isEnough(withTickets),
    by_rule: { mapping, external_id, domain },
    told: {
      tier: Number(told?.tier ?? 0),
      contract: Number(told?.contract ?? 0),
      health: Number(told?.health ?? 0),
      health_90d: Number(told?.health_90d ?? 0),
      health_understood: Number(told?.health_understood ?? 0),
      renewal: Number(told?.renewal ?? 0),
      value: Number(told?.value ?? 0),
      churned: Number(told?.churned ?? 0),
      expanded: Number(told?.expanded ?? 0),
    },
    ambiguous: rows.flatMap((row) => {
      const rule = MATCH_RULES.find((one) => one === row.rule);
      return row.status === 'ambiguous' && rule !== undefined
        ? [{ organisation_id: String(row.organisation_id), rule }]
        : [];
    }),
    mapping: {
      pairs: said.length,
      unknown_customers: rows.filter((row) => row.rule === 'mapping' && row.status === 'unmatched').length,
      unknown_organisations: said.filter((pair) => !known.has(pair.organisation_id)).length,
    },
  };
}
