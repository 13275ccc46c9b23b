const LONG_DIGITS = /\d{16}/;
const WHOLE_NUMBER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON without rounding ids: whole numbers outside +-(2^53 - 1) come back as strings of the same digits, everything else
 * as JSON.parse gives it. Throws SyntaxError on malformed text, like JSON.parse.
 * Pages without a run of 16 digits, which is nearly all of them, take JSON.parse directly.
 */
export function parseLosslessJson(text: string): unknown {
  return JSON.parse(hasLongDigits(text) ? quoteBigIntegers(text) : text);
}

const RUN = 16;

/** A run of 16 digits covers one of every 16 places: looking at those alone is many times faster than a pattern over a large page. */
function hasLongDigits(text: string): boolean {
  for (let at = RUN - 1; at < text.length; at += RUN) {
    if (!isDigit(text, at)) continue;
    let from = at;
    let to = at + 1;
    while (from > 0 && isDigit(text, from - 1)) from -= 1;
    while (to < text.length && isDigit(text, to)) to += 1;
    if (to - from >= RUN) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function quoteBigIntegers(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    const outside = text.slice(at, open === -1 ? text.length : open);
    parts.push(LONG_DIGITS.test(outside) ? outside.replace(WHOLE_NUMBER, quoteWhenUnsafe) : outside);
    if (open === -1) break;
    const after = endOfString(text, open);
    parts.push(text.slice(open, after));
    at = after;
  }
  return parts.join('');
}

function quoteWhenUnsafe(digits: string): string {
  return Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`;
}

/** Index behind the closing quote of the string that opens at `open`; the end of the text when it never closes. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1) {
    let backslashes = 0;
    while (text[close - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
}
