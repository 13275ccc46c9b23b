import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CollectionTag, parse, parseAllDocuments, type ScalarTag } from 'yaml';
import { z } from 'zod';
import { apiNames, DEFAULTS, findUnknownWord, megabytes, ROOT, readsVariable, readText } from './product.ts';

const FILES = readdirSync(join(ROOT, 'docs/operations')).map((name) => `docs/operations/${name}`);

function blocks(path: string, language: string): string[] {
  return [...readText(path).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] as string,
  );
}

/** Words of Compose 2.24 that take away or replace what the first file says. */
const TAGS: (ScalarTag | CollectionTag)[] = [
  { tag: '!reset', resolve: () => null },
  { tag: '!override', collection: 'seq' },
  { tag: '!override', collection: 'map' },
];

const CALL = /(?:main\.js|run --rm api|(?<=[`\s])plumbline) ((?:[a-z-]+|--)[^\n`|&;)#]*)/g;

/** Words behind the name of the program, wherever a page calls it. */
function callsIn(text: string): string[][] {
  return [...text.matchAll(CALL)]
    .map((match) => (match[1] as string).trim().split(/\s+/))
    .filter(([first = '']) => /^(--|[a-z]+$)/.test(first));
}

it('finds the calls of the program in a page', () => {
  const page =
    'docker compose run --rm api token add first --role admin    # once\nSay `plumbline work --once`; plumbline is.\n';
  expect(callsIn(page)).toEqual([
    ['token', 'add', 'first', '--role', 'admin'],
    ['work', '--once'],
  ]);
});

describe.each(FILES)('%s', (path) => {
  it('holds YAML that can be read', () => {
    for (const block of blocks(path, 'yaml'))
      for (const document of parseAllDocuments(block, { customTags: TAGS }))
        expect([...document.errors, ...document.warnings].map((problem) => problem.message)).toEqual([]);
  });

  it('runs commands that the product has', () => {
    const unknown = callsIn(readText(path)).flatMap((words) => {
      const found = findUnknownWord(words);
      return found === null ? [] : [`${words.join(' ')}: ${found}`];
    });
    expect(unknown).toEqual([]);
  });

  it('names only variables that the product reads', () => {
    const names = [...readText(path).matchAll(/\b(PLUMBLINE_[A-Z_]+|DATABASE_URL\w*|REDIS_URL\w*|QUEUE)\b/g)];
    expect([...new Set(names.map((match) => match[1] as string))].filter((name) => !readsVariable(name))).toEqual([]);
  });
});

const DEPLOY = 'docs/operations/deploy.md';

describe('making the secrets', () => {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const script = blocks(DEPLOY, 'sh').find((block) => block.includes('openssl')) ?? '';
  const secret = (name: string): string => readFileSync(join(dir, 'secrets', name), 'utf8').trim();

  it('gives every file that docker-compose.yml mounts, closed to others on the host, with passwords that belong together', () => {
    expect(spawnSync('sh', ['-euc', script], { cwd: dir }).status).toBe(0);
    const { secrets } = z
      .looseObject({ secrets: z.record(z.string(), z.strictObject({ file: z.string() })) })
      .parse(parse(readText('docker-compose.yml'), { merge: true }));
    const made = readdirSync(join(dir, 'secrets'));
    expect(made.map((name) => `./secrets/${name}`).sort()).toEqual(
      Object.values(secrets)
        .map(({ file }) => file)
        .sort(),
    );
    expect(statSync(join(dir, 'secrets')).mode & 0o777).toBe(0o700);
    for (const name of made) expect(statSync(join(dir, 'secrets', name)).mode & 0o777, name).toBe(0o644);
    const database = new URL(secret('database_url'));
    expect([database.username, database.password, database.host]).toEqual([
      'plumbline',
      secret('database_password'),
      'postgres:5432',
    ]);
    expect(secret('postgres_password')).not.toBe(secret('database_password'));
    const redis = new URL(secret('redis_url'));
    expect([`requirepass ${redis.password}`, redis.host]).toEqual([secret('redis_auth'), 'redis:6379']);
    for (const key of ['plumbline_key', 'plumbline_pseudonym_key']) expect(secret(key)).toMatch(/^[0-9a-f]{64}$/);
    expect(secret('plumbline_key')).not.toBe(secret('plumbline_pseudonym_key'));
  });
});

const Labels = z.record(z.string(), z.string());
const Probe = z.looseObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) });
const Deployment = z.looseObject({
  metadata: z.strictObject({ name: z.string() }),
  spec: z.looseObject({
    selector: z.strictObject({ matchLabels: Labels }),
    template: z.strictObject({
      metadata: z.strictObject({ labels: Labels }),
      spec: z.looseObject({
        terminationGracePeriodSeconds: z.int(),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.literal(10001) }),
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            args: z.array(z.string()),
            readinessProbe: Probe.optional(),
            livenessProbe: Probe.optional(),
            resources: z.strictObject({ requests: Labels, limits: z.strictObject({ memory: z.string() }) }),
            volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(
          z.looseObject({ name: z.string(), emptyDir: z.strictObject({ sizeLimit: z.string() }).optional() }),
        ),
      }),
    }),
  }),
});

