import { assuredStage } from '../domain/placement.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import { GATE_MISSED, GATE_UNKNOWN } from './exit-status.ts';

/** What `--fail-below` may hold a snapshot to: `assured` in nine of ten cases, `stage` the median, `seen` by records alone. */
const MARKS = ['assured', 'stage', 'seen'] as const;
type Mark = (typeof MARKS)[number];

export interface Line {
  readonly mark: Mark;
  readonly least: number;
}

/** Lines of `assured=2,seen=3`. Errors: BAD_USAGE for another mark, or for no whole number from 1 to `highest`. */
export function parseGate(text: string, highest: number): readonly Line[] {
  return text.split(',').map((part) => {
    const [word = '', number = ''] = part.split('=').map((piece) => piece.trim());
    const mark = MARKS.find((one) => one === word);
    if (mark === undefined) {
      const guess = nearest(word, MARKS);
      throw new PlumblineError(
        'BAD_USAGE',
        `--fail-below ${part}: "${word}" is none of ${MARKS.join(', ')}.`,
        guess === null ? 'Write e.g. --fail-below assured=2.' : `Did you mean ${guess}?`,
      );
    }
    const least = /^\d{1,2}$/.test(number) ? Number(number) : 0;
    if (least < 1 || least > highest)
      throw new PlumblineError(
        'BAD_USAGE',
        `--fail-below ${part}: "${number}" is no step of the model.`,
        `Write a number from 1 to ${highest}, e.g. ${mark}=2.`,
      );
    return { mark, least };
  });
}

/** What a line looks at; null = not known. */
function readMark(mark: Mark, { placement, readings }: Pick<StagedReading, 'placement' | 'readings'>): number | null {
  if (mark === 'assured') return assuredStage(placement);
  return mark === 'stage' ? placement.stage : readings.seen.stage;
}

/**
 * Holds a snapshot to its lines: a sentence for each, and the exit code. What is not known is neither met nor missed and has a code of its own;
 * one line that is missed decides.
 */
export function judgeGate(
  lines: readonly Line[],
  reading: Pick<StagedReading, 'placement' | 'readings'>,
): { readonly code: number; readonly sentences: readonly string[] } {
  const found = lines.map(({ mark, least }) => ({ mark, least, value: readMark(mark, reading) }));
  const sentences = found.map(({ mark, least, value }) => {
    if (value === null) return `${mark}=${least} cannot be told: too little was seen or said.`;
    return value < least ? `${mark}=${least} is missed: it is ${value}.` : `${mark}=${least} is met: it is ${value}.`;
  });
  const isMissed = found.some(({ least, value }) => value !== null && value < least);
  const isUnknown = found.some(({ value }) => value === null);
  return { code: isMissed ? GATE_MISSED : isUnknown ? GATE_UNKNOWN : 0, sentences };
}
