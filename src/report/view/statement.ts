import { z } from 'zod';
import type { CriterionExplanation } from '../../domain/explanation.ts';
import type { Observability } from '../../domain/observability.ts';
import { LevelLaw, Observable, Points } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { count, percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { DarkStream, darkStreams } from './dark-streams.ts';
import { gapRows } from './disagreements.ts';
import { ANSWER_WORDS, EvidenceBar as Bar, evidenceBars } from './evidence.ts';
import { sayLevel } from './level.ts';
import { EFFORT_WORDS } from './moves.ts';
import { nameSignal, nameStatement, SignalName, StatementName } from './named.ts';
import { sayAnswers } from './said.ts';
import { stepName } from './step.ts';
import { reasonOf } from './unseen.ts';
import { sayPoints as sayGain } from './words.ts';

export type { EvidenceBar } from './evidence.ts';

/** One statement of a staged model: what is known of it and from where, what is missing, what people say, and the move that lifts it. */
export const StatementView = z.strictObject({
  id: z.string(),
  name: z.string(),
  set: z.int(),
  area: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  statement: z.string(),
  /** `3`, `2 or 3`, `open`, `–`. */
  level: z.string(),
  sentence: z.string(),
  levels: z.array(
    z.strictObject({ level: z.int(), text: z.string(), probability: z.number(), words: z.string(), here: z.boolean() }),
  ),
  law: LevelLaw,
  decided_by: z.enum(['telemetry', 'answers', 'both', 'none']),
  observability: Observable,
  not_applicable: z.boolean(),
  ledger: z.array(Bar),
  /** Sum of all bars, decibans. */
  total: Points,
  conflict: z
    .strictObject({ grade: z.enum(['substantial', 'strong']), decibans: z.number(), sentence: z.string() })
    .nullable(),
  /** Signals that should speak and do not, each with what would let it. */
  missing: z.array(
    SignalName.extend({
      status: z.string(),
      reason: z.string(),
      way_out: z.string().nullable(),
      detail: z.string().nullable(),
      /** Streams that it needs and no connection shows today. */
      streams: z.array(DarkStream),
    }),
  ),
  /** Cases that could not be read: neither a yes nor a no. */
  unread: z.array(z.strictObject({ signal: SignalName, unknown: z.int(), of: z.int(), sentence: z.string() })),
  answers: z.array(
    z.strictObject({
      role: z.string(),
      respondent: z.string(),
      value: z.union([z.int(), z.literal('dont_know')]),
      words: z.string(),
      answered_at: z.iso.datetime(),
    }),
  ),
  /** What the answers count for; null when nobody gave a level. */
  answers_sentence: z.string().nullable(),
  gap: z.strictObject({ said: z.number(), seen: z.number(), flag_words: z.string(), sentence: z.string() }).nullable(),
  gain: z.strictObject({ points: z.number(), sentence: z.string() }).nullable(),
  action: z.strictObject({
    title: z.string(),
    how: z.string(),
    effort_words: z.string(),
    verified_by: z.array(SignalName),
  }),
  proof: z.string(),
  ask: z.array(z.string()),
  neighbours: z.strictObject({ before: StatementName.nullable(), after: StatementName.nullable() }),
});
export type StatementView = z.infer<typeof StatementView>;

type Answers = StagedReading['answers_used'];

function wordsOf(value: Answers[number]['value']): string {
  return value === 'dont_know' ? ANSWER_WORDS.dont_know : (ANSWER_WORDS[value as 1 | 2 | 3] ?? String(value));
}

function sentenceOf({ result }: CriterionExplanation): string {
  if (result.not_applicable) return 'People declared that it does not apply here.';
  if (result.decided_by === 'none') return 'Nothing is known of it: no record shows it, and nobody has answered.';
  const by = { telemetry: 'by the records', answers: 'by what people say', both: 'by records and answers together' };
  const told =
    result.level === null
      ? `it is open whether it is at level ${sayLevel(result)}`
      : `it is ${LEVEL_WORDS[result.level]}`;
  const [, , fully] = result.posterior;
  return `${by[result.decided_by].replace(/^b/, 'B')}, ${told} (fully in place: ${percent(fully)}).`;
}

const LEVEL_WORDS = { 1: 'not there', 2: 'partly there', 3: 'fully in place' } as const;

function levelsOf({ result, levels }: CriterionExplanation): StatementView['levels'] {
  const { level: sure, between, posterior } = result;
  return ([1, 2, 3] as const).map((level) => {
    const probability = posterior[level - 1] ?? 0;
    const here = sure === level || (between !== null && between[0] <= level && level <= between[1]);
    return { level, text: levels[level], probability, words: percent(probability), here };
  });
}

function missingOf(
  { result }: CriterionExplanation,
  { findings }: Pick<StagedReading, 'findings'>,
  observability: readonly Observability[],
  { signals }: Pick<ReportContext, 'signals'>,
): StatementView['missing'] {
  return result.missing.map(({ signal, status, reason }) => {
    const finding = findings.find((one) => one.signal === signal);
    const told = reasonOf(finding ?? { status: 'not_observable', reason });
    const definition = signals.get(signal);
    return {
      ...nameSignal(signal, signals),
      status,
      reason: told.words,
      way_out: told.way_out,
      detail: finding?.detail ?? null,
      streams: definition === undefined ? [] : darkStreams(definition, observability),
    };
  });
}

function gapOf(id: string, reading: StagedReading, context: Pick<ReportContext, 'model'>): StatementView['gap'] {
  const row = gapRows(reading, reading.comparison?.gaps ?? [], context.model).find((one) => one.id === id);
  return row === undefined
    ? null
    : { said: row.said, seen: row.seen, flag_words: row.flag_words, sentence: row.sentence };
}

function gainOf(
  { gain }: CriterionExplanation,
  { placement }: StagedReading,
  { model }: Pick<ReportContext, 'model'>,
): StatementView['gain'] {
  if (gain === null || gain < 0.005 || placement.stage === null) return null;
  const next = stepName(model, placement.stage + 1);
  return { points: gain, sentence: `Fully in place it would lift the chance of ${next} by ${sayGain(gain)}.` };
}

function neighboursOf(id: string, { model }: Pick<ReportContext, 'model'>): StatementView['neighbours'] {
  const at = model.criteria.findIndex((criterion) => criterion.id === id);
  const name = (index: number): StatementName | null => {
    const criterion = model.criteria[index];
    return criterion === undefined ? null : nameStatement(criterion.id, model);
  };
  return { before: at > 0 ? name(at - 1) : null, after: name(at + 1) };
}

/**
 * One statement of a snapshot. `observability` = what the connections can show today, for what would open its missing signals; an empty list
 * where that is not known. Pure.
 */
export function statementView(
  told: CriterionExplanation,
  reading: StagedReading,
  observability: readonly Observability[],
  context: Pick<ReportContext, 'model' | 'signals'>,
): StatementView {
  const { result, action } = told;
  const { model, signals } = context;
  const criterion = model.criteria.find(({ id }) => id === result.id);
  const area = model.areas.find(({ id }) => id === result.area);
  const { grade, decibans, text } = result.conflict;
  return {
    id: result.id,
    name: result.name,
    set: result.set,
    area: area === undefined ? null : { id: area.id, name: area.name },
    statement: told.statement,
    level: sayLevel(result),
    sentence: sentenceOf(told),
    levels: levelsOf(told),
    law: result.posterior,
    decided_by: result.decided_by,
    observability: result.observability,
    not_applicable: result.not_applicable,
    ledger: evidenceBars(told.ledger, signals),
    total: result.total,
    conflict: grade === 'none' || text === null ? null : { grade, decibans, sentence: text },
    missing: missingOf(told, reading, observability, context),
    unread: told.unread.map(({ signal, unknown, read }) => ({
      signal: nameSignal(signal, signals),
      unknown,
      of: unknown + read,
      sentence: `${count(unknown)} of ${count(unknown + read)} cases (${percent(unknown / (unknown + read))}) could not be read: neither a yes nor a no.`,
    })),
    answers: reading.answers_used
      .filter((answer) => answer.criterion === result.id)
      .map(({ role, respondent, value, answered_at }) => ({
        role,
        respondent,
        value,
        words: wordsOf(value),
        answered_at,
      })),
    answers_sentence: told.answers === null ? null : sayAnswers(told.answers.values, told.answers.counted),
    gap: gapOf(result.id, reading, context),
    gain: gainOf(told, reading, context),
    action: {
      title: action.title,
      how: action.how,
      effort_words: EFFORT_WORDS[criterion?.action.effort ?? 'weeks'],
      verified_by: action.verified_by.map((id) => nameSignal(id, signals)),
    },
    proof: told.proof,
    ask: criterion?.ask ?? [],
    neighbours: neighboursOf(result.id, context),
  };
}
