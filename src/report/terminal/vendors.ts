import { SHOWN, type Shown, type VendorEvidence } from '../../domain/vendor-evidence.ts';
import { padEnd, type Style, wrap } from '../style.ts';

const LABEL = 6;

/** Vendors with the evidence streams that each shows in full, in part and not at all, and a line to begin with. */
export function renderVendors(vendors: readonly VendorEvidence[], style: Style): string {
  if (vendors.length === 0) return 'No vendor can be connected. Import a file: plumbline import <file>.';
  const mark: Readonly<Record<Shown, string>> = { full: style.good('✓'), part: style.warn('~'), none: style.dim('–') };
  const lines: string[] = [];
  for (const { title, example, signals, streams } of vendors) {
    lines.push(`${style.bold(title)}  ${style.dim(`feeds ${signals.lit} of ${signals.of} signals`)}`);
    for (const shown of SHOWN) {
      const names = streams.filter((cell) => cell.shown === shown).map(({ stream }) => stream.replaceAll('_', ' '));
      const [first, ...rest] = wrap(names.join(', '), style.width - LABEL - 4);
      if (first === undefined) continue;
      lines.push(`  ${mark[shown]} ${padEnd(shown, LABEL)}${first}`);
      for (const line of rest) lines.push(`    ${padEnd('', LABEL)}${line}`);
    }
    lines.push(`  ${style.accent(example)}`, '');
  }
  lines.push(
    ...wrap(
      'full = all that signals ask of it; part = without some fields; none = no call has it. Plan, permissions and set-up of an account can only take away. ' +
        'Reasons, missing fields and the reports that have them: docs/vendors.md, or --json.',
      style.width,
    ),
  );
  return lines.join('\n');
}
