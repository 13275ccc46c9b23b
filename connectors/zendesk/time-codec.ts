import { z } from 'zod';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';

/** Checkpoint of a stream that goes on from a second. */
export function timeCodec(stream: string) {
  return checkpointCodec(stream, z.strictObject({ at: z.int() }), { at: 0 });
}
