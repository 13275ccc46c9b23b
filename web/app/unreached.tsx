import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/problem.ts';
import { onReach } from '../api/reach.ts';
import styles from './unreached.module.css';

const AGAIN_MS = 3_000;

/** Says as long as it lasts that the server does not answer, asks it again from time to time, and gets what failed once it does. */
export function Unreached() {
  const [gone, setGone] = useState(false);
  const queries = useQueryClient();
  const router = useRouter();
  useEffect(() => onReach((reached) => setGone(!reached)), []);
  useEffect(() => {
    if (!gone) return;
    // Whether it answers is told to all who listen, this block among them: a failure needs no handling of its own.
    const again = setInterval(() => void dataOf(api.GET('/v1/session')).catch(() => undefined), AGAIN_MS);
    return () => {
      clearInterval(again);
      void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
      void router.invalidate();
    };
  }, [gone, queries, router]);
  return (
    <div role="status" className={styles.place}>
      {gone ? (
        <div className={styles.bar}>
          <strong>No connection to the server.</strong> What you see is as it was before. What you typed stays here as
          long as this tab is open; what could not be saved says so. Trying again every {String(AGAIN_MS / 1000)}{' '}
          seconds.
        </div>
      ) : null}
    </div>
  );
}
