import type { Argument, Command, Option } from 'commander';

/** What a shell can offer in place of a value. */
type ValueKind = 'file' | 'folder' | 'word';

export interface ValueEntry {
  /** As usage shows it: `<file>`, `[signal...]`. */
  readonly shown: string;
  readonly kind: ValueKind;
  /** Empty = any. */
  readonly choices: readonly string[];
}

export interface OptionEntry {
  /** `--as-of`. */
  readonly long: string;
  readonly description: string;
  /** Null for a switch. */
  readonly value: ValueEntry | null;
  /** The value may be left out (`--md [file]`). */
  readonly optional: boolean;
}

/** A command as help, completion and the manual page tell of it. */
export interface CommandEntry {
  /** Words behind `plumbline`: `snapshot`, `models list`; empty for the program itself. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly args: readonly ValueEntry[];
  readonly options: readonly OptionEntry[];
  readonly commands: readonly CommandEntry[];
}

const FILES = new Set(['file', 'mapping', 'path']);
const FOLDERS = new Set(['dir', 'folder']);

function describeValue(shown: string, choices: readonly string[] | undefined): ValueEntry {
  const word = shown.replaceAll(/[<>[\].]/g, '');
  const kind = FILES.has(word) ? 'file' : FOLDERS.has(word) ? 'folder' : 'word';
  return { shown, kind, choices: choices ?? [] };
}

function describeOption(option: Option): OptionEntry {
  const shown = /[<[].*$/.exec(option.flags)?.[0];
  return {
    long: option.long ?? option.flags,
    description: option.description,
    value: shown === undefined ? null : describeValue(shown, option.argChoices),
    optional: option.optional,
  };
}

function describeArgument(argument: Argument): ValueEntry {
  const inner = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return describeValue(argument.required ? `<${inner}>` : `[${inner}]`, argument.argChoices);
}

/** A command with all that is below it; hidden options and the built-in help are left out. Needs every command file loaded. */
export function describeCommands(command: Command, path = ''): CommandEntry {
  return {
    path,
    name: command.name(),
    description: command.description(),
    group: command.helpGroup(),
    args: command.registeredArguments.map(describeArgument),
    options: command.options.filter(({ hidden }) => !hidden).map(describeOption),
    commands: command.commands.map((sub) => describeCommands(sub, `${path} ${sub.name()}`.trim())),
  };
}

/** The command and all below it, each before its own. */
export function everyCommand(entry: CommandEntry): readonly CommandEntry[] {
  return [entry, ...entry.commands.flatMap(everyCommand)];
}
