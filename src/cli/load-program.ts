import { createProgram } from './create-program.ts';
import { type CommandEntry, describeCommands } from './describe-commands.ts';
import type { RegisterCommand } from './runner.ts';

/** A file of commands under its heading. */
export interface GroupedCommands {
  readonly group: string;
  load(): Promise<RegisterCommand>;
}

/** Every command described with its options: for completion and the manual page, which run none of them. */
export async function loadProgram(files: readonly GroupedCommands[], version: string): Promise<CommandEntry> {
  const program = createProgram(version);
  for (const file of files) {
    const before = program.commands.length;
    (await file.load())(program, () => async () => undefined);
    for (const command of program.commands.slice(before)) command.helpGroup(file.group);
  }
  return describeCommands(program);
}
