import type { SqlRow, SqlSession } from '../../domain/sql-session.ts';
import type { Figures, Reduced } from '../estimators/estimator.ts';
import { type Answer, MOST_GROUPS, type Question, reduceOne } from './answer.ts';
import { medianName, numberOf, toCounts } from './rows.ts';
import { refsOf, samplesBy, toRef } from './sample.ts';

/** Tells the rows of one question from those of others: its place in the list. */
const KEY = 'question_no';

/** The rows of `select` of each question, one below the other. */
function stacked(questions: readonly Question[], numbers: readonly number[], select: (q: Question) => string): string {
  return questions
    .map((question, i) => `select ${numbers[i]}::integer as ${KEY}, * from (${select(question)})`)
    .join('\nunion all ');
}

function byKey(rows: readonly SqlRow[]): ReadonlyMap<number, readonly SqlRow[]> {
  const found = new Map<number, SqlRow[]>();
  for (const row of rows) {
    const key = Number(row[KEY]);
    const of = found.get(key);
    if (of === undefined) found.set(key, [row]);
    else of.push(row);
  }
  return found;
}

/** Aggregates of all questions whose estimator can add up many at once; those of the others by statements of their own. */
async function reduceTogether(session: SqlSession, questions: readonly Question[]): Promise<readonly Reduced[]> {
  const reduced: Reduced[] = questions.map(() => ({}));
  const alike = new Map<string, number[]>();
  for (const [i, question] of questions.entries()) {
    const { estimator, rows } = question;
    const kind = `${estimator.id} ${rows.clusterType}`;
    if (estimator.reduceBy === undefined) reduced[i] = await reduceOne(session, question);
    else alike.set(kind, [...(alike.get(kind) ?? []), i]);
  }
  for (const numbers of alike.values()) {
    const of = numbers.map((i) => questions[i] as Question);
    const source = stacked(of, numbers, ({ rows }) => rows.cells);
    for (const [name, query] of Object.entries(of[0]?.estimator.reduceBy?.(source, KEY) ?? {})) {
      const found = byKey(await session.queryUpTo(MOST_GROUPS, query));
      for (const i of numbers) reduced[i] = { ...reduced[i], [name]: found.get(i) ?? [] };
    }
  }
  return reduced;
}

/** As `shownMedians`, for all questions. */
async function mediansTogether(session: SqlSession, questions: readonly Question[]): Promise<readonly Figures[]> {
  const columns = questions.flatMap(({ rows }, i) => rows.shown.map((column) => ({ i, column, source: rows.source })));
  if (columns.length === 0) return questions.map(() => ({}));
  const values = columns.map(
    ({ column, source }, no) => `select ${no}::integer as ${KEY}, "${column}" as x from (${source})`,
  );
  const medians = byKey(
    await session.query(
      `select ${KEY}, quantile_cont(x, 0.5) as x from (${values.join('\nunion all ')}) group by ${KEY}`,
    ),
  );
  const figures: Record<string, number | null>[] = questions.map(() => ({}));
  for (const [no, { i, column }] of columns.entries())
    Object.assign(figures[i] ?? {}, { [medianName(column)]: numberOf(medians.get(no)?.[0]?.x) });
  return figures;
}

/**
 * Answers many questions of few rows each, by a handful of statements over all of them: planning a statement costs more than what it adds up.
 * Every answer is to the last bit the one of `answerOne`. One question that breaks such a statement keeps it from answering any, so a question
 * that is missing in the result has to be asked alone. Never throws for the rows of a question.
 */
export async function answerTogether(
  session: SqlSession,
  questions: readonly Question[],
): Promise<ReadonlyMap<Question, Answer>> {
  if (questions.length < 2) return new Map();
  const all = questions.map((_, i) => i);
  try {
    const counted = byKey(
      await session.query(
        `select ${KEY}, reason, count(*)::double as rows_out from (${stacked(questions, all, ({ rows }) => rows.reasons)})
          group by 1, 2 order by 1, 2`,
      ),
    );
    const reduced = await reduceTogether(session, questions);
    const shown = await mediansTogether(session, questions);
    const refs = stacked(questions, all, ({ rows, estimator, own }) => refsOf(rows.cells, estimator, own));
    const samples = byKey(await session.query(samplesBy(refs, KEY)));
    return new Map(
      questions.map((question, i) => [
        question,
        {
          counts: toCounts(counted.get(i) ?? []),
          reduced: reduced[i] ?? {},
          shown: shown[i] ?? {},
          sample: async () => (samples.get(i) ?? []).map(toRef),
        },
      ]),
    );
  } catch {
    // Which one it was is found by asking each alone, and its finding says so.
    return new Map();
  }
}
