import { OWN_VARIABLES } from '../../config/unknown-variables.ts';
import { type CommandEntry, everyCommand, type OptionEntry } from '../describe-commands.ts';
import { EXAMPLES } from '../examples.ts';
import { EXIT_STATUS } from '../exit-status.ts';

/** Text for roff: nothing in it is a request, an escape or a hyphen that a pager may break. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replace(/^([.'])/, String.raw`\&$1`);
}

function bold(text: string): string {
  return String.raw`\fB${escaped(text)}\fR`;
}

function item(head: string, text: string): string[] {
  return ['.TP', head, escaped(text)];
}

function option({ long, value, description }: OptionEntry): string[] {
  return item(`${bold(long)}${value === null ? '' : ` ${escaped(value.shown)}`}`, description);
}

function command(entry: CommandEntry): string[] {
  const args = entry.args.map(({ shown }) => ` ${escaped(shown)}`).join('');
  const head =
    entry.commands.length > 0
      ? []
      : [`.SS ${bold(`plumbline ${entry.path}`)}${args}`, escaped(`${entry.description}.`)];
  const examples = (EXAMPLES[entry.path] ?? []).flatMap(({ line, says }) => [
    '.PP',
    escaped(`${says}:`),
    '.RS 4',
    '.nf',
    escaped(line),
    '.fi',
    '.RE',
  ]);
  return [...head, ...entry.options.flatMap(option), ...examples];
}

function grouped(program: CommandEntry): string[] {
  const groups = [...new Set(program.commands.map(({ group }) => group))];
  return groups.flatMap((group) => [
    `.SH ${escaped(group.replace(/:$/, '')).toUpperCase()}`,
    ...program.commands.filter((one) => one.group === group).flatMap((one) => everyCommand(one).flatMap(command)),
  ]);
}

/** The manual page plumbline(1) in roff, from the commands themselves. */
export function renderMan(program: CommandEntry, version: string): string {
  return [
    `.TH PLUMBLINE 1 "" "plumbline ${version}" "User Commands"`,
    '.SH NAME',
    String.raw`plumbline \- how mature support really is, from what the helpdesk records and what people say`,
    '.SH SYNOPSIS',
    `${bold('plumbline')} [options] ${escaped('<command>')} [arguments]`,
    '.SH DESCRIPTION',
    escaped(program.description),
    'Every point of a verdict opens down to the SQL and the tickets behind it.',
    '.SH OPTIONS OF EVERY COMMAND',
    ...program.options.flatMap(option),
    ...grouped(program),
    '.SH ENVIRONMENT',
    ...Object.entries(OWN_VARIABLES).flatMap(([name, text]) => item(bold(name), `${text}.`)),
    ...item(bold('DATABASE_URL'), 'PostgreSQL that keeps everything; without it the folder of the store does.'),
    ...item(bold('REDIS_URL'), 'Redis that carries the jobs.'),
    ...item(bold('QUEUE'), 'redis or postgres: what carries the jobs.'),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(({ code, meaning }) => item(bold(String(code)), meaning)),
    '.SH FILES',
    ...item(bold('plumbline.yaml'), 'Configuration; plumbline init writes one with every key explained.'),
    ...item(bold('.plumbline/'), 'What was read, measured and kept.'),
    '',
  ].join('\n');
}
