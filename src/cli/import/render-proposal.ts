import type { MappingProposal, SettledMapping } from '../../kit/file-reader.ts';
import { count } from '../../report/numbers.ts';
import { type Style, wrap } from '../../report/style.ts';

const ROWS: Readonly<Record<MappingProposal['mode'], string>> = {
  tickets: 'one ticket',
  events: 'one change of a ticket (event log)',
  deflection: 'the counts of one week or day',
};

/** What was recognised, chosen and left out, and why; open points are not repeated when they are asked next. */
export function renderProposal(proposal: MappingProposal, style: Style): string {
  const { looked, preset } = proposal;
  const lines = [
    `${style.bold('PROPOSED MAPPING')}   one row is ${ROWS[proposal.mode]}; looked at ${count(looked.rows)} of ${count(looked.of)} rows`,
  ];
  if (preset !== null) lines.push(`This is a ${preset.product} (preset ${preset.id}).`);
  for (const note of proposal.notes) lines.push(...wrap(note, style.width, '  '));
  for (const choice of proposal.choices) {
    lines.push(`  ${style.accent(choice.target)} <- ${style.bold(choice.column)}`);
    lines.push(...wrap(choice.why, style.width - 6).map((line) => style.dim(`      ${line}`)));
  }
  if (proposal.unknown.length > 0) {
    lines.push('', style.bold('WORDS WITHOUT A MEANING'), ...renderUnknown(proposal, style));
  }
  return [...lines, ...renderUnused(proposal, style)].join('\n');
}

function renderUnknown(proposal: MappingProposal, style: Style): string[] {
  const fields = new Map<string, string[]>();
  for (const { target, column, word, n } of proposal.unknown) {
    const key = `${column} (${target})`;
    fields.set(key, [...(fields.get(key) ?? []), `"${word}" ${count(n)} ${n === 1 ? 'row' : 'rows'}`]);
  }
  return [...fields].flatMap(([field, words]) =>
    wrap(`${field}: ${words.join(', ')}`, style.width - 4, '  ').map((line) => `  ${line}`),
  );
}

/** Every column that no field reads, with a value of it where it is not personal, and what it might be. */
function renderUnused(proposal: SettledMapping, style: Style): string[] {
  if (proposal.unused.length === 0) return [];
  return [
    '',
    style.bold('COLUMNS NOT USED'),
    ...proposal.unused.flatMap(({ column, sample, suggestion }) => {
      const seen = sample === null ? '' : `, e.g. ${sample}`;
      const text = `${column}${seen}${suggestion === '' ? '' : `: ${suggestion}`}`;
      return wrap(text, style.width - 4, '  ').map((line) => style.dim(`  ${line}`));
    }),
  ];
}

/** What a person must still look at. */
export function renderOpen(settled: SettledMapping, style: Style): string[] {
  if (settled.open.length === 0) return [];
  return [
    '',
    style.bold('OPEN: A PERSON MUST LOOK'),
    ...settled.open.flatMap((point) => wrap(`- ${point}`, style.width - 4, '  ').map((line) => `  ${line}`)),
  ];
}
