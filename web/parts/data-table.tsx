import { type ReactNode, useState } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** What rows are sorted by when the head is pressed; absent = not to be sorted by. Null sorts last. */
  readonly by?: (row: Row) => string | number | null;
  readonly end?: boolean;
  /** Holds ids or addresses, which break anywhere where there is little room. */
  readonly long?: boolean;
}

interface Order {
  readonly column: number;
  readonly down: boolean;
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null): readonly Row[] {
  const by = order === null ? undefined : columns[order.column]?.by;
  if (by === undefined || order === null) return rows;
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    const sign = typeof x === 'string' && typeof y === 'string' ? x.localeCompare(y) : Number(x) - Number(y);
    return order.down ? -sign : sign;
  });
}

/** Rows under heads that sort them; on a narrow screen each row is a small card. */
export function DataTable<Row>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly id: (row: Row) => string;
}) {
  const [order, setOrder] = useState<Order | null>(null);
  const { columns } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} aria-label={`Table: ${props.label}`} tabIndex={0}>
      <table className={`${styles.table} ${styles.wrapping}`}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.head}
                scope="col"
                className={column.end === true ? styles.end : undefined}
                aria-sort={order?.column !== index ? undefined : order.down ? 'descending' : 'ascending'}
              >
                {column.by === undefined ? (
                  column.head
                ) : (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => setOrder({ column: index, down: order?.column === index && !order.down })}
                  >
                    {column.head}
                    <span className={styles.arrow} aria-hidden="true">
                      {order?.column !== index ? '' : order.down ? ' ↓' : ' ↑'}
                    </span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(props.rows, columns, order).map((row) => (
            <tr key={props.id(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.head} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.head}
                    data-label={column.head}
                    className={column.end === true ? styles.end : column.long === true ? styles.long : undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
