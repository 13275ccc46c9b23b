import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { createApi } from '../../src/api/app.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { openApiText } from '../../src/api/openapi.ts';
import { openUploads } from '../../src/api/uploads.ts';
import { openFileReader } from '../../src/compose/file-reader.ts';
import { openJudgement } from '../../src/compose/judgement.ts';
import { ConfigFile } from '../../src/config/config.ts';
import type { AccessToken, AuditEntry, Role } from '../../src/domain/operations.ts';
import { createLogger } from '../../src/logging/create-logger.ts';
import { addToken } from '../../src/pipeline/access-tokens.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import { openMemoryOperations } from '../../src/store/operations/embedded.ts';
import type { Operations } from '../../src/store/operations-port.ts';
import type { Store } from '../../src/store/ports.ts';

/** A clock that stands still until it is told to go on. */
export interface ManualClock {
  now(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Goes on; those whose time has come wake up. */
  advance(ms: number): void;
  /** Those who sleep now. */
  sleepers(): number;
}

export function manualClock(start: string): ManualClock {
  let at = new Date(start).getTime();
  const waiting = new Map<number, { readonly until: number; readonly wake: () => void }>();
  let next = 0;
  return {
    now: () => new Date(at),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new DOMException('aborted', 'AbortError'));
        const id = next++;
        const end = (settle: () => void) => () => {
          waiting.delete(id);
          signal?.removeEventListener('abort', giveUp);
          settle();
        };
        const giveUp = end(() => reject(new DOMException('aborted', 'AbortError')));
        waiting.set(id, { until: at + ms, wake: end(resolve) });
        signal?.addEventListener('abort', giveUp, { once: true });
      }),
    advance: (ms) => {
      at += ms;
      for (const { until, wake } of [...waiting.values()]) if (until <= at) wake();
    },
    sleepers: () => waiting.size,
  };
}

export interface ApiFleet {
  readonly app: FastifyInstance;
  readonly deps: ApiDeps;
  readonly clock: ManualClock;
  readonly operations: Operations;
  /** Log lines of the app, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Sealed secrets by `workspace/name`. */
  readonly sealed: Map<string, string>;
  /** Where files lie that are to be imported. */
  readonly uploadFolder: string;
  store(workspace: string): Promise<Store>;
  token(role: Role, workspaces?: readonly string[] | null, expiresAt?: Date | null): Promise<TokenOfTest>;
  /** Asks the app and checks the reply against the OpenAPI document; no reply may be kept by caches. */
  ask(options: InjectOptions & { readonly token?: string | undefined }): Promise<LightMyRequestResponse>;
  /** Newest first. */
  audit(): Promise<readonly AuditEntry[]>;
  close(): Promise<void>;
}

export interface TokenOfTest {
  readonly token: string;
  readonly row: AccessToken;
}

const ROOT = new URL('../../', import.meta.url).pathname;

/** Bytes that differ from call to call and are the same in each run of a test. */
function seededBytes(): (size: number) => Uint8Array {
  let calls = 0;
  return (size) => {
    calls += 1;
    return createHash('sha512').update(`${calls}`).digest().subarray(0, size);
  };
}

