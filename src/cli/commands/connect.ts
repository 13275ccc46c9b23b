import { resolve } from 'node:path';
import type { Command } from 'commander';
import { VendorRole } from '../../domain/connection-role.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import type { Connector } from '../../kit/connector.ts';
import { audited } from '../../pipeline/audit.ts';
import { connectHelpdesk } from '../../pipeline/connect.ts';
import { describeVendors, exampleLine } from '../../pipeline/describe-vendors.ts';
import { renderCheck } from '../../report/terminal/check.ts';
import { renderVendors } from '../../report/terminal/vendors.ts';
import type { App } from '../app.ts';
import { cliAudit } from '../audit.ts';
import type { Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import { collect, readPairs } from '../pairs.ts';
import type { RegisterCommand } from '../runner.ts';

interface ConnectOptions {
  readonly name?: string;
  readonly url?: string;
  readonly dir?: string;
  readonly user?: string;
  readonly as?: string;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly allowPrivate?: boolean;
  readonly set?: readonly string[];
}

async function vendorOf(app: App, vendor: string): Promise<Connector<unknown>> {
  const connectors = await app.connectors();
  const connector = connectors.get(vendor);
  if (connector !== undefined) return connector;
  if (vendor === 'file')
    throw new PlumblineError('UNKNOWN_NAME', 'Files are not connected.', 'Use plumbline import <file>.');
  const named = new Map([...connectors.values()].flatMap(({ id, title }) => [[id, id] as const, [title, id] as const]));
  const guess = named.get(nearest(vendor, named.keys()) ?? '');
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no connector named "${vendor}".`,
    `${guess === undefined ? '' : `Did you mean ${guess}? `}Known: ${[...connectors.keys()].join(', ')}. What each can show: plumbline connect.`,
  );
}

/** Stands for the connectors of all vendors whose tables a folder may hold. */
const WAREHOUSE = 'warehouse';

/** Id of the connector of the tables in a folder. Errors: BAD_USAGE without a folder; those of the recognition. */
async function tablesAt(app: App, dir: string | undefined, layout: unknown): Promise<string> {
  if (dir === undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      'No folder is named.',
      'Add --dir FOLDER: the folder with one Parquet or CSV file, or one sub-folder, a table.',
    );
  return app.recogniseTables(dir, layout === undefined ? undefined : String(layout));
}

interface Given extends Pick<ConnectOptions, 'url' | 'user'> {
  readonly dir: string | undefined;
  readonly further: Readonly<Record<string, unknown>>;
}

/** Settings as they were given; what the vendor requires and nobody gave is asked for. Errors: BAD_USAGE. */
async function settingsOf(connector: Connector<unknown>, given: Given, io: Io): Promise<Record<string, unknown>> {
  const needs = (flag: string) => connector.flags.some((one) => one.name === flag && one.required);
  const ask = (question: string, flag: string) =>
    askFor(io, { question, flag, hidden: false, example: exampleLine(connector) });
  const url = given.url ?? (needs('url') ? await ask(`Address of ${connector.title}`, '--url') : undefined);
  const user = given.user ?? (needs('user') ? await ask('User (e-mail of the token)', '--user') : undefined);
  return {
    ...(url === undefined ? {} : { url }),
    ...(given.dir === undefined ? {} : { dir: given.dir }),
    ...given.further,
    ...(user === undefined ? {} : { user }),
  };
}

async function listVendors(app: App, io: Io, json: boolean): Promise<void> {
  const vendors = describeVendors((await app.connectors()).values(), (await app.rules()).signals);
  if (json) printJson(io, { vendors });
  else printText(io, renderVendors(vendors, io.style));
}

export const registerConnect: RegisterCommand = (program, run) => {
  program
    .command('connect [vendor]')
    .description('verify a helpdesk and keep the connection; asks for what is missing; without a vendor lists them')
    .option('--name <name>', 'name of the connection (default: the vendor)')
    .option('--url <url>', 'address of the helpdesk')
    .option('--dir <folder>', 'folder of warehouse tables, for plumbline connect warehouse')
    .option('--user <user>', 'user that the token belongs to')
    .option(
      '--as <role>',
      'what it is to the workspace: desk (default), engineering or customers, which stand beside the desks',
    )
    .option('--token-env <variable>', 'environment variable that holds the token')
    .option('--token-file <file>', 'file that holds the token')
    .option('--allow-private', 'the helpdesk is on a private or loopback address')
    .option('--set <key=value>', 'a further setting of the vendor; may be repeated', collect, [])
    .action(
      run(async ({ app, io, flags }, vendor: string | undefined, options: ConnectOptions, _command: Command) => {
        if (vendor === undefined) {
          await listVendors(app, io, flags.json);
          return;
        }
        const further = readPairs(options.set ?? []);
        const dir = options.dir === undefined ? undefined : resolve(io.cwd, options.dir);
        const connector = await vendorOf(app, vendor === WAREHOUSE ? await tablesAt(app, dir, further.layout) : vendor);
        const role = readRole(options.as);
        const name = options.name ?? vendor;
        const settings = await settingsOf(connector, { ...options, dir, further }, io);
        const secret =
          connector.secrets?.length === 0 ? 'none' : await secretReference(app, io, { connector, name, options });
        const act = {
          actor: 'cli',
          action: 'connection.connect',
          workspace: app.config.workspace,
          subject: name,
          detail: { vendor: connector.id, ...(role === null ? {} : { role }) },
        };
        const { ledger, telemetry } = await app.store();
        const check = await audited(act, await cliAudit(app), () =>
          connectHelpdesk(
            {
              name,
              vendor: connector.id,
              role,
              settings,
              secret,
              allow_private: options.allowPrivate === true,
              status: 'connected',
              created_at: app.clock.now(),
            },
            { ledger, telemetry, open: app.open, signal: app.signal, now: app.clock.now() },
          ),
        );
        if (flags.json) printJson(io, check);
        else
          printText(
            io,
            `${renderCheck(check, io.style)}\n\nKept as ${io.style.bold(name)}. Next: plumbline sync ${name}`,
          );
      }),
    );

  program
    .command('disconnect <connection>')
    .description('stop reading a connection; what was read stays and its evidence ages')
    .option('--forget', 'also remove its telemetry')
    .action(
      run(async ({ app, io, flags }, name: string, options: { forget?: boolean }) => {
        const store = await app.store();
        const row = (await store.ledger.connections()).find((c) => c.name === name);
        if (row === undefined)
          throw unknownConnection(
            name,
            (await store.ledger.connections()).map((c) => c.name),
          );
        const act = {
          actor: 'cli',
          action: 'connection.disconnect',
          workspace: app.config.workspace,
          subject: name,
          detail: { forget: options.forget === true },
        };
        await audited(act, await cliAudit(app), async () => {
          await store.ledger.saveConnection({ ...row, status: 'disconnected' });
          if (options.forget === true) await store.telemetry.forget(name);
        });
        if (flags.json) printJson(io, { connection: name, status: 'disconnected', forgotten: options.forget === true });
        else
          printText(
            io,
            `${name} is disconnected. ${options.forget === true ? 'Its telemetry is removed; ' : ''}findings of earlier snapshots are kept and age.`,
          );
      }),
    );
};

export function unknownConnection(name: string, known: readonly string[]): PlumblineError {
  const guess = nearest(name, known);
  return new PlumblineError(
    'UNKNOWN_NAME',
    `There is no connection named "${name}".`,
    known.length === 0
      ? 'Connect a helpdesk first: plumbline connect zendesk.'
      : guess === null
        ? `Known: ${known.join(', ')}.`
        : `Did you mean ${guess}?`,
  );
}

function readRole(word: string | undefined): VendorRole | null {
  if (word === undefined) return null;
  const role = VendorRole.safeParse(word);
  if (role.success) return role.data;
  throw new PlumblineError('BAD_USAGE', `--as ${word} is not known.`, `Use one of ${VendorRole.options.join(', ')}.`);
}

interface Question {
  readonly question: string;
  /** What answers it without a prompt. */
  readonly flag: string;
  /** What is typed is not shown. */
  readonly hidden: boolean;
  /** A whole command line of this vendor. */
  readonly example: string;
}

async function askFor(io: Io, { question, flag, hidden, example }: Question): Promise<string> {
  if (io.ask === null)
    throw new PlumblineError(
      'BAD_USAGE',
      `${question.replace(' (not shown)', '')} is missing.`,
      `Pass ${flag}; nobody is at the prompt to be asked. For example: ${example} --token-file FILE.`,
    );
  const answer = (await io.ask(question, hidden)).trim();
  if (answer === '') throw new PlumblineError('BAD_USAGE', `${question} is empty.`, `Type it, or pass ${flag}.`);
  return answer;
}

async function secretReference(
  app: App,
  io: Io,
  { connector, name, options }: { connector: Connector<unknown>; name: string; options: ConnectOptions },
): Promise<string> {
  if (options.tokenEnv !== undefined) return `env:${options.tokenEnv}`;
  if (options.tokenFile !== undefined) return `file:${options.tokenFile}`;
  const told = await askFor(io, {
    question: 'Token (not shown)',
    flag: '--token-env VAR or --token-file F',
    hidden: true,
    example: exampleLine(connector),
  });
  return app.secrets.seal(name, told);
}
