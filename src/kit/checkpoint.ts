import type { z } from 'zod';
import { PlumblineError } from '../errors/plumbline-error.ts';

export interface CheckpointCodec<T> {
  /** The state behind a checkpoint; `initial` for null. Throws BUG when the text is not one of ours. */
  read(text: string | null): T;
  write(state: T): string;
}

/** Checkpoints as JSON text, parsed strictly: a checkpoint of another version must stop the read, not skip rows. */
export function checkpointCodec<T>(stream: string, schema: z.ZodType<T>, initial: T): CheckpointCodec<T> {
  return {
    read(text) {
      if (text === null) return initial;
      const result = schema.safeParse(parse(text));
      if (result.success) return result.data;
      throw new PlumblineError(
        'BUG',
        `The saved checkpoint of ${stream} is not readable by this version.`,
        'Disconnect with --forget and connect again to read everything anew; report this.',
        { where: stream },
      );
    },
    write: (state) => JSON.stringify(state),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Reported by the caller as an unreadable checkpoint.
    return undefined;
  }
}