function replyChecker(app: FastifyInstance): (reply: LightMyRequestResponse, route: string | undefined) => void {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const document = JSON.parse(openApiText(app)) as Record<string, unknown>;
  ajv.addSchema({ ...document, $id: 'api' });
  const pointed = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');
  return (reply, route) => {
    const type = String(reply.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (route === undefined || !type.endsWith('json')) return;
    const path = route.replace(/:(\w+)/g, '{$1}');
    const method = String(reply.raw.req.method).toLowerCase();
    const status = type === 'application/problem+json' ? 'default' : `${reply.statusCode}`;
    const pointer = ['paths', path, method, 'responses', status, 'content', type, 'schema'].map(pointed).join('/');
    const validate = ajv.getSchema(`api#/${encodeURI(pointer)}`);
    if (validate === undefined) throw new Error(`${method} ${path} ${status} ${type} is not described.`);
    if (validate(reply.json()) !== true) {
      const errors = (validate.errors ?? []).map((e: ErrorObject) => `${e.instancePath} ${e.message}`).join('; ');
      throw new Error(`${method} ${path} ${status} does not fit the document: ${errors}`);
    }
  };
}

/** The HTTP interface over a journal and stores in memory, with the rules and models that ship. */
export async function openApiFleet(
  workspaces: readonly string[],
  change: (deps: ApiDeps) => Partial<ApiDeps> = () => ({}),
): Promise<ApiFleet> {
  const clock = manualClock('2026-06-01T12:00:00.000Z');
  const operations = await openMemoryOperations({ clock });
  for (const workspace of workspaces) await operations.addWorkspace(workspace);
  const stores = new Map<string, Promise<Store>>();
  const sealed = new Map<string, string>();
  const lines: Record<string, unknown>[] = [];
  const judgement = openJudgement(
    {
      packs: [],
      rules: [],
      models: [],
      judges: null,
      areas: {},
      model: 'six-stage',
      answers: { expire_after: '365d' },
    },
    ROOT,
  );
  const store = (workspace: string): Promise<Store> => {
    const open = stores.get(workspace) ?? openMemoryStore({ clock: clock.now, trusts: judgement.trusts });
    stores.set(workspace, open);
    return open;
  };
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-api-'));
  const uploadFolder = join(folder, 'uploads');
  const usual: ApiDeps = {
    version: '0.0.0',
    config: {
      model: 'six-stage',
      window: '90d',
      import: { max_lost_share: 0.05 },
      sync: ConfigFile.parse({}).sync,
      serve: {
        host: '127.0.0.1',
        port: 0,
        requests_per_minute: 100_000,
        hosts: [],
        open_metrics: false,
        open_openapi: false,
        public_url: null,
        openid: null,
        sessions: { idle: '12h', longest: '7d' },
      },
    },
    pageFolder: null,
    openIdSecret: async () => null,
    clock,
    log: createLogger('info', { write: (line: string) => void lines.push(JSON.parse(line)) }),
    randomBytes: seededBytes(),
    operations,
    store: async (workspace) => ({ ...(await store(workspace)), close: async () => undefined }),
    outcomes: {},
    model: (id) => judgement.model(id),
    questionnaire: (id) => judgement.questionnaire(id),
    judging: (choice) => judgement.judging(choice),
    models: () => judgement.models(),
    anyModel: (id) => judgement.anyModel(id),
    rules: () => judgement.rules(),
    connectors: new Map(),
    opens: () => () => Promise.reject(new Error('no connection in this test')),
    files: () => openFileReader({ folder, pseudonymise: (kind, value) => `${kind}:${value.length}` }),
    uploads: openUploads({ folder: uploadFolder, now: clock.now, randomBytes: seededBytes() }),
    secrets: {
      seal: async (workspace, name, secret) => {
        sealed.set(`${workspace}/${name}`, secret);
        return `sealed:${name}`;
      },
      discard: async (workspace, reference) => {
        if (reference.startsWith('sealed:')) sealed.delete(`${workspace}/${reference.slice('sealed:'.length)}`);
      },
      pseudonymise: (_workspace, kind, value) => `${kind}:${value.length}`,
    },
    checkTarget: ({ settings }) => settings,
    queueCounts: async () => [],
    checkReady: async () => [{ part: 'store', ready: true, reason: null }],
    fleetStatus: async () => [],
  };
  const deps = { ...usual, ...change(usual) };
  const app = await createApi(deps);
  const check = replyChecker(app);
  return {
    app,
    deps,
    clock,
    operations,
    lines,
    sealed,
    uploadFolder,
    store,
    token: (role, only = null, expiresAt = null) =>
      addToken(
        { name: `${role} of a test`, role, workspaces: only, expiresAt },
        { operations, now: clock.now(), randomBytes: deps.randomBytes },
      ),
    ask: async ({ token, ...options }) => {
      const headers = { ...options.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const reply = await app.inject({ ...options, headers });
      check(reply, routeOf(app, options));
      if (reply.headers['cache-control'] !== 'no-store') throw new Error(`${options.url} may be kept by caches.`);
      return reply;
    },
    audit: () => operations.audit({ limit: 100 }),
    close: async () => {
      await app.close();
      for (const open of stores.values()) await (await open).close();
      await operations.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The route that a request meets, by its shape; undefined = none. Fixed parts win over parameters, as in the framework. */
function routeOf(app: FastifyInstance, { method, url }: InjectOptions): string | undefined {
  const parts = String(url).split('?')[0]?.split('/') ?? [];
  const fits = app.routeEntries.filter((entry) => {
    const pattern = entry.url.split('/');
    return (
      entry.method === method &&
      pattern.length === parts.length &&
      pattern.every((part, i) => part.startsWith(':') || part === parts[i])
    );
  });
  return fits.sort((a, b) => a.url.split(':').length - b.url.split(':').length)[0]?.url;
}
