import { audited } from '../../pipeline/audit.ts';
import { count } from '../../report/numbers.ts';
import { cliAudit } from '../audit.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

const PERMISSION = 3;

const FORMS = { current: '', first: 'first form; rotate to renew', damaged: 'damaged; connect again' } as const;

export const registerSecrets: RegisterCommand = (program, run) => {
  const secrets = program.command('secrets').description('sealed secrets of all workspaces');

  secrets
    .command('list')
    .description('names and the ids of the keys that sealed them; never a value')
    .action(
      run(async ({ app, io, flags }) => {
        const listed = await app.secrets.list();
        if (flags.json) printJson(io, listed);
        else if (listed.length === 0)
          printText(io, 'Nothing is sealed. Secrets by environment or file are not listed.');
        else
          printText(
            io,
            listed
              .map((one) => `${one.workspace}  ${one.name}  key ${one.key ?? '?'}  ${FORMS[one.form]}`.trimEnd())
              .join('\n'),
          );
      }),
    );

  secrets
    .command('rotate')
    .description('seal everything again under the current key; may be repeated and cut off')
    .option('--dry-run', 'count only')
    .action(
      run(async ({ app, io, flags }, options: { dryRun?: boolean }) => {
        const dryRun = options.dryRun === true;
        const act = { actor: 'cli', action: 'secrets.rotate', workspace: null, subject: null, detail: {} };
        const rotate = () => app.secrets.rotate({ dryRun });
        const done = dryRun ? await rotate() : await audited(act, await cliAudit(app), rotate);
        if (flags.json) printJson(io, { ...done, dry_run: dryRun });
        else {
          printText(
            io,
            `Key ${done.key}: ${count(done.resealed)} ${dryRun ? 'would be sealed again' : 'sealed again'}, ${count(done.current)} were already.`,
          );
          if (done.changed > 0) printText(io, `${count(done.changed)} changed meanwhile: run it again.`);
          for (const { workspace, name, why } of done.closed) io.err(`${workspace}  ${name}: ${why}\n`);
        }
        return done.closed.length > 0 ? PERMISSION : 0;
      }),
    );
};
