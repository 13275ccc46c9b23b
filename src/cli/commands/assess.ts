import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AnswerValue, Question } from '../../domain/assessment.ts';
import { PlumblineError } from '../../errors/index.ts';
import {
  type AssessDeps,
  answersForm,
  assertAnswerer,
  keepAnswer,
  keepAnswers,
  questionsFor,
  respondents,
} from '../../pipeline/assess.ts';
import { readLatest } from '../../pipeline/find-snapshot.ts';
import { parseDays } from '../../pipeline/parse-span.ts';
import { counted } from '../../report/numbers.ts';
import { renderQuestion, renderQuestions } from '../../report/terminal/questions.ts';
import type { Io } from '../io.ts';
import { printJson, printRaw, printText } from '../io.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { writePrivate } from '../write-private.ts';

/** Last instant that a Date can hold. */
const END_OF_TIME = new Date(8.64e15);

interface AssessOptions {
  readonly answers?: string;
  readonly respondent?: string;
  readonly role?: string;
  readonly all?: boolean;
  readonly form?: string | true;
  readonly model?: string;
}

async function keepFile(file: string, deps: AssessDeps, { io, flags }: CommandContext): Promise<void> {
  const kept = await keepAnswers(readText(file, io.cwd), file, deps);
  const summary = {
    respondent: kept.respondent,
    role: kept.role,
    kept: kept.answers.length,
    blank: kept.blank.length,
    not_applicable: kept.not_applicable.length,
    replaced: kept.replaced,
    overtaken: kept.overtaken,
  };
  if (flags.json) return printJson(io, summary);
  const later = summary.blank > 0 ? `; ${summary.blank} left for later` : '';
  printText(
    io,
    [
      `Kept ${counted(summary.kept, 'answer')} of ${summary.respondent} (${summary.role})${later}. Next: plumbline compare`,
      ...(kept.replaced.length === 0
        ? []
        : [`In place of earlier answers of ${summary.respondent}: ${kept.replaced.join(', ')}.`]),
      ...(kept.overtaken.length === 0
        ? []
        : [
            `Not counted, as ${summary.respondent} answered later than this file says: ${kept.overtaken.join(', ')}. Correct answered_at in the file, or leave it out for today.`,
          ]),
    ].join('\n'),
  );
}

async function writeForm(target: string | true, text: string, io: Io): Promise<void> {
  if (target === true) return printRaw(io, text);
  writePrivate(resolve(io.cwd, target), text);
  io.err(`Wrote ${target}. Fill it, then: plumbline assess --answers ${target}\n`);
}

async function assess(context: CommandContext, options: AssessOptions): Promise<void> {
  const { app, io, flags } = context;
  const [store, { model }] = await Promise.all([app.store(), app.model(options.model)]);
  const deps: AssessDeps = { ledger: store.ledger, model, now: app.clock.now() };
  if (options.answers !== undefined) return keepFile(options.answers, deps, context);
  const snapshot = await readLatest(store.ledger, model.id, END_OF_TIME);
  const who = { respondent: options.respondent ?? null, role: options.role ?? null };
  const questions = await questionsFor({ snapshot, ...who, all: options.all === true }, deps);
  if (options.form !== undefined) {
    const only = options.all === true ? null : questions.map((q) => q.criterion);
    return writeForm(options.form, await answersForm(who.respondent, who.role, only, deps), io);
  }
  if (flags.json) return printJson(io, { questions, respondents: await respondents(deps) });
  if (io.ask === null) return printText(io, renderQuestions(questions, snapshot !== null, io.style));
  await askAll(questions, who, parseDays(app.config.answers.expire_after, 'answers.expire_after'), deps, io);
}

export const registerAssess: RegisterCommand = (program, run) => {
  program
    .command('assess')
    .description('ask people what the data cannot show; at the prompt, or from a file')
    .option('--answers <file>', 'YAML file {respondent, role, answers: {S1.1: 3, S1.2: dont_know}}')
    .option('--respondent <id>', 'who answers')
    .option('--role <role>', 'in which role, e.g. support_lead')
    .option('--all', 'every statement, not only those that data cannot show')
    .option('--form [file]', 'write a form to fill by hand, to a file or to standard output')
    .option('--model <id>', 'maturity model')
    .action(run(assess));
};

const WORDS: Readonly<Record<string, AnswerValue>> = { '1': 1, '2': 2, '3': 3, d: 'dont_know', '?': 'dont_know' };

async function askAll(
  questions: readonly Question[],
  given: { readonly respondent: string | null; readonly role: string | null },
  expireDays: number,
  deps: AssessDeps,
  io: Io,
): Promise<void> {
  if (questions.length === 0) return printText(io, 'Nothing is left to ask. Use --all to go through every statement.');
  const ask = io.ask;
  if (ask === null) return;
  const respondent = given.respondent ?? (await ask('Who answers (an id, not a full name)', false)).trim();
  const role = given.role ?? (await ask('In which role, e.g. support_lead', false)).trim();
  if (respondent === '' || role === '')
    throw new PlumblineError('BAD_USAGE', 'Answers need a respondent and a role.', 'Pass --respondent and --role.');
  assertAnswerer(respondent, role);
  let kept = 0;
  for (const [index, question] of questions.entries()) {
    io.err(`\n${renderQuestion(question, index + 1, questions.length, io.errStyle)}\n`);
    let word = (await ask('1, 2, 3, d (don’t know), empty = later, q = stop', false)).trim().toLowerCase();
    while (word !== '' && word !== 'q' && WORDS[word] === undefined)
      word = (await ask('Please 1, 2, 3, d, empty or q', false)).trim().toLowerCase();
    if (word === 'q') break;
    const value = WORDS[word];
    if (value === undefined) continue;
    await keepAnswer({ criterion: question.criterion, respondent, role, value, expireDays }, deps);
    kept += 1;
  }
  printText(io, `Kept ${counted(kept, 'answer')} of ${respondent}. Next: plumbline compare`);
}

function readText(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new PlumblineError(
      'BAD_ANSWERS',
      `The answers file ${file} cannot be read.`,
      'Check the path after --answers; plumbline assess --form answers.yaml writes one to fill.',
      { where: file, cause },
    );
  }
}
