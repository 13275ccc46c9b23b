import { type CommandEntry, everyCommand, type OptionEntry, type ValueEntry } from '../describe-commands.ts';

/** What may follow at one place of the command line. */
export interface Place {
  readonly path: string;
  readonly commands: readonly CommandEntry[];
  /** Its own options, those of the program, and `--help`. */
  readonly options: readonly OptionEntry[];
  /** The first argument; null when it takes none. */
  readonly argument: ValueEntry | null;
}

const HELP: OptionEntry = { long: '--help', description: 'usage and examples', value: null, optional: false };
const VERSION = '--version';

/** Every place, that of the program first. Global options may stand anywhere, so they are offered everywhere. */
export function places(program: CommandEntry): readonly Place[] {
  const global = program.options.filter(({ long }) => long !== VERSION);
  return everyCommand(program).map((entry) => ({
    path: entry.path,
    commands: entry.commands,
    options: [...(entry.path === '' ? program.options : [...entry.options, ...global]), HELP],
    argument: entry.args[0] ?? null,
  }));
}

/** Options of a place that take the word after them; one whose value may be left out does not. */
export function takingWord({ options }: Place): readonly OptionEntry[] {
  return options.filter(({ value, optional }) => value !== null && !optional);
}

/** For single quotes of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
