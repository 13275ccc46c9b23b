import { join, relative, resolve } from 'node:path';
import type { SignalDefinition } from '../../domain/signal.ts';
import {
  checkPack,
  checkRules,
  type LockChoice,
  newRule,
  numberRule,
  type RulesLint,
  signalsUnder,
  testRules,
} from '../../pipeline/rules.ts';
import { counted } from '../../report/numbers.ts';
import { padEnd, padStart } from '../../report/style.ts';
import { printJson, printRaw, printText } from '../io.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { dryRunOfRules, type RulesDryRunOptions } from './rules-dry-run.ts';

const FAILED = 2;

function linesText(signal: SignalDefinition): string {
  if (signal.diagnostic) return 'diagnostic';
  const { partial, full } = signal.lines;
  return full === null ? `exists from ${partial ?? '–'}` : `${partial ?? '–'} | ${full}`;
}

export const registerRules: RegisterCommand = (program, run) => {
  const rules = program.command('rules').description('rule packs: signals as data');

  rules
    .command('list')
    .description('signals with lines and origin')
    .action(
      run(async ({ app, io, flags }) => {
        const { signals, overrides } = await app.rules();
        const from = new Map(overrides.map(({ id, pack }) => [id, pack]));
        if (flags.json) return printJson(io, signals);
        for (const s of signals) {
          printText(
            io,
            `${padEnd(s.id, 38)} ${padEnd(s.estimator, 16)} ${padStart(linesText(s), 14)} ${padEnd(s.lines.origin, 4)} ${io.style.dim(s.title)}${from.has(s.id) ? ` (${from.get(s.id)})` : ''}`,
          );
        }
        return undefined;
      }),
    );

  rules
    .command('test [signal...]')
    .description(
      'play the cases beside the signals, those of your packs where there are any; with --verbose also what was found',
    )
    .option('--dir <folder>', 'a folder of signals')
    .action(run(testSignals));

  rules
    .command('lint')
    .description('check every signal file, its SQL against the sandbox, and the lock; your packs where there are any')
    .option('--dir <folder>', 'folder with signals/ and rules.lock.json')
    .option('--update-lock', 'write rules.lock.json')
    .option('--raise', 'raise the version of every signal whose logic changed, and write rules.lock.json')
    .action(run(lint));

  rules
    .command('new <name>')
    .description('write a signal and its cases to start from, into a pack (--pack) or a folder of signals (--dir)')
    .option('--group <group>', 'folder inside the pack', 'own')
    .option('--estimator <name>', 'estimator', 'share')
    .option('--dir <folder>', 'folder of signals')
    .action(run(begin));

  rules
    .command('dry-run')
    .description('what the present rules would have said at the instants of kept snapshots; keeps nothing')
    .option('--last <n>', 'how many snapshots, or all', '6')
    .option('--model <id>', 'maturity model')
    .action(run((context, options: RulesDryRunOptions) => dryRunOfRules(context, options)));
};

/** Folders of signals that a command speaks of: the one named, those of packs (with `names`, also what ships), else what ships. */
async function foldersOf({ app, io }: CommandContext, dir: string | undefined, all: boolean): Promise<string[]> {
  if (dir !== undefined) return [resolve(io.cwd, dir)];
  const own = (await app.packs()).flatMap(({ signals }) => signals ?? []);
  const ships = join((await app.rules()).dir, 'signals');
  return own.length === 0 ? [ships] : all ? [...own, ships] : own;
}

async function testSignals(context: CommandContext, prefixes: string[], options: { dir?: string }): Promise<number> {
  const { app, io, flags } = context;
  const store = await app.memoryStore();
  try {
    const folders = await foldersOf(context, options.dir, prefixes.length > 0);
    const result = await testRules(folders, prefixes, store.telemetry, (outcome) => {
      if (flags.json || flags.quiet) return;
      const mark = outcome.problems.length === 0 ? io.style.good('✓') : io.style.bad('✗');
      printText(io, `${mark} ${padEnd(outcome.signal, 38)} ${outcome.name}`);
      if (!flags.verbose) return;
      const { sample, ...finding } = outcome.finding;
      printRaw(io, io.style.dim(`  ${JSON.stringify({ ...finding, sample: sample.length })}`));
    });
    if (flags.json) printJson(io, result);
    else {
      for (const one of result.failed)
        printText(io, `${io.style.bad('✗')} ${one.signal}: ${one.name}\n    ${one.problems.join('\n    ')}`);
      printText(
        io,
        `${counted(result.cases, 'case')} of ${counted(result.signals, 'signal')}, ${counted(result.failed.length, 'problem')}`,
      );
    }
    return result.failed.length === 0 ? 0 : FAILED;
  } finally {
    await store.close();
  }
}

/** Problems of packs, one by one, and then of what they make together with what ships. */
async function lintPacks({ app }: CommandContext, lock: LockChoice): Promise<RulesLint> {
  const checked: RulesLint[] = [];
  for (const { dir, shown, signals } of await app.packs())
    if (signals !== null) checked.push(await checkPack(dir, lock, shown));
  const found = {
    signals: checked.reduce((sum, { signals }) => sum + signals, 0),
    problems: checked.flatMap(({ problems }) => problems),
    locked: checked.some(({ locked }) => locked),
  };
  if (found.problems.length > 0) return found;
  await app.rules();
  return found;
}

/** A folder of rules by itself; what ships also with its models, unless its lock is being written. */
async function lintFolder({ app, io }: CommandContext, dir: string | undefined, lock: LockChoice): Promise<RulesLint> {
  if (dir !== undefined) return checkRules(resolve(io.cwd, dir), lock, []);
  const models = lock.updateLock || lock.raise ? [] : (await app.models()).map(({ model }) => model);
  return checkRules((await app.rules()).dir, lock, models);
}

async function lint(
  context: CommandContext,
  options: { dir?: string; updateLock?: boolean; raise?: boolean },
): Promise<number> {
  const { app, io, flags } = context;
  const lock = { updateLock: options.updateLock === true, raise: options.raise === true };
  const packs = options.dir === undefined ? await app.packs() : [];
  const result = packs.length > 0 ? await lintPacks(context, lock) : await lintFolder(context, options.dir, lock);
  if (flags.json) printJson(io, result);
  else {
    for (const problem of result.problems) printText(io, `${io.style.bad('✗')} ${problem}`);
    printText(
      io,
      `${counted(result.signals, 'signal')}, ${counted(result.problems.length, 'problem')}${result.locked ? ', rules.lock.json written' : ''}`,
    );
  }
  return result.problems.length === 0 ? 0 : FAILED;
}

interface NewOptions {
  readonly group: string;
  readonly estimator: string;
  readonly dir?: string;
}

async function begin({ app, io, flags }: CommandContext, name: string, options: NewOptions): Promise<void> {
  const [pack] = flags.pack ?? [];
  const dir = options.dir ?? (pack === undefined ? 'rules/signals' : join(pack, 'signals'));
  const ships = await app.shippedSignals();
  const id = numberRule(name, [...ships, ...signalsUnder(resolve(io.cwd, dir))]);
  const paths = newRule(resolve(io.cwd, dir), id, options.group, options.estimator).map((path) =>
    relative(io.cwd, path),
  );
  if (flags.json) return printJson(io, { written: paths });
  const how = options.dir !== undefined || pack === undefined ? `--dir ${dir}` : `--pack ${pack}`;
  printText(io, `Wrote ${paths.join(' and ')}.\nNext: plumbline rules test ${id} ${how}`);
}
