import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import { count } from '../report/numbers.ts';
import type { GlobalFlags, Io } from './io.ts';

interface Rows {
  readonly seen: number;
  readonly total: number;
  readonly rejected: number;
}

/** Shows an import as one repainted line with rows and estimated time; silent without a terminal or with --quiet. */
export async function withImportProgress<T>(
  title: string,
  io: Io,
  flags: GlobalFlags,
  now: () => Date,
  work: (progress: (rows: Rows) => void) => Promise<T>,
): Promise<T> {
  if (flags.quiet || !io.interactive) return work(() => undefined);
  const started = now().getTime();
  const outcome: { value?: T } = {};
  const list = new Listr(
    [
      {
        title,
        task: async (_, task) => {
          outcome.value = await work(({ seen, total, rejected }) => {
            const leftS = seen === 0 ? 0 : Math.ceil(((total - seen) * (now().getTime() - started)) / seen / 1000);
            task.title = `${title}  ${count(seen)} of ${count(total)} rows${leftS > 0 ? `, about ${leftS} s left` : ''}${rejected > 0 ? `, ${count(rejected)} set aside` : ''}`;
          });
        },
      },
    ],
    {
      registerSignalListeners: false,
      rendererOptions: { logger: new ListrLogger({ processOutput: new ProcessOutput(io.stderr, io.stderr) }) },
    },
  );
  await list.run();
  return outcome.value as T;
}
