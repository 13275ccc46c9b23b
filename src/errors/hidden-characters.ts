/**
 * Characters that change what a reader or a terminal sees without being seen: controls (C0 but line feed and tab, DEL, C1), marks and
 * overrides of direction, line and paragraph separators, interlinear marks.
 * Source: Unicode general category Cc; UAX #9 (bidirectional formatting characters); CVE-2021-42574.
 */
const HIDDEN_SOURCE =
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufff9-\\ufffb]';
const HIDDEN = new RegExp(HIDDEN_SOURCE);
const EACH_HIDDEN = new RegExp(HIDDEN_SOURCE, 'g');

/** Whether a text holds a control or bidirectional character; line feeds and tabs do not count. */
export function hasHidden(text: string): boolean {
  return HIDDEN.test(text);
}

function escapeOf(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text with every hidden character written out as `\uXXXX`, which is also how JSON writes it inside a string. */
export function showHidden(text: string): string {
  return text.replace(EACH_HIDDEN, escapeOf);
}
