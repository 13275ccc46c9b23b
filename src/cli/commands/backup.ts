import { resolve } from 'node:path';
import { backUp } from '../../pipeline/backup.ts';
import type { Manifest } from '../../pipeline/backup-format.ts';
import { count } from '../../report/numbers.ts';
import { pseudonymKeyId } from '../backup-parts.ts';
import { printJson, printText } from '../io.ts';
import { withProgressLine } from '../progress-line.ts';
import type { RegisterCommand } from '../runner.ts';

function rowsOf(manifest: Manifest, ending: string): number {
  return manifest.files.filter(({ path }) => path.endsWith(ending)).reduce((sum, { rows }) => sum + rows, 0);
}

function summary(folder: string, manifest: Manifest): string {
  const megabytes = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000;
  const lines = [
    `${folder}: workspace ${manifest.workspace}, ${count(rowsOf(manifest, '.parquet'))} records, ${count(rowsOf(manifest, '/snapshots.jsonl'))} snapshots, ${megabytes.toFixed(1)} MB`,
    `Telemetry digest ${manifest.telemetry_digest}`,
    'Keys are not in it: keep the seal key and the pseudonym key apart from it (docs/operations/secrets.md).',
  ];
  if (manifest.signature === null)
    lines.push('It is not signed, since no sealing key is at hand: restoring it will need --trust.');
  if (!manifest.settled)
    lines.push('The workspace was written all the time: after a restore the next sync reads the last changes again.');
  return lines.join('\n');
}

export const registerBackup: RegisterCommand = (program, run) => {
  program
    .command('backup <folder>')
    .description('everything of the workspace into a new folder, to be restored on either engine')
    .action(
      run(async ({ app, io, flags }, folder: string) => {
        const [store, operations, sealed] = await Promise.all([app.store(), app.operations(), app.sealed()]);
        const manifest = await withProgressLine('Backing up', io, flags, (progress) =>
          backUp(resolve(io.cwd, folder), {
            workspace: app.config.workspace,
            version: app.version,
            store,
            operations,
            sealed,
            openArchive: app.openArchive,
            signManifest: (text) => app.secrets.signManifest(text),
            pseudonymKeyId: pseudonymKeyId(app),
            now: app.clock.now(),
            progress,
          }),
        );
        if (flags.json) printJson(io, { folder, ...manifest });
        else printText(io, summary(folder, manifest));
      }),
    );
};
