import type { Finding } from '../domain/finding.ts';
import { counted } from '../report/numbers.ts';
import type { GlobalFlags, Io } from './io.ts';
import { withProgressLine } from './progress-line.ts';

/** Counts the signals in one line while they are measured. */
export function withMeasureProgress<T>(
  io: Io,
  flags: GlobalFlags,
  total: number,
  work: (onFinding: (finding: Finding, done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  return withProgressLine(`Measuring ${counted(total, 'signal')}`, io, flags, async (show) => {
    const result = await work((finding, done) =>
      show(`Measuring ${done} of ${counted(total, 'signal')}  ${finding.signal}`),
    );
    show(`Measured ${counted(total, 'signal')}`);
    return result;
  });
}
