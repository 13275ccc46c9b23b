import type { Answer, ItemQuestion } from '../../domain/assessment.ts';

/** One question at the prompt: what is shown, and which words answer it. */
export interface Prompted {
  readonly id: string;
  readonly text: (index: number, total: number) => string;
  readonly scale: ItemQuestion['scale'];
}

type Value = Answer['value'];

/** What may be typed, by scale. */
const WORDS: Readonly<Record<ItemQuestion['scale'], { readonly hint: string; read(word: string): Value | null }>> = {
  level3: {
    hint: '1, 2, 3',
    read: (word) => (word === '1' ? 1 : word === '2' ? 2 : word === '3' ? 3 : null),
  },
  yes_no: {
    hint: 'y, n',
    read: (word) => (word === 'y' || word === 'yes' ? 'yes' : word === 'n' || word === 'no' ? 'no' : null),
  },
  importance5: { hint: '1 to 5', read: (word) => (/^[1-5]$/.test(word) ? Number(word) : null) },
};

const KEYS = 'd (don’t know), b (back), r (review), empty = later, q = stop';

/** Where the questions are asked and the answers go. */
interface Interview {
  ask(question: string): Promise<string>;
  show(text: string): void;
  /** Keeps one answer at once, in place of an earlier one of the same question: whoever stops loses nothing. */
  keep(id: string, value: Value): Promise<void>;
}

type Turn = { readonly go: 'next' | 'back' | 'review' | 'stop' } | { readonly go: 'answer'; readonly value: Value };

const TURNS: Readonly<Record<string, Turn>> = {
  '': { go: 'next' },
  b: { go: 'back' },
  r: { go: 'review' },
  q: { go: 'stop' },
  d: { go: 'answer', value: 'dont_know' },
  '?': { go: 'answer', value: 'dont_know' },
};

function readTurn(word: string, scale: Prompted['scale']): Turn | null {
  const turn = TURNS[word];
  if (turn !== undefined) return turn;
  const value = WORDS[scale].read(word);
  return value === null ? null : { go: 'answer', value };
}

function sayValue(value: Value | undefined): string {
  if (value === undefined) return 'left for later';
  return value === 'dont_know' ? 'don’t know' : String(value);
}

/** What was answered so far, numbered as asked; a number goes back to its question. */
function reviewText(prompts: readonly Prompted[], kept: ReadonlyMap<string, Value>): string {
  const rows = prompts.map(({ id }, index) => `  ${String(index + 1).padStart(2)}  ${id}  ${sayValue(kept.get(id))}`);
  return [`\n${kept.size} of ${prompts.length} answered:`, ...rows].join('\n');
}

async function askTurn(prompt: Prompted, kept: Value | undefined, { ask }: Interview): Promise<Turn> {
  const { hint } = WORDS[prompt.scale];
  const before = kept === undefined ? '' : ` (kept: ${sayValue(kept)})`;
  let turn = readTurn((await ask(`${hint}, ${KEYS}${before}`)).trim().toLowerCase(), prompt.scale);
  while (turn === null)
    turn = readTurn((await ask(`Please ${hint}, d, b, r, empty or q`)).trim().toLowerCase(), prompt.scale);
  return turn;
}

/** The place to go on from after a review: that of the number typed, otherwise the one it was asked from. */
async function review(
  prompts: readonly Prompted[],
  kept: ReadonlyMap<string, Value>,
  at: number,
  { ask, show }: Interview,
): Promise<number | null> {
  show(reviewText(prompts, kept));
  const word = (await ask('number = change that one, empty = go on, q = stop')).trim().toLowerCase();
  if (word === 'q') return null;
  const number = /^\d+$/.test(word) ? Number(word) : 0;
  return number >= 1 && number <= prompts.length ? number - 1 : at;
}

/**
 * Asks one question after the other, each answer kept at once; one may go back, look at what was answered, and stop. What was answered is looked
 * at once more at the end. Gives the answers by question; no prompts ask nothing.
 */
export async function askAll(prompts: readonly Prompted[], interview: Interview): Promise<ReadonlyMap<string, Value>> {
  const kept = new Map<string, Value>();
  let at = 0;
  while (prompts.length > 0) {
    const prompt = prompts[at];
    if (prompt === undefined) {
      const next = await review(prompts, kept, prompts.length, interview);
      if (next === null || next === prompts.length) break;
      at = next;
      continue;
    }
    interview.show(`\n${prompt.text(at + 1, prompts.length)}`);
    const turn = await askTurn(prompt, kept.get(prompt.id), interview);
    if (turn.go === 'stop') break;
    if (turn.go === 'answer') {
      await interview.keep(prompt.id, turn.value);
      kept.set(prompt.id, turn.value);
    }
    if (turn.go === 'review') {
      const next = await review(prompts, kept, at, interview);
      if (next === null) break;
      at = next;
    } else at = turn.go === 'back' ? Math.max(0, at - 1) : at + 1;
  }
  return kept;
}
