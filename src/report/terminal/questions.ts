import { counted } from '../numbers.ts';
import { type Style, wrap } from '../style.ts';
import type { QuestionRow } from '../view/questions.ts';

/** One question with what each answer would look like. */
export function renderQuestion(question: QuestionRow, index: number, total: number, style: Style): string {
  const { id, name, statement, scale, choices, why, ask } = question;
  const text = scale === 'level3' || name === statement ? statement : `${name}. ${statement}`;
  return [
    `${style.accent(`${index} of ${total}`)} ${style.bold(id)} ${style.dim(`(${why}; best asked: ${ask.join(', ')})`)}`,
    ...wrap(text, style.width - 2).map((line) => `  ${style.bold(line)}`),
    ...(scale === 'level3' ? choices : []).flatMap(({ value, text: level }) =>
      wrap(`${value}  ${level}`, style.width - 4, '   ').map((line) => `    ${line}`),
    ),
  ].join('\n');
}

/** The questions as a list. `head` says what they are, `form` how to get them as a form. */
export function renderQuestions(
  questions: readonly QuestionRow[],
  { head, form }: { readonly head: string; readonly form: string },
  style: Style,
): string {
  if (questions.length === 0) return 'Nothing is left to ask. Use --all to go through everything.';
  return [
    `${style.bold('WORTH ASKING')}   ${counted(questions.length, 'question')}${head}`,
    ...questions.flatMap((question, index) => ['', renderQuestion(question, index + 1, questions.length, style)]),
    '',
    `Write a form: plumbline assess ${form}`,
  ].join('\n');
}
