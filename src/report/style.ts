/** How text may look on the reader's screen. Colour never carries meaning alone: every mark has its own sign. */
export interface Style {
  readonly width: number;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
}

function paint(on: boolean, open: number, close: number): (text: string) => string {
  return on ? (text) => `\u001b[${open}m${text}\u001b[${close}m` : (text) => text;
}

/** `width` columns of the terminal; below 60 and above 140 it is held to those. */
export function createStyle(options: { readonly color: boolean; readonly width: number }): Style {
  const { color } = options;
  return {
    width: Math.max(60, Math.min(140, options.width)),
    bold: paint(color, 1, 22),
    dim: paint(color, 2, 22),
    good: paint(color, 32, 39),
    warn: paint(color, 33, 39),
    bad: paint(color, 31, 39),
    accent: paint(color, 36, 39),
  };
}

const ANSI = /\u001b\[\d+m/g;

/** Columns that a text takes on screen; colour codes take none. All signs that we print are one column wide. */
export function widthOf(text: string): number {
  return [...text.replace(ANSI, '')].length;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Cuts a plain text to `width` columns, with an ellipsis when something is lost. */
export function clip(text: string, width: number): string {
  const signs = [...text];
  return signs.length <= width ? text : `${signs.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Breaks a plain text into lines of at most `width` columns; later lines start with `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((w) => w !== '')) {
    const start = lines.length === 0 ? '' : indent;
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? start + word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}
