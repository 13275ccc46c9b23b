import { type Relation, table } from './relation.ts';

/**
 * Which hours of a calendar count when. Basis `true`: each period while it is in force, ended by the next one at the latest.
 * Basis `vendor`: the latest period over the whole history, as vendors count. A zone that the engine does not know gives no hours.
 * `calendar_key` is the id, and once more '' for the default calendar of the connection.
 */
const period = table(
  'm_business_period',
  ['calendar'],
  () => `
    WITH p AS (
      SELECT connection, id, time_zone, weekly, holidays, is_default, valid_from,
        least(valid_to, lead(valid_from) OVER later) AS valid_until,
        row_number() OVER (PARTITION BY connection, id ORDER BY valid_from DESC) = 1 AS latest
      FROM calendar
      WHERE time_zone IN (SELECT name FROM pg_timezone_names())
      WINDOW later AS (PARTITION BY connection, id ORDER BY valid_from)),
    d AS (SELECT connection, min(id) AS id FROM p WHERE latest AND is_default GROUP BY connection),
    k AS (
      SELECT connection, id, id AS calendar_key FROM p WHERE latest
      UNION ALL SELECT connection, id, '' FROM d)
    SELECT CAST(row_number() OVER (ORDER BY connection, calendar_key, basis, valid_from) AS INTEGER) AS period_no, *
    FROM (
      SELECT k.connection, k.calendar_key, 'true' AS basis, p.time_zone, p.weekly, p.holidays, p.valid_from, p.valid_until
      FROM p JOIN k ON k.connection = p.connection AND k.id = p.id
      UNION ALL
      SELECT k.connection, k.calendar_key, 'vendor', p.time_zone, p.weekly, p.holidays, NULL, NULL
      FROM p JOIN k ON k.connection = p.connection AND k.id = p.id WHERE p.latest)`,
);

/**
 * UTC days over which business time is worked out: from the first ticket, or from the horizon where that is up to a year earlier, to a
 * month after asOf. A horizon long before all tickets ("everything there is") must not make decades of days.
 */
const range = table(
  'm_business_range',
  ['m_ticket'],
  ({ asOf, horizon }) => `
    SELECT CAST(date_trunc('day', least(first_at, greatest(${horizon}, first_at - INTERVAL 1 YEAR))) AS TIMESTAMP) - INTERVAL 2 DAY AS low,
      CAST(date_trunc('day', ${asOf}) AS TIMESTAMP) + INTERVAL 33 DAY AS high
    FROM (SELECT coalesce(min(created_at), ${horizon}) AS first_at FROM m_ticket)`,
);

const OFFSET_MS = (zone: string, at: string) =>
  `epoch_ms(timezone(${zone}, ${at} AT TIME ZONE 'UTC')) - epoch_ms(${at})`;

/**
 * Stretches of UTC time in which a zone keeps one offset. The day of a change is found by comparing midnights, then its minute by trying
 * each; only the unambiguous direction, UTC to local, is ever asked of the engine.
 */
const zoneSegment: Relation = {
  name: 'm_zone_segment',
  needs: ['m_business_period', 'm_business_range'],
  make: () => [
    `CREATE TEMP TABLE m_zone_day AS
      SELECT z.time_zone, d.day_at, ${OFFSET_MS('z.time_zone', 'd.day_at')} AS offset_ms
      FROM (SELECT DISTINCT time_zone FROM m_business_period) z,
        (SELECT unnest(generate_series(low, high, INTERVAL 1 DAY)) AS day_at FROM m_business_range) d`,
    `CREATE TEMP TABLE m_zone_move AS
      SELECT time_zone, min(moved_at) AS moved_at, next_ms
      FROM (
        SELECT m.time_zone, m.day_at, m.next_ms, m.day_at + to_minutes(i.minute) AS moved_at
        FROM (SELECT *, lead(offset_ms) OVER (PARTITION BY time_zone ORDER BY day_at) AS next_ms FROM m_zone_day) m,
          (SELECT unnest(range(1, 1441)) AS minute) i
        WHERE m.next_ms <> m.offset_ms) t
      WHERE ${OFFSET_MS('time_zone', 'moved_at')} = next_ms
      GROUP BY time_zone, day_at, next_ms`,
    `CREATE TEMP TABLE m_zone_segment AS
      SELECT time_zone, offset_ms, from_at,
        coalesce(lead(from_at) OVER (PARTITION BY time_zone ORDER BY from_at), (SELECT high FROM m_business_range)) AS until_at
      FROM (
        SELECT time_zone, offset_ms, day_at AS from_at FROM m_zone_day WHERE day_at = (SELECT low FROM m_business_range)
        UNION ALL SELECT time_zone, next_ms, moved_at FROM m_zone_move)`,
  ],
};

export const BUSINESS_PERIOD: readonly Relation[] = [period, range, zoneSegment];
