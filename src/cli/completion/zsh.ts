import type { CommandEntry, ValueEntry } from '../describe-commands.ts';
import { type Place, places, quoted, takingWord } from './walk.ts';

function offer(value: ValueEntry | null): string {
  if (value === null) return '_message "no more arguments"';
  if (value.choices.length > 0) return `compadd -- ${value.choices.map(quoted).join(' ')}`;
  if (value.kind === 'word') return `_message ${quoted(value.shown)}`;
  return value.kind === 'file' ? '_files' : '_files -/';
}

/** `name:what it says`, with colons of the name escaped. */
function described(name: string, text: string): string {
  return quoted(`${name.replaceAll(':', String.raw`\:`)}:${text}`);
}

function valueCases(place: Place): string[] {
  return takingWord(place).map(
    ({ long, value }) => `    ${quoted(`${place.path}|${long}`)}) ${offer(value)}; return ;;`,
  );
}

function wordCases({ path, commands, options, argument }: Place): string[] {
  const list = (name: string, rows: readonly string[]) => `      ${name}=(${rows.join(' ')})`;
  return [
    `    ${quoted(path)})`,
    list(
      'options',
      options.map(({ long, description }) => described(long, description)),
    ),
    list(
      'commands',
      commands.map(({ name, description }) => described(name, description)),
    ),
    `      if [[ $PREFIX == -* ]]; then _describe -o option options; elif (( $#commands )); then _describe command commands; else ${offer(argument)}; fi ;;`,
  ];
}

/** Completion for zsh, to be evaluated or to lie in `$fpath` as `_plumbline`. */
export function renderZsh(program: CommandEntry): string {
  const all = places(program);
  const below = all.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const takes = all.flatMap((place) => takingWord(place).map(({ long }) => quoted(`${place.path}|${long}`)));
  return [
    '#compdef plumbline',
    '# Completion of plumbline for zsh. Made by: plumbline completion zsh',
    '_plumbline() {',
    // `path` is tied to $PATH in zsh.
    '  local at= word next skip= i',
    '  local -a options commands',
    '  for ((i = 2; i < CURRENT; i++)); do',
    '    word=$words[i]',
    '    if [[ -n $skip ]]; then skip=; continue; fi',
    '    if [[ $word == -* ]]; then',
    `      case "$at|$word" in (${takes.join('|')}) skip=1 ;; esac`,
    '      continue',
    '    fi',
    '    next=${at:+$at }$word',
    `    case "$next" in (${below.join('|')}) at=$next ;; esac`,
    '  done',
    '  case "$at|$words[CURRENT-1]" in',
    ...all.flatMap(valueCases),
    '  esac',
    '  case "$at" in',
    ...all.flatMap(wordCases),
    '  esac',
    '}',
    'if [[ $funcstack[1] == _plumbline ]]; then _plumbline "$@"; else compdef _plumbline plumbline; fi',
    '',
  ].join('\n');
}
