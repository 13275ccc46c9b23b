/** Words that stand for "unknown" in every column of every tool. */
export const MISSING_WORDS = [
  '?',
  'NULL',
  'null',
  '(null)',
  '[null]',
  '\\N',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  '(empty)',
  '(none)',
  '(blank)',
  // What a spreadsheet shows where a formula failed.
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
];

/** Words for "unknown" that are also the name of a team, a region or a product (North America, a team called "None"). */
export const DOUBTFUL_MISSING = ['NA', 'na', 'None', 'none', 'NONE', '-', '--', '—'];

/** Cells of times, numbers, durations and scores that hold no value: nothing of the kind can be meant by them. */
export const NO_VALUE: readonly string[] = [
  ...MISSING_WORDS,
  ...DOUBTFUL_MISSING,
  'Null',
  'N.A.',
  'n.a.',
  'NaT',
  'nil',
  'undefined',
  '–',
  '---',
];

const UNSET = [
  ...[
    'unassigned',
    'not assigned',
    'none assigned',
    'no assignee',
    'no agent',
    'no group',
    'no team',
    'no owner',
    'nobody',
  ],
  ...[
    'not set',
    'unset',
    'unspecified',
    'not specified',
    'no priority',
    'no category',
    'uncategorized',
    'uncategorised',
  ],
  ...['nicht zugewiesen', 'nicht zugeordnet', 'niemand', 'non assigné', 'non attribué', 'sin asignar', 'no asignado'],
  ...['non assegnato', 'niet toegewezen', 'não atribuído', 'nao atribuido'],
];
const title = (words: string): string => words.replace(/(^| )\p{L}/gu, (first) => first.toUpperCase());

/** What tools write where nobody, no team and no label is set: neither a person nor a label. A state may be called so. */
export const UNSET_WORDS: readonly string[] = [
  ...new Set(
    UNSET.flatMap((words) => [
      words,
      words.toUpperCase(),
      title(words),
      title(words[0] ?? '') + words.slice(1),
    ]).flatMap((words) => [words, `(${words})`, `--${words}--`]),
  ),
  ...['--None--', '-- None --', '- None -', '--none--'],
];

const UNSET_LOWER: ReadonlySet<string> = new Set(UNSET_WORDS.map((word) => word.toLowerCase()));

export function isUnset(word: string): boolean {
  return UNSET_LOWER.has(word.trim().toLowerCase());
}
