import type { FigureHead, FigureRow } from '../../../src/report/view/figures.ts';
import styles from './figures.module.css';

type Duration = NonNullable<FigureHead['duration']>;

const STATISTICS: readonly (readonly [Duration['statistic'], string])[] = [
  ['p50', 'Half within'],
  ['p90', 'Nine of ten within'],
  ['mean', 'Mean'],
];

/** A duration by one clock, with its numbers. */
interface Line {
  readonly name: string;
  readonly clock: Duration['clock'];
  readonly rows: Readonly<Partial<Record<Duration['statistic'], FigureRow>>>;
  readonly head: FigureHead;
}

function linesOf(rows: readonly FigureRow[], heads: ReadonlyMap<string, FigureHead>): Line[] {
  const lines = new Map<string, Line>();
  for (const row of rows) {
    const head = heads.get(row.id);
    if (head === undefined || head.duration === null) continue;
    const { name, clock, statistic } = head.duration;
    const key = `${name} ${clock}`;
    const line = lines.get(key) ?? { name, clock, rows: {}, head };
    lines.set(key, { ...line, rows: { ...line.rows, [statistic]: row } });
  }
  return [...lines.values()];
}

/** Durations, each by the calendar and by the business clock. */
export function Durations(props: {
  readonly rows: readonly FigureRow[];
  readonly heads: ReadonlyMap<string, FigureHead>;
}) {
  const lines = linesOf(props.rows, props.heads);
  return (
    <ul className={styles.durations}>
      {lines.map(({ name, clock, rows, head }) => (
        <li key={`${name} ${clock}`} className={styles.duration}>
          <div>
            <span className={styles.title}>{name}</span>
            <span className={styles.clock}>{clock} clock</span>
          </div>
          <dl className={styles.numbers}>
            {STATISTICS.map(([statistic, word]) => (
              <div key={statistic}>
                <dt>{word}</dt>
                <dd>{rows[statistic]?.text ?? '–'}</dd>
              </div>
            ))}
          </dl>
          <details className={styles.more}>
            <summary>What it means</summary>
            <p>{head.definition}</p>
            {(rows.p50 ?? rows.mean)?.left_out.map((each) => (
              <p key={each.reason}>Left out: {each.words}</p>
            ))}
            {[head.differs, (rows.p50 ?? rows.mean)?.source_words ?? null].map((line) =>
              line === null ? null : <p key={line}>{line}</p>,
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}
