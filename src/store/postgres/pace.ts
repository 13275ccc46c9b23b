import { paceOf } from '../operations/pace-law.ts';
import type { AccountPace } from '../operations-port.ts';
import { preparePostgresOperations } from './operations.ts';
import type { Postgres } from './pool.ts';

const DOING = 'asking for a turn';
/** Read once for each statement, after the row is locked: those who wait for the lock do not reckon with an instant of the past. */
const CLOCK = '(SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now OFFSET 0) AS clock';
const PAUSE_LEFT = 'greatest(least(p.paused_until - clock.now, p.pause_ms), 0)';

/** $2 = interval, $3 = tolerance. A turn that lies further ahead than these allow is of a clock that was set back. */
const TAKE = `INSERT INTO operations.pace AS p (account, turn_at, paused_until, pause_ms, wait_ms)
  SELECT $1::text, clock.now + $2::float8, 0, 0, 0 FROM ${CLOCK}
  ON CONFLICT (account) DO UPDATE SET (turn_at, wait_ms) = (
    SELECT CASE WHEN ask.wait_ms > 0 THEN ask.turn_at ELSE greatest(ask.turn_at, ask.now) + $2::float8 END, ask.wait_ms FROM (
      SELECT clock.now, least(p.turn_at, clock.now + $3::float8 + $2::float8) AS turn_at, greatest(${PAUSE_LEFT},
        least(p.turn_at, clock.now + $3::float8 + $2::float8) - $3::float8 - clock.now) AS wait_ms
      FROM ${CLOCK}) AS ask)
  RETURNING ceil(greatest(wait_ms, 0)) AS ms`;

const PAUSE = `INSERT INTO operations.pace AS p (account, turn_at, paused_until, pause_ms, wait_ms)
  SELECT $1::text, 0, clock.now + $2::float8, $2::float8, 0 FROM ${CLOCK}
  ON CONFLICT (account) DO UPDATE SET (paused_until, pause_ms) = (
    SELECT CASE WHEN $2::float8 > ask.left_ms THEN ask.now + $2::float8 ELSE p.paused_until END,
      CASE WHEN $2::float8 > ask.left_ms THEN $2::float8 ELSE p.pause_ms END
    FROM (SELECT clock.now, ${PAUSE_LEFT} AS left_ms FROM ${CLOCK}) AS ask)`;

const PAUSED = `SELECT ceil(${PAUSE_LEFT}) AS ms FROM operations.pace AS p, ${CLOCK} WHERE p.account = $1`;

/**
 * The pace of accounts that many processes share, by the clock of PostgreSQL; one statement and one small row for each account.
 * Errors: STORE_NEWER, STORE_FAILED.
 */
export async function openPostgresPace(postgres: Postgres): Promise<AccountPace> {
  await preparePostgresOperations(postgres);
  const ask = async (sql: string, params: (string | number)[]): Promise<number> =>
    Number((await postgres.rows(DOING, sql, params))[0]?.ms ?? 0);
  return {
    async take(account, perMinute) {
      if (perMinute === null) return ask(PAUSED, [account]);
      const { intervalMs, toleranceMs } = paceOf(perMinute);
      return ask(TAKE, [account, intervalMs, toleranceMs]);
    },
    async pause(account, ms) {
      await postgres.rows(DOING, PAUSE, [account, Math.max(0, ms)]);
    },
    pausedForMs: (account) => ask(PAUSED, [account]),
  };
}
