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
