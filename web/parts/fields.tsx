import type { ReactNode } from 'react';
import styles from './fields.module.css';

/** Fields of a form beside each other, below each other where there is no room. */
export function Fields({ children }: { readonly children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}
