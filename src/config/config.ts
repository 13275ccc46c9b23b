import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { ModelId } from '../domain/model.ts';
import { Role, WorkspaceName } from '../domain/operations.ts';
import { TypedOutcome } from '../domain/staged-extras.ts';
import { PlumblineError, parseYaml } from '../errors/index.ts';
import { MEANING_KEYS } from './meanings.ts';
import { sizeText } from './sizes.ts';

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // The only thing that throws here is an unknown name.
    return false;
  }
}

const Age = z.string().regex(/^[1-9]\d{0,4}[hd]$/, 'write e.g. 12h or 7d');
const Days = z.string().regex(/^\d+d$/, 'write a number of days such as 90d');

/** Plain HTTP is for providers of this machine alone: codes and secrets go there. */
function isSafeIssuer(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

const OpenId = z.strictObject({
  issuer: z
    .url({ protocol: /^https?$/ })
    .refine(isSafeIssuer, 'must begin with https://')
    .describe('Address of the provider, as its discovery document names it'),
  client_id: z.string().min(1),
  secret: z
    .string()
    .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'write env:NAME or file:PATH')
    .nullable()
    .default(null)
    .describe('Where the secret of the client is found: env:NAME or file:PATH; null = a public client'),
  label: z.string().min(1).max(60).default('Sign in with your organisation'),
  scope: z
    .string()
    .regex(/(^| )openid( |$)/, 'must hold openid')
    .default('openid'),
  claim: z.string().min(1).default('groups').describe('Claim whose values are mapped to roles'),
  roles: z
    .record(
      z.string(),
      z.strictObject({
        role: Role,
        workspaces: z.array(WorkspaceName).min(1).nullable().default(null),
      }),
    )
    .describe('Value of the claim -> role and workspaces (null = all); a person without a mapped value gets nothing'),
});
export type OpenIdConfig = z.infer<typeof OpenId>;

