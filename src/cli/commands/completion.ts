import { Argument } from 'commander';
import { packageVersion } from '../../config/package.ts';
import { renderCompletion, SHELLS, type Shell } from '../completion/index.ts';
import { type GroupedCommands, loadProgram } from '../load-program.ts';
import type { RegisterCommand } from '../runner.ts';

/** A shell reads this at every start, so it opens neither configuration nor store: a mistake in them must not spoil the shell. */
export function registerCompletion(files: () => readonly GroupedCommands[]): RegisterCommand {
  return (program) => {
    program
      .command('completion')
      .description('completion for bash, zsh or fish, to be read by the shell')
      .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
      .action(async (shell: Shell) => {
        const text = renderCompletion(shell, await loadProgram(files(), packageVersion()));
        program.configureOutput().writeOut?.(text);
      });
  };
}
