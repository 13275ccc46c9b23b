import type { CommandEntry, ValueEntry } from '../describe-commands.ts';
import { type Place, places, takingWord } from './walk.ts';

/** For single quotes of fish, where only the quote and the backslash mean anything. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function offer(value: ValueEntry): string {
  if (value.choices.length > 0) return ` -x -a ${quoted(value.choices.join(' '))}`;
  if (value.kind === 'word') return ' -x';
  return value.kind === 'file' ? ' -r -F' : " -x -a '(__fish_complete_directories)'";
}

function lines({ path, commands, options, argument }: Place): string[] {
  const at = `complete -c plumbline -n ${quoted(`__plumbline_at ${quoted(path)}`)}`;
  const argumentLine =
    commands.length > 0 || argument === null || (argument.kind === 'word' && argument.choices.length === 0)
      ? []
      : [`${at}${offer(argument).replace(' -r', '').replace(' -x', '')}`];
  return [
    ...commands.map(({ name, description }) => `${at} -a ${quoted(name)} -d ${quoted(description)}`),
    ...options.map(
      ({ long, description, value, optional }) =>
        `${at} -l ${long.slice(2)} -d ${quoted(description)}${value === null || optional ? '' : offer(value)}`,
    ),
    ...argumentLine,
  ];
}

/** Completion for fish. */
export function renderFish(program: CommandEntry): string {
  const all = places(program);
  const below = all.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const takes = all.flatMap((place) => takingWord(place).map(({ long }) => quoted(`${place.path}|${long}`)));
  return [
    '# Completion of plumbline for fish. Made by: plumbline completion fish',
    'function __plumbline_at',
    "    set -l at ''",
    "    set -l skip ''",
    '    for word in (commandline -opc)[2..-1]',
    '        if test -n "$skip"',
    "            set skip ''",
    '            continue',
    '        end',
    "        if string match -q -- '-*' $word",
    `            contains -- "$at|$word" ${takes.join(' ')}; and set skip 1`,
    '            continue',
    '        end',
    '        set -l next (string trim -- "$at $word")',
    `        contains -- $next ${below.join(' ')}; and set at $next`,
    '    end',
    '    test "$at" = "$argv[1]"',
    'end',
    'complete -c plumbline -f',
    ...all.flatMap(lines),
    '',
  ].join('\n');
}
