import { isEnough } from '../../domain/joined-source.ts';
import type { LinkMatch } from '../../domain/link-match.ts';
import type { SqlRow } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { Store } from '../../store/ports.ts';

const MATCHES = `
  SELECT m.connection, m.system, m.status, m.tracker, list(DISTINCT l.ticket_id ORDER BY l.ticket_id) AS named_by
  FROM issue_match m JOIN m_link_own l ON l.kind = 'issue' AND l.connection = m.connection AND l.target_key = m.target_key
    AND l.system IS NOT DISTINCT FROM m.system
  GROUP BY m.connection, m.system, m.status, m.tracker, m.target_key
  ORDER BY m.connection, m.system, m.status, m.tracker, m.target_key`;

/**
 * Which of the issues that tickets of the desks name are tickets of the trackers beside them, as known at `asOf`; in order of desks, desks without links
 * among them. It is worked out anew each time, as in every measurement. Errors: NO_DATA without a tracker or a desk.
 */
export async function matchLinks(
  store: Pick<Store, 'telemetry' | 'ledger'>,
  asOf: Date,
): Promise<readonly LinkMatch[]> {
  const connections = await store.ledger.connections();
  const desks = connections.filter(({ role }) => role === 'desk').map(({ name }) => name);
  const isBeside = connections.some(({ role }) => role === 'engineering');
  if (!isBeside || desks.length === 0)
    throw new PlumblineError(
      'NO_DATA',
      isBeside ? 'There is no desk yet.' : 'There is no tracker of engineering beside the desk.',
      isBeside ? 'Connect one: plumbline connect.' : 'Connect one: plumbline connect github-issues --as engineering.',
    );
  const rows = await store.telemetry.measure({ asOf, horizon: asOf }, (session) => session.query(MATCHES));
  return desks.map((desk) =>
    toMatch(
      desk,
      rows.filter(({ connection }) => connection === desk),
    ),
  );
}

const systemOf = ({ system }: SqlRow): string | null =>
  system === null || system === undefined ? null : String(system);

function countsOf(rows: readonly SqlRow[]): LinkMatch['issues'] {
  const count = (status: string): number => rows.filter((row) => row.status === status).length;
  return { matched: count('matched'), ambiguous: count('ambiguous'), unmatched: count('unmatched'), of: rows.length };
}

function toMatch(desk: string, rows: readonly SqlRow[]): LinkMatch {
  const systems = [...new Set(rows.map(systemOf))];
  const bySystem = systems.map((system) => {
    const counts = countsOf(rows.filter((row) => systemOf(row) === system));
    return { system, ...counts, reached: counts.matched > 0 };
  });
  const reached = bySystem.filter((one) => one.reached);
  const total = {
    matched: reached.reduce((sum, one) => sum + one.matched, 0),
    of: reached.reduce((sum, one) => sum + one.of, 0),
  };
  const trackers = [...new Set(rows.flatMap(({ tracker }) => (typeof tracker === 'string' ? [tracker] : [])))].sort();
  return {
    desk,
    issues: countsOf(rows),
    by_system: bySystem,
    by_tracker: trackers.map((tracker) => ({ tracker, issues: rows.filter((row) => row.tracker === tracker).length })),
    share: total.of === 0 ? null : total.matched / total.of,
    counts: isEnough(total),
    ambiguous: rows
      .filter(({ status }) => status === 'ambiguous')
      .map((row) => ({ system: systemOf(row), tickets: Array.isArray(row.named_by) ? row.named_by.map(String) : [] })),
  };
}
