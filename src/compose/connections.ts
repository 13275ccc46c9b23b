import type { SecretStore } from '../config/secrets.ts';
import { knownKeys, nearest, PlumblineError } from '../errors/index.ts';
import { parseBaseUrl } from '../kit/base-url.ts';
import type { Connector } from '../kit/connector.ts';
import type { HttpClient } from '../kit/http.ts';
import { createHttpClient, type HttpMetric, type SharedPace } from '../kit/http-client.ts';
import type { Logger } from '../logging/create-logger.ts';
import { accountName, type OpensConnections } from '../pipeline/open-connection.ts';
import { readAs } from '../pipeline/read-as.ts';
import type { AccountPace } from '../store/operations-port.ts';
import type { ConnectionRow } from '../store/ports.ts';
import { SYSTEM_CLOCK } from './clock.ts';

const SEALED = 'sealed:';

export interface ConnectionParts {
  readonly connectors: ReadonlyMap<string, Connector<unknown>>;
  readonly secrets: Pick<SecretStore, 'read' | 'seal' | 'pseudonymise'>;
  readonly log: Logger;
  readonly timeoutMs: number;
  readonly maxWaitMs: number;
  readonly version: string;
  /** Where a source that lies on this machine is laid out while it is read. */
  readonly stageFolder: string;
  /** Shared with all workers; absent where one process asks alone. */
  readonly pace?: AccountPace;
  /** Told of every reply and every wait. */
  readonly count?: (vendor: string, metric: HttpMetric) => void;
}

function connectorOf(connectors: ReadonlyMap<string, Connector<unknown>>, row: ConnectionRow): Connector<unknown> {
  const connector = connectors.get(row.vendor);
  if (connector !== undefined) return connector;
  const guess = nearest(row.vendor, connectors.keys());
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no connector named "${row.vendor}".`,
    guess === null ? `Known: ${[...connectors.keys()].join(', ')}.` : `Did you mean ${guess}?`,
  );
}

function settingsOf(connector: Connector<unknown>, row: ConnectionRow): unknown {
  const settings = connector.settings.safeParse(row.settings);
  if (settings.success) return settings.data;
  const problems = settings.error.issues.flatMap((issue) => {
    const place = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [`${place || row.name}: ${issue.message}`];
    const known = knownKeys(connector.settings, issue.path);
    return issue.keys.map((key) => {
      const guess = nearest(key, known);
      return `there is no setting "${place === '' ? key : `${place}.${key}`}"${guess === null ? '' : `; did you mean "${guess}"?`}`;
    });
  });
  const flags = connector.flags.map(({ name }) => `--${name}`);
  const others = knownKeys(connector.settings, []).filter((key) => !flags.includes(`--${key}`));
  const taken = [...flags, ...(others.length === 0 ? [] : [`--set with ${others.join(', ')}`])];
  throw new PlumblineError(
    'BAD_USAGE',
    `The settings of ${row.name} do not fit ${connector.title}: ${problems[0]?.replace(/\?$/, '')}.`,
    `It takes ${taken.join('; ')}.`,
    { problems },
  );
}

function paceOf(pace: AccountPace, account: string, perMinute: number | null): SharedPace {
  return {
    async take(bucket, bucketPerMinute) {
      if (bucket === '') return pace.take(account, perMinute);
      const pausedMs = await pace.pausedForMs(account);
      if (pausedMs > 0) return pausedMs;
      const waitMs = await pace.take(`${account}#${bucket}`, bucketPerMinute);
      return waitMs > 0 ? waitMs : pace.take(account, perMinute);
    },
    pause: (ms) => pace.pause(account, ms),
  };
}

export function connectionOpener(parts: ConnectionParts): OpensConnections {
  const clientOf = async (
    connector: Connector<unknown>,
    settings: unknown,
    row: ConnectionRow,
    signal: AbortSignal,
  ): Promise<HttpClient & { close(): void }> => {
    if (connector.client !== undefined) return connector.client(settings, parts.stageFolder);
    const log = parts.log.child({ connection: row.name });
    const account = connector.account(settings, await parts.secrets.read(row.secret));
    const { origin } = parseBaseUrl(account.baseUrl.href, row.allow_private);
    return createHttpClient({
      ...account,
      clock: SYSTEM_CLOCK,
      random: Math.random,
      allowPrivate: row.allow_private,
      signal,
      metrics: (metric) => {
        parts.count?.(connector.id, metric);
        log.debug(metric, 'vendor request');
      },
      userAgent: `plumbline/${parts.version}`,
      timeouts: { totalMs: parts.timeoutMs, waitMs: parts.maxWaitMs },
      ...(parts.pace === undefined
        ? {}
        : { pace: paceOf(parts.pace, accountName(row.vendor, origin), account.limits.perMinute) }),
      // Only what is sealed here can be written back; a variable or a file of the user's is not ours to change.
      ...(row.secret.startsWith(SEALED)
        ? {
            keepSecret: async (secret: string) =>
              void (await parts.secrets.seal(row.secret.slice(SEALED.length), secret)),
          }
        : {}),
    });
  };
  return async (row, signal) => {
    const connector = readAs(connectorOf(parts.connectors, row), row.role);
    const settings = settingsOf(connector, row);
    const http = await clientOf(connector, settings, row, signal);
    return {
      row,
      connector,
      context: {
        settings,
        http,
        pseudonymise: (kind, value) => parts.secrets.pseudonymise(kind, value),
        signal,
      },
      close: () => http.close(),
    };
  };
}
