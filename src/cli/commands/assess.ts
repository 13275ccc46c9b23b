import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isStaged } from '../../domain/staged-model.ts';
import { PlumblineError } from '../../errors/index.ts';
import {
  type AssessDeps,
  answersForm,
  assertAnswerer,
  itemQuestionsFor,
  keepAnswer,
  keepAnswers,
  modelNamedIn,
  questionsFor,
  respondents,
} from '../../pipeline/assess.ts';
import { readLatest } from '../../pipeline/find-snapshot.ts';
import { counted } from '../../report/numbers.ts';
import { renderQuestion, renderQuestions } from '../../report/terminal/questions.ts';
import { itemQuestions, levelQuestions } from '../../report/view/questions.ts';
import { askAll, type Prompted } from '../assess/ask-all.ts';
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

/** The file says which model it answers for, unless the option does. */
async function keepFile(file: string, { app, io, flags }: CommandContext, options: AssessOptions): Promise<void> {
  const text = readText(file, io.cwd);
  const [store, questionnaire] = await Promise.all([
    app.store(),
    app.questionnaire(options.model ?? modelNamedIn(text, file) ?? undefined),
  ]);
  const deps: AssessDeps = { ledger: store.ledger, questionnaire, now: app.clock.now() };
  const kept = await keepAnswers(text, file, deps);
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
      `Kept ${counted(summary.kept, 'answer')} of ${summary.respondent} (${summary.role})${later}. Next: ${nextOf(deps)}`,
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

/** What is left to ask, as it is listed and as it is prompted. */
interface Asking {
  readonly questions: readonly unknown[];
  readonly ids: readonly string[];
  readonly list: string;
  readonly prompts: readonly Prompted[];
}

async function findQuestions({ app, io }: CommandContext, options: AssessOptions, deps: AssessDeps): Promise<Asking> {
  const { model, items } = await app.anyModel(options.model);
  const who = { respondent: options.respondent ?? null, role: options.role ?? null, all: options.all === true };
  const staged = isStaged(model) ? model : null;
  const snapshot = staged === null ? null : await readLatest(deps.ledger, staged.id, END_OF_TIME);
  const [questions, rows] = await (staged === null
    ? itemQuestionsFor(who, deps).then((found) => [found, itemQuestions(found, items)] as const)
    : questionsFor({ snapshot, ...who }, { ...deps, model: staged }).then(
        (found) => [found, levelQuestions(found, items)] as const,
      ));
  const unmeasured = staged !== null && snapshot === null ? ' (no snapshot yet, so nothing is known from data)' : '';
  const told =
    staged === null
      ? { head: ` of ${model.id}`, form: `--model ${model.id} --form answers.yaml --respondent ID --role ROLE` }
      : { head: `, the most telling first${unmeasured}`, form: '--form answers.yaml --respondent ID --role ROLE' };
  return {
    questions,
    ids: rows.map(({ id }) => id),
    list: renderQuestions(rows, told, io.style),
    prompts: rows.map((row) => ({
      id: row.id,
      text: (index, total) => renderQuestion(row, index, total, io.errStyle),
      scale: row.scale,
    })),
  };
}

async function assess(context: CommandContext, options: AssessOptions): Promise<void> {
  const { app, io, flags } = context;
  if (options.answers !== undefined) return keepFile(options.answers, context, options);
  const [store, questionnaire] = await Promise.all([app.store(), app.questionnaire(options.model)]);
  const deps: AssessDeps = { ledger: store.ledger, questionnaire, now: app.clock.now() };
  const { questions, ids, list, prompts } = await findQuestions(context, options, deps);
  const who = { respondent: options.respondent ?? null, role: options.role ?? null };
  if (options.form !== undefined) {
    const only = options.all === true ? null : ids;
    return writeForm(options.form, await answersForm(who.respondent, who.role, only, deps), io);
  }
  if (flags.json) return printJson(io, { questions, respondents: await respondents(deps) });
  if (io.ask === null) return printText(io, list);
  await interview(prompts, who, deps, context);
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

/** Asks at the prompt, with who answers where no option said it. */
async function interview(
  prompts: readonly Prompted[],
  given: { readonly respondent: string | null; readonly role: string | null },
  deps: AssessDeps,
  { io, app }: CommandContext,
): Promise<void> {
  if (prompts.length === 0) return printText(io, 'Nothing is left to ask. Use --all to go through every statement.');
  const ask = io.ask;
  if (ask === null) return;
  const respondent = given.respondent ?? (await ask('Who answers (an id, not a full name)', false)).trim();
  const role = given.role ?? (await ask('In which role, e.g. support_lead', false)).trim();
  if (respondent === '' || role === '')
    throw new PlumblineError('BAD_USAGE', 'Answers need a respondent and a role.', 'Pass --respondent and --role.');
  assertAnswerer(respondent, role);
  const kept = await askAll(prompts, {
    ask: (question) => ask(question, false),
    show: (text) => io.err(`${text}\n`),
    keep: (criterion, value) => keepAnswer({ criterion, respondent, role, value }, { ...deps, now: app.clock.now() }),
  });
  printText(io, `Kept ${counted(kept.size, 'answer')} of ${respondent}. Next: ${nextOf(deps)}`);
}

/** Where the answers show. */
function nextOf({ questionnaire: { model, items } }: AssessDeps): string {
  return items.some(({ scale }) => scale === 'level3') ? 'plumbline compare' : `plumbline models judge ${model.id}`;
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
