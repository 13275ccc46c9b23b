import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Finding } from '../domain/finding.ts';
import type { GlobalFlags, Io } from './io.ts';

/** Shows one line that counts the signals while they are measured; silent without a terminal or with --quiet. */
export async function withMeasureProgress<T>(
  io: Io,
  flags: GlobalFlags,
  total: number,
  work: (onFinding: (finding: Finding, done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  if (flags.quiet || !io.interactive) return work(() => undefined);
  const outcome: { value?: T } = {};
  const list = new Listr(
    [
      {
        title: `Measuring ${total} signals`,
        task: async (_, task) => {
          outcome.value = await work((finding, done) => {
            task.title = `Measuring ${done} of ${total} signals  ${finding.signal}`;
          });
          task.title = `Measured ${total} signals`;
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
