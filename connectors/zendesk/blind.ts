import { z } from 'zod';
import type { CheckpointCodec } from '../../src/kit/checkpoint.ts';

/** Read while a list that gives fields or rules their meaning was broken: once it answers, everything is read again. */
export const BlindState = { blind: z.boolean().optional() };

/** Where a read begins, and what its checkpoints keep while it is blind. */
export function resumeFrom<S extends { readonly blind?: boolean | undefined }>(
  codec: CheckpointCodec<S>,
  checkpoint: string | null,
  blind: boolean,
): { readonly begin: S; readonly lasting: { readonly blind?: true } } {
  const before = codec.read(checkpoint);
  return { begin: before.blind === true && !blind ? codec.read(null) : before, lasting: blind ? { blind } : {} };
}
