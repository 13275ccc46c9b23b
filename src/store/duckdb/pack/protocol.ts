import type { SqlValue } from '../../../domain/sql-session.ts';

/** First message to a child: how much the engine in it may take, and the only folder that its SQL may touch. */
export interface PackOpening {
  readonly kind: 'open';
  readonly folder: string;
  readonly memoryMb: number;
  readonly spillMb: number;
  readonly threads: number;
}

/** The engine's own syntax tree of a text, as JSON. */
interface TreeRequest {
  readonly kind: 'tree';
  readonly sql: string;
}

/** Runs one SELECT over relations that lie in database files, and leaves its rows as table `pack` in the file `result`. */
export interface RunRequest {
  readonly kind: 'run';
  readonly sql: string;
  readonly params: Readonly<Record<string, SqlValue>>;
  readonly maxRows: number;
  readonly result: string;
  /** Files with relations that this child has not opened yet: alias and path. */
  readonly attach: readonly (readonly [string, string])[];
  /** Statements that put the relations under their names. */
  readonly views: readonly string[];
}

/** Lets go of all files of a measurement, before the next one. */
interface ResetRequest {
  readonly kind: 'reset';
}

export type PackRequest = PackOpening | TreeRequest | RunRequest | ResetRequest;

/** `refused`: the sandbox says no, in words of ours; `engine`: the engine's own message. */
export type PackReply =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly why: 'refused' | 'engine'; readonly message: string };
