import { lockModels } from '../../pipeline/lock-models.ts';
import { printJson, printText } from '../io.ts';
import type { CommandContext } from '../runner.ts';

const FAILED = 2;

/** `models lint`: every model file as it is read, then what packs have locked. */
export async function lintModels(
  { app, io, flags }: CommandContext,
  options: { readonly updateLock?: boolean; readonly raise?: boolean },
): Promise<number> {
  const all = await app.models();
  await app.benchmarks();
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
