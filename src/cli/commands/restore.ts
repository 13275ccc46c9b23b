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
  if (restored.signed !== 'here')
    lines.push(
      restored.signed === 'nowhere'
        ? 'The backup is not signed; it was taken because of --trust.'
        : `The backup is signed with another key (${restored.manifest.signature?.key}); it was taken because of --trust.`,
    );
  if (restored.paused.length > 0)
    lines.push(
      'Paused until you say so:',
      ...restored.paused.map(({ kind, name, because, resume }) => `  ${kind} ${name}: ${because}\n    ${resume}`),
    );
  return lines.join('\n');
}

interface RestoreOptions {
  readonly replace?: boolean;
  readonly trust?: boolean;
}

async function restore({ app, io, flags }: CommandContext, folder: string, options: RestoreOptions): Promise<Restored> {
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
      replace: options.replace === true,
      trust: options.trust === true,
      progress,
    }),
  );
}

export const registerRestore: RegisterCommand = (program, run) => {
  program
    .command('restore <folder>')
    .description('a backup into an empty workspace, verified by digest')
    .option('--replace', 'remove what the workspace holds first')
    .option('--trust', 'take a backup that is not signed, or with a key that is not here')
    .action(
      run(async (context, folder: string, options: RestoreOptions) => {
        const { app, io, flags } = context;
        const { workspace } = app.config;
        const detail = { replace: options.replace === true, trust: options.trust === true };
        const act = { actor: 'cli', action: 'workspace.restore', workspace, subject: null, detail };
        const restored = await audited(act, await cliAudit(app), () => restore(context, folder, options));
        if (flags.json) {
          const { manifest, ...rest } = restored;
          printJson(io, { workspace, from: manifest.workspace, backup: manifest.digest, ...rest });
        } else printText(io, summary(workspace, restored));
      }),
    );
};
