import { join, resolve } from 'node:path';
import type { SignalDefinition } from '../../domain/signal.ts';
import { PlumblineError } from '../../errors/index.ts';
import { compareSnapshots } from '../../pipeline/compare-snapshots.ts';
import { endOfData } from '../../pipeline/end-of-data.ts';
import { checkRules, newRule, testRules } from '../../pipeline/rules.ts';
import { counted, lastDay } from '../../report/numbers.ts';
import { padEnd, padStart } from '../../report/style.ts';
import { printJson, printRaw, printText } from '../io.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { snapshotOf } from './snapshot.ts';

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
        const { signals } = await app.rules();
        if (flags.json) return printJson(io, signals);
        for (const s of signals) {
          printText(
            io,
            `${padEnd(s.id, 38)} ${padEnd(s.estimator, 16)} ${padStart(linesText(s), 14)} ${padEnd(s.lines.origin, 4)} ${io.style.dim(s.title)}`,
          );
        }
        return undefined;
      }),
    );

  rules
    .command('test [signal...]')
    .description('play the cases beside the signals, with --verbose also what was found; a pack of your own with --dir')
    .option('--dir <folder>', 'folder of signals')
    .action(
      run(async ({ app, io, flags }, prefixes: string[], options: { dir?: string }) => {
        const { dir } = await app.rules();
        const store = await app.memoryStore();
        try {
          const result = await testRules(
            options.dir === undefined ? join(dir, 'signals') : resolve(io.cwd, options.dir),
            prefixes,
            store.telemetry,
            (outcome) => {
              if (flags.json || flags.quiet) return;
              const mark = outcome.problems.length === 0 ? io.style.good('✓') : io.style.bad('✗');
              printText(io, `${mark} ${padEnd(outcome.signal, 38)} ${outcome.name}`);
              if (!flags.verbose) return;
              const { sample, ...finding } = outcome.finding;
              printRaw(io, io.style.dim(`  ${JSON.stringify({ ...finding, sample: sample.length })}`));
            },
          );
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
      }),
    );

  rules
    .command('lint')
    .description('check every signal file, its SQL against the sandbox, and the lock')
    .option('--dir <folder>', 'folder with signals/ and rules.lock.json')
    .option('--update-lock', 'write rules.lock.json')
    .action(
      run(async ({ app, io, flags }, options: { dir?: string; updateLock?: boolean }) => {
        const own = options.dir === undefined ? (await app.rules()).dir : resolve(io.cwd, options.dir);
        const models =
          options.dir === undefined && options.updateLock !== true
            ? (await app.models()).map(({ model }) => model)
            : [];
        const result = await checkRules(own, options.updateLock === true, models);
        if (flags.json) printJson(io, result);
        else {
          for (const problem of result.problems) printText(io, `${io.style.bad('✗')} ${problem}`);
          printText(
            io,
            `${counted(result.signals, 'signal')}, ${counted(result.problems.length, 'problem')}${result.locked ? ', rules.lock.json written' : ''}`,
          );
        }
        return result.problems.length === 0 ? 0 : FAILED;
      }),
    );

  rules
    .command('new <id>')
    .description('write a signal and its cases to start from')
    .requiredOption('--group <group>', 'folder inside the pack')
    .option('--estimator <name>', 'estimator', 'share')
    .option('--dir <folder>', 'folder of signals', 'rules/signals')
    .action(
      run(async ({ io, flags }, id: string, options: { group: string; dir: string; estimator: string }) => {
        const paths = newRule(resolve(io.cwd, options.dir), id, options.group, options.estimator);
        if (flags.json) printJson(io, { written: paths });
        else printText(io, `Wrote ${paths.join(' and ')}.\nNext: plumbline rules test ${id} --dir ${options.dir}`);
      }),
    );

  rules
    .command('dry-run')
    .description('what the present rules would have said at the instants of kept snapshots; keeps nothing')
    .option('--last <n>', 'how many snapshots', '6')
    .option('--model <id>', 'maturity model')
    .action(run(dryRun));
};

interface DryRunRow {
  readonly as_of: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly p_before: readonly number[];
  readonly p_after: readonly number[];
  readonly criteria: readonly string[];
}

async function dryRun(
  context: CommandContext,
  options: { readonly last: string; readonly model?: string },
): Promise<void> {
  const { app, io, flags } = context;
  const last = Number(options.last);
  if (!Number.isInteger(last) || last < 1)
    throw new PlumblineError(
      'BAD_USAGE',
      `--last ${options.last} is not a number of snapshots.`,
      'Write e.g. --last 6.',
    );
  const { ledger, telemetry } = await app.store();
  const { model } = await app.model(options.model);
  const heads = (await ledger.snapshots(model.id)).slice(-last);
  if (heads.length === 0)
    throw new PlumblineError(
      'NO_DATA',
      'No snapshot was taken yet.',
      'Run plumbline snapshot or plumbline backfill first.',
    );
  const end = endOfData(await telemetry.observability());
  const rows: DryRunRow[] = [];
  for (const head of heads) {
    const before = await ledger.snapshot(head.digest);
    if (before === null) continue;
    // A snapshot at the end of the data took answers of later days too; an instant given by hand would leave them out.
    const asOf = head.as_of.getTime() === end?.getTime() ? null : head.as_of;
    const after = await snapshotOf(context, { asOf, model: options.model, keep: false });
    rows.push({
      as_of: before.as_of,
      before: before.placement.stage,
      after: after.placement.stage,
      p_before: before.placement.atLeast,
      p_after: after.placement.atLeast,
      criteria: compareSnapshots(before, after).criteria.map((c) => c.criterion),
    });
  }
  if (flags.json) return printJson(io, rows);
  for (const row of rows) {
    const changes = row.criteria.length === 0 ? 'no statement changes' : `changes ${row.criteria.join(' ')}`;
    printText(io, `${lastDay(row.as_of)}  stage ${row.before ?? '–'} -> ${row.after ?? '–'}  ${changes}`);
  }
}
