import { parse } from 'yaml';
import type { Answer } from '../domain/assessment.ts';
import type { ModelItem } from '../domain/model.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import type { StatedReason } from './parse-answers.ts';

const WIDTH = 110;

export interface AnswersForm {
  readonly questionnaire: Questionnaire;
  /** Left empty when unknown, to be filled by hand. */
  readonly respondent: string | null;
  readonly role: string | null;
  /** Answers of this one respondent; statements without one get an empty line to fill. */
  readonly answers: readonly Answer[];
  readonly notApplicable: readonly StatedReason[];
  /** Statements to write, in this order; all statements of the model in its order when absent. Answered ones are always kept. */
  readonly only?: readonly string[];
}

function comment(text: string, indent: string, hang = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + 2 + hang.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((part, index) => `${indent}# ${index === 0 ? '' : hang}${part}`);
}

const UNQUOTED = /^[\p{L}\p{N}][\p{L}\p{N} .,@_-]*$/u;

/** A scalar in YAML on one line: bare when it reads back as itself, else double-quoted (JSON strings are YAML). */
function scalar(value: string | null): string {
  if (value === null) return '';
  if (UNQUOTED.test(value) && !value.endsWith(' ') && parse(value) === value) return value;
  // YAML also forbids raw DEL, C1 controls and the byte order mark, which JSON leaves as they are.
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function entryLines(id: string, answer: Answer | undefined): string[] {
  if (answer === undefined) return [`  ${id}:`];
  if (answer.comment === null && answer.proof === null && answer.proof_checked_by === null)
    return [`  ${id}: ${answer.value}`];
  return [
    `  ${id}:`,
    `    value: ${answer.value}`,
    ...(answer.comment === null ? [] : [`    comment: ${scalar(answer.comment)}`]),
    ...(answer.proof === null ? [] : [`    proof: ${scalar(answer.proof)}`]),
    ...(answer.proof_checked_by === null ? [] : [`    proof_checked_by: ${scalar(answer.proof_checked_by)}`]),
  ];
}

/** How an answer is written, by scale. */
const HOW: Readonly<Record<ModelItem['scale'], string>> = {
  level3: 'Write 1 (not there), 2 (partly), 3 (fully) or dont_know after the colon',
  yes_no: 'Write yes, no or dont_know after a question',
  importance5: 'after the name of an activity how much it matters, 1 (least) to 5 (most)',
};

function itemLines({ id, name, statement, levels, proof, scale }: ModelItem, answer: Answer | undefined): string[] {
  const words = name === statement || statement === '' ? name : `${name}. ${statement}`;
  return [
    '',
    ...comment(`${id} ${words}${scale === 'importance5' ? ' How much does it matter, 1 to 5?' : ''}`, '  ', '  '),
    ...(levels === null
      ? []
      : ([1, 2, 3] as const).flatMap((level) => comment(`${level} = ${levels[level]}`, '  ', '    '))),
    ...(proof === null ? [] : comment(`Proof, if asked: ${proof}`, '  ', '    ')),
    ...entryLines(id, answer),
  ];
}

/** How to answer the scales that are there, in one sentence. */
function howTo(items: readonly ModelItem[]): string {
  const scales = new Set(items.map(({ scale }) => scale));
  const ways = (['level3', 'yes_no', 'importance5'] as const).filter((scale) => scales.has(scale));
  return ways.map((scale) => HOW[scale]).join('; ');
}

function notApplicableLines({ questionnaire, notApplicable }: AnswersForm): string[] {
  const example = questionnaire.items.find(({ set }) => set !== null)?.id ?? '';
  return [
    ...comment('A statement that cannot apply here goes below with its reason, at most one per set:', ''),
    ...(notApplicable.length === 0
      ? comment(`not_applicable: { ${example}: why it cannot apply }`, '')
      : ['not_applicable:', ...notApplicable.map((entry) => `  ${entry.criterion}: ${scalar(entry.reason)}`)]),
    '',
  ];
}

/**
 * A form that a person can fill in with any editor, and the answers already given in it.
 * YAML; statements, level texts and proofs stand in comments above each line, so the file explains itself. `parseAnswers` reads it back
 * to the same values. `answered_at` is written when all answers share one UTC day, for they would otherwise be dated anew.
 */
export function writeAnswers(form: AnswersForm): string {
  const given = new Map(form.answers.map((answer) => [answer.criterion, answer]));
  const notApplicable = new Set(form.notApplicable.map((entry) => entry.criterion));
  const { model, items } = form.questionnaire;
  const byId = new Map(items.map((item) => [item.id, item]));
  const wanted = form.only ?? [...byId.keys()];
  const ids = [...wanted, ...[...given.keys()].filter((id) => !wanted.includes(id))].filter(
    (id) => !notApplicable.has(id),
  );
  const days = new Set(form.answers.map((answer) => answer.answered_at.toISOString().slice(0, 10)));
  const [day] = days;
  return [
    ...comment(`Answers for "${model.title}" (${model.source}). Wording of the statements: ours.`, ''),
    ...comment(
      `${howTo(items)}; leave a line empty to answer later. ` +
        'With a remark or a proof: {value: 2, comment: ..., proof: https://..., proof_checked_by: someone else}.',
      '',
    ),
    `respondent: ${scalar(form.respondent)}`.trimEnd(),
    `role: ${scalar(form.role)}`.trimEnd(),
    `model: ${model.id}`,
    ...(days.size === 1 && day !== undefined ? [`answered_at: ${day}`] : []),
    ids.length === 0 ? 'answers: {}' : 'answers:',
    ...ids.flatMap((id) => {
      const item = byId.get(id);
      return item === undefined ? [] : itemLines(item, given.get(id));
    }),
    '',
    ...(items.some(({ set }) => set !== null) ? notApplicableLines(form) : []),
  ].join('\n');
}
