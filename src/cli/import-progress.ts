import { count } from '../report/numbers.ts';
import type { GlobalFlags, Io } from './io.ts';
import { withProgressLine } from './progress-line.ts';

interface Rows {
  readonly seen: number;
  readonly total: number;
  readonly rejected: number;
}

/** Counts the rows of an import in one line, with estimated time. */
export function withImportProgress<T>(
  title: string,
  io: Io,
  flags: GlobalFlags,
  now: () => Date,
  work: (progress: (rows: Rows) => void) => Promise<T>,
): Promise<T> {
  const started = now().getTime();
  return withProgressLine(title, io, flags, (show) =>
    work(({ seen, total, rejected }) => {
      const leftS = seen === 0 ? 0 : Math.ceil(((total - seen) * (now().getTime() - started)) / seen / 1000);
      const left = leftS > 0 ? `, about ${leftS} s left` : '';
      const aside = rejected > 0 ? `, ${count(rejected)} set aside` : '';
      show(`${title}  ${count(seen)} of ${count(total)} rows${left}${aside}`);
    }),
  );
}
