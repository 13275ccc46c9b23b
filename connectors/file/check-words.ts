import { guardValue } from '../../src/domain/privacy/label-privacy.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import type { Plan } from './plan.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';

/** A word of a column whose `values` does not list it. */
interface UnlistedWord {
  readonly target: string;
  readonly column: string;
  /** As the file writes it; `…` where it may be personal. */
  readonly word: string;
  readonly n: number;
}

/** Share of the filled cells of one column above which unlisted words are a mapping that does not fit. */
const MOST = 0.05;
const LISTED = 50;

function shown(word: string): string {
  return guardValue(word) === null ? word.slice(0, 40) : '…';
}

/**
 * Words that `values` does not list and no `default` covers, with counts, commonest first: a few are left out cell by cell and reported.
 * Errors: BAD_MAPPING where they are more than 5 % of a column, naming the words.
 */
export async function checkWords(stage: Stage, plan: Plan, name: string): Promise<UnlistedWord[]> {
  const problems: string[] = [];
  const unlisted: UnlistedWord[] = [];
  for (const one of plan.bindings) {
    if (one.column === null || one.values === null || one.fallback !== null) continue;
    if (one.kind !== 'choice' && one.kind !== 'flag') continue;
    const { column, target } = one;
    const value = known(column, one.missing);
    const listed = [...one.values.keys()].map(lit).join(', ') || "''";
    const rows = await stage.query(
      `select word, n, total, bad_total, bad_words from (
         select ${value} as word, count(*) as n, lower(${value}) in (${listed}) as listed, sum(count(*)) over () as total,
           sum(case when lower(${value}) in (${listed}) then 0 else count(*) end) over () as bad_total,
           sum(case when lower(${value}) in (${listed}) then 0 else 1 end) over () as bad_words
         from raw where ${value} is not null group by 1)
       where not listed order by n desc, word limit ${LISTED}`,
    );
    const words = rows.map((row) => ({ target, column, word: shown(String(row.word)), n: Number(row.n) }));
    unlisted.push(...words);
    const share = Number(rows[0]?.bad_total ?? 0) / Math.max(1, Number(rows[0]?.total ?? 0));
    if (share <= MOST) continue;
    const more = Number(rows[0]?.bad_words ?? 0) - Math.min(8, words.length);
    problems.push(
      `${name}: \`values\` of ${target} does not list ${words
        .slice(0, 8)
        .map((row) => `"${row.word}" (${row.n} rows)`)
        .join(', ')}${more > 0 ? ` and ${more} more` : ''} of column "${column}"`,
    );
  }
  if (problems.length === 0) return unlisted;
  throw new PlumblineError(
    'BAD_MAPPING',
    problems[0] ?? 'Words of the file are not mapped.',
    'List each word under `values` (null for a word that says nothing), or give a `default` (`default: null` = unknown).',
    { where: name, problems },
  );
}
