import type { z } from 'zod';
import type { ModelProblem } from '../domain/model-problem.ts';
import { checkYaml, PlumblineError } from '../errors/index.ts';

interface Source {
  readonly text: string;
  /** Name of the file, as messages show it. */
  readonly path: string;
  readonly remedy: string;
}

/** Reads a YAML file that we own and lints it. Errors: BAD_MODEL with every problem of schema and lint, each with file and line. */
export function readLinted<T>(source: Source, schema: z.ZodType<T>, lint: (data: T) => readonly ModelProblem[]): T {
  const { text, path, remedy } = source;
  const { reading, fault } = checkYaml({ text, name: path, code: 'BAD_MODEL', remedy }, schema);
  if (reading === null) throw fault;
  const { data, at } = reading;
  const found = lint(data).map((problem) => `${at(problem.path)}: ${problem.message}`);
  const problems = [...(fault?.problems ?? []), ...found];
  if (problems.length > 0)
    throw new PlumblineError('BAD_MODEL', `${path} is not valid: ${problems[0]}`, remedy, { where: path, problems });
  return data;
}
