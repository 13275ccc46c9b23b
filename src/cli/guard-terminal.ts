import { showHidden } from '../errors/hidden-characters.ts';
import type { Io } from './io.ts';

/** Colours and weights of our own style (report/style.ts); none of them moves, hides or asks anything. */
const OWN_STYLE = /(\u001b\[(?:1|2|22|31|32|33|36|39)m)/;

/**
 * What may reach a terminal: line feeds, tabs and, where colours are on, those of our own style. Every other control or bidirectional
 * character is written out as `\uXXXX`, so that stored or typed text can neither steer the terminal nor look like something else.
 */
export function forTerminal(text: string, coloured: boolean): string {
  if (!coloured) return showHidden(text);
  return text
    .split(OWN_STYLE)
    .map((part, i) => (i % 2 === 1 ? part : showHidden(part)))
    .join('');
}

/** The same input and output, guarded: the one place through which the texts of all commands go. */
export function guardTerminal(io: Io): Io {
  const coloured = (style: Io['style']): boolean => style.bold('x') !== 'x';
  const out = coloured(io.style);
  const err = coloured(io.errStyle);
  const { ask } = io;
  return {
    ...io,
    out: (text) => io.out(forTerminal(text, out)),
    // What goes there is for people; results are left to `printText`, since JSON and files are not to lose a mark.
    err: (text) => io.err(io.errStyle.marks(forTerminal(text, err))),
    ask: ask === null ? null : (question, hidden) => ask(io.errStyle.marks(forTerminal(question, err)), hidden),
  };
}
