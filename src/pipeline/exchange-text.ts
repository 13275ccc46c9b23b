import type { ValueModel } from '../domain/value-model.ts';
import type { ContactProposal } from '../domain/value-verdict.ts';
import { addToExchangeFile, loadExchangeFile, startExchangeFile } from '../models/index.ts';

/**
 * Text of the file in which the user says what contacts do to value: begun, or with the proposals added to what stands. It is read back, so that a
 * file is never broken. Errors: BAD_MODEL with every problem, each with file and line.
 */
export function exchangeText(
  stood: string | null,
  file: string,
  model: ValueModel,
  proposals: readonly ContactProposal[],
): string {
  if (stood !== null) loadExchangeFile(stood, file, model);
  const text = stood === null ? startExchangeFile(model, proposals) : addToExchangeFile(stood, proposals);
  loadExchangeFile(text, file, model);
  return text;
}
