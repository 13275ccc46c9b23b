import { stringify } from 'yaml';
import { PlumblineError } from '../../../src/errors/index.ts';
import type { MappingProposal, SettledMapping } from '../../../src/kit/file-reader.ts';
import { NO_VALUE } from '../missing-words.ts';
import { known } from '../sql.ts';
import { type Stage, type StageOptions, type StageSettings, stageFiles } from '../stage.ts';
import { COUNT_NAMES, type CountName, type CountsMapping } from './counts-schema.ts';
import { startsOf } from './counts-source.ts';

const DAY_MS = 86_400_000;

/** What the header of a count says, the most telling first: a column is the first that it fits. */
const WORDS: readonly (readonly [CountName, RegExp])[] = [
  [
    'searches_without_result',
    /\b(no|without|zero|0|empty|failed|unsuccessful) .*\b(results?|search(es)?|hits?)\b|\bsearch(es)? .*\b(no|without|zero|failed)\b/,
  ],
  [
    'handed_over',
    /\b(handed|hand ?(over|off)s?|transfer(s|red)?|escalat(ed|ions?)|routed|takeovers?)\b|\bto (an? )?(agents?|humans?|team|persons?)\b/,
  ],
  ['solved', /\b(solved|resolved|resolutions?|contained|deflected|deflections?)\b/],
  ['visitors', /\b(visitors?|readers?)\b|\b(unique|distinct) (users?|people|visits?)\b/],
  ['articles_opened', /\barticles? (views?|opens?|opened|viewed|reads?|clicks?)\b|\b(opened|viewed|read) articles?\b/],
  ['searches', /\b(search(es)?|queries)\b/],
  [
    'bot_sessions',
    /\b(bots?|chatbots?|ai|ai agent|virtual agent|assistant|fin|freddy|einstein|zia) .*\b(sessions?|conversations?|chats?|interactions?|engagements?|involvements?)\b|\bbot sessions?\b/,
  ],
  ['visits', /\b(visits?|page ?views?|traffic)\b/],
];
const SPAN = /\b(weeks?|days?|dates?|periods?|starts?|starting|from|month|time)\b/;
const SHARE = /%|\b(rate|ratio|share|percent(age)?|average|avg|mean|change)\b/;
const DOUBTFUL: readonly (readonly [RegExp, string])[] = [
  [
    /^(sessions?|conversations?|chats?)$/,
    'of the help centre (counts.visits) or of a bot (counts.bot_sessions): say which',
  ],
  [/^(users?|people)$/, 'distinct visitors (counts.visitors), or people of another kind: say which'],
  [/^views?$/, 'visits of the help centre (counts.visits) or articles opened (counts.articles_opened): say which'],
];

function spell(column: string): string {
  return column
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
}

interface Found {
  readonly counts: Partial<Record<CountName, string>>;
  readonly open: string[];
  readonly reasons: ReadonlyMap<string, string>;
}

function findCounts(columns: readonly string[], countable: ReadonlySet<string>): Found {
  const fits = new Map<CountName, string[]>();
  const reasons = new Map<string, string>();
  for (const column of columns) {
    const words = spell(column);
    if (SHARE.test(words)) reasons.set(column, 'a share or a mean: counts alone are read');
    else if (!countable.has(column)) reasons.set(column, 'not whole numbers');
    else {
      const doubt = DOUBTFUL.find(([pattern]) => pattern.test(words));
      const name = doubt === undefined ? WORDS.find(([, pattern]) => pattern.test(words))?.[0] : undefined;
      if (doubt !== undefined) reasons.set(column, doubt[1]);
      if (name !== undefined) fits.set(name, [...(fits.get(name) ?? []), column]);
    }
  }
  return { ...namedOnce(fits), reasons };
}

/** Counts that one column fits; where several do, none is chosen. */
function namedOnce(fits: ReadonlyMap<CountName, readonly string[]>): Pick<Found, 'counts' | 'open'> {
  const counts: Found['counts'] = {};
  const open: string[] = [];
  for (const name of COUNT_NAMES) {
    const [one, ...more] = fits.get(name) ?? [];
    if (one === undefined) continue;
    if (more.length === 0) counts[name] = one;
    else open.push(`counts.${name} may be ${[one, ...more].map((column) => `"${column}"`).join(' or ')}: name one`);
  }
  return { counts, open };
}

/** Columns of whole numbers alone. */
async function countableOf(stage: Stage): Promise<ReadonlySet<string>> {
  const good = new Set<string>();
  for (const column of stage.columns) {
    const value = known(column, NO_VALUE);
    const [row] = await stage.query(
      `select count(${value}) as n, count(*) filter (not regexp_full_match(${value}, '[0-9]+(\\.0)?|[0-9]{1,3}([^0-9][0-9]{3})+')) as bad from raw`,
    );
    if (Number(row?.n) > 0 && Number(row?.bad) === 0) good.add(column);
  }
  return good;
}

