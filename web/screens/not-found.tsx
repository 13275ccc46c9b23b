import { Link } from '@tanstack/react-router';
import { Empty } from '../parts/states.tsx';
import styles from './not-found.module.css';

export function NotFound() {
  return (
    <main className={styles.page}>
      <title>Not found · Plumbline</title>
      <h1 className={styles.title}>There is no such screen</h1>
      <Empty title="Nothing stands at this address" way="It may be old or misspelt.">
        <Link to="/">All desks</Link>
      </Empty>
    </main>
  );
}
