import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { isValueModel, type ValueModel } from '../../domain/value-model.ts';
import { PlumblineError } from '../../errors/index.ts';
import { exchangeText } from '../../pipeline/exchange-text.ts';
import { parseDays } from '../../pipeline/parse-span.ts';
import { type ProposedContacts, proposeContacts } from '../../pipeline/propose-contacts.ts';
import { counted, lastDay, percent } from '../../report/numbers.ts';
import { padEnd, padStart } from '../../report/style.ts';
import { type Io, printJson, printText } from '../io.ts';
import type { CommandContext, RegisterCommand } from '../runner.ts';
import { writePrivate } from '../write-private.ts';

interface ContactsOptions {
  readonly model?: string;
  readonly window?: string;
  readonly write?: string | boolean;
}

const FILE = 'exchange.yaml';

/** The model asked for, else the first that judges; only models of kind `value` look at contacts. Errors: BAD_USAGE, UNKNOWN_NAME. */
async function valueModelOf({ app }: CommandContext, id: string | undefined): Promise<ValueModel> {
  const models = id === undefined ? await app.judging() : [await app.anyModel(id)];
  const found = models.map(({ model }) => model).find(isValueModel);
  if (found !== undefined) return found;
  const known = (await app.models()).map(({ model }) => model).filter(isValueModel);
  throw new PlumblineError(
    'BAD_USAGE',
    id === undefined ? 'No model that is switched on looks at contacts.' : `${id} does not look at contacts.`,
    known.length === 0
      ? 'Switch on a model of kind value.'
      : `Name one with --model: ${known.map((one) => one.id).join(', ')}.`,
  );
}

function printProposals(io: Io, { as_of, window_days, mix, proposals }: ProposedContacts): void {
  const covered = mix.covered === null ? 'there are none' : `${percent(mix.covered)} of them are mapped`;
  printText(io, `${counted(mix.contacts, 'contact')} in the ${window_days} days up to ${lastDay(as_of)}; ${covered}.`);
  for (const { by, value, contacts, kind, why } of proposals) {
    const said = kind === null ? io.style.dim('yours to say') : `${kind}: ${why}`;
    printText(io, `  ${padEnd(`${by} ${value}`, 38)} ${padStart(String(contacts), 7)}  ${said}`);
  }
  if (proposals.length === 0 && mix.contacts > 0) printText(io, 'No frequent code is without a line.');
}

interface Written {
  readonly file: string;
  readonly lines: number;
  /** Line of plumbline.yaml that makes it count; null = it stands there. */
  readonly name_it: string | null;
}

/** Begins the file, or adds to it; the result is read back before it is written. */
function write(
  { app, io }: CommandContext,
  model: ValueModel,
  found: ProposedContacts,
  named: string | boolean,
): Written {
  const configured = app.config.exchange[model.id];
  const file = typeof named === 'string' ? named : (configured ?? FILE);
  const path = resolve(io.cwd, file);
  const stood = existsSync(path) ? readFileSync(path, 'utf8') : null;
  const inForce = configured !== undefined && resolve(io.cwd, configured) === path;
  if (stood !== null && !inForce)
    throw new PlumblineError(
      'BAD_USAGE',
      `${file} is there already, and plumbline.yaml does not name it.`,
      `Name it there to add to it (exchange: { ${model.id}: ${file} }), or write another file: --write FILE.`,
    );
  const lines = found.proposals.filter(({ kind }) => kind !== null).length;
  writePrivate(path, exchangeText(stood, file, model, found.proposals));
  const base = dirname(resolve(io.cwd, app.config.file ?? 'plumbline.yaml'));
  const way = isAbsolute(file) ? file : relative(base, path);
  return { file, lines, name_it: inForce ? null : `exchange: { ${model.id}: ${join(way)} }` };
}

async function contacts(context: CommandContext, options: ContactsOptions): Promise<void> {
  const { app, io, flags } = context;
  const [model, store] = await Promise.all([valueModelOf(context, options.model), app.store()]);
  const windowDays = parseDays(options.window ?? app.config.window, '--window');
  const found = await proposeContacts(store.telemetry, model, windowDays);
  const written =
    options.write === undefined || options.write === false ? null : write(context, model, found, options.write);
  if (flags.json) return printJson(io, { model: model.id, ...found, ...(written === null ? {} : { written }) });
  printProposals(io, found);
  if (written === null) return;
  io.err(`Wrote ${written.file}: ${counted(written.lines, 'line')} proposed. Look at each before it counts.\n`);
  if (written.name_it !== null) io.err(`Then put into plumbline.yaml:  ${written.name_it}\n`);
}

export const registerContacts: RegisterCommand = (program, run) => {
  program
    .command('contacts')
    .description('what contacts do to value: proposes eroding or routine for each code from what repeats')
    .option('--model <id>', 'model of kind value')
    .option('--window <days>', 'contacts of so many days before the end of the data, e.g. 90d')
    .option('--write [file]', `begin the file that says it, to be confirmed by you (${FILE}), or add to it`)
    .action(run(contacts));
};