/** Days that the rows begin with, or why they cannot be read. */
async function readStarts(stage: Stage, column: string): Promise<readonly number[] | string> {
  try {
    return (await startsOf(stage, { column }, 'the file')).flatMap((start) => (start === null ? [] : [start]));
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'BAD_MAPPING') return `${error.message}. ${error.remedy}`;
    throw error;
  }
}

function lengthOf(starts: readonly number[], column: string): { length: CountsMapping['length']; why: string } | null {
  const days = [...new Set(starts)].sort((a, b) => a - b).map((at) => at / DAY_MS);
  const gaps = days.slice(1).map((day, i) => day - (days[i] ?? day));
  if (gaps.length > 0 && gaps.every((gap) => gap % 7 === 0))
    return { length: 'week', why: 'rows lie whole weeks apart' };
  if (gaps.some((gap) => gap < 7)) return { length: 'day', why: 'rows lie a day apart' };
  if (/\bweek/.test(spell(column))) return { length: 'week', why: 'the header says so' };
  return null;
}

async function propose(stage: Stage, sheet: string | undefined): Promise<MappingProposal> {
  const countable = await countableOf(stage);
  const spans = stage.columns.filter((column) => SPAN.test(spell(column)) && !countable.has(column));
  const [starts] = spans;
  if (starts === undefined)
    throw new PlumblineError(
      'BAD_MAPPING',
      'No column says which week or day a row counts.',
      `Export counts by week or day, with the date in a column of its own. The file has: ${stage.columns.join(', ')}.`,
    );
  const { counts, open, reasons } = findCounts(
    stage.columns.filter((column) => column !== starts),
    countable,
  );
  if (Object.keys(counts).length === 0 && open.length === 0)
    throw new PlumblineError(
      'BAD_MAPPING',
      'No column looks like a count of visits, searches, articles or bot sessions.',
      'Write the mapping by hand (mode: deflection; docs/deflection-counts.md), or export other columns.',
    );
  if (spans.length > 1)
    open.push(`starts may be ${spans.map((column) => `"${column}"`).join(' or ')}: the first is taken`);
  const days = await readStarts(stage, starts);
  const length = typeof days === 'string' ? null : lengthOf(days, starts);
  if (typeof days === 'string') open.push(`starts: ${days}`);
  else if (length === null) open.push('length: say whether a row is a week or a day');
  const used = new Set([starts, ...Object.values(counts)]);
  const unused = stage.columns.filter((column) => !used.has(column));
  const mapping = {
    version: 1,
    mode: 'deflection',
    ...(sheet === undefined ? {} : { sheet }),
    starts: { column: starts },
    length: length?.length ?? 'week',
    counts,
    ...(unused.length === 0 ? {} : { unused }),
  };
  const comments = [
    '# Counts of self-service, proposed from the headers. Read it before you use it.',
    ...open.map((point) => `# OPEN: ${point.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')}`),
  ];
  const settled: SettledMapping = {
    yaml: `${comments.join('\n')}\n${stringify(mapping, { lineWidth: 0 })}`,
    choices: [
      {
        target: 'starts',
        column: starts,
        why: length === null ? 'the header says so' : `a ${length.length} a row: ${length.why}`,
      },
      ...Object.entries(counts).map(([name, column]) => ({ target: `counts.${name}`, column, why: 'by its header' })),
    ],
    open,
    unused: unused.map((column) => ({
      column,
      sample: countable.has(column) ? (stage.samples.get(column) ?? null) : null,
      suggestion: reasons.get(column) ?? '',
    })),
  };
  return {
    ...settled,
    mode: 'deflection',
    preset: null,
    points: [],
    unknown: [],
    looked: { rows: stage.rows, of: stage.rows + stage.malformedRows },
    notes: stage.notes,
    settle: () => settled,
  };
}

/**
 * Proposes a mapping for a file of counts of self-service by week or day: columns by what their headers say and their values bear out. What fits
 * twice or may be two things is left open, never guessed. Errors: BAD_INPUT_FILE; BAD_MAPPING where no column is a day or none a count.
 */
export async function proposeCounts(
  paths: readonly string[],
  options: StageOptions = {},
  settings: StageSettings = {},
): Promise<MappingProposal> {
  const stage = await stageFiles(paths, options, settings);
  try {
    return await propose(stage, options.sheet);
  } finally {
    await stage.close();
  }
}
