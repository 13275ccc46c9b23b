import type { Sql } from '../database.ts';
import type { Relation } from './relation.ts';

/** The bases of business time and the prefix of their columns. */
const BASES = { true: '', vendor: 'vendor_' } as const;
export type Basis = keyof typeof BASES;

const DAY_MS = 86_400_000;
const SLOT_NOT_USED = DAY_MS;

/** Whether any connection has business hours at all; without, nothing of all this has to be worked out. */
async function hasCalendars(sql: Sql): Promise<boolean> {
  const [row] = await sql.rows('SELECT count(*) AS n FROM telemetry.calendar');
  return Number(row?.n ?? 0) > 0;
}

/**
 * Openings cut at UTC midnights, numbered inside their day, in milliseconds since that midnight.
 */
const slot: Relation = {
  name: 'm_business_slot',
  needs: async (sql) => ((await hasCalendars(sql)) ? ['m_business_opening'] : []),
  make: async (_span, sql) => [
    (await hasCalendars(sql))
      ? `CREATE TEMP TABLE m_business_slot AS
        WITH cut AS (
          SELECT connection, calendar_key, basis, opens_at, closes_at,
            unnest(generate_series(date_trunc('day', opens_at), date_trunc('day', closes_at - INTERVAL 1 MILLISECOND), INTERVAL 1 DAY)) AS day_at
          FROM m_business_opening)
        SELECT connection, calendar_key, basis, CAST(day_at AS DATE) AS day,
          CAST(epoch_ms(greatest(opens_at, day_at)) - epoch_ms(day_at) AS INTEGER) AS opens_ms,
          CAST(epoch_ms(least(closes_at, day_at + INTERVAL 1 DAY)) - epoch_ms(day_at) AS INTEGER) AS closes_ms,
          row_number() OVER (PARTITION BY connection, calendar_key, basis, day_at ORDER BY opens_at) AS slot_no
        FROM cut`
      : 'CREATE TEMP TABLE m_business_slot (slot_no BIGINT)',
  ],
};

function slotColumns(basis: Basis, slots: number): string[] {
  return Array.from({ length: slots }, (_, i) =>
    (['opens', 'closes'] as const).map(
      (edge) => `coalesce(max(s.${edge}_ms) FILTER (s.basis = '${basis}' AND s.slot_no = ${i + 1}), ${SLOT_NOT_USED})
        AS ${BASES[basis]}${edge}_${i + 1}`,
    ),
  ).flat();
}

function openBefore(basis: Basis): string {
  return `coalesce(sum(sum(s.closes_ms - s.opens_ms) FILTER (s.basis = '${basis}')) OVER (PARTITION BY k.connection, k.calendar_key
    ORDER BY k.day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)`;
}

/** One row for each calendar and UTC day on which it is in force: open milliseconds before it, and its openings side by side. */
function businessDayTable(slots: number): string {
  return `CREATE TEMP TABLE m_business_day AS
    WITH k AS (
      SELECT c.connection, c.calendar_key, CAST(d.day_at AS DATE) AS day,
        d.day_at + INTERVAL 1 DAY <= c.first_at AS too_early
      FROM (SELECT connection, calendar_key, coalesce(min(valid_from), TIMESTAMP '0001-01-01') AS first_at
          FROM m_business_period WHERE basis = 'true' GROUP BY connection, calendar_key) c,
        (SELECT unnest(generate_series(low, high, INTERVAL 1 DAY)) AS day_at FROM m_business_range) d)
    SELECT k.connection, k.calendar_key, k.day,
      CASE WHEN NOT k.too_early THEN CAST(${openBefore('true')} AS BIGINT) END AS before_ms,
      CAST(${openBefore('vendor')} AS BIGINT) AS vendor_before_ms,
      ${[...slotColumns('true', slots), ...slotColumns('vendor', slots)].join(',\n      ')}
    FROM k LEFT JOIN m_business_slot s ON s.connection = k.connection AND s.calendar_key = k.calendar_key AND s.day = k.day
    GROUP BY k.connection, k.calendar_key, k.day, k.too_early`;
}

function sinceMidnight(at: string, day: string): string {
  return `(epoch_ms(${at}) - epoch_ms(CAST(${day}.day AS TIMESTAMP)))`;
}

/** SQL of the open milliseconds of a calendar before `at`, where `day` is the row of `m_business_day` of that instant. */
export function openMs(basis: Basis, at: string, day: string, slots: number): string {
  const prefix = `${day}.${BASES[basis]}`;
  const parts = Array.from(
    { length: slots },
    (_, i) => `greatest(0, least(${sinceMidnight(at, day)}, ${prefix}closes_${i + 1}) - ${prefix}opens_${i + 1})`,
  );
  return `(${[`${prefix}before_ms`, ...parts].join(' + ')})`;
}

/** SQL that tells whether the calendar is open at `at`; null when it is not in force. */
export function isOpen(at: string, day: string, slots: number): string {
  const parts = Array.from({ length: slots }, (_, i) => {
    const since = sinceMidnight(at, day);
    return `(${since} >= ${day}.opens_${i + 1} AND ${since} < ${day}.closes_${i + 1})`;
  });
  return `CASE WHEN ${day}.before_ms IS NOT NULL THEN ${parts.length === 0 ? 'false' : parts.join(' OR ')} END`;
}

function openMsMacro(name: string, basis: Basis, slots: number): string {
  return `CREATE TEMP MACRO ${name}(of_connection, of_calendar, of_instant) AS (
    SELECT ${openMs(basis, 'of_instant', 'd', slots)} FROM m_business_day d
    WHERE d.connection = of_connection AND d.calendar_key = coalesce(of_calendar, '') AND d.day = CAST(of_instant AS DATE))`;
}

/** Business seconds between two instants by the hours in force at each moment; null without calendar or when b is before a. */
const BUSINESS_S = `CREATE TEMP MACRO business_s(of_connection, of_calendar, a, b) AS
  CASE WHEN b >= a THEN
    (m_open_ms(of_connection, of_calendar, b) - m_open_ms(of_connection, of_calendar, a)) / CAST(1000 AS DOUBLE) END`;

/** Statements that define `business_s` over `m_business_day`. */
export function businessMacros(slots: number): string[] {
  return [openMsMacro('m_open_ms', 'true', slots), BUSINESS_S];
}

/** Most openings that any calendar has on one UTC day; 0 without calendars. */
export async function countSlots(sql: Sql): Promise<number> {
  const [row] = await sql.rows('SELECT coalesce(max(slot_no), 0) AS slots FROM m_business_slot');
  return Number(row?.slots ?? 0);
}

const day: Relation = {
  name: 'm_business_day',
  needs: ['m_business_slot'],
  make: async (_span, sql) => [
    (await hasCalendars(sql))
      ? businessDayTable(await countSlots(sql))
      : 'CREATE TEMP TABLE m_business_day (connection VARCHAR, calendar_key VARCHAR, day DATE, before_ms BIGINT, vendor_before_ms BIGINT)',
  ],
};

const businessS: Relation = {
  name: 'business_s',
  needs: ['m_business_day'],
  make: async (_span, sql) => businessMacros(await countSlots(sql)),
};

export const BUSINESS_DAY: readonly Relation[] = [slot, day, businessS];
