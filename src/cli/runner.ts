import type { Command } from 'commander';
import type { App } from './app.ts';
import type { GlobalFlags, Io } from './io.ts';

/** What a command body is given. It returns nothing or an exit code; errors are printed by the caller. */
export interface CommandContext {
  readonly app: App;
  readonly io: Io;
  readonly flags: GlobalFlags;
}

/** Wraps a command body: opens the app with the global flags, runs, closes, and turns errors into exit codes. */
export type Run = <A extends unknown[]>(
  body: (context: CommandContext, ...args: A) => Promise<number | undefined> | Promise<void>,
) => (...args: [...A, Command]) => Promise<void>;

export type RegisterCommand = (program: Command, run: Run) => void;
