import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DockerStage, type DockerStep, parseDockerfile } from './dockerfile.ts';

/**
 * Runs the steps of the Dockerfile without a container engine: each stage is a folder, COPY copies, `npm` steps run for real, and at the end the
 * entry point starts as a user without rights, until its own HEALTHCHECK says that it is healthy and SIGTERM ends it. Steps that need an
 * engine (users of the image, its own system) are listed. Usage: `tsx tools/replay-dockerfile.ts`. Ends non-zero on the first failure.
 */
const ROOT = join(import.meta.dirname, '..');
const HEALTHY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 45_000;
const folder = mkdtempSync(join(tmpdir(), 'plumbline-image-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function fail(step: Pick<DockerStep, 'line' | 'word' | 'rest'>, what: string): never {
  console.error(`Dockerfile:${step.line}: ${step.word} ${step.rest}: ${what}`);
  process.exit(1);
}

/** What the engine would leave out, by our own .dockerignore, which names what is let in. */
function ignored(path: string): boolean {
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const out = lines.filter((line) => line.startsWith('**/')).map((line) => line.slice(3));
  return out.some((pattern) =>
    pattern.startsWith('*') ? path.endsWith(pattern.slice(1)) : basename(path) === pattern,
  );
}

interface Built {
  readonly stage: DockerStage;
  readonly root: string;
  readonly environment: Record<string, string>;
  workdir: string;
  user: number | null;
}

const built = new Map<string, Built>();

function copy(step: DockerStep, target: Built): void {
  const words = step.rest.split(/\s+/);
  const place = words.pop() ?? '';
  const from = step.flags.from === undefined ? null : built.get(step.flags.from);
  if (from === undefined) fail(step, 'there is no such stage before');
  for (const source of words) {
    const path = from === null ? join(ROOT, source) : join(from.root, source);
    if (!existsSync(path)) fail(step, `${source} is not there`);
    const into = resolve(target.workdir, place);
    const final = place.endsWith('/') ? join(into, basename(source)) : into;
    mkdirSync(dirname(join(target.root, final)), { recursive: true });
    cpSync(path, join(target.root, final), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => from !== null || !ignored(file),
    });
  }
}

function run(step: DockerStep, target: Built): void {
  if (!/^npm /.test(step.rest)) {
    if (!/^groupadd .*useradd .*install /s.test(step.rest)) fail(step, 'this step is not known to the replay');
    console.log('   needs an engine: not run');
    return;
  }
  const [program = '', ...words] = step.rest.split(/\s+/);
  // As in the image: nothing of this machine's environment but the way to npm.
  const result = spawnSync(program, words, {
    cwd: join(target.root, target.workdir),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? folder, ...target.environment },
  });
  if (result.status !== 0) fail(step, `ended with ${result.status}\n${result.stdout}`);
}

function variables(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S+)/g)].map((match) => [match[1], match[2]]));
}

function replay(stage: DockerStage): Built {
  const target: Built = { stage, root: join(folder, stage.name), environment: {}, workdir: '/', user: null };
  mkdirSync(target.root, { recursive: true });
  built.set(stage.name, target);
  for (const step of stage.steps) {
    console.log(`${stage.name}: ${step.word} ${step.rest.slice(0, 90)}`);
    if (step.word === 'WORKDIR') {
      target.workdir = step.rest;
      mkdirSync(join(target.root, step.rest), { recursive: true });
    } else if (step.word === 'COPY') copy(step, target);
    else if (step.word === 'RUN') run(step, target);
    else if (step.word === 'ENV') Object.assign(target.environment, variables(step.rest));
    else if (step.word === 'USER') target.user = Number.parseInt(step.rest, 10);
  }
  return target;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function execOf(stage: DockerStage, word: string): { step: DockerStep; words: readonly string[] } {
  const step = stage.steps.findLast((one) => one.word === word);
  if (step === undefined || step.exec === null) throw new Error(`${word} is missing or not in exec form.`);
  return { step, words: step.exec };
}

/** Starts the image's command as its user, asks its health check, and ends it as an engine does. */
async function start(image: Built): Promise<void> {
  const [program = '', ...entry] = execOf(image.stage, 'ENTRYPOINT').words;
  const { step, words } = execOf(image.stage, 'CMD');
  const check = execOf(image.stage, 'HEALTHCHECK').words;
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const root = process.getuid?.() === 0;
  if (root && image.user !== null) {
    chownSync(data, image.user, image.user);
    // The way to the image's folder must be open to its user.
    spawnSync('chmod', ['0711', folder]);
  }
  const env = {
    PATH: process.env.PATH ?? '',
    ...image.environment,
    PLUMBLINE_DATA: data,
    PLUMBLINE_HOST: '127.0.0.1',
    PLUMBLINE_PORT: String(await freePort()),
  };
  const who = root && image.user !== null ? { uid: image.user, gid: image.user } : {};
  const cwd = join(image.root, image.workdir);
  const version = spawnSync(program, [...entry, '--version'], { cwd, env, ...who, encoding: 'utf8' });
  if (version.status !== 0) fail(step, `--version ended with ${version.status}: ${version.stderr}`);
  console.log(`${image.stage.name}: --version gives ${version.stdout.trim()}${root ? `, as user ${image.user}` : ''}`);

  const child = spawn(program, [...entry, ...words], { cwd, env, ...who, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  const [checker = '', ...asks] = check;
  const healthy = (): boolean => spawnSync(checker, asks, { cwd, env, ...who }).status === 0;
  for (let waited = 0; !healthy(); waited += 500) {
    if (child.exitCode !== null || waited > HEALTHY_WITHIN_MS) {
      child.kill('SIGKILL');
      fail(step, child.exitCode === null ? 'does not get healthy' : `ended with ${child.exitCode}`);
    }
    await sleep(500);
  }
  console.log(`${image.stage.name}: ${words.join(' ')} is healthy by its own HEALTHCHECK`);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS);
  const [code, signal] = await ended;
  clearTimeout(timer);
  if (signal === 'SIGKILL') fail(step, 'does not end on SIGTERM');
  if (code !== 0) fail(step, `ended with ${code ?? signal} on SIGTERM`);
  if (healthy()) fail(step, 'the health check still says healthy when nothing runs');
  console.log(`${image.stage.name}: ends on SIGTERM; the health check then fails`);
}

const stages = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).map(replay);
const image = stages.at(-1);
if (image === undefined) throw new Error('The Dockerfile has no stage.');
await start(image);
console.log('The Dockerfile was replayed.');