/** plumbline.yaml. Strict: an unknown key is an error. Every field has a default, so an absent file is valid. */
export const ConfigFile = z.strictObject({
  data: z.string().default('.plumbline').describe('Folder of the store. Default .plumbline'),
  workspace: WorkspaceName.default('default').describe(
    'Name of the organisation or desk that commands work on. Default default',
  ),
  timezone: z
    .string()
    .refine((name) => isZone(name), 'write an IANA zone such as Europe/Berlin')
    .nullable()
    .default(null)
    .describe(
      'Zone of days, weeks and months of figures where no business calendar tells one; null = UTC, said so. Default null',
    ),
  model: z.string().default('six-stage').describe('Maturity model that snapshots place on. Default six-stage'),
  judges: z
    .array(ModelId)
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Ids of the models that are switched on and judge every snapshot; null = all that are there. Default null',
    ),
  window: Days.default('90d').describe('Length of the behaviour window that ends at asOf, days. Default 90d'),
  packs: z
    .array(z.string())
    .default([])
    .describe(
      'Packs of your own: folders with signals/, models/, overlays/ and benchmarks/, relative to the file; --pack adds one. Default none',
    ),
  rules: z
    .array(z.string())
    .default([])
    .describe('Further folders of signals alone, relative to the file. Default none'),
  models: z
    .array(z.string())
    .default([])
    .describe('Further folders of model files, relative to the file. Default none'),
  areas: z
    .record(ModelId, z.record(z.string().min(1).max(60), z.array(z.string())))
    .default({})
    .describe(
      'Areas that you name for a model which leaves them to you: model, name of the area, items in it. Default none',
    ),
  exchange: z
    .record(ModelId, z.string().min(1))
    .default({})
    .describe(
      'Files that say what contacts do to value, and figures of yours, by model of kind value, relative to the file; `plumbline contacts --write` begins one. Default none',
    ),
  outcomes: z
    .record(z.string(), TypedOutcome)
    .default({})
    .describe('Outcomes that no data show, by id: value, source, as_of (a day); shown beside a verdict. Default none'),
  ...MEANING_KEYS,
  store: z
    .strictObject({
      memory: sizeText('512MB or 2GB').default('700MB').describe('Memory that the store may use. Default 700MB'),
      threads: z.int().min(1).max(64).default(1).describe('Threads of the store. Default 1'),
    })
    .prefault({}),
  sync: z
    .strictObject({
      batch_rows: z
        .int()
        .min(100)
        .max(200_000)
        .default(20_000)
        .describe('Records written in one transaction. Default 20000'),
      max_wait_s: z
        .int()
        .min(0)
        .max(86_400)
        .default(900)
        .describe('Longest wait for a vendor limit before the sync stops and can be resumed, seconds. Default 900'),
      request_timeout_s: z
        .int()
        .min(1)
        .max(600)
        .default(60)
        .describe('Longest time for one reply, seconds. Default 60'),
    })
    .prefault({}),
  import: z
    .strictObject({
      max_lost_share: z
        .number()
        .min(0)
        .max(1)
        .default(0.05)
        .describe('Share of the rows of a file, 0..1, above whose loss an import is refused. Default 0.05'),
    })
    .prefault({}),
  work: z
    .strictObject({
      syncs: z.int().min(1).max(256).default(8).describe('Streams that one worker reads at a time. Default 8'),
      memory: sizeText('512MB or 4GB')
        .default('2GB')
        .describe(
          'Memory of one worker for measuring; divided by store.memory it gives how many desks it measures at a time. Default 2GB',
        ),
      slice_s: z
        .int()
        .min(1)
        .max(3_600)
        .default(60)
        .describe('Longest turn of one stream before others of the queue come first, seconds. Default 60'),
      drain_s: z
        .int()
        .min(1)
        .max(3_600)
        .default(30)
        .describe('Time to end what is under way after SIGTERM, seconds. Default 30'),
      attempts: z
        .int()
        .min(1)
        .max(100)
        .default(8)
        .describe('Tries of a job that fails for a passing reason. Default 8'),
      large_tickets: z
        .int()
        .min(1)
        .default(100_000)
        .describe('Tickets from which on a desk is measured in a lane of its own. Default 100000'),
      host: z.string().default('127.0.0.1').describe('Address of the port of a worker. Default 127.0.0.1'),
      port: z
        .int()
        .min(0)
        .max(65_535)
        .nullable()
        .default(null)
        .describe(
          'Port on which `work` answers /healthz, /readyz and /metrics, without a token; null = none. Default null',
        ),
      replica_disk: sizeText('10GB')
        .default('10GB')
        .describe('Disk for the disposable replicas of one worker (PostgreSQL only). Default 10GB'),
    })
    .prefault({}),
  serve: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('Address to listen on. Default 127.0.0.1'),
      port: z.int().min(0).max(65_535).default(7448).describe('Port to listen on. Default 7448'),
      requests_per_minute: z
        .int()
        .min(1)
        .default(600)
        .describe('Requests that one token or address may make in a minute. Default 600'),
      hosts: z
        .array(z.string())
        .default([])
        .describe('Further names that requests may come in under, e.g. that of a reverse proxy. Default none'),
      open_metrics: z
        .boolean()
        .default(false)
        .describe('Whether /metrics answers without a token, with the figures of every workspace. Default false'),
      open_openapi: z.boolean().default(false).describe('Whether /openapi.json answers without a token. Default false'),
      public_url: z
        .url({ protocol: /^https?$/, error: 'write an address such as https://plumbline.example.org' })
        .nullable()
        .default(null)
        .describe(
          'Address under which people reach the page, for links and, with https, for cookies that never go over plain HTTP; null = as it listens. Default null',
        ),
      openid: OpenId.nullable()
        .default(null)
        .describe(
          'Sign-in by an OpenID provider: issuer, client_id, secret (env:NAME), label, scope, claim, roles; needs public_url. null = none. Default null',
        ),
      sessions: z
        .strictObject({
          idle: Age.default('12h').describe('Time without a request after which a sign-in ends. Default 12h'),
          longest: Age.default('7d').describe('Time after which a sign-in ends in any case. Default 7d'),
        })
        .prefault({}),
    })
    .prefault({}),
  keep: z
    .strictObject({
      telemetry: Days.nullable()
        .default(null)
        .describe('Age at which tickets that ended are removed from the store; null = never. Default null'),
      runs: Days.default('90d').describe('Age at which ended runs are removed from the journal. Default 90d'),
      audit: Days.default('730d').describe('Age at which audit entries are removed. Default 730d'),
    })
    .prefault({}),
  notify: z
    .strictObject({
      stale_after: z
        .string()
        .regex(/^\d+[hd]$/, 'write e.g. 36h or 3d')
        .default('36h')
        .describe('Age of the newest data of a connection at which it counts as stale. Default 36h'),
    })
    .prefault({}),
  measure: z
    .strictObject({
      signal_timeout_s: z
        .int()
        .min(1)
        .max(3_600)
        .default(60)
        .describe('Longest time for the SQL of one signal, seconds. Default 60'),
    })
    .prefault({}),
  answers: z
    .strictObject({
      expire_after: Days.default('365d').describe('Age at which an answer is asked again. Default 365d'),
    })
    .prefault({}),
  report: z
    .strictObject({
      paper: z.enum(['a4', 'letter']).default('a4').describe('Paper of reports: a4 or letter. Default a4'),
      browser: z
        .string()
        .nullable()
        .default(null)
        .describe('Chromium or Chrome that prints PDF, by path or name; null = the first one in PATH. Default null'),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn').describe('Default warn'),
    })
    .prefault({}),
});

