import { z } from 'zod';
import { PlumblineError, parseYaml } from '../errors/index.ts';

const Days = z.string().regex(/^\d+d$/, 'write a number of days such as 90d');

/** plumbline.yaml. Strict: an unknown key is an error. Every field has a default, so an absent file is valid. */
export const ConfigFile = z.strictObject({
  data: z.string().default('.plumbline').describe('Folder of the store. Default .plumbline'),
  workspace: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'use lower-case letters, digits, - and _')
    .default('default')
    .describe('Name of the organisation or desk that commands work on. Default default'),
  model: z.string().default('six-stage').describe('Maturity model that snapshots place on. Default six-stage'),
  window: Days.default('90d').describe('Length of the behaviour window that ends at asOf, days. Default 90d'),
  rules: z.array(z.string()).default([]).describe('Further folders of rule packs, relative to the file. Default none'),
  models: z
    .array(z.string())
    .default([])
    .describe('Further folders of model files, relative to the file. Default none'),
  store: z
    .strictObject({
      memory: z
        .string()
        .regex(/^\d+(MB|GB)$/, 'write e.g. 512MB or 2GB')
        .default('1GB')
        .describe('Memory that the store may use. Default 1GB'),
      threads: z.int().min(1).max(64).default(2).describe('Threads of the store. Default 2'),
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
  log: z
    .strictObject({
      level: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn').describe('Default warn'),
    })
    .prefault({}),
});

export type Config = Readonly<z.infer<typeof ConfigFile>> & {
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
} as const;

const REMEDY = 'Correct the named lines; `plumbline init` writes a file with every key explained.';

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

export interface ConfigInput {
  /** Text of plumbline.yaml; null when there is no such file. */
  readonly text: string | null;
  readonly file: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Command line flags; they win over the environment, which wins over the file. */
  readonly flags: { readonly data?: string | undefined; readonly workspace?: string | undefined };
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
    setKey(merged, key.split('.'), /^\d+$/.test(value) && key.endsWith('threads') ? Number(value) : value);
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
  return deepFreeze({ ...checked.data, file: input.file });
}

function setKey(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) target[head] = value;
  else setKey(target[head] as Record<string, unknown>, rest, value);
}
