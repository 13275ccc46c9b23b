import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.ts';
import styles from './states.module.css';

/** Nothing to show yet, with what one may do about it. */
export function Empty(props: { readonly title: string; readonly way?: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className={styles.box}>
      <p className={styles.title}>{props.title}</p>
      {props.way === undefined ? null : <p className={styles.way}>{props.way}</p>}
      {props.children === undefined ? null : <div className={styles.foot}>{props.children}</div>}
    </div>
  );
}

const NOT_ALLOWED = 'You may not see this';

function titleOf(problem: ApiProblem): string {
  if (problem.status === 401) return 'Your session had ended';
  if (problem.status === 403) return NOT_ALLOWED;
  if (problem.status === 404) return 'Not found';
  if (problem.status === 0) return 'No connection to the server';
  return problem.status >= 500 ? 'The server failed' : 'This did not work';
}

/** What went wrong and the way out, as the server tells it. */
export function ProblemBox({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const problem =
    error instanceof ApiProblem
      ? error
      : new ApiProblem(
          -1,
          'PAGE',
          'The page itself failed.',
          'Load it again; if it fails again, tell us what you did.',
        );
  return (
    <div className={`${styles.box} ${problem.status === 403 ? styles.warn : styles.bad}`} role="alert">
      <p className={styles.title}>{titleOf(problem)}</p>
      <p className={styles.text}>{problem.message}</p>
      {problem.problems.length > 1 ? (
        <ul className={styles.list}>
          {problem.problems.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : null}
      <p className={styles.way}>{problem.remedy}</p>
      {retry === undefined && problem.request === null ? null : (
        <div className={styles.foot}>
          {retry === undefined || problem.status === 403 ? null : (
            <Button size="xs" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          {problem.request === null ? null : <span className={styles.id}>Request {problem.request}</span>}
        </div>
      )}
    </div>
  );
}

/** Grey bars where text and pictures will stand. */
export function Loading({ rows = 3 }: { readonly rows?: number }) {
  return (
    <div className={styles.loading} role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton
          key={`row-${String(row)}`}
          height={row === 0 ? 34 : 120}
          radius="md"
          width={row === 0 ? '45%' : '100%'}
        />
      ))}
    </div>
  );
}

/** What was asked for, as a whole or page by page. */
interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isError: boolean;
  refetch(): unknown;
}

/** Whether a query was answered that there is nothing to work on yet. */
export function hasNoData<T>(query: Asked<T>): query is Asked<T> & { readonly error: ApiProblem } {
  return query.data === undefined && query.error instanceof ApiProblem && query.error.code === 'NO_DATA';
}

/** Whether nothing came of a query: then the screen that it is all of has to name itself. */
export function hasNothing<T>(query: Asked<T>): boolean {
  return query.data === undefined && query.isError;
}

/** Draws what a query gives, or its loading and error states. */
export function Await<T>(props: {
  readonly query: Asked<T>;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}) {
  const { query } = props;
  if (query.data !== undefined) return props.children(query.data);
  // That there is nothing yet is no failure.
  if (hasNoData(query)) return <Empty title={query.error.message} way={query.error.remedy} />;
  if (query.isError) return <ProblemBox error={query.error} retry={() => void query.refetch()} />;
  return <Loading {...(props.rows === undefined ? {} : { rows: props.rows })} />;
}
