import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { audited } from '../../pipeline/audit.ts';
import { keepPairs, type MatchChoice, matchCustomers, onePair } from '../../pipeline/customers/match-customers.ts';
import { parsePairs } from '../../pipeline/customers/parse-pairs.ts';
import { counted } from '../../report/numbers.ts';
import { renderCustomerMatches } from '../../report/terminal/customer-match.ts';
import { cliAudit } from '../audit.ts';
import { printJson, printText } from '../io.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';

interface MatchOptions {
  readonly desk?: string;
  readonly source?: string;
  readonly map?: string;
}

/** Reads the whole file before anything is changed. */
async function keepMapping({ app, io }: CommandContext, choice: MatchChoice, file: string): Promise<void> {
  const { ledger } = await app.store();
  const of = await onePair(ledger, choice);
  const pairs = parsePairs({ name: file, text: readFileSync(resolve(io.cwd, file), 'utf8') }, of.desk, of.source);
  const act = {
    actor: 'cli',
    action: 'customers.map',
    workspace: app.config.workspace,
    subject: `${of.desk} ${of.source}`,
  };
  await audited({ ...act, detail: { pairs: pairs.length } }, await cliAudit(app), () =>
    keepPairs(ledger, of, pairs, (kind, value) => app.secrets.pseudonymise(kind, value)),
  );
  io.err(`Kept ${counted(pairs.length, 'pair')} of ${of.desk} and ${of.source} in the place of those before.\n`);
}

async function match(context: CommandContext, options: MatchOptions): Promise<void> {
  const { app, io, flags } = context;
  const choice = { desk: options.desk ?? null, source: options.source ?? null };
  if (options.map !== undefined) await keepMapping(context, choice, options.map);
  const matches = await matchCustomers(await app.store(), choice, app.clock.now());
  if (flags.json) printJson(io, { matches });
  else printText(io, renderCustomerMatches(matches, io.style));
}

export const registerCustomers: RegisterCommand = (program, run) => {
  const customers = program
    .command('customers')
    .description('records of customers beside the desk (docs/sources-beside-a-desk.md)');
  customers
    .command('match')
    .description('who the organisations of a desk are in a record of customers: matched, ambiguous, unmatched')
    .option('--desk <connection>', 'one desk only')
    .option('--source <connection>', 'one source of customers only')
    .option(
      '--map <file>',
      'CSV with the first line desk_id,crm_id: your word goes before all else; replaces the one before',
    )
    .action(run(match));
};
