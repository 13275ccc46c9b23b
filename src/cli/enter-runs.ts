import type { NewRun, Run } from '../domain/operations.ts';
import { audited } from '../pipeline/audit.ts';
import { renderRuns } from '../report/terminal/runs.ts';
import type { App } from './app.ts';
import { cliAudit } from './audit.ts';
import { printJson, printText } from './io.ts';
import type { CommandContext } from './runner.ts';

/** Enters runs into the journal for whoever works, and shows them. Those that were asked for before stay as they are. */
export async function enterRuns(
  { app, io, flags }: CommandContext,
  wanted: (now: Date) => readonly NewRun[],
): Promise<void> {
  const { runs, added } = await enter(app, wanted);
  if (flags.json) {
    printJson(io, { runs, new: added });
    return;
  }
  printText(io, renderRuns(runs, io.style));
  printText(io, `${added} new of ${runs.length}. plumbline work does them; plumbline runs list shows how they stand.`);
}

async function enter(app: App, wanted: (now: Date) => readonly NewRun[]): Promise<{ runs: Run[]; added: number }> {
  const operations = await app.operations();
  const { workspace } = app.config;
  const asked = wanted(await operations.now());
  const act = {
    actor: 'cli',
    action: 'run.request',
    workspace,
    subject: asked[0]?.id ?? null,
    detail: { runs: asked.length },
  };
  const added = await audited(act, await cliAudit(app), async () => {
    await operations.addWorkspace(workspace);
    return operations.addRuns(asked);
  });
  const runs: Run[] = [];
  for (const { id } of asked) {
    const entered = await operations.run(id);
    if (entered !== null) runs.push(entered);
  }
  return { runs, added };
}
