import { CANCEL_SYMBOL, cancel, confirm, select, text } from '@clack/prompts';
import type { Io } from '../io.ts';

/** A question with its answers to choose from. */
interface Question {
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly evidence: string }[];
  readonly samples: readonly string[];
  /** A free text is an answer too; `wrong` says what is wrong with one, null when it is right. */
  readonly text: { readonly hint: string; wrong(text: string): string | null } | null;
}

/** Somebody who answers questions; at a terminal a person, in tests a list. */
export interface Asker {
  /** Number of the option, the free text, or null = left open. */
  choose(question: Question): Promise<number | string | null>;
  /** `enter` = what the enter key alone says; what cannot be taken back is never confirmed by it. */
  confirm(question: string, enter: boolean): Promise<boolean>;
}

/** Whom to ask: prompts with arrow keys on a full terminal, numbered lines on a plain one, nobody without an input to answer from. */
export function askerOf(io: Io): Asker | null {
  if (io.ask === null) return null;
  return io.interactive ? askWithKeys(io) : askInLines(io, io.ask);
}

const LATER = -1;
const OTHER = -2;

function stopped(): DOMException {
  return new DOMException('interrupted at the prompt', 'AbortError');
}

function askWithKeys(io: Io): Asker {
  const output = io.stderr;
  const answered = <T>(answer: T | typeof CANCEL_SYMBOL): T => {
    if (answer !== CANCEL_SYMBOL) return answer as T;
    cancel('Stopped; nothing was imported.', { output });
    throw stopped();
  };
  return {
    async choose({ question, options, samples, text: free }) {
      const seen = samples.length === 0 ? '' : `\nin the file: ${samples.map(visible).join(' · ')}`;
      const choice = answered(
        await select<number>({
          message: `${visible(question)}${seen}`,
          output,
          options: [
            // A hint is shown for the chosen option only: the evidence for every reading belongs into its label.
            ...options.map(({ label, evidence }, value) => ({
              value,
              label: visible(evidence === '' ? label : `${label}: ${evidence}`),
            })),
            ...(free === null ? [] : [{ value: OTHER, label: free.hint }]),
            { value: LATER, label: 'leave it open', hint: 'it stays in the mapping file as an open point' },
          ],
        }),
      );
      if (choice === LATER) return null;
      if (choice !== OTHER || free === null) return choice;
      return answered(
        await text({ message: free.hint, output, validate: (value) => free.wrong(value ?? '') ?? undefined }),
      );
    },
    async confirm(question, enter) {
      return answered(await confirm({ message: visible(question), initialValue: enter, output }));
    },
  };
}

/** More wrong answers than this in a row: whoever answers does not mean to. */
const MOST_TRIES = 5;

function askInLines(io: Io, ask: NonNullable<Io['ask']>): Asker {
  return {
    async choose(question) {
      for (const line of linesOf(question)) io.err(`${line}\n`);
      const { options, text: free } = question;
      const hint = free === null ? '' : `, or ${free.hint}`;
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const answer = (await ask(`1-${options.length}${hint}; empty leaves it open`, false)).trim();
        if (answer === '') return null;
        const read = readAnswer(question, answer);
        if (!('wrong' in read)) return read.choice;
        io.err(`${read.wrong}\n`);
      }
      return null;
    },
    async confirm(question) {
      return /^y(es)?$/i.test((await ask(`${question} y/n`, false)).trim());
    },
  };
}

/** What an answer chooses: the place of an option, or words of one's own where those are taken; else what is wrong with it. */
function readAnswer(
  { options, text: free }: Question,
  answer: string,
): { readonly choice: number | string } | { readonly wrong: string } {
  const number = /^\d+$/.test(answer) ? Number(answer) : Number.NaN;
  if (number >= 1 && number <= options.length) return { choice: number - 1 };
  const wrong = free === null ? `"${answer}" is none of them.` : free.wrong(answer);
  return wrong === null ? { choice: answer } : { wrong };
}

function linesOf({ question, options, samples }: Question): string[] {
  const seen = samples.length === 0 ? [] : [`  in the file: ${samples.map(visible).join(' · ')}`];
  const numbered = options.map(({ label, evidence }, i) => {
    return `  ${i + 1}) ${visible(label)}${evidence === '' ? '' : `: ${visible(evidence)}`}`;
  });
  return [visible(question), ...seen, ...numbered];
}

/** Values of a file come onto the screen: without the characters that would steer it. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
