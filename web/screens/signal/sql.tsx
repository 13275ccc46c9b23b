import type { ReactNode } from 'react';
import styles from './signal.module.css';

const WORDS =
  'select|from|where|and|or|not|in|is|null|as|on|join|left|inner|cross|using|group|by|order|having|with|case|when|then|else|end|union|all|distinct|over|partition|between|exists|filter|interval|date|timestamp|true|false|desc|asc|limit|lateral|qualify|like|any';
const TOKEN = new RegExp(`(--[^\\n]*)|('(?:[^']|'')*')|(\\$[a-z_]+)|\\b(${WORDS})\\b`, 'gi');
const CLASSES = ['comment', 'string', 'parameter', 'keyword'] as const;

/** SQL with its words told apart; the text itself is not changed. */
export function Sql({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = CLASSES.find((_, index) => match[index + 1] !== undefined) ?? 'keyword';
    parts.push(text.slice(last, match.index));
    parts.push(
      <span key={match.index} className={styles[kind]}>
        {match[0]}
      </span>,
    );
    last = match.index + match[0].length;
  }
  parts.push(text.slice(last));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <pre className={styles.sql} tabIndex={0}>
      <code>{parts}</code>
    </pre>
  );
}
