import { Redis } from 'ioredis';
import { queueFailure } from './outage.ts';

interface QueueInspection {
  readonly version: string;
  readonly warnings: readonly { readonly message: string; readonly remedy: string }[];
}

function fieldOf(info: string, field: string): string | null {
  return new RegExp(`^${field}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? null;
}

/**
 * Whether a Redis is set up to carry the queue. A setting that it does not show is passed over: unknown is not a warning.
 * Errors: QUEUE_FAILED when it does not answer.
 */
export async function inspectRedis(url: string): Promise<QueueInspection> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Told by the rejected command.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const info = await client.info();
    const policy = fieldOf(info, 'maxmemory_policy');
    const warnings = [];
    if (policy !== null && policy !== 'noeviction')
      warnings.push({
        message: `Redis throws away keys when its memory is full (maxmemory-policy ${policy}); jobs would be lost.`,
        remedy: 'Set maxmemory-policy noeviction.',
      });
    if (fieldOf(info, 'aof_enabled') === '0')
      warnings.push({
        message: 'Redis does not append to disk (appendonly no); a restart loses the jobs that wait.',
        remedy: 'Set appendonly yes. Without it the journal puts them again, later.',
      });
    return { version: fieldOf(info, 'redis_version') ?? 'unknown', warnings };
  } catch (error) {
    throw queueFailure('inspect Redis', error);
  } finally {
    client.disconnect();
  }
}
