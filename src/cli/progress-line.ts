import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import { showHidden } from '../errors/index.ts';
import type { GlobalFlags, Io } from './io.ts';

/** Shows work as one repainted line that `work` writes through `show`; silent without a terminal or with --quiet. */
export async function withProgressLine<T>(
  title: string,
  io: Io,
  flags: GlobalFlags,
  work: (show: (line: string) => void) => Promise<T>,
): Promise<T> {
  if (flags.quiet || !io.interactive) return work(() => undefined);
  const outcome: { value?: T } = {};
  const list = new Listr(
    [
      {
        title,
        task: async (_, task) => {
          outcome.value = await work((line) => {
            task.title = showHidden(line);
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
