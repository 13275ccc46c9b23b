import { type Command, CommanderError, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { PlumblineError } from '../errors/plumbline-error.ts';
import type { App } from './app.ts';
import { COMMANDS, type CommandFile } from './commands/index.ts';
import { createProgram } from './create-program.ts';
import { examplesText, PROGRAM_EXAMPLES } from './examples.ts';
import { guardTerminal } from './guard-terminal.ts';
import type { GlobalFlags, Io } from './io.ts';
import { refuseMisspelt } from './known-workspace.ts';
import { printError } from './print-error.ts';
import type { Run } from './runner.ts';

type CreatesApp = (flags: GlobalFlags, io: Io) => App | Promise<App>;

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
  const program = createProgram(version)
    .configureOutput({
      writeOut: (text) => io.out(io.style.marks(text)),
      writeErr: io.err,
      outputError: () => undefined,
    })
    .addHelpText('after', PROGRAM_EXAMPLES);

  const flagsOf = (): GlobalFlags => program.opts<GlobalFlags>();
  const run: Run =
    (body) =>
    async (...args) => {
      const flags = flagsOf();
      let app: App | null = null;
      try {
        app = await createApp(flags, io);
        if (!flags.quiet) warnOf(app.variableNotes(), io);
        if (LOOKS.has(namedCommand(argv) ?? '')) await refuseMisspelt(app);
        exitCode = (await body({ app, io, flags }, ...(args.slice(0, -1) as never))) ?? 0;
      } catch (error) {
        exitCode = printError(app === null ? error : placeOf(error, app.config), io, flags);
      }
      exitCode = (await endApp(app, io, flags)) ?? exitCode;
    };

  await addCommands(program, namedCommand(argv), run);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    return endOfParsing(error, argv, io, flagsOf());
  }
  return exitCode;
}

/** Says what is left to say and lets go of everything; the exit code where that fails. */
async function endApp(app: App | null, io: Io, flags: GlobalFlags): Promise<number | null> {
  for (const note of flags.quiet ? [] : (app?.packNotes() ?? [])) io.err(`${note}\n`);
  try {
    await app?.close();
    return null;
  } catch (error) {
    return printError(error, io, flags);
  }
}

/** Exit code of arguments that no command was run for. Errors that are neither of commander nor ours are thrown. */
function endOfParsing(error: unknown, argv: readonly string[], io: Io, flags: GlobalFlags): number {
  if (error instanceof PlumblineError) return printError(error, io, flags);
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return 0;
  // Without arguments the help was printed; there is no wrong value to name.
  return error.code === 'commander.help' ? USAGE : printError(usageError(error, argv), io, flags);
}

/** Where there is nothing to work on: a workspace that was misspelt has no data either. */
function placeOf(error: unknown, { workspace }: Config): unknown {
  if (!(error instanceof PlumblineError) || error.code !== 'NO_DATA' || error.where !== undefined) return error;
  const { message, remedy, problems, cause } = error;
  return new PlumblineError('NO_DATA', message, remedy, { where: `workspace ${workspace}`, problems, cause });
}

/** What commander says of wrong arguments, in the form of every other error. */
function usageError(error: CommanderError, argv: readonly string[]): PlumblineError {
  const [said = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const named = namedCommand(argv);
  const known = named !== null && COMMANDS.some((file) => file.heads.some(({ name }) => name === named));
  const help = known ? `plumbline help ${named} shows what it takes.` : 'plumbline --help lists the commands.';
  const message = `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}.`;
  const guess = hints.map((hint) => hint.replace(/^\(|\)$/g, '')).join(' ');
  return new PlumblineError('BAD_USAGE', message, guess === '' ? help : `${guess} ${help}`);
}

function warnOf(notes: readonly string[], io: Io): void {
  for (const note of notes) io.err(`${io.errStyle.warn('!')} ${note}\n`);
}

/** Commands that look at what a workspace holds and put nothing into it that was not there. */
const LOOKS: ReadonlySet<string> = new Set([
  ...['compare', 'contacts', 'customers', 'doctor', 'explain', 'links', 'metrics', 'path', 'recognise', 'report'],
  ...['snapshot', 'sync', 'trend'],
]);

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

/** All commands under their headings; only the file of the named one is loaded. */
async function addCommands(program: Command, named: string | null, run: Run): Promise<void> {
  for (const file of COMMANDS) {
    const before = program.commands.length;
    if (file.heads.some(({ name }) => name === named)) (await file.load())(program, run);
    else addHeads(program, file);
    for (const command of program.commands.slice(before)) command.helpGroup(file.group);
  }
  program.commandsGroup('Shell:').helpCommand('help [command]', 'usage and examples of a command');
  for (const command of program.commands) inheritSettings(command, command.name());
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

/** Every command throws instead of ending the process, and shows its examples below its help. */
function inheritSettings(command: Command, path: string): void {
  command.exitOverride().addHelpText('after', examplesText(path));
  for (const sub of command.commands) inheritSettings(sub, `${path} ${sub.name()}`);
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
