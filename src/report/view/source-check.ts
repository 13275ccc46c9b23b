import { z } from 'zod';
import { describeReason, describeUneven } from '../../domain/describe-loss.ts';
import type { SourceCheck } from '../../domain/source-check.ts';
import { count, counted, plural } from '../numbers.ts';

/** What a dry run of an import found, in plain words; whom a loss hits comes first. No personal text is in it. */
export const SourceCheckView = z.strictObject({
  sentence: z.string(),
  /** Those that have something to say. */
  sections: z.array(z.strictObject({ title: z.string(), lines: z.array(z.string()).min(1) })),
});
export type SourceCheckView = z.infer<typeof SourceCheckView>;

type Finding = SourceCheck['findings'][number];

/** What a finding means, in one sentence. */
const FINDINGS: Readonly<Record<Finding['code'], (n: number) => string>> = {
  OPEN_WITH_END: (n) =>
    `${counted(n, 'open ticket')} ${plural(n, 'has')} an end stamp: the status is believed, the ticket counts as open. Is the column really when it was solved?`,
  END_BEFORE_START: (n) =>
    `${counted(n, 'end')} ${plural(n, 'is')} earlier than the creation of the ticket: the stamp is left out.`,
  REPLY_AFTER_SOLUTION: (n) =>
    `${n === 1 ? 'One first reply is' : `${count(n)} first replies are`} later than the solution: both are kept. Is the column really the first reply?`,
  FUTURE_END: (n) => `${counted(n, 'end stamp')} ${plural(n, 'is')} later than now: left out.`,
  PLACEHOLDER_END: (n) =>
    `${counted(n, 'end stamp')} ${plural(n, 'is')} a day that stands for "none" (1900, 1970, 9999): read as no end.`,
  ALL_CLOSED: () => 'Every ticket is closed: the backlog cannot be judged from this file. Export open tickets too.',
  REPEATED_ROWS: (n) => `${counted(n, 'row')} ${plural(n, 'repeats')} another to the letter: counted once.`,
  TICKETS_ON_SEVERAL_ROWS: (n) =>
    `${counted(n, 'ticket')} ${plural(n, 'stands')} on several rows that differ. When each row is a change, use mode events.`,
};

/** Values left out that a finding speaks of. */
const AS_FINDING: Readonly<Record<string, Finding['code']>> = {
  OPEN_WITH_END: 'OPEN_WITH_END',
  REPLY_AFTER_SOLUTION: 'REPLY_AFTER_SOLUTION',
  NEGATIVE_DURATION: 'END_BEFORE_START',
  FUTURE_TIME: 'FUTURE_END',
  PLACEHOLDER_TIME: 'PLACEHOLDER_END',
};

function places(one: Finding): string {
  return one.refs.length === 0 ? '' : ` (${one.refs.slice(0, 3).join(', ')}${one.n > 3 ? ', …' : ''})`;
}

function hashedLines(check: SourceCheck): string[] {
  const told = check.hashed.filter((one) => one.looks_like !== null);
  const others = check.hashed.filter((one) => one.looks_like === null);
  const lines = told.map((one) => {
    const field = one.target.replace(/^ticket\./, '');
    const asked = one.refused
      ? ' The mapping asks for clear text: such values never are; labels of your own go under `values`.'
      : '';
    if (one.values !== null)
      return `${field} (${one.column}): ${counted(one.values, 'value')} hashed, ${one.values === 1 ? 'looks' : 'look'} like ${one.looks_like}; the others stay clear.`;
    return `${field} (${one.column}): hashed, looks like ${one.looks_like}.${asked}`;
  });
  if (others.length > 0)
    lines.push(`${others.map((one) => one.target.replace(/^ticket\./, '')).join(', ')}: always hashed.`);
  return lines;
}

function section(title: string, lines: readonly string[]): SourceCheckView['sections'] {
  return lines.length === 0 ? [] : [{ title, lines: [...lines] }];
}

/** `codes` = with the code of each finding, for those who look it up. Pure. */
export function sourceCheckView(check: SourceCheck, codes = false): SourceCheckView {
  const coded = (text: string, code: string): string => (codes ? `${text} [${code}]` : text);
  const told = (one: SourceCheck['cells'][number]): boolean =>
    check.findings.some((finding) => finding.code === AS_FINDING[one.code] && finding.n >= one.n);
  const cells = check.cells.filter((one) => !told(one));
  return {
    sentence: `${count(check.kept)} of ${counted(check.rows, 'row')} would be stored, ${counted(check.tickets, 'ticket')}; nothing is stored by this`,
    sections: [
      ...section('The loss is not even', check.uneven.slice(0, 5).map(describeUneven)),
      ...section(
        `Left out: ${counted(check.set_aside, 'row')} of ${count(check.rows)}`,
        check.set_aside === 0
          ? []
          : check.reasons.map((one) => coded(`${describeReason(one)}. ${one.remedy}`, one.code)),
      ),
      ...section(
        'Single values left out or overruled; their rows are kept',
        cells.map((one) =>
          coded(
            `${counted(one.n, 'value')} of "${one.column}": ${one.detail} (${one.refs.slice(0, 3).join(', ')})`,
            one.code,
          ),
        ),
      ),
      ...section(
        'Look at this',
        check.findings.map((one) => coded(`${FINDINGS[one.code](one.n)}${places(one)}`, one.code)),
      ),
      ...section(
        'Words that the mapping does not list',
        check.words.map((one) => `${one.column} (${one.target}): "${one.word}", ${counted(one.n, 'row')}`),
      ),
      ...section('Stored as keyed hashes', hashedLines(check)),
      ...section('How the file was read', check.notes),
      ...section(
        'Columns not used',
        check.unmapped.map((one) => (one.sample === null ? one.column : `${one.column}, e.g. ${one.sample}`)),
      ),
    ],
  };
}
