import type { SampleRef } from '../../domain/finding.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import type { Estimator, Figures, Params, Reduced } from '../estimators/estimator.ts';
import { countRows, type ResultRows, type RowCounts, shownMedians } from './rows.ts';
import { drawSample, refsOf } from './sample.ts';

/** Rows of one signal that are to be added up. */
export interface Question {
  readonly definition: SignalDefinition;
  readonly estimator: Estimator;
  /** Parameters of the estimator. */
  readonly own: Params;
  readonly rows: ResultRows;
}

/** All that a finding takes from its rows. */
export interface Answer {
  readonly counts: RowCounts;
  readonly reduced: Reduced;
  readonly shown: Figures;
  /** Asked for measured findings only. */
  sample(session: SqlSession): Promise<SampleRef[]>;
}

/** Rows that an estimator takes in at most, unless it says otherwise: a year of quarter hours has 35,000. */
export const MOST_GROUPS = 100_000;

/** The small aggregates that an estimator works on. Errors: BAD_RULES for too many groups. */
export async function reduceOne(session: SqlSession, { estimator, own, rows }: Question): Promise<Reduced> {
  const reduced: Record<string, Awaited<ReturnType<SqlSession['query']>>> = {};
  for (const [name, query] of Object.entries(estimator.reduce(rows.source, own)))
    reduced[name] = await session.queryUpTo(estimator.mostRows ?? MOST_GROUPS, query);
  return reduced;
}

/** Answers one question by statements of its own. Errors: BAD_RULES for too many groups; those of the engine for values that do not fit. */
export async function answerOne(session: SqlSession, question: Question): Promise<Answer> {
  const { estimator, own, rows } = question;
  const counts = await countRows(session, rows);
  return {
    counts,
    reduced: await reduceOne(session, question),
    shown: await shownMedians(session, rows),
    sample: (open) => drawSample(open, refsOf(rows.source, estimator, own), counts.usable),
  };
}
