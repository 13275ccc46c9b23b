import { PlumblineError } from '../../errors/plumbline-error.ts';
import { paceOf } from '../operations/pace-law.ts';
import type { AccountPace } from '../operations-port.ts';

/** What is needed of ioredis' `Redis` or `Cluster`. */
interface RedisScripts {
  eval(script: string, keys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
}

/** Redis runs a script alone and gives it one instant, so that callers never meet. Numbers are written out in full: Lua would cut them to 14 digits. */
const READ = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local known = redis.call('HMGET', KEYS[1], 'turn_at', 'paused_until', 'pause_ms')
local turn_at = tonumber(known[1] or 0)
local paused_until = tonumber(known[2] or 0)
local pause_ms = tonumber(known[3] or 0)
local pause_left = math.max(0, math.min(paused_until - now, pause_ms))
`;

/** An account that nobody talks to for a minute after its last turn and pause is forgotten: it would begin anew just so. */
const WRITE = `
redis.call('HSET', KEYS[1], 'turn_at', string.format('%.3f', turn_at), 'paused_until', string.format('%.3f', paused_until),
  'pause_ms', string.format('%.3f', pause_ms))
redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(turn_at, paused_until, now) - now) + 60000)
`;

/** A turn that lies further ahead than interval and tolerance allow is of a clock that was set back. */
const TAKE = `${READ}
local interval, tolerance = tonumber(ARGV[1]), tonumber(ARGV[2])
turn_at = math.min(turn_at, now + tolerance + interval)
local wait = math.max(pause_left, turn_at - tolerance - now)
if wait > 0 then return math.ceil(wait) end
turn_at = math.max(turn_at, now) + interval
${WRITE}
return 0`;

const PAUSE = `${READ}
local ms = tonumber(ARGV[1])
if ms <= pause_left then return 0 end
paused_until = now + ms
pause_ms = ms
${WRITE}
return 0`;

const PAUSED = `${READ}
return math.ceil(pause_left)`;

/**
 * The pace of accounts that many processes share, by the clock of Redis. One key for each account, of one hash slot, so that a
 * cluster spreads accounts over its nodes. A Redis that was emptied begins anew: one burst more, and pauses are learnt from
 * the vendor again. Errors: QUEUE_FAILED.
 */
export function redisPace(redis: RedisScripts, prefix = 'plumbline'): AccountPace {
  const run = async (script: string, account: string, ...numbers: number[]): Promise<number> => {
    try {
      return Number(await redis.eval(script, 1, `${prefix}:pace:{${account}}`, ...numbers));
    } catch (cause) {
      throw new PlumblineError(
        'QUEUE_FAILED',
        'Redis does not answer (asking for a turn).',
        'See its log if it stays so; what was not finished is repeated.',
        { cause },
      );
    }
  };
  return {
    async take(account, perMinute) {
      if (perMinute === null) return run(PAUSED, account);
      const { intervalMs, toleranceMs } = paceOf(perMinute);
      return run(TAKE, account, intervalMs, toleranceMs);
    },
    async pause(account, ms) {
      await run(PAUSE, account, ms);
    },
    pausedForMs: (account) => run(PAUSED, account),
  };
}
