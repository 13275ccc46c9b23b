import type { z } from 'zod';
import { PlumblineError } from '../src/errors/index.ts';
import type { JobHandler } from './contract.ts';

/** A handler among others of other payloads: the carrier parses the payload with the handler's own schema before it is run. */
export function defineHandler<P>(handler: JobHandler<P>): JobHandler<never> {
  return handler as unknown as JobHandler<never>;
}

/** The payload as its handler knows it. Errors: BUG naming queue and field; a payload that does not fit never will. */
export function parsePayload<P>(handler: JobHandler<P>, payload: unknown): P {
  const parsed: z.ZodSafeParseResult<P> = handler.payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new PlumblineError(
    'BUG',
    `A job of the queue ${handler.queue} has a payload that does not fit: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}.`,
    'Empty the queue: runs that are due are put again from the journal. Workers of different versions may share it.',
  );
}
