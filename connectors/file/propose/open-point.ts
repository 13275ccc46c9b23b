import { type Change, changeDraft, type Draft } from './draft.ts';
import { tidyDraft } from './tidy-draft.ts';

export interface OpenOption {
  /** The reading, e.g. `day before month`. */
  readonly label: string;
  /** What in the file speaks for it. */
  readonly evidence: string;
  readonly patch: readonly Change[];
}

/** A question that the file does not answer: two readings or more, with what speaks for each. */
export interface OpenPoint {
  /** Stable inside one proposal, e.g. `date-order:Created`. */
  readonly id: string;
  /** Place in the mapping file, e.g. `ticket.priority`. */
  readonly target: string;
  readonly question: string;
  /** At least two. */
  readonly options: readonly OpenOption[];
  /** Values of the file, for the screen of the person who owns it; never written anywhere. */
  readonly samples: readonly string[];
  /** Options besides the listed ones: a text and the change that it makes, or what is wrong with it. */
  readonly text?: { readonly hint: string; read(text: string): readonly Change[] | { readonly wrong: string } };
}

/** What a person chose: the number of an option, or a text where the point takes one. */
export type Answers = ReadonlyMap<string, number | string>;

/** The draft after the answers; points without an answer stay as the draft has them, and are given back. */
export function settlePoints(
  draft: Draft,
  points: readonly OpenPoint[],
  answers: Answers,
): { readonly draft: Draft; readonly open: readonly OpenPoint[] } {
  let settled = draft;
  const open: OpenPoint[] = [];
  for (const point of points) {
    const answer = answers.get(point.id);
    const read = typeof answer === 'string' ? point.text?.read(answer) : undefined;
    const patch = typeof answer === 'number' ? point.options[answer]?.patch : Array.isArray(read) ? read : undefined;
    if (patch === undefined) open.push(point);
    else settled = changeDraft(settled, [...(patch as readonly Change[]), ...notesOf(patch as readonly Change[])]);
  }
  return { draft: tidyDraft(settled), open };
}

/** What was answered is no longer what the file says. */
function notesOf(patch: readonly Change[]): Change[] {
  const places = patch
    .filter(({ path }) => path[0] !== 'formats' && path[0] !== 'words')
    .map(({ path }) => path.slice(0, NAMED.has(path[0] ?? '') ? 2 : 1).join('.'));
  return [...new Set(places)].map((place) => ({ path: ['notes', place], value: 'as answered' }));
}

const NAMED = new Set(['ticket', 'events', 'durations', 'sla']);

/** One line for the head of a mapping file and for a screen that cannot ask. Holds no value of the file beyond its labels. */
export function describePoint(point: OpenPoint): string {
  const options = point.options.map((one) => `${one.label}${one.evidence === '' ? '' : ` (${one.evidence})`}`);
  return `${point.target}: ${point.question} ${options.join('; or ')}.`;
}
