import type { CommandEntry, ValueEntry } from '../describe-commands.ts';
import { type Place, places, quoted, takingWord } from './walk.ts';

function offer(value: ValueEntry | null): string {
  if (value === null) return ':';
  if (value.choices.length > 0) return `COMPREPLY=($(compgen -W ${quoted(value.choices.join(' '))} -- "$cur"))`;
  if (value.kind === 'word') return ':';
  return `_plumbline_paths ${value.kind === 'file' ? '-f' : '-d'}`;
}

function valueCases(place: Place): string[] {
  return takingWord(place).map(
    ({ long, value }) => `    ${quoted(`${place.path}|${long}`)}) ${offer(value)}; return ;;`,
  );
}

function wordCases({ path, commands, options, argument }: Place): string[] {
  const names = commands.map(({ name }) => name).join(' ');
  const longs = options.map(({ long }) => long).join(' ');
  const rest = names === '' ? offer(argument) : `COMPREPLY=($(compgen -W ${quoted(names)} -- "$cur"))`;
  return [
    `    ${quoted(path)})`,
    `      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W ${quoted(longs)} -- "$cur")); else ${rest}; fi ;;`,
  ];
}

/** Completion for bash; needs nothing but bash. */
export function renderBash(program: CommandEntry): string {
  const all = places(program);
  const below = all.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const takes = all.flatMap((place) => takingWord(place).map(({ long }) => quoted(`${place.path}|${long}`)));
  return [
    '# Completion of plumbline for bash. Made by: plumbline completion bash',
    '_plumbline_paths() {',
    "  local IFS=$'\\n'",
    '  compopt -o filenames 2>/dev/null',
    '  COMPREPLY=($(compgen "$1" -- "$cur"))',
    '}',
    '_plumbline() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path= word next skip= i',
    '  COMPREPLY=()',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    word=${COMP_WORDS[i]}',
    '    if [[ -n $skip ]]; then skip=; continue; fi',
    '    if [[ $word == -* ]]; then',
    `      case "$path|$word" in ${takes.join('|')}) skip=1 ;; esac`,
    '      continue',
    '    fi',
    '    next=${path:+$path }$word',
    `    case "$next" in ${below.join('|')}) path=$next ;; esac`,
    '  done',
    '  case "$path|$prev" in',
    ...all.flatMap(valueCases),
    '  esac',
    '  case "$path" in',
    ...all.flatMap(wordCases),
    '  esac',
    '}',
    'complete -F _plumbline plumbline',
    '',
  ].join('\n');
}
