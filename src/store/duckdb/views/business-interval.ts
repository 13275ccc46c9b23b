import { type Relation, table } from './relation.ts';

/**
 * Openings of each period in UTC, before joining: weekly hours cut at local midnights, closed days taken out, and each piece laid over
 * the stretches in which its zone keeps one offset. So an hour that the clock skips is not open, and one that it repeats is open twice.
 */
const piece = table(
  'm_business_piece',
  ['m_zone_segment'],
  () => `
    WITH weekly AS (
      SELECT period_no, unnest(from_json(weekly, '[{"start_minute":"INTEGER","end_minute":"INTEGER"}]'), recursive := true)
      FROM m_business_period),
    hours AS (
      SELECT w.period_no, d.dow, greatest(w.start_minute - d.dow * 1440, 0) AS opens, least(w.end_minute - d.dow * 1440, 1440) AS closes
      FROM weekly w, (SELECT unnest(range(0, 7)) AS dow) d
      WHERE w.start_minute < (d.dow + 1) * 1440 AND w.end_minute > d.dow * 1440 AND w.start_minute < w.end_minute),
    closed AS (
      SELECT DISTINCT period_no, CAST(unnest(generate_series(CAST("from" AS TIMESTAMP), CAST("to" AS TIMESTAMP), INTERVAL 1 DAY)) AS DATE) AS day
      FROM (SELECT period_no, unnest(from_json(holidays, '[{"from":"DATE","to":"DATE"}]'), recursive := true) FROM m_business_period)),
    days AS (
      SELECT unnest(generate_series(low - INTERVAL 1 DAY, high + INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day_at FROM m_business_range),
    local AS (
      SELECT h.period_no, d.day_at + to_minutes(h.opens) AS opens_local, d.day_at + to_minutes(h.closes) AS closes_local
      FROM days d
      JOIN hours h ON h.dow = dayofweek(d.day_at)
      LEFT JOIN closed c ON c.period_no = h.period_no AND c.day = CAST(d.day_at AS DATE)
      WHERE c.day IS NULL)
    SELECT p.period_no, p.connection, p.calendar_key, p.basis,
      greatest(l.opens_local - to_milliseconds(z.offset_ms), z.from_at, p.valid_from) AS opens_at,
      least(l.closes_local - to_milliseconds(z.offset_ms), z.until_at, p.valid_until) AS closes_at
    FROM local l
    JOIN m_business_period p ON p.period_no = l.period_no
    JOIN m_zone_segment z ON z.time_zone = p.time_zone
      AND l.opens_local - to_milliseconds(z.offset_ms) < z.until_at AND l.closes_local - to_milliseconds(z.offset_ms) > z.from_at
    WHERE opens_at < closes_at`,
);

/** Openings that touch or overlap are one; `cumulative_s` = open seconds before it. */
const opening = table(
  'm_business_opening',
  ['m_business_piece'],
  () => `
    WITH marked AS (
      SELECT *, coalesce(opens_at > max(closes_at) OVER before, true) AS fresh FROM m_business_piece
      WINDOW before AS (PARTITION BY connection, calendar_key, basis ORDER BY opens_at, closes_at
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
    island AS (
      SELECT *, sum(CAST(fresh AS INTEGER)) OVER (PARTITION BY connection, calendar_key, basis ORDER BY opens_at, closes_at
        ROWS UNBOUNDED PRECEDING) AS island_no FROM marked),
    whole AS (
      SELECT connection, calendar_key, basis, min(opens_at) AS opens_at, max(closes_at) AS closes_at
      FROM island GROUP BY connection, calendar_key, basis, island_no)
    SELECT *, coalesce(sum(epoch_ms(closes_at) - epoch_ms(opens_at)) OVER (PARTITION BY connection, calendar_key, basis
      ORDER BY opens_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) / 1000.0 AS cumulative_s
    FROM whole`,
);

const interval: Relation = {
  name: 'business_interval',
  needs: ['m_business_opening'],
  make: () => [
    `CREATE TEMP VIEW business_interval AS
      SELECT connection, calendar_key AS calendar_id, basis, opens_at, closes_at, CAST(cumulative_s AS DOUBLE) AS cumulative_s
      FROM m_business_opening WHERE calendar_key <> ''`,
  ],
};

export const BUSINESS_INTERVAL: readonly Relation[] = [piece, opening, interval];
