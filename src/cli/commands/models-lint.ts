import { PlumblineError } from '../../errors/index.ts';
import { lockModels } from '../../pipeline/lock-models.ts';
import { printJson, printText } from '../io.ts';
import type { CommandContext } from '../runner.ts';

const FAILED = 2;

/** Reads every part of the packs, whatever is wrong with another one. Errors: the first fault, with the problems of all. */
async function assertPacks(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const faults: PlumblineError[] = [];
  for (const read of parts) {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof PlumblineError) || !['BAD_MODEL', 'BAD_RULES'].includes(error.code)) throw error;
      faults.push(error);
    }
  }
  const [first] = faults;
  if (first === undefined) return;
  const problems = [...new Set(faults.flatMap((fault) => fault.problems))];
  if (problems.length === first.problems.length) throw first;
  const remedies = [...new Set(faults.map((fault) => fault.remedy))].join(' ');
  throw new PlumblineError(first.code, `${problems.length} places in packs are not valid: ${problems[0]}`, remedies, {
    problems,
  });
}

/** `models lint`: every model file as it is read, then what packs have locked. */
export async function lintModels(
  { app, io, flags }: CommandContext,
  options: { readonly updateLock?: boolean; readonly raise?: boolean },
): Promise<number> {
  await assertPacks([() => app.rules(), () => app.models(), () => app.benchmarks()]);
  const all = await app.models();
  const how = { update: options.updateLock === true, raise: options.raise === true };
  const results = (await app.modelFiles()).map((pack) => lockModels(pack, io.cwd, how));
  const problems = results.flatMap((one) => one.problems);
  const raised = results.flatMap((one) => one.raised);
  const locked = results.some((one) => one.locked);
  const ids = all.map(({ model }) => model.id);
  if (flags.json) printJson(io, { ok: problems.length === 0, models: ids, problems, raised, locked });
  else {
    for (const problem of problems) printText(io, `${io.style.bad('✗')} ${problem}`);
    for (const path of raised) printText(io, `Raised the version in ${path}.`);
    if (problems.length === 0)
      printText(io, `${io.style.good('✓')} ${all.length} model files are valid: ${ids.join(', ')}`);
    if (locked) printText(io, 'models.lock.json written');
  }
  return problems.length === 0 ? 0 : FAILED;
}
