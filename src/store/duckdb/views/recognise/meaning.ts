import { textLiteral } from '../../sql-values.ts';
import { table } from '../relation.ts';
import { nothing } from './nothing.ts';

/**
 * What people stated, for each connection: a statement about one connection (`<connection>/` in front of the subject) goes before one about
 * all. A subject that no connection's name opens is about all of them.
 */
export const meaning = table('m_meaning', [], ({ meanings }) => {
  if (meanings.length === 0)
    return nothing({ kind: 'VARCHAR', subject: 'VARCHAR', meaning: 'VARCHAR', rank: 'BIGINT' });
  const rows = meanings.map(
    (m) => `(${textLiteral(m.kind)}, ${textLiteral(m.subject)}, ${textLiteral(m.meaning)}, ${m.rank ?? 'NULL'})`,
  );
  return `
    WITH said AS (SELECT * FROM (VALUES ${rows.join(', ')}) s(kind, written, meaning, rank)),
    desk AS (SELECT connection FROM store.observability UNION SELECT connection FROM telemetry.ticket
      UNION SELECT connection FROM telemetry.team UNION SELECT connection FROM telemetry.organisation),
    own AS (
      SELECT d.connection, s.kind, substr(s.written, len(d.connection) + 2) AS subject, s.meaning, s.rank, s.written
      FROM said s JOIN desk d ON starts_with(s.written, d.connection || '/')),
    general AS (
      SELECT d.connection, s.kind, s.written AS subject, s.meaning, s.rank
      FROM said s CROSS JOIN desk d WHERE s.written NOT IN (SELECT written FROM own))
    SELECT connection, kind, subject, meaning, CAST(rank AS BIGINT) AS rank FROM own
    UNION ALL
    SELECT g.* REPLACE (CAST(g.rank AS BIGINT) AS rank) FROM general g
    WHERE NOT EXISTS (SELECT 1 FROM own o WHERE o.connection = g.connection AND o.kind = g.kind AND o.subject = g.subject)`;
});
