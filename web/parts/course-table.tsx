import styles from './course-table.module.css';
import { type Column, DataTable } from './data-table.tsx';

/** The points of a drawing over time as numbers, the newest first, closed until somebody wants them: who cannot point at it reads them here. */
export function CourseTable<Point extends { readonly digest: string }>(props: {
  readonly label: string;
  readonly points: readonly Point[];
  readonly columns: readonly Column<Point>[];
}) {
  return (
    <details className={styles.numbers}>
      <summary>The {props.points.length} snapshots in numbers</summary>
      <DataTable
        label={props.label}
        rows={props.points.toReversed()}
        columns={props.columns}
        id={({ digest }) => digest}
      />
    </details>
  );
}
