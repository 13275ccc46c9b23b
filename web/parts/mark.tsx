import type { LADDER_MARKS } from '../../src/report/view/ladder.ts';
import styles from './mark.module.css';

type MarkKind = (typeof LADDER_MARKS)[number];

const WORDS: Readonly<Record<MarkKind, string>> = {
  said: 'Said',
  seen: 'Seen',
  together: 'Together',
  assured: 'Assured',
};

/** What a place stands for, by shape, colour and word. */
export function Mark({ kind }: { readonly kind: MarkKind }) {
  return <span className={`${styles.mark} ${styles[kind]}`}>{WORDS[kind]}</span>;
}
