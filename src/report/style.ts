import { inAscii } from './marks.ts';
import { breakLines, widthOf } from './text-width.ts';

/** How text may look on the reader's screen. Colour never carries meaning alone: every mark has its own sign. */
export interface Style {
  readonly width: number;
  /** A finished text with our own marks as the terminal can show them. */
  marks(text: string): string;
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

/** `width` columns of the terminal; below 60 and above 140 it is held to those. `unicode` = it shows more than ASCII; left out = it does. */
export function createStyle(options: {
  readonly color: boolean;
  readonly width: number;
  readonly unicode?: boolean;
}): Style {
  const { color, unicode = true } = options;
  return {
    width: Math.max(60, Math.min(140, options.width)),
    marks: unicode ? (text) => text : inAscii,
    bold: paint(color, 1, 22),
    dim: paint(color, 2, 22),
    good: paint(color, 32, 39),
    warn: paint(color, 33, 39),
    bad: paint(color, 31, 39),
    accent: paint(color, 36, 39),
  };
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Cuts a plain text to `width` columns, with an ellipsis when something is lost. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const sign of text) {
    if (widthOf(kept + sign) > width - 1) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Breaks a text into lines of at most `width` columns; later lines start with `indent`. Empty text gives no line. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const plain = text.split(/\s+/).filter((word) => word !== '');
  if (plain.length === 0) return [];
  return breakLines(plain.join(' '), width - widthOf(indent)).map((line, i) => (i === 0 ? line : indent + line));
}

/** Breaks the lines of a finished screen that are wider than it, between words; what is continued hangs under its beginning. */
export function fitText(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (widthOf(line) <= width) return [line];
      // Blanks may stand behind a colour code.
      const lead = /^(?: |\u001b\[\d+m)*/.exec(line)?.[0] ?? '';
      const start = widthOf(lead);
      const body = lead.replaceAll(' ', '') + line.slice(lead.length);
      const hang = Math.min(start + 4, Math.floor(width / 3));
      const [first = '', ...rest] = breakLines(body, width - hang);
      return [' '.repeat(Math.min(start, hang)) + first, ...rest.map((part) => ' '.repeat(hang) + part)];
    })
    .join('\n');
}
