import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

/** One block of a screen under a heading of its own. */
export function Section(props: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 className={styles.title} id={id}>
          {props.title}
        </h2>
        {props.actions}
      </div>
      {props.note === undefined || props.note === null ? null : <p className={styles.note}>{props.note}</p>}
      {props.children}
    </section>
  );
}

/** A screen: its title names the tab as well. */
export function Page(props: {
  readonly title: string;
  readonly over?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.page}>
      <title>{`${props.title} · Plumbline`}</title>
      <header className={styles.pageHead}>
        <div>
          {props.over === undefined ? null : <p className={styles.over}>{props.over}</p>}
          <h1 className={styles.pageTitle}>{props.title}</h1>
          {props.lead === undefined || props.lead === null ? null : <p className={styles.pageLead}>{props.lead}</p>}
        </div>
        {props.actions}
      </header>
      {props.children}
    </div>
  );
}

/** Blocks beside each other where there is room. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}
