import { basename } from 'node:path';
import type { SignalDefinition } from '../domain/signal.ts';
import { PlumblineError } from '../errors/index.ts';
import type { ModelFile } from '../models/index.ts';
import type { NamedPack } from '../signals/index.ts';

/** Signals of packs that can be read, and the errors of those that cannot. */
export interface ReadPacks {
  readonly own: readonly NamedPack[];
  readonly errors: readonly PlumblineError[];
}

/** Faults of a kind that is told with others: the error, or null where `work` finds none. Other errors are thrown. */
export async function faultOf(
  work: () => unknown,
  ...codes: readonly PlumblineError['code'][]
): Promise<PlumblineError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof PlumblineError && codes.includes(error.code)) return error;
    throw error;
  }
}

const problemsOf = (error: PlumblineError): readonly string[] =>
  error.problems.length > 0 ? error.problems : [error.message];

/** Ids of the signals whose files have a fault: a file is called as its signal is. */
function brokenSignals(errors: readonly PlumblineError[]): readonly string[] {
  const files = errors.flatMap((error) => problemsOf(error).map((problem) => problem.split(':')[0] ?? ''));
  return [...new Set(files.map((file) => basename(file, '.yaml')))];
}

/**
 * The faults of signals with those of the models and overlays beside them as one error. That a signal with faults of its own is not there for a model is none.
 */
export async function withModelFaults(
  errors: readonly [PlumblineError, ...PlumblineError[]],
  files: readonly ModelFile[],
  known: readonly SignalDefinition[],
  add: (files: readonly ModelFile[], signals: readonly SignalDefinition[]) => unknown,
): Promise<PlumblineError> {
  const [first] = errors;
  const broken = brokenSignals(errors);
  const found = files.length === 0 ? null : await faultOf(() => add(files, known), 'BAD_MODEL');
  const ofModels = found === null ? [] : problemsOf(found);
  const problems = [
    ...errors.flatMap(problemsOf),
    ...ofModels.filter((problem) => !broken.some((id) => problem.includes(`"${id}"`))),
  ];
  return new PlumblineError(first.code, first.message, first.remedy, {
    ...(first.where === undefined ? {} : { where: first.where }),
    problems,
  });
}
