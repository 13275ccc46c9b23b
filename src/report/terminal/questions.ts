import type { ItemQuestion, Question } from '../../domain/assessment.ts';
import { counted } from '../numbers.ts';
import { type Style, wrap } from '../style.ts';

/** One question with what each answer would look like. */
export function renderQuestion(question: Question, index: number, total: number, style: Style): string {
  const why = question.expired
    ? 'answered before, but too long ago'
    : question.unseen
      ? 'data cannot show it'
      : 'data show too little of it';
  return [
    `${style.accent(`${index} of ${total}`)} ${style.bold(question.criterion)} ${style.dim(`(${why}; best asked: ${question.ask.join(', ')})`)}`,
    ...wrap(question.statement, style.width - 2).map((line) => `  ${style.bold(line)}`),
    ...([1, 2, 3] as const).flatMap((level) =>
      wrap(`${level}  ${question.levels[level]}`, style.width - 4, '   ').map((line) => `    ${line}`),
    ),
  ].join('\n');
}

/** One question about an item without levels. */
export function renderItemQuestion(question: ItemQuestion, index: number, total: number, style: Style): string {
  const why = question.expired
    ? 'answered before, but too long ago'
    : question.scale === 'importance5'
      ? 'how much does it matter?'
      : question.unseen
        ? 'no record answers it'
        : 'records may answer it too';
  const text = question.statement === '' ? question.name : question.statement;
  return [
    `${style.accent(`${index} of ${total}`)} ${style.bold(question.item)} ${style.dim(`(${why}; best asked: ${question.ask.join(', ')})`)}`,
    ...wrap(question.name === text ? text : `${question.name}. ${text}`, style.width - 2).map(
      (line) => `  ${style.bold(line)}`,
    ),
  ].join('\n');
}

/** Questions about items without levels as a list, in the order of the model. */
export function renderItemQuestions(questions: readonly ItemQuestion[], model: string, style: Style): string {
  if (questions.length === 0) return 'Nothing is left to ask. Use --all to ask what records may answer too.';
  return [
    `${style.bold('WORTH ASKING')}   ${counted(questions.length, 'question')} of ${model}`,
    ...questions.flatMap((question, i) => ['', renderItemQuestion(question, i + 1, questions.length, style)]),
    '',
    `Write a form: plumbline assess --model ${model} --form answers.yaml --respondent ID --role ROLE`,
  ].join('\n');
}

/** The questions as a list, the most telling first. */
export function renderQuestions(questions: readonly Question[], measured: boolean, style: Style): string {
  if (questions.length === 0) return 'Nothing is left to ask. Use --all to go through every statement.';
  const lines = [
    `${style.bold('WORTH ASKING')}   ${counted(questions.length, 'statement')}, the most telling first${measured ? '' : style.dim(' (no snapshot yet, so nothing is known from data)')}`,
  ];
  questions.forEach((question, i) => {
    lines.push('', renderQuestion(question, i + 1, questions.length, style));
  });
  lines.push('', `Write a form: plumbline assess --form answers.yaml --respondent ID --role ROLE`);
  return lines.join('\n');
}
