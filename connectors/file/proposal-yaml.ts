import { stringify } from 'yaml';
import type { Choice } from './propose-fields.ts';

export interface ProposalParts {
  readonly mode: 'tickets' | 'events';
  readonly choices: readonly Choice[];
  readonly open: readonly string[];
  readonly missing: readonly { readonly word: string; readonly n: number }[];
  readonly naive: boolean;
  readonly dateFormat: { readonly order: string; readonly why: string } | null;
  readonly unused: readonly string[];
}

/** One YAML scalar on one line: block and folded forms would break out of their place. */
function scalar(value: string | number | boolean): string {
  const text = stringify(value, { lineWidth: 0 }).trim();
  return text.includes('\n') ? JSON.stringify(value) : text;
}

/** A comment on one line, whatever the file wrote into its headers and words. */
function comment(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
}

function field(choice: Choice, indent: string): string[] {
  const name = choice.target.split('.').at(-1) ?? choice.target;
  const lines = [`${indent}# ${comment(choice.why)}`];
  if (choice.translation !== undefined) {
    lines.push(`${indent}${name}:`, `${indent}  column: ${scalar(choice.column)}`, `${indent}  values:`);
    for (const [word, meaning] of choice.translation.values)
      lines.push(`${indent}    ${scalar(word)}: ${scalar(meaning)}`);
    for (const word of choice.translation.open)
      lines.push(`${indent}    ${scalar(word.value)}: null # ${word.n} rows: unknown word, null = says nothing`);
    return lines;
  }
  const flags = [
    ...(choice.backFilled === true ? ['back_filled: true'] : []),
    ...(choice.runningTotal === true ? ['running_total: true'] : []),
  ];
  lines.push(
    flags.length === 0
      ? `${indent}${name}: ${scalar(choice.column)}`
      : `${indent}${name}: { column: ${JSON.stringify(choice.column)}, ${flags.join(', ')} }`,
  );
  return lines;
}

/** The proposal as a mapping file whose comments say why; what is open is listed at its top. */
export function writeProposal(parts: ProposalParts): string {
  const lines = ['# Mapping proposed from the data. Read it before you use it; every comment says why.'];
  for (const one of parts.open) lines.push(`# OPEN: ${comment(one)}`);
  lines.push('version: 1', `mode: ${parts.mode}`);
  if (parts.naive)
    lines.push('time_zone: UTC # the file does not say; durations are right in any zone without daylight saving');
  if (parts.dateFormat !== null)
    lines.push(`# ${comment(parts.dateFormat.why)}`, `date_format: ${parts.dateFormat.order}`);
  if (parts.missing.length > 0) {
    lines.push(`# ${comment(parts.missing.map((one) => `${JSON.stringify(one.word)} on ${one.n} cells`).join(', '))}`);
    lines.push(`missing: [${parts.missing.map((one) => JSON.stringify(one.word)).join(', ')}]`);
  }
  lines.push('', 'ticket:');
  for (const choice of parts.choices) if (choice.target.startsWith('ticket.')) lines.push(...field(choice, '  '));
  const events = parts.choices.filter((choice) => choice.target.startsWith('events.'));
  if (events.length > 0) {
    lines.push('', 'events:');
    for (const choice of events) lines.push(...field(choice, '  '));
  }
  const sla = parts.choices.find((choice) => choice.target === 'sla.overall');
  if (sla?.translation !== undefined) {
    const values = [...sla.translation.values].map(([word, meaning]) => `${JSON.stringify(word)}: ${String(meaning)}`);
    lines.push('', 'sla:', `  # ${comment(sla.why)}`, '  - metric: overall');
    lines.push(`    met: { column: ${JSON.stringify(sla.column)}, values: { ${values.join(', ')} } }`);
    if (sla.lastRowOnly === true) lines.push('    last_row_only: true # an open ticket has not yet missed it');
  }
  if (parts.unused.length > 0) lines.push('', 'unused:', ...parts.unused.map((column) => `  - ${scalar(column)}`));
  return `${lines.join('\n')}\n`;
}