/** Where a fleet keeps and carries; from the environment alone, since such addresses hold passwords. */
interface Backends {
  /** PostgreSQL; null = embedded. */
  readonly databaseUrl: string | null;
  /** Redis that carries the jobs; null = none. */
  readonly redisUrl: string | null;
  /** in-process when embedded; otherwise what carries the jobs between processes. */
  readonly queue: 'in-process' | 'redis' | 'postgres';
}

export type Config = Readonly<z.infer<typeof ConfigFile>> & {
  readonly backends: Backends;
  /** Path of the file that was read; null when there is none. */
  readonly file: string | null;
};

/** Environment variables that override the file, and the key that each sets. */
export const ENVIRONMENT = {
  PLUMBLINE_DATA: 'data',
  PLUMBLINE_WORKSPACE: 'workspace',
  PLUMBLINE_MODEL: 'model',
  PLUMBLINE_LOG_LEVEL: 'log.level',
  PLUMBLINE_MEMORY: 'store.memory',
  PLUMBLINE_THREADS: 'store.threads',
  PLUMBLINE_WORK_MEMORY: 'work.memory',
  PLUMBLINE_WORK_HOST: 'work.host',
  PLUMBLINE_WORK_PORT: 'work.port',
  PLUMBLINE_HOST: 'serve.host',
  PLUMBLINE_PORT: 'serve.port',
} as const;

const REMEDY = 'Correct the named lines; `plumbline init` writes a file with every key explained.';

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

interface ConfigInput {
  /** Text of plumbline.yaml; null when there is no such file. */
  readonly text: string | null;
  readonly file: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Command line flags; they win over the environment, which wins over the file. */
  readonly flags: {
    readonly data?: string | undefined;
    readonly workspace?: string | undefined;
    /** Added to those of the file. */
    readonly pack?: readonly string[] | undefined;
  };
}

/**
 * Merges file, environment and flags into one frozen Config.
 * Errors: BAD_CONFIG listing every problem with its line or variable.
 */
