import { join, relative, resolve } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';
import { diffModels, newModel } from '../../pipeline/new-model.ts';
import { counted } from '../../report/numbers.ts';
import { sayDifference } from '../../report/view/model-difference.ts';
import { printJson, printText } from '../io.ts';
import type { CommandContext } from '../runner.ts';

export interface NewModelOptions {
  readonly kind?: string;
  readonly extends?: string;
}

/** `models new`: a file to start from, in the pack that --pack names. */
export async function beginModel(
  { app, io, flags }: CommandContext,
  id: string,
  options: NewModelOptions,
): Promise<void> {
  const [pack] = flags.pack ?? [];
  if (pack === undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      'A new model needs a pack.',
      'Add --pack DIR; the folder is made if it is not there.',
    );
  if ((options.kind === undefined) === (options.extends === undefined))
    throw new PlumblineError(
      'BAD_USAGE',
      'A new model is of a kind, or extends another one.',
      'Write --kind staged, activity or value, or --extends six-stage.',
    );
  const base = options.extends === undefined ? null : await app.baseModel(options.extends);
  const path = newModel({
    id,
    pack: resolve(io.cwd, pack),
    rules: app.rulesDir,
    from: base === null ? { kind: options.kind ?? '' } : { base },
  });
  const shown = relative(io.cwd, path);
  if (flags.json) return printJson(io, { written: [shown] });
  const next = base === null ? `plumbline models show ${id}` : `plumbline models diff ${base.id} ${id}`;
  printText(io, `Wrote ${join(shown)}.\nNext: plumbline models lint --pack ${pack}, then ${next} --pack ${pack}`);
}

/** `models diff A B`: what the second says otherwise, in words. */
export async function showDifference({ app, io, flags }: CommandContext, before: string, after: string): Promise<void> {
  const [a, b, { signals }] = await Promise.all([app.anyModel(before), app.anyModel(after), app.rules()]);
  if (a.model.kind !== b.model.kind)
    throw new PlumblineError(
      'BAD_USAGE',
      `${before} is of kind ${a.model.kind} and ${after} of kind ${b.model.kind}; they have nothing in common to compare.`,
      'Name two models of one kind; plumbline compare --models says where their verdicts differ.',
    );
  const rows = diffModels(a.model, b.model, signals);
  if (flags.json) return printJson(io, rows);
  const head = `${b.model.id} version ${b.model.version} beside ${a.model.id} version ${a.model.version}: ${counted(rows.length, 'difference')}`;
  printText(io, [head, ...rows.map((row) => `  ${sayDifference(row)}`)].join('\n'));
}
