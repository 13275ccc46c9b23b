import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import { showHidden } from '../errors/index.ts';
import type { SyncProgress } from '../pipeline/sync.ts';
import { count, counted } from '../report/numbers.ts';
import type { GlobalFlags, Io } from './io.ts';

interface Step {
  readonly id: string;
  readonly title: string;
}

interface Gate {
  readonly promise: Promise<void>;
  open(): void;
}

function createGate(): Gate {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

function describe(event: SyncProgress, elapsedMs: number): string {
  const parts = [counted(event.seen, 'row')];
  if (event.total !== null && event.total > 0 && event.seen > 0 && event.seen < event.total) {
    const leftS = Math.ceil(((event.total - event.seen) * elapsedMs) / event.seen / 1000);
    parts.push(
      `of ${count(event.total)}`,
      leftS > 90 ? `about ${Math.ceil(leftS / 60)} min left` : `about ${leftS} s left`,
    );
  }
  if (event.rejected > 0) parts.push(`${count(event.rejected)} set aside`);
  if (event.cells > 0) parts.push(`${counted(event.cells, 'value')} not readable`);
  return parts.join(', ');
}

/**
 * Shows a sync stream by stream: repainted lines with counts and estimated time on a terminal, gone when all is done; elsewhere what is not
 * open or failed, with --verbose every stream; nothing with --quiet. `work` is run with the listener; the display ends with it.
 */
export async function withSyncProgress<T>(
  title: string,
  steps: readonly Step[],
  io: Io,
  flags: GlobalFlags,
  now: () => Date,
  work: (progress: (event: SyncProgress) => void) => Promise<T>,
): Promise<T> {
  if (flags.quiet) return work(() => undefined);
  if (!io.interactive) {
    io.err(`${title}\n`);
    return work((event) => {
      // Recognised fields are streams without rows of their own.
      if (flags.verbose && event.state === 'done' && event.seen > 0)
        io.err(`  ${event.title}: ${describe(event, 0)}\n`);
      if (event.state === 'hidden' || event.state === 'failed')
        io.err(`  ${event.title}: ${event.state === 'hidden' ? 'not open' : 'failed'}: ${event.detail ?? ''}\n`);
    });
  }
  const gates = new Map(steps.map((step) => [step.id, createGate()]));
  const started = new Map<string, number>();
  const listeners = new Map<string, (event: SyncProgress) => void>();
  const last = new Map<string, SyncProgress>();
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_, task) => {
        listeners.set(step.id, (event) => {
          task.title = showHidden(`${step.title}  ${describe(event, now().getTime() - (started.get(step.id) ?? 0))}`);
        });
        await gates.get(step.id)?.promise;
        const end = last.get(step.id);
        if (end === undefined) task.skip(`${step.title}  not reached`);
        if (end?.state === 'hidden') task.skip(showHidden(`${step.title}  not open: ${end.detail ?? ''}`));
        if (end?.state === 'failed') throw new Error(showHidden(`${step.title}  ${end.detail ?? ''}`));
      },
    })),
    {
      exitOnError: false,
      concurrent: false,
      registerSignalListeners: false,
      rendererOptions: {
        collapseSkips: false,
        suffixSkips: false,
        // What was done is summed up by the caller in a line; twenty painted lines are in its way.
        clearOutput: true,
        logger: new ListrLogger({ processOutput: new ProcessOutput(io.stderr, io.stderr) }),
      },
    },
  );
  io.err(`${io.errStyle.bold(title)}\n`);
  const shown = list.run();
  try {
    return await work((event) => {
      if (!started.has(event.stream)) started.set(event.stream, now().getTime());
      last.set(event.stream, event);
      listeners.get(event.stream)?.(event);
      if (event.state === 'done' || event.state === 'hidden' || event.state === 'failed')
        gates.get(event.stream)?.open();
    });
  } finally {
    for (const gate of gates.values()) gate.open();
    await shown;
  }
}
