import { PlumblineError } from '../../errors/index.ts';
import { audited } from '../../pipeline/audit.ts';
import { type Erased, eraseRequester, type Requester } from '../../pipeline/erase.ts';
import { count, counted, plural } from '../../report/numbers.ts';
import { cliAudit } from '../audit.ts';
import { type Io, printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface EraseOptions {
  readonly requester?: string | true;
  readonly requesterKey?: string;
  readonly dryRun?: boolean;
}

const LIMITS = [
  'Snapshots hold ticket ids only and stay as they are.',
  'Exports and backups made before are not touched: delete or replace them. A restore into this workspace keeps the requester out.',
];

async function requesterOf(options: EraseOptions, io: Io): Promise<Requester> {
  if ((options.requester === undefined) === (options.requesterKey === undefined))
    throw new PlumblineError(
      'BAD_USAGE',
      'Exactly one of --requester and --requester-key has to be given.',
      'Pass --requester with the id, login or address that the helpdesk knows, or --requester-key with the pseudonym.',
    );
  if (options.requesterKey !== undefined) return { key: options.requesterKey };
  if (typeof options.requester === 'string') return { value: options.requester };
  if (io.ask === null)
    throw new PlumblineError('BAD_USAGE', 'The requester is missing.', 'Nobody is at the prompt: pass it as a value.');
  return { value: await io.ask('Requester, as the helpdesk knows them (not shown)', true) };
}

function summary(erased: Erased): string {
  const tables = [...erased.rows].filter(([, n]) => n > 0).map(([table, n]) => `${count(n)} in ${table}`);
  const where = tables.length === 0 ? '' : ` (${tables.join(', ')})`;
  return [
    erased.dryRun
      ? `${counted(erased.total, 'row')} would be unlinked${where}. Nothing was changed.`
      : `${counted(erased.total, 'row')} ${plural(erased.total, 'is')} unlinked${where}; later syncs keep the requester out.`,
    ...LIMITS,
  ].join('\n');
}

export const registerErase: RegisterCommand = (program, run) => {
  program
    .command('erase')
    .description('unlink a requester from all records of the workspace, for good')
    .option('--requester [value]', 'id, login or address as the helpdesk knows it; asked for when left out')
    .option('--requester-key <pseudonym>', 'requester_key as in an export')
    .option('--dry-run', 'count only')
    .action(
      run(async ({ app, io, flags }, options: EraseOptions) => {
        const requester = await requesterOf(options, io);
        const store = await app.store();
        const deps = await cliAudit(app);
        const act = { actor: 'cli', action: 'requester.erase', workspace: app.config.workspace };
        const work = (dryRun: boolean) =>
          eraseRequester(requester, {
            telemetry: store.telemetry,
            pseudonymise: (kind, value) => app.secrets.pseudonymise(kind, value),
            dryRun,
          });
        const dryRun = options.dryRun === true;
        const planned = await work(true);
        const subject = planned.hashes.join(',');
        const erased = dryRun
          ? planned
          : await audited({ ...act, subject, detail: { rows: planned.total } }, deps, () => work(false));
        if (flags.json)
          printJson(io, {
            hashes: erased.hashes,
            rows: Object.fromEntries(erased.rows),
            total: erased.total,
            dry_run: dryRun,
          });
        else printText(io, summary(erased));
      }),
    );
};