describe('docs/operations/kubernetes.md', () => {
  const objects = blocks('docs/operations/kubernetes.md', 'yaml')
    .flatMap((block) => parseAllDocuments(block))
    .map((document) =>
      z
        .looseObject({
          apiVersion: z.string(),
          kind: z.string(),
          metadata: z.looseObject({ name: z.string() }),
        })
        .parse(document.toJS()),
    );
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const deployments = ofKind('Deployment').map((object) => Deployment.parse(object));
  const settings = z.looseObject({ data: Labels }).parse(ofKind('ConfigMap')[0]).data;
  const keys = Object.keys(z.looseObject({ stringData: Labels }).parse(ofKind('Secret')[0]).stringData);

  it('has the API and workers, with labels that meet, mounts that exist and more memory than they use', () => {
    expect(deployments.map(({ spec }) => spec.template.spec.containers[0].args)).toEqual([['serve'], ['work']]);
    for (const { spec, metadata } of deployments) {
      expect(spec.selector.matchLabels, metadata.name).toEqual(spec.template.metadata.labels);
      const pod = spec.template.spec;
      const [container] = pod.containers;
      expect(findUnknownWord(container.args)).toBeNull();
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(DEFAULTS.work.drain_s + 10);
      expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }) => name));
      const worker = container.args[0] === 'work';
      const used =
        megabytes(String(settings.PLUMBLINE_MEMORY)) + (worker ? megabytes(String(settings.PLUMBLINE_WORK_MEMORY)) : 0);
      expect(megabytes(container.resources.limits.memory)).toBeGreaterThanOrEqual(used + 1024);
      const data = pod.volumes.find(({ name }) => name === 'data')?.emptyDir?.sizeLimit ?? '0Gi';
      expect(megabytes(data)).toBeGreaterThan(megabytes(DEFAULTS.work.replica_disk));
    }
  });

  it('mounts each secret where the product is told to look for it', () => {
    const files = Object.entries(settings).filter(([name]) => name.endsWith('_FILE'));
    expect(files.map(([, path]) => path).sort()).toEqual(keys.map((key) => `/run/secrets/plumbline/${key}`).sort());
    for (const { spec } of deployments)
      expect(spec.template.spec.containers[0].volumeMounts.find(({ name }) => name === 'secrets')?.mountPath).toBe(
        '/run/secrets/plumbline',
      );
  });

  it('asks for routes and series that the API has', () => {
    const probes = deployments.flatMap(({ spec }) => {
      const [container] = spec.template.spec.containers;
      return [container.readinessProbe, container.livenessProbe].flatMap((probe) => probe?.httpGet.path ?? []);
    });
    expect(probes).toHaveLength(2);
    expect(probes.filter((path) => !apiNames(path))).toEqual([]);
    const series = [...readText('docs/operations/kubernetes.md').matchAll(/name: (plumbline_[a-z_]+)/g)].map(
      (m) => m[1] as string,
    );
    expect(series).toHaveLength(1);
    expect(series.filter((name) => !apiNames(name))).toEqual([]);
  });

  it('points the service, the budgets and the scaler at those deployments', () => {
    const labels = deployments.map(({ spec }) => JSON.stringify(spec.template.metadata.labels));
    const selectors = [
      ...ofKind('Service').map(
        (object) => z.looseObject({ spec: z.looseObject({ selector: Labels }) }).parse(object).spec.selector,
      ),
      ...ofKind('PodDisruptionBudget').map(
        (object) =>
          z.looseObject({ spec: z.looseObject({ selector: z.strictObject({ matchLabels: Labels }) }) }).parse(object)
            .spec.selector.matchLabels,
      ),
    ];
    expect(selectors).toHaveLength(3);
    for (const selector of selectors) expect(labels).toContain(JSON.stringify(selector));
    const scaler = z
      .looseObject({ spec: z.looseObject({ scaleTargetRef: z.looseObject({ name: z.string() }) }) })
      .parse(ofKind('HorizontalPodAutoscaler')[0]);
    expect(deployments.map(({ metadata }) => metadata.name)).toContain(scaler.spec.scaleTargetRef.name);
  });
});

describe('docs/operations/managed-services.md', () => {
  it('may say that the store keeps nothing in a session: no statement of it does', () => {
    const folder = join(ROOT, 'src/store/postgres');
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
    const SESSION =
      /pg_(try_)?advisory_(un)?lock\b|\bLISTEN\b|\bWITH HOLD\b|\bPREPARE\b|['"`]\s*SET (?!LOCAL\b)[a-z_]+ (=|TO)\b/;
    expect(texts.filter(([, text]) => SESSION.test(text)).map(([file]) => file)).toEqual([]);
    for (const [file, text] of texts)
      for (const [statement] of text.matchAll(/CREATE TEMP(ORARY)? TABLE[^;`]*/g))
        expect(statement, file).toContain('ON COMMIT DROP');
  });
});
