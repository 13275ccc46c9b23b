import { resolve } from 'node:path';
import { audited } from '../../pipeline/audit.ts';
import { type Restored, restoreBackup } from '../../pipeline/restore.ts';
import { count, counted } from '../../report/numbers.ts';
import { cliAudit } from '../audit.ts';
import { pseudonymKeyId } from '../backup-parts.ts';
import { printJson, printText } from '../io.ts';
import { withProgressLine } from '../progress-line.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';

function summary(workspace: string, restored: Restored): string {
  const lines = [
    `Workspace ${workspace}: ${counted(restored.rows, 'record')} and ${counted(restored.snapshots, 'snapshot')} restored.`,
    restored.erasedSince === 0
      ? `Telemetry digest ${restored.digest}, as in the backup.`
      : `Telemetry digest ${restored.digest}, that of the backup without ${count(restored.erasedSince)} requesters who were erased since.`,
  ];
  if (restored.closedSecrets.length > 0)
    lines.push(
      `These secrets do not open with the keys at hand: ${restored.closedSecrets.join(', ')}. Bring the key, or run plumbline connect again.`,
    );
  if (!restored.samePseudonyms)
    lines.push(
      'The pseudonym key is another one than that of the backup: requesters of later syncs will not match. Bring the key before the next sync.',
    );
  return lines.join('\n');
}

async function restore({ app, io, flags }: CommandContext, folder: string, replace: boolean): Promise<Restored> {
  const [store, operations, sealed] = await Promise.all([app.store(), app.operations(), app.sealed()]);
  return withProgressLine('Restoring', io, flags, (progress) =>
    restoreBackup(resolve(io.cwd, folder), {
      workspace: app.config.workspace,
      store,
      operations,
      sealed,
      secrets: app.secrets,
      openArchive: app.openArchive,
      pseudonymKeyId: pseudonymKeyId(app),
      batchRows: app.config.sync.batch_rows,
      replace,
      progress,
    }),
  );
}

export const registerRestore: RegisterCommand = (program, run) => {
  program
    .command('restore <folder>')
    .description('a backup into an empty workspace, verified by digest')
    .option('--replace', 'remove what the workspace holds first')
    .action(
      run(async (context, folder: string, options: { replace?: boolean }) => {
        const { app, io, flags } = context;
        const { workspace } = app.config;
        const replace = options.replace === true;
        const act = { actor: 'cli', action: 'workspace.restore', workspace, subject: null, detail: { replace } };
        const restored = await audited(act, await cliAudit(app), () => restore(context, folder, replace));
        if (flags.json) {
          const { manifest, ...rest } = restored;
          printJson(io, { workspace, from: manifest.workspace, backup: manifest.digest, ...rest });
        } else printText(io, summary(workspace, restored));
      }),
    );
};
