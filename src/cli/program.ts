import { Command, CommanderError, Option } from 'commander';
import { PlumblineError } from '../errors/plumbline-error.ts';
import type { App } from './app.ts';
import { COMMANDS, type CommandFile } from './commands/index.ts';
import { guardTerminal } from './guard-terminal.ts';
import type { GlobalFlags, Io } from './io.ts';
import { printError } from './print-error.ts';
import type { Run } from './runner.ts';

export type CreatesApp = (flags: GlobalFlags, io: Io) => App | Promise<App>;

const USAGE = 2;

/**
 * Parses arguments, runs one command, prints its result or its error, and gives the exit code of the contract
 * (0 ok, 2 usage or configuration, 3 permission, 70 fault of ours, 75 try again later).
 */
export async function runProgram(
  argv: readonly string[],
  version: string,
  unguarded: Io,
  createApp: CreatesApp,
): Promise<number> {
  const io = guardTerminal(unguarded);
  let exitCode = 0;
  const program = new Command('plumbline')
    .description('Shows how mature support really is: what the helpdesk records, beside what people say.')
    .version(version)
    .option('--data <dir>', 'folder of the store (default .plumbline)')
    .option('--config <file>', 'configuration file (default ./plumbline.yaml)')
    .option('--workspace <name>', 'organisation or desk to work on')
    .option('--pack <dir>', 'pack of your own: signals, models, overlays, benchmarks; may be repeated', collect)
    .option('--json', 'results as JSON', false)
    .option('--quiet', 'no progress', false)
    .addOption(new Option('--verbose', 'details of errors and log lines').default(false))
    .showSuggestionAfterError()
    .showHelpAfterError('(plumbline --help lists the commands)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();

  const run: Run =
    (body) =>
    async (...args) => {
      const flags = program.opts<GlobalFlags>();
      let app: App | null = null;
      try {
        app = await createApp(flags, io);
        exitCode = (await body({ app, io, flags }, ...(args.slice(0, -1) as never))) ?? 0;
      } catch (error) {
        exitCode = printError(error, io, flags);
      } finally {
        for (const note of flags.quiet ? [] : (app?.packNotes() ?? [])) io.err(`${note}\n`);
        try {
          await app?.close();
        } catch (error) {
          exitCode = printError(error, io, flags);
        }
      }
    };

  const named = namedCommand(argv);
  for (const file of COMMANDS)
    if (file.heads.some(({ name }) => name === named)) (await file.load())(program, run);
    else addHeads(program, file);
  for (const command of program.commands) inheritSettings(command);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (error instanceof PlumblineError) return printError(error, io, program.opts<GlobalFlags>());
    throw error;
  }
  return exitCode;
}

const WITH_VALUE: ReadonlySet<string> = new Set(['--data', '--config', '--workspace', '--pack']);

/** The first word that is no global flag and no value of one; that of `help` is the one behind it. Null without. */
function namedCommand(argv: readonly string[]): string | null {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (WITH_VALUE.has(word)) i += 1;
    else if (!word.startsWith('-') && word !== 'help') return word;
  }
  return null;
}

/** Commands that nobody named: enough of them for the list and for "did you mean". */
function addHeads(program: Command, file: CommandFile): void {
  for (const { name, args, description, hasOptions } of file.heads) {
    const command = program.command(`${name} ${args}`.trim()).description(description);
    if (hasOptions) command.addOption(new Option('--options').hideHelp());
    command.action(() => {
      throw new PlumblineError('BUG', `The command ${name} was not loaded.`, 'Report this with what you typed.');
    });
  }
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Sub-commands accept the global flags behind their own name too (`plumbline snapshot --json`). */
function inheritSettings(command: Command): void {
  command.exitOverride();
  for (const sub of command.commands) inheritSettings(sub);
}

/** Moves global flags to the front, where commander expects them, wherever they were written. */
export function liftGlobalFlags(argv: readonly string[]): string[] {
  const plain = new Set(['--json', '--quiet', '--verbose']);
  const lifted: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') {
      rest.push(...argv.slice(i));
      break;
    }
    const [name] = word.split('=', 1);
    if (plain.has(word)) lifted.push(word);
    else if (name !== undefined && WITH_VALUE.has(name)) {
      lifted.push(word);
      const value = argv[i + 1];
      if (!word.includes('=') && value !== undefined) {
        lifted.push(value);
        i += 1;
      }
    } else rest.push(word);
  }
  return [...lifted, ...rest];
}
