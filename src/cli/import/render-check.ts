import type { SourceCheck } from '../../domain/source-check.ts';
import type { CheckOutcome } from '../../pipeline/import-files.ts';
import { type Style, wrap } from '../../report/style.ts';
import { sourceCheckView } from '../../report/view/source-check.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';

function bullet(text: string, style: Style): string[] {
  return wrap(`- ${text}`, style.width - 2, '  ').map((line) => `  ${line}`);
}

/** What was found before anything is stored, in plain words. Codes only when asked for. */
export function renderCheck(check: SourceCheck, style: Style, codes: boolean): string[] {
  return sourceCheckView(check, codes).sections.flatMap(({ title, lines }) => [
    style.bold(title),
    ...lines.flatMap((line) => bullet(line, style)),
  ]);
}

/** The dry run for people or as JSON. Errors: the refusal that an import would meet. */
export function printCheck({ check, refusal }: CheckOutcome, io: Io, flags: GlobalFlags): void {
  if (flags.json) printJson(io, check);
  else {
    const { style } = io;
    printText(io, `${style.bold('DRY RUN')}   ${sourceCheckView(check).sentence}`);
    const found = renderCheck(check, style, flags.verbose);
    if (found.length > 0) printText(io, found.join('\n'));
  }
  if (refusal !== null) throw refusal;
}
