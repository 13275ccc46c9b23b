/**
 * What our own marks become where only ASCII can be shown: one column each, so that nothing moves, and none like another that may stand
 * beside it. Letters of names are data and stay what they are.
 */
const ASCII: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '↕': '|',
  '▲': '^',
  '▼': 'v',
  '▶': '>',
  '■': '#',
  '◧': '/',
  '□': '-',
  '◌': '?',
  '░': ':',
  '█': '#',
  '▉': '#',
  '▊': '#',
  '▋': '#',
  '▌': '=',
  '▍': '=',
  '▎': '|',
  '▏': '|',
  '·': '.',
  '•': '*',
  '…': '~',
  '–': '-',
  '—': '-',
  '−': '-',
  '≥': '>',
  '≤': '<',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
};

const OURS = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'g');

/** A text with every mark of ours in ASCII. */
export function inAscii(text: string): string {
  return text.replace(OURS, (mark) => ASCII[mark] ?? mark);
}

/**
 * Whether a terminal shows more than ASCII: the first of LC_ALL, LC_CTYPE and LANG that is set names its character set, as POSIX has it. Where none
 * is set, as in containers and on Windows, nothing speaks against it.
 * https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function showsUnicode(variables: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [variables.LC_ALL, variables.LC_CTYPE, variables.LANG].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