export function readConfig(input: ConfigInput): Config {
  const parsed =
    input.text === null
      ? ConfigFile.parse({})
      : parseYaml(
          { text: input.text, name: input.file ?? 'plumbline.yaml', code: 'BAD_CONFIG', remedy: REMEDY },
          ConfigFile,
        );
  const merged = structuredClone(parsed) as Record<string, unknown>;
  const overrides: [string, string, string][] = [];
  for (const [variable, key] of Object.entries(ENVIRONMENT)) {
    const value = input.environment[variable];
    if (value !== undefined && value !== '') overrides.push([key, value, variable]);
  }
  if (input.flags.data !== undefined) overrides.push(['data', input.flags.data, '--data']);
  if (input.flags.workspace !== undefined) overrides.push(['workspace', input.flags.workspace, '--workspace']);
  for (const [key, value] of overrides)
    setKey(merged, key.split('.'), /^\d+$/.test(value) && /(threads|port)$/.test(key) ? Number(value) : value);
  const checked = ConfigFile.safeParse(merged);
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => {
      const key = issue.path.join('.');
      const origin = overrides.findLast(([k]) => k === key)?.[2] ?? key;
      return `${origin}: ${issue.message}`;
    });
    throw new PlumblineError(
      'BAD_CONFIG',
      `The configuration is not valid: ${problems[0]}`,
      'Correct the named variable or flag.',
      { problems },
    );
  }
  const { data } = checked;
  return deepFreeze({
    ...data,
    ...besideFile(data, input.file, input.flags.pack ?? []),
    backends: readBackends(input.environment),
    file: input.file,
  });
}

/** Folders and files that the file names, from its own place; those of flags are from where the command runs. */
function besideFile(
  { packs, rules, models, exchange }: z.infer<typeof ConfigFile>,
  file: string | null,
  added: readonly string[],
): Pick<Config, 'packs' | 'rules' | 'models' | 'exchange'> {
  const place = (dir: string): string => (isAbsolute(dir) ? dir : join(dirname(file ?? ''), dir));
  return {
    packs: [...packs.map(place), ...added],
    rules: rules.map(place),
    models: models.map(place),
    exchange: Object.fromEntries(Object.entries(exchange).map(([model, path]) => [model, place(path)])),
  };
}

function readBackends(environment: ConfigInput['environment']): Backends {
  const text = (name: string): string | null => environment[name]?.trim() || null;
  const refuse = (what: string, remedy: string): never => {
    throw new PlumblineError('BAD_CONFIG', what, remedy);
  };
  const databaseUrl = text('DATABASE_URL');
  const redisUrl = text('REDIS_URL');
  const queue = text('QUEUE');
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    refuse('DATABASE_URL is not an address of PostgreSQL.', 'Write postgresql://user:password@host:5432/database.');
  if (redisUrl !== null && !/^rediss?:\/\//.test(redisUrl))
    refuse('REDIS_URL is not an address of Redis.', 'Write redis://host:6379, or rediss:// for TLS.');
  if (queue !== null && queue !== 'redis' && queue !== 'postgres')
    refuse(`QUEUE=${queue} is not known.`, 'Use QUEUE=redis or QUEUE=postgres, or leave it out.');
  if (databaseUrl === null && (redisUrl !== null || queue !== null))
    refuse(
      `${redisUrl === null ? 'QUEUE' : 'REDIS_URL'} is set, but DATABASE_URL is not.`,
      'Workers share their data in PostgreSQL: set DATABASE_URL too, or unset both for the embedded mode.',
    );
  if (queue === 'redis' && redisUrl === null) refuse('QUEUE=redis needs REDIS_URL.', 'Set REDIS_URL.');
  if (databaseUrl === null) return { databaseUrl, redisUrl, queue: 'in-process' };
  return { databaseUrl, redisUrl, queue: queue === 'postgres' || redisUrl === null ? 'postgres' : 'redis' };
}

function setKey(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) target[head] = value;
  else setKey(target[head] as Record<string, unknown>, rest, value);
}
