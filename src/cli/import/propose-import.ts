import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Style } from '../../report/style.ts';
import { wrap } from '../../report/style.ts';
import type { App, MappingProposal } from '../app.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import { checkName, printResult, runImport } from './run-import.ts';

/** Shows what the wizard sees and why, writes it, and goes on only when nothing is open and somebody says yes. */
export async function proposeImport(
  app: App,
  io: Io,
  flags: GlobalFlags,
  files: readonly string[],
  paths: readonly string[],
  name: string,
): Promise<void> {
  const proposal = await app.files.proposeMapping(paths);
  const target = `${name}.mapping.yaml`;
  if (flags.json) {
    printJson(io, proposal);
    return;
  }
  writeFileSync(resolve(io.cwd, target), proposal.yaml);
  printText(io, renderProposal(proposal, io.style));
  printText(io, `\nWrote ${target}.`);
  if (proposal.open.length > 0 || io.ask === null) {
    printText(
      io,
      `${proposal.open.length > 0 ? 'Settle the open points in it' : 'Look it through'}, then: plumbline import ${files.join(' ')} --map ${target}`,
    );
    return;
  }
  if (!/^y(es)?$/i.test((await io.ask('Import with it now? y/n', false)).trim())) return;
  await checkName(app, name);
  printResult(
    await runImport(app, io, flags, {
      paths,
      files,
      name,
      mapping: { text: proposal.yaml, name: target },
      replace: false,
    }),
    io,
    flags,
  );
}

function renderProposal(proposal: MappingProposal, style: Style): string {
  const lines = [
    style.bold(`PROPOSED MAPPING`) +
      `   one row is ${proposal.mode === 'events' ? 'one change of a ticket (event log)' : 'one ticket'}`,
  ];
  for (const choice of proposal.choices) {
    lines.push(`  ${style.accent(choice.target)} <- ${style.bold(choice.column)}`);
    lines.push(...wrap(choice.why, style.width - 6).map((line) => style.dim(`      ${line}`)));
  }
  if (proposal.open.length > 0) {
    lines.push('', style.bold('OPEN: A PERSON MUST LOOK'));
    for (const point of proposal.open)
      lines.push(...wrap(`- ${point}`, style.width - 4, '  ').map((line) => `  ${line}`));
  }
  return lines.join('\n');
}
